"""Which notes go as they lie here wherever they may: told by their narrow rows, and kept right."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

import pytest
from msgspec.structs import replace

from fieldnotes.domain.note_fields import KNOWN_FIELDS
from fieldnotes.domain.notes import Attachment, Contact, NoteDraft, Quote
from fieldnotes.domain.records import Copy, Reason, Removal, read_line
from fieldnotes.operations.checking import check_library
from fieldnotes.operations.housekeeping import tidy
from fieldnotes.operations.notebook import Notebook, open_notebook
from fieldnotes.operations.notes import edit_note, log_note, remove_note
from fieldnotes.store.gists import goes_plainly
from fieldnotes.store.index import CLOSELY, RULES
from tests.builders import Opener, a_note, an_exchange, logged

FILE = Attachment("00", "plan.png", "image/png", 27, "0" * 64)


def plain(notebook: Notebook) -> list[str | None]:
    """What the rows say, by number."""
    sql = "SELECT plain FROM facts ORDER BY note_no"
    return [told for (told,) in notebook.library.connection.execute(sql)]


def tags(notebook: Notebook, *names: str) -> str:
    """The numbers of these tags."""
    return " ".join(str(notebook.library.names.number("tag", name)) for name in names)


@pytest.fixture
def mixed(seller: Notebook) -> Notebook:
    """Notes of every sort."""
    logged(seller, tags=("b", "a", "b"), quotes=(Quote("00", "Too dear."),))
    logged(seller, see="me")
    logged(seller, contacts=(Contact("1", "Una"),))
    logged(seller, attachments=(FILE,))
    logged(seller, marks={"text": "green"})
    remove_note(seller, logged(seller, text="Gone"), Reason.WRONG)
    edit_note(seller, logged(seller, text="Once"), a_note(text="Twice", tags=("a",)))
    return seller


def test_only_a_note_of_which_all_goes_has_its_tags_in_its_row(mixed: Notebook) -> None:
    both, one = tags(mixed, "b", "a"), tags(mixed, "a")
    assert plain(mixed) == [both, "", *[CLOSELY] * 4, one]


def test_rows_say_the_same_whichever_way_notes_came(mixed: Notebook, notebooks: Opener) -> None:
    reader = notebooks("Reader")
    an_exchange(mixed, reader)
    logged(mixed, tags=("c",))
    an_exchange(mixed, reader)
    assert check_library(reader).problems == []
    assert tags(reader, "c") in plain(reader)


def test_where_nobody_has_looked_it_is_done_when_nobody_types(mixed: Notebook) -> None:
    before = plain(mixed)
    mixed.library.connection.execute("UPDATE facts SET plain = NULL")
    assert check_library(mixed).problems == []
    while not tidy(mixed).result:
        pass
    assert plain(mixed) == before


def test_after_a_change_of_the_rules_all_notes_are_looked_at_anew(mixed: Notebook) -> None:
    before = plain(mixed)
    mixed.library.connection.execute("UPDATE facts SET plain = 'wrong'")
    mixed.library.set_about(mixed.library.INDEX, "0")
    again = open_notebook(mixed.library.folder, machine_folder=mixed.library.folder / "machine")
    while not tidy(again).result:
        pass
    assert plain(again) == before
    again.close()


def test_fields_that_become_known_raise_the_rules() -> None:
    """A note with a field that an older program did not know goes whole from now on, and the other
    way round: whoever changes the one says so in the other."""
    known = hashlib.sha256(" ".join(sorted(KNOWN_FIELDS)).encode()).hexdigest()
    assert (RULES, known) == (
        "2",
        "f34f3ae34efb06f61f7973e6b9847cfc75488707a5bd65251e98c612cdafae88",
    )


@pytest.mark.parametrize(
    ("change", "goes"),
    [
        ({}, True),
        ({"values": {"text": "Nights.", "quotes.1": {"text": "No."}}}, True),
        ({"values": {"text": "Nights.", "quotes.1.newer": "No."}}, False),
        ({"values": {"text": "Nights.", "newer": 1}}, False),
        ({"values": {"text": "Nights.", "attachments.1": {}}}, False),
        ({"values": {}}, False),
        ({"tight": {"text": "red"}}, False),
        ({"type": "promise"}, False),
        ({"type": "newer"}, False),
        ({"marks": {"title": "clear"}}, False),
    ],
)
def test_whatever_could_be_hidden_is_looked_at_closely(
    seller: Notebook, change: Mapping[str, Any], goes: bool
) -> None:
    log_note(seller, NoteDraft(id=seller.new_id(), note=a_note(text="Nights.")))
    copy = the_copy(seller)
    own = {name: value for name, value in change.items() if name in Copy.__struct_fields__}
    told = {name: value for name, value in change.items() if name not in own}
    copy = replace(copy, revision=replace(copy.revision, **told), **own)
    assert goes_plainly(copy) == goes
    removed = replace(copy.revision, removed=Removal("wrong", copy.revision.modified))
    assert not goes_plainly(replace(copy, revision=removed))


def the_copy(notebook: Notebook) -> Copy:
    """What is held of the only version."""
    ((line,),) = notebook.library.connection.execute("SELECT line FROM history").fetchall()
    return read_line(line)
