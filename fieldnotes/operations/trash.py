"""What the owner removed and did not erase: it stays until somebody erases it."""

from __future__ import annotations

from msgspec.structs import replace

from fieldnotes.domain import merge, note_fields
from fieldnotes.domain.merge import History
from fieldnotes.domain.views import NoteView
from fieldnotes.operations.notebook import Notebook
from fieldnotes.operations.saving import history_of

SHOWN = 500


def removed_notes(notebook: Notebook, limit: int = SHOWN) -> list[NoteView]:
    """The owner's notes that can be put back, the last removed first, as they were."""
    records = notebook.library.records
    views = records.views(records.trash(limit))
    return [as_it_was(view, history_of(notebook, view.id)) for view in views]


def count_removed(notebook: Notebook) -> int:
    """How many those are."""
    return notebook.library.records.count_trash()


def as_it_was(view: NoteView, history: History) -> NoteView:
    """A removed note with what it said last; one that was erased says nothing."""
    kept = [copy for copy in history.values() if copy.revision.removed is None]
    if view.removed is None or not kept:
        return view
    newest = max(kept, key=lambda copy: merge.order(copy.revision))
    return replace(view, note=note_fields.from_fields(merge.view(history, newest)))
