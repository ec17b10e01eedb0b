"""A customer's consent to a win: take it back, or give it back after a mistake."""

from __future__ import annotations

from msgspec.structs import replace

from fieldnotes.errors import FieldnotesError
from fieldnotes.operations.changes import Done, Undo
from fieldnotes.operations.notebook import Notebook
from fieldnotes.operations.notes import edit_note, show_note


class NoConsent(FieldnotesError):
    """There is nothing to withdraw."""


def withdraw_consent(notebook: Notebook, note_id: str) -> Done[str]:
    """The customer said no more: the win stays, and whoever gets it is told not to use it.

    A new version that travels like any other. Raises NoSuchNote, NotYours, NoConsent.
    """
    done = _with_withdrawn(notebook, note_id, notebook.clock().local().date().isoformat())
    back = Undo("the withdrawal", lambda book: give_consent_back(book, note_id))
    return replace(done, undo=back)


def give_consent_back(notebook: Notebook, note_id: str) -> Done[str]:
    """The withdrawal was a mistake. Raises NoSuchNote, NotYours, NoConsent."""
    done = _with_withdrawn(notebook, note_id, "")
    back = Undo("that it counts again", lambda book: withdraw_consent(book, note_id))
    return replace(done, undo=back)


def _with_withdrawn(notebook: Notebook, note_id: str, day: str) -> Done[str]:
    note = show_note(notebook, note_id).note
    if note.consent is None:
        raise NoConsent("Nobody's consent stands in this note.", "Write it down with Edit.")
    consent = replace(note.consent, withdrawn=day)
    return edit_note(notebook, note_id, replace(note, consent=consent))
