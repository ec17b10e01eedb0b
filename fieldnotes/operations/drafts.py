"""Keep what is being typed, bring it back, and turn it into a saved note."""

from __future__ import annotations

import logging
from contextlib import suppress

import msgspec
from msgspec.structs import replace

from fieldnotes.domain.drafts import DraftView, OpenDraft, inline, view_of
from fieldnotes.domain.languages import guess_language
from fieldnotes.domain.meetings import corrected, meeting_for
from fieldnotes.domain.notes import Note, NoteDraft
from fieldnotes.errors import NoSuchNote
from fieldnotes.operations.changes import Changes, Done
from fieldnotes.operations.notebook import Notebook
from fieldnotes.operations.notes import draft_of, log_note, show_note


def keep_draft(notebook: Notebook, draft: OpenDraft) -> Done[str]:
    """Durable when this returns: "Draft kept" may be shown."""
    changed = notebook.clock().ms
    body = msgspec.json.encode(replace(draft, changed=changed))
    notebook.library.drafts.keep(draft.draft.id, draft.place, body, changed)
    return Done(draft.draft.id, Changes(drafts=True))


def forget_draft(notebook: Notebook, draft_id: str) -> Done[str]:
    """Nobody wants it any more."""
    notebook.library.drafts.forget(draft_id)
    return Done(draft_id, Changes(drafts=True))


def list_drafts(notebook: Notebook) -> list[DraftView]:
    """What was begun and not saved, the last changed first."""
    return [view_of(draft) for draft in _drafts(notebook)]


def read_draft(notebook: Notebook, draft_id: str) -> OpenDraft:
    """A draft as it was last kept. Raises NoSuchNote."""
    for draft in _drafts(notebook):
        if draft.draft.id == draft_id:
            return draft
    raise NoSuchNote("This draft is not there any more.", "Look for it among the notes.")


def open_draft(notebook: Notebook) -> OpenDraft | None:
    """The draft whose window was open when the program ended."""
    return next((draft for draft in _drafts(notebook) if draft.open), None)


def draft_to_edit(notebook: Notebook, note_id: str) -> OpenDraft:
    """The next version of a saved note, as far as it was written. Raises NoSuchNote, NotYours."""
    for draft in _drafts(notebook):
        if draft.draft.id == note_id:
            return draft
    fresh = draft_of(notebook, note_id)
    text, names = inline(fresh.note)
    return OpenDraft(draft=fresh, text=text, names=names, cursor=len(text))


def save_draft(notebook: Notebook, draft: NoteDraft) -> Done[NoteDraft]:
    """Save a draft as a note, or as a new version; returns it as it was saved.

    What was typed for another kind stays, the language is guessed where nobody told it, and a new
    note gets its meeting. Raises IncompleteDraft, NotYours.
    """
    before = _saved_version(notebook, draft)
    note = replace(draft.note, text=draft.note.text.rstrip())
    if not note.language:
        note = replace(note, language=guess_language(_words(note)))
    if before is None:
        note = replace(note, happened=note.happened or notebook.clock())
        note = replace(note, meeting=meeting_for(note, notebook.new_id))
    elif note.meeting and before.meeting and note.meeting.id == before.meeting.id:
        note = replace(note, meeting=corrected(note.meeting, note))
    saved = replace(draft, note=note)
    done = log_note(notebook, saved)
    return Done(saved, done.changes, done.undo)


def _saved_version(notebook: Notebook, draft: NoteDraft) -> Note | None:
    if not draft.settles:
        return None
    with suppress(NoSuchNote):
        return show_note(notebook, draft.id).note
    return None


def _words(note: Note) -> str:
    return " ".join([note.title, note.text, *(quote.text for quote in note.quotes)])


def _drafts(notebook: Notebook) -> list[OpenDraft]:
    found = []
    for draft_id, _place, body in notebook.library.drafts.all():
        try:
            found.append(msgspec.json.decode(body, type=OpenDraft))
        except msgspec.DecodeError as error:  # written by another version of the program
            logging.getLogger(__name__).warning("draft %s cannot be read: %s", draft_id, error)
    return found
