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
from fieldnotes.operations.notes import draft_of, put_note, show_note
from fieldnotes.operations.saving import settle_outbox


class Held(msgspec.Struct):
    """The draft that a window holds, and in which `state` (its `changed`) it was kept last.

    0: it was not yet; None: whatever is there. `saved`: nothing of it is kept any more. Kept up to
    date by the operations, on the one thread that writes. Another window may go on with the same
    draft: whoever comes second gets a draft, and in the end a note, of their own, so that nobody's
    words are written over.
    """

    id: str
    state: int | None = None
    saved: bool = False


def keep_draft(notebook: Notebook, draft: OpenDraft, held: Held | None = None) -> Done[str]:
    """Durable when this returns: "Draft kept" may be shown. The id under which it was kept."""
    held = held or Held(draft.draft.id)
    if held.saved:
        return Done(held.id, Changes())
    if not _keep(notebook, draft, held):
        others = notebook.library.drafts.state(held.id)
        if others or not draft.draft.settles:
            held.id = notebook.new_id()
            draft = replace(draft, draft=replace(draft.draft, settles=()))
        held.state = 0
        _keep(notebook, draft, held)
    return Done(held.id, Changes(drafts=True))


def keep_draft_at_any_rate(notebook: Notebook, draft: OpenDraft, held: Held) -> Done[str]:
    """The same as the last chance before a window closes: on a full disk out of the reserve."""
    return notebook.library.at_any_rate(lambda: keep_draft(notebook, draft, held))


def forget_draft(notebook: Notebook, draft_id: str, state: int | None = None) -> Done[str]:
    """Nobody wants it any more; where `state` is told, only in that one. Works on a full disk."""
    library = notebook.library
    library.at_any_rate(lambda: library.drafts.forget(draft_id, state))
    return Done(draft_id, Changes(drafts=True))


def list_drafts(notebook: Notebook) -> list[DraftView]:
    """What was begun and not saved, the last changed first."""
    return [view_of(draft) for draft in all_drafts(notebook)]


def read_draft(notebook: Notebook, draft_id: str) -> OpenDraft:
    """A draft as it was last kept. Raises NoSuchNote."""
    for draft in all_drafts(notebook):
        if draft.draft.id == draft_id:
            return draft
    raise NoSuchNote("This draft is not there any more.", "Look for it among the notes.")


def open_draft(notebook: Notebook) -> OpenDraft | None:
    """The draft whose window was open when the program ended."""
    return next((draft for draft in all_drafts(notebook) if draft.open), None)


def draft_to_edit(notebook: Notebook, note_id: str) -> OpenDraft:
    """The next version of a saved note, as far as it was written. Raises NoSuchNote, NotYours."""
    for draft in all_drafts(notebook):
        if draft.draft.id == note_id:
            return draft
    fresh = draft_of(notebook, note_id)
    text, names = inline(fresh.note)
    return OpenDraft(draft=fresh, text=text, names=names, cursor=len(text))


def save_draft(notebook: Notebook, draft: NoteDraft, held: Held | None = None) -> Done[NoteDraft]:
    """Save a draft as a note, or as a new version; returns it as it was saved.

    Durable when this returns; `settle` brings it into the library. What was typed for another kind
    stays, the language is guessed where nobody told it, and a new note gets its meeting. Raises
    IncompleteDraft, NotYours.
    """
    held = held or Held(draft.id)
    if not draft.settles:
        draft = _of_its_own(notebook, draft, held)
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
    done = put_note(notebook, saved, held.state)
    held.saved = True
    return Done(saved, done.changes, done.undo)


def settle(notebook: Notebook) -> Done[bool]:
    """Bring what was saved into the library, if nothing long holds it. True: nothing waits."""
    waiting = {copy.revision.id for copy in notebook.library.outbox.waiting()}
    settled = settle_outbox(notebook)
    if not waiting or not settled:
        return Done(settled, Changes())
    return Done(settled, Changes(frozenset(waiting), drafts=True, promises=True))


def _keep(notebook: Notebook, draft: OpenDraft, held: Held) -> bool:
    """False, and nothing is written: somebody else went on with it."""
    changed = max(notebook.clock().ms, (held.state or 0) + 1)
    told = replace(draft, draft=replace(draft.draft, id=held.id), changed=changed)
    body = msgspec.json.encode(told)
    kept = notebook.library.drafts.keep(held.id, draft.place, body, changed, held.state)
    held.state = changed if kept else held.state
    return kept


def _of_its_own(notebook: Notebook, draft: NoteDraft, held: Held) -> NoteDraft:
    """Under the id that it has on disk, or a fresh one where somebody else went on with it."""
    if held.state is not None and notebook.library.drafts.state(held.id) != held.state:
        held.id, held.state = notebook.new_id(), 0
    return replace(draft, id=held.id)


def _saved_version(notebook: Notebook, draft: NoteDraft) -> Note | None:
    if not draft.settles:
        return None
    with suppress(NoSuchNote):
        return show_note(notebook, draft.id).note
    return None


def _words(note: Note) -> str:
    return " ".join([note.title, note.text, *(quote.text for quote in note.quotes)])


def all_drafts(notebook: Notebook) -> list[OpenDraft]:
    """What was begun and not saved, whole, the last changed first."""
    found = []
    for draft_id, _place, body in notebook.library.drafts.all():
        try:
            found.append(msgspec.json.decode(body, type=OpenDraft))
        except msgspec.DecodeError as error:  # written by another version of the program
            logging.getLogger(__name__).warning("draft %s cannot be read: %s", draft_id, error)
    return found
