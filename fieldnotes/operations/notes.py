"""Log, edit, remove, restore and show notes. Saving is durable before it is applied."""

from __future__ import annotations

from collections.abc import Sequence

from fieldnotes.domain import merge, note_fields, notes
from fieldnotes.domain.merge import History
from fieldnotes.domain.notes import Note, NoteDraft
from fieldnotes.domain.records import Copy, Reason
from fieldnotes.domain.views import NoteView
from fieldnotes.errors import NoSuchNote, NotYours
from fieldnotes.operations import revising
from fieldnotes.operations.changes import Done
from fieldnotes.operations.loose_attachments import attached_in, let_go
from fieldnotes.operations.notebook import Notebook
from fieldnotes.operations.saving import history_of, put, save, settle_outbox, version_as


def log_note(notebook: Notebook, draft: NoteDraft) -> Done[str]:
    """Save a new note or a new version of one; returns its id.

    Raises IncompleteDraft when nothing was written down yet, NotYours for somebody else's note.
    """
    done = put_note(notebook, draft)
    settle_outbox(notebook)
    return done


def put_note(notebook: Notebook, draft: NoteDraft, state: int | None = None) -> Done[str]:
    """The part of `log_note` after which "Saved" may be shown; `settle_outbox` may follow later.

    `state`: the one in which the draft was kept last, so that nobody else's is thrown away.
    """
    copy = signed_version(notebook, draft)
    words = "change of a note" if copy.revision.lineage else "new note"
    return Done(draft.id, *put(notebook, [copy], words, state))


def edit_note(notebook: Notebook, record_id: str, note: Note) -> Done[str]:
    """Save `note` as the new version. Raises NoSuchNote, NotYours."""
    return log_note(notebook, draft_of(notebook, record_id, note))


def draft_of(notebook: Notebook, record_id: str, note: Note | None = None) -> NoteDraft:
    """The draft with which an existing note of the owner's is edited."""
    view = _mine(notebook, record_id)
    history = history_of(notebook, record_id)
    top = merge.current(history)
    return NoteDraft(
        id=record_id,
        note=note or view.note,
        marking=top.revision.marking,
        marks=dict(top.revision.marks),
        settles=tuple(copy.name for copy in merge.heads(history)),
    )


def remove_note(notebook: Notebook, record_id: str, reason: Reason) -> Done[str]:
    """Remove a note here and, with the next file, wherever it went. Raises NoSuchNote, NotYours.

    ERASE also deletes every version, draft and attachment of it on this laptop. Works on a full
    disk as well.
    """
    done = remove_notes(notebook, [record_id], reason)
    return Done(record_id, done.changes, done.undo)


def remove_notes(notebook: Notebook, record_ids: Sequence[str], reason: Reason) -> Done[int]:
    """Remove several notes in one step, all or none; returns how many. Raises as `remove_note`."""
    views = [_mine(notebook, record_id) for record_id in dict.fromkeys(record_ids)]
    erase = reason is Reason.ERASE
    copies = [_removal(notebook, view.id, reason) for view in views if erase or not view.removed]
    histories = [history_of(notebook, view.id) for view in views] if erase else []
    changes, undo = save(notebook, copies, f"delete of {_notes(len(copies))}")
    let_go(notebook, attached_in(copy for each in histories for copy in each.values()))
    return Done(len(copies), changes, None if erase else undo)


def restore_note(notebook: Notebook, record_id: str) -> Done[str]:
    """Bring a removed note back as it was. Raises NotYours; NoSuchNote also for what was erased."""
    done = restore_notes(notebook, [record_id])
    return Done(record_id, done.changes, done.undo)


def restore_notes(notebook: Notebook, record_ids: Sequence[str]) -> Done[int]:
    """Bring several back in one step, all or none; returns how many. Raises as `restore_note`."""
    copies = []
    for record_id in dict.fromkeys(record_ids):
        _mine(notebook, record_id)
        history = history_of(notebook, record_id)
        kept = [copy for copy in history.values() if copy.revision.removed is None]
        if not kept:
            raise NoSuchNote("This note was erased.", "Nothing of it is left to bring back.")
        newest = max(kept, key=lambda copy: merge.order(copy.revision))
        copies.append(version_as(notebook, history, newest))
    words = f"bringing back of {_notes(len(copies))}"
    return Done(len(copies), *save(notebook, copies, words))


