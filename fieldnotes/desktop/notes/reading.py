"""Everything the reader shows of one note, read beside the window in one go."""

from __future__ import annotations

import msgspec

from fieldnotes.domain import merge, note_fields
from fieldnotes.domain.moments import Moment
from fieldnotes.domain.notes import Note
from fieldnotes.domain.views import NoteView
from fieldnotes.operations.attachments import Held, held
from fieldnotes.operations.ledger import went_to
from fieldnotes.operations.likeness import linked_notes
from fieldnotes.operations.notebook import Notebook
from fieldnotes.operations.notes import show_note
from fieldnotes.operations.saving import history_of
from fieldnotes.operations.trash import as_it_was


class Version(msgspec.Struct, frozen=True):
    """One of two versions of which neither knew the other. `here`: made on this device."""

    note: Note
    modified: Moment
    here: bool = False


class Sending(msgspec.Struct, frozen=True):
    """A file in which the note went out."""

    recipient: str
    at: Moment


class Reading(msgspec.Struct, frozen=True):
    """`kept`: how many versions are held; `twice`: the versions to choose from, if any.

    `linked`: other notes that say the same, as somebody said.
    """

    view: NoteView
    now: Moment
    kept: int
    twice: tuple[Version, ...]
    sent: tuple[Sending, ...]
    files: tuple[Held, ...] = ()
    linked: tuple[NoteView, ...] = ()


def read_note(notebook: Notebook, note_id: str) -> Reading:
    """The note as it is now. Raises NoSuchNote."""
    history = history_of(notebook, note_id)
    view = as_it_was(show_note(notebook, note_id), history)
    now = notebook.clock()
    heads = merge.heads(history) if view.versions > 1 and not view.removed else []
    twice = tuple(
        Version(
            note_fields.from_fields(merge.view(history, copy)),
            copy.revision.modified,
            copy.revision.device == notebook.device,
        )
        for copy in heads
    )
    sent = went_to(notebook, view.note_no) if view.mine else []
    sendings = tuple(Sending(whom, Moment(ms, now.offset)) for whom, ms in sent)
    files = held(notebook, view.note.attachments)
    linked = () if view.removed else tuple(linked_notes(notebook, note_id))
    return Reading(view, now, len(history), twice, sendings, files, linked)
