"""What was promised with a note: a record of its own, whose words outlive those of the note."""

from __future__ import annotations

from collections.abc import Sequence

from fieldnotes.domain import promises
from fieldnotes.domain.records import Copy, Reason
from fieldnotes.operations import revising
from fieldnotes.operations.changes import Done
from fieldnotes.operations.notebook import Notebook
from fieldnotes.operations.notes import remove_notes
from fieldnotes.operations.promises import list_promises
from fieldnotes.operations.saving import history_of, save


def promises_made_with(notebook: Notebook, note_ids: Sequence[str]) -> list[str]:
    """Ids of the owner's promises that were written down with these notes."""
    notes = set(note_ids)
    made = list_promises(notebook)
    return [view.id for view in made if view.mine and view.promise.note in notes]


def erase_notes(notebook: Notebook, note_ids: Sequence[str], along: bool = False) -> Done[int]:
    """Erase notes, and `along` with them what was promised there; returns how many notes.

    The promises first: interrupted, the notes still lead to those that are left. Raises as
    `remove_notes`.
    """
    made = promises_made_with(notebook, note_ids) if along else []
    changes = save(notebook, [_erasure(notebook, each) for each in made], "")[0]
    done = remove_notes(notebook, note_ids, Reason.ERASE)
    return Done(done.result, changes | done.changes)


def _erasure(notebook: Notebook, promise_id: str) -> Copy:
    history = history_of(notebook, promise_id)
    return revising.removal(notebook, promises.TYPE, promise_id, history, Reason.ERASE)
