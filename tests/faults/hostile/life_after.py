"""What a person does with a library after something hostile was read in: it must still work."""

from __future__ import annotations

import json
from pathlib import Path

from nacl.exceptions import BadSignatureError
from nacl.signing import VerifyKey

from fieldnotes.bundle.reader import open_bundle
from fieldnotes.domain.query import EVERYTHING
from fieldnotes.domain.query_text import parse_query
from fieldnotes.errors import FieldnotesError
from fieldnotes.operations.accounts import account_page
from fieldnotes.operations.arrivals import CameIn, what_came_in
from fieldnotes.operations.arriving_alike import already_said
from fieldnotes.operations.checking import check_library
from fieldnotes.operations.facets import count_facets
from fieldnotes.operations.flip import flip
from fieldnotes.operations.import_plans import ImportPlan
from fieldnotes.operations.names import list_names, name_page
from fieldnotes.operations.new_names import same_names
from fieldnotes.operations.notebook import Notebook
from fieldnotes.operations.notes import show_note, versions_of
from fieldnotes.operations.people import people_known
from fieldnotes.operations.promises import list_promises
from fieldnotes.operations.proving import prove
from fieldnotes.operations.reading_in import ReadIn
from fieldnotes.operations.said_before import go_through, open_pairs
from fieldnotes.operations.saved_searches import list_searches
from fieldnotes.operations.search import count_notes, find_notes
from fieldnotes.operations.sending import send
from fieldnotes.operations.sending_plans import plan_sending
from fieldnotes.operations.succession import open_claims
from fieldnotes.operations.team import list_team
from fieldnotes.operations.trash import removed_notes
from fieldnotes.operations.undoing_imports import batches, undo_import
from fieldnotes.store.database import rows
from fieldnotes.trust.identity import REVISION_CONTEXT
from tests.builders import EVERYTHING as ALL
from tests.faults.hostile.forging import name_of


def look_at(notebook: Notebook, plan: ImportPlan, read: ReadIn) -> None:
    """The preview's hints, what came in, the list, and every note that was told one by one."""
    same_names(notebook, plan)
    already_said(notebook, plan)
    came: CameIn = what_came_in(notebook, read.batch)
    for counted in (*came.kinds, *came.competitors, *came.senders):
        assert count_notes(notebook, parse_query(counted.query)) == counted.notes, counted
    find_notes(notebook, EVERYTHING)
    for line in plan.files[0].lines:
        try:
            show_note(notebook, line.id)
            versions_of(notebook, line.id)
        except FieldnotesError:
            continue  # it was removed, or is no note


def use(notebook: Notebook, folder: Path) -> None:
    """Every page once; all of it is sent, and our own reader takes what was made."""
    for family in ("account", "competitor", "product", "tag"):
        for line in list_names(notebook, family):
            name_page(notebook, family, line.name)
    list_promises(notebook)
    list_searches(notebook)
    list_team(notebook)
    removed_notes(notebook)
    people_known(notebook)
    open_claims(notebook)
    go_through(notebook)
    open_pairs(notebook)
    count_facets(notebook, EVERYTHING)
    account_page(notebook, "Halden Foods")
    flip(notebook, "Acme price")
    made = send(notebook, plan_sending(notebook, ALL), folder / "onwards.fieldnotes").result
    with open_bundle(made.path) as bundle:
        assert bundle.signed
    made.path.unlink()


def undo(notebook: Notebook, batch: str) -> None:
    """Taken back, and listed as that."""
    undo_import(notebook, batch)
    assert any(each.id == batch and each.undone for each in batches(notebook))


def is_sound(notebook: Notebook, keys: dict[str, str]) -> list[str]:
    """What is wrong with a library once nobody typed for a while.

    `keys`: author → signing key in hex, of everybody there is.
    """
    while not prove(notebook).result:
        pass
    problems = list(check_library(notebook).problems)
    for (line,) in rows(notebook.library.connection, "SELECT line FROM history"):
        told = json.loads(line)
        signed = REVISION_CONTEXT + bytes.fromhex(name_of(told))
        try:
            VerifyKey(bytes.fromhex(keys[told["author"]])).verify(
                signed, bytes.fromhex(told["sig"])
            )
        except (KeyError, BadSignatureError):
            problems.append(f"forged: {line!r}")
    return problems