def bring_back(notebook: Notebook, record_id: str, version: str) -> Done[str]:
    """Let a note say again what `version` (a revision's name) of it says; every version is kept.

    Raises NotYours, and NoSuchNote where this version is not held.
    """
    _mine(notebook, record_id)
    history = history_of(notebook, record_id)
    base = history.get(version)
    if base is None or base.revision.removed:
        raise NoSuchNote("This version is not here any more.", "Choose another one.")
    copy = version_as(notebook, history, base)
    return Done(record_id, *save(notebook, [copy], "bringing back of a version"))


def show_note(notebook: Notebook, reference: str) -> NoteView:
    """A note by its id, a unique beginning of it, or its number. Raises NoSuchNote."""
    record_id = notebook.library.records.resolve(reference) or reference
    for copy in reversed(notebook.library.outbox.waiting()):
        if copy.revision.id == record_id and copy.revision.type == notes.TYPE:
            return waiting_view(notebook, copy)
    view = _view(notebook, record_id)
    if view is None or view.type != notes.TYPE:
        raise NoSuchNote(f"There is no note {reference}.", "Look for it with find.")
    return view


def versions_of(notebook: Notebook, record_id: str) -> list[tuple[Copy, Note]]:
    """Every version held, the current one first, each with what it says."""
    history = history_of(notebook, record_id)
    ordered = sorted(history.values(), key=lambda copy: merge.order(copy.revision), reverse=True)
    return [(copy, note_fields.from_fields(merge.view(history, copy))) for copy in ordered]


def waiting_view(notebook: Notebook, copy: Copy) -> NoteView:
    """A saved version that the library has not taken over yet, as it will be read."""
    revision = copy.revision
    known = notebook.library.records.facts(revision.id, revision.author)
    return NoteView(
        id=revision.id,
        note_no=known.note_no if known else 0,
        note=note_fields.from_fields(copy.values),
        author=revision.author,
        author_name=notebook.owner.name,
        mine=True,
        revision=copy.name,
        rev=revision.rev,
        marking=revision.marking,
        created=revision.created,
        modified=revision.modified,
        hidden=tuple(sorted(copy.hidden)),
        removed=revision.removed.reason if revision.removed else None,
        sent=False,
        waiting=True,
    )


def _notes(count: int) -> str:
    return "a note" if count == 1 else f"{count} notes"


def _mine(notebook: Notebook, record_id: str) -> NoteView:
    view = show_note(notebook, record_id)
    if view.author not in notebook.library.records.own:
        raise NotYours("Only its author changes a note.", "Answer it with a note of your own.")
    return view


def _view(notebook: Notebook, record_id: str) -> NoteView | None:
    try:
        return notebook.library.records.view(record_id)
    except ValueError:
        return None


def signed_version(notebook: Notebook, draft: NoteDraft) -> Copy:
    """The final signed version that a draft becomes. Raises IncompleteDraft, NotYours."""
    draft = draft.finish()
    history = history_of(notebook, draft.id)
    top = merge.current(history) if history else None
    if top and top.revision.author not in notebook.library.records.own:
        raise NotYours("Only its author changes a note.", "Answer it with a note of your own.")
    return _version(notebook, draft, history, top, top.revision.restored if top else 0)


def first_version(notebook: Notebook, draft: NoteDraft) -> Copy:
    """The same for an id that was minted just now: nothing can be held of it."""
    return _version(notebook, draft.finish(), {}, None, 0)


def _version(
    notebook: Notebook, draft: NoteDraft, history: History, base: Copy | None, restored: int
) -> Copy:
    """A fresh revision on top of all heads; it keeps what `base` hides and what we do not know."""
    return revising.version(
        notebook,
        revising.Version(
            notes.TYPE,
            draft.id,
            note_fields.to_fields(draft.note),
            note_fields.is_known,
            draft.marking,
            draft.marks,
            note_fields.to_fields(Note()),
        ),
        history,
        base,
        restored,
    )


def _removal(notebook: Notebook, record_id: str, reason: Reason) -> Copy:
    history = history_of(notebook, record_id)
    return revising.removal(notebook, notes.TYPE, record_id, history, reason)
