"""What is written on a file: its name, its number, whom it is for, who is in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from fieldnotes.bundle.manifest import Manifest
from fieldnotes.bundle.writer import Cover
from fieldnotes.domain.devices import people_in, row_of
from fieldnotes.domain.moments import Moment
from fieldnotes.domain.people import KeyCard
from fieldnotes.domain.shapes import ENDINGS, Shape

if TYPE_CHECKING:
    from fieldnotes.operations.notebook import Notebook
    from fieldnotes.operations.sending_plans import SendingPlan


def suggested_name(notebook: Notebook, recipient: str = "", shape: Shape = Shape.BUNDLE) -> str:
    """A file name that says who, for whom and when."""
    day = notebook.clock().local().date().isoformat()
    parts = [notebook.owner.name, recipient, day]
    plain = "-".join(part.casefold().strip().replace(" ", "-") for part in parts if part)
    return "".join(c for c in plain if c.isalnum() or c == "-") + ENDINGS[shape]


def new_cover(
    notebook: Notebook,
    plan: SendingPlan,
    title: str,
    note: str,
    again: int = 0,
) -> Cover:
    """The cover of a file with a number that no other one has.

    `again`: the number of an earlier file that it stands for.
    """
    library, selection = notebook.library, plan.selection
    names = people_in(selection.recipient)
    row = row_of(names, selection.audience)
    device, sequence = notebook.machine.next_number(library.id, library.folder, row)
    authors = plan.authors | {notebook.owner.author}
    cards: list[KeyCard] = [
        person.card for person in map(library.people.find, sorted(authors)) if person
    ]
    return Cover(
        bundle=notebook.new_id(),
        sequence=sequence,
        device=device,
        audience=selection.audience.value,
        made=notebook.clock(),
        recipients=names,
        title=title,
        tags=plan.tags,
        note=note,
        people=tuple(cards),
        again=again,
    )


def same_cover(told: dict[str, Any]) -> Cover:
    """The cover of a file that was made, by its manifest: with it the same file can be made again.

    Raises ValueError where that is not one of a bundle.
    """
    manifest = msgspec.convert(told, Manifest)
    return Cover(
        bundle=manifest.bundle,
        sequence=manifest.sequence,
        device=manifest.device,
        audience=manifest.audience,
        made=Moment(*manifest.made),
        recipients=tuple(manifest.recipients),
        title=manifest.title,
        tags=tuple(manifest.tags),
        note=manifest.note,
        people=tuple(manifest.people),
        again=manifest.again,
    )
