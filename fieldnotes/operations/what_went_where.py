"""The whole ledger at a glance, and the notes of one file of it as they are now."""

from __future__ import annotations

import msgspec

from fieldnotes.domain.ledger import Gap
from fieldnotes.domain.moments import Moment
from fieldnotes.domain.notes import TYPE as NOTE
from fieldnotes.domain.views import NoteView
from fieldnotes.operations.ledger import (
    Came,
    Made,
    Unfinished,
    files_came,
    files_made,
    gaps,
    path_there,
    unfinished,
)
from fieldnotes.operations.notebook import Notebook
from fieldnotes.operations.where_it_went import OpenRemoval, heading_of, open_removals

LISTED = 500  # notes of one file that are told one by one


class WhatWentWhere(msgspec.Struct, frozen=True):
    """Files that were made and that came, the last first, and what is not as it should be."""

    now: Moment
    made: tuple[Made, ...]
    came: tuple[Came, ...]
    gaps: tuple[Gap, ...]
    open: tuple[OpenRemoval, ...]
    unfinished: tuple[Unfinished, ...]


class InFile(msgspec.Struct, frozen=True):
    """A note of a file. `state`: 'as it was', 'changed' or 'removed' since."""

    id: str
    heading: str
    kind: str
    state: str


class Contents(msgspec.Struct, frozen=True):
    """The notes of a file, up to LISTED of them; `more` counts records that were not looked at.

    `there`: the file lies where it was made.
    """

    notes: tuple[InFile, ...]
    more: int
    there: bool = False


def what_went_where(notebook: Notebook) -> WhatWentWhere:
    """Everything that the page shows."""
    return WhatWentWhere(
        notebook.clock(),
        tuple(files_made(notebook)),
        tuple(files_came(notebook)),
        tuple(gaps(notebook)),
        tuple(open_removals(notebook)),
        tuple(unfinished(notebook)),
    )


def contents_of(notebook: Notebook, no: int) -> Contents:
    """What was in a file that was made."""
    found = _contents(notebook, notebook.library.sendings.revisions_in(no))
    return msgspec.structs.replace(found, there=path_there(notebook, no) is not None)


def contents_that_came(notebook: Notebook, no: int) -> Contents:
    """What a file that was read in brought."""
    return _contents(notebook, notebook.library.arrivals.revisions_in(no))


def _contents(notebook: Notebook, revisions: list[tuple[int, str]]) -> Contents:
    """The first notes among the records of a file; the rest is only counted."""
    went: dict[int, set[str]] = {}
    for number, name in revisions:
        went.setdefault(number, set()).add(name)
    library, numbers = notebook.library, sorted(went)
    shown: list[InFile] = []
    seen = 0
    while seen < len(numbers) and len(shown) < LISTED:
        part = numbers[seen : seen + LISTED - len(shown)]
        seen += len(part)
        views = library.records.views(library.sendings.places_of(part))
        shown += [
            _in_file(notebook, view, went[view.note_no]) for view in views if view.type == NOTE
        ]
    return Contents(tuple(shown), len(numbers) - seen)


def _in_file(notebook: Notebook, view: NoteView, went: set[str]) -> InFile:
    state = "removed" if view.removed else "as it was" if view.revision in went else "changed"
    return InFile(view.id, heading_of(notebook, view), view.note.kind, state)
