"""Send a file again that did not arrive: the very same one, or the same notes as they are now."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import Any

import msgspec
from msgspec.structs import replace

from fieldnotes.domain.ledger import whom
from fieldnotes.domain.markings import Audience
from fieldnotes.domain.record_types import record_type
from fieldnotes.domain.selections import Selection
from fieldnotes.domain.shapes import Shape
from fieldnotes.errors import SendingRefused
from fieldnotes.operations.changes import Done
from fieldnotes.operations.covers import new_cover, same_cover
from fieldnotes.operations.going import versions
from fieldnotes.operations.ledger import Made, files_made, still_there
from fieldnotes.operations.looking_through import Looked, looked_at
from fieldnotes.operations.notebook import Notebook
from fieldnotes.operations.other_shapes import send_as
from fieldnotes.operations.saving import settle_outbox
from fieldnotes.operations.sending import Sent, send
from fieldnotes.operations.sending_plans import Progress, SendingPlan, planned, quiet, tally_of


class Again(msgspec.Struct, frozen=True):
    """A file that was made before, and what would go into it now.

    `file`: it lies there still as it was made, and all of it may go still. `same`: it would be the
    very same one; else it has a number of its own and says for which it stands. `changed`: notes
    that say something else now or are not sent any more; `removed`: of those only the removal goes.
    """

    made: Made
    plan: SendingPlan
    file: Path | None
    same: bool
    changed: int
    removed: int
    manifest: dict[str, Any]

    def with_plan(self, plan: SendingPlan) -> Again:
        """The same with another plan for it; only with its own it would be the same file."""
        return replace(self, plan=plan, same=self.same and plan is self.plan)


def find_made(notebook: Notebook, recipient: str, number: int, *, own: bool = False) -> Made:
    """The file with this number to `recipient`, of this device before others; `own`: for oneself.

    Raises SendingRefused.
    """
    asked = {each.key for each in whom(recipient, Audience.MYSELF if own else "")}
    found = [
        made
        for made in files_made(notebook)
        if made.number == number and {each.key for each in made.whom} == asked
    ]
    if not found:
        raise SendingRefused(f"No file with number {number} went there.", "Look at the list.")
    return max(found, key=lambda made: (made.here, -made.no))


def plan_again(notebook: Notebook, no: int, progress: Progress = quiet) -> Again:
    """What sending a file of the ledger again would do. Writes nothing. Raises SendingRefused."""
    settle_outbox(notebook)
    sendings = notebook.library.sendings
    rows = sendings.files([no])
    if not rows:
        raise SendingRefused("This file is not in the list.", "Look at the list of files.")
    (row,), (made,) = rows, files_made(notebook, [no])
    before = sendings.revisions_in(no)
    selection = Selection(
        audience=Audience(row.audience), recipient=row.recipient, shape=Shape(row.shape or "bundle")
    )
    plan = _planned(notebook, selection, {number for number, _ in before}, progress)
    now = {
        number: list(told)
        for number, told in groupby(versions(notebook, plan), attrgetter("note_no"))
    }
    gone = {number for number, told in now.items() if any(each.removal for each in told)}
    notes = {number for number, _ in before} - gone
    names = {(number, each.name) for number, told in now.items() for each in told}
    changed = {number for number, _ in set(before) ^ names} & notes
    left_out = notes - now.keys()
    removed = {number for number in gone if (number, now[number][0].name) not in before}
    # what holds a note that may not go any more is not handed over once more
    file = None if removed or left_out else still_there(row)
    return Again(made, plan, file, names == set(before), len(changed), len(removed), row.manifest)


def send_again(
    notebook: Notebook,
    again: Again,
    path: Path,
    progress: Progress = quiet,
    *,
    unsealed: bool = False,
    passphrase: str = "",
) -> Done[Sent]:
    """Make the file that was looked at. Raises SendingRefused; then nothing was made."""
    plan = again.plan
    if plan.selection.shape is not Shape.BUNDLE:
        return send_as(notebook, plan, path, progress)

    make = partial(send, notebook, plan, path, progress=progress)
    make = partial(make, unsealed=unsealed, passphrase=passphrase)
    if again.same:
        done = make(cover=same_cover(again.manifest))
        if done.result.manifest["entries"] == again.manifest["entries"]:
            return done
    title, note = again.manifest["title"], again.manifest["note"]
    number = again.made.again or again.made.number
    return make(cover=new_cover(notebook, plan, title, note, number))


def _planned(
    notebook: Notebook, selection: Selection, numbers: set[int], progress: Progress
) -> SendingPlan:
    """The same records as they are now, with what goes along with them."""
    library = notebook.library
    views = library.records.views(library.sendings.places_of(numbers))
    told = [view for view in views if record_type(view.type).along and view.removed is None]
    apart = {view.note_no for view in told}
    plan = planned(notebook, selection, sorted(numbers - apart), progress)
    lacking = [view for view in told if view.note_no not in plan.along]
    looked = [(view.note_no, looked_at(notebook, view, selection, set())) for view in lacking]
    return _with_along(plan, {number: each for number, each in looked if each and each.shown})


def _with_along(plan: SendingPlan, more: Mapping[int, Looked]) -> SendingPlan:
    """The plan with what goes along with more notes than these, which nobody chose."""
    items = [replace(each.item, note_no=0) for each in more.values()]
    along = {number: each.shown for number, each in more.items()}
    return replace(
        plan,
        items=plan.items + items,
        tally=plan.tally + tally_of(items),
        along=plan.along | along,
        authors=plan.authors | {copy.revision.author for each in along.values() for copy in each},
    )
