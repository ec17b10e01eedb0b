"""Log, edit, remove, restore and show notes. Saving is durable before it is applied."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from msgspec.structs import replace

from fieldnotes.domain import merge, note_fields, notes
from fieldnotes.domain.merge import History
from fieldnotes.domain.notes import Note, NoteDraft
from fieldnotes.domain.records import Copy, Reason, Removal, Revision, digests_under
from fieldnotes.domain.views import NoteView
from fieldnotes.errors import NoSuchNote, NotYours
from fieldnotes.operations.changes import Changes, Done
from fieldnotes.operations.notebook import Notebook
from fieldnotes.store.database import Busy
from fieldnotes.trust.identity import signed

SETTLE_MS = 200  # so long a save waits for the library; what is not applied then, waits its turn


def log_note(notebook: Notebook, draft: NoteDraft) -> Done[str]:
    """Save a new note or a new version of one; returns its id.

    Raises IncompleteDraft when nothing was written down yet, NotYours for somebody else's note.
    """
    copy = signed_version(notebook, draft)
    notebook.library.outbox.put(copy)  # durable from here on: "Saved" may be shown
    settle_outbox(notebook)
    return Done(draft.id, Changes(frozenset({draft.id}), drafts=True))


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

    ERASE also deletes every version, draft and attachment of it on this laptop.
    """
    _mine(notebook, record_id)
    copy = _removal(notebook, record_id, reason)
    notebook.library.outbox.put(copy)
    settle_outbox(notebook)
    if reason is Reason.ERASE:
        drop_loose_blobs(notebook)
    return Done(record_id, Changes(frozenset({record_id}), drafts=True))


def restore_note(notebook: Notebook, record_id: str) -> Done[str]:
    """Bring a removed note back as it was. Raises NotYours; NoSuchNote also for what was erased."""
    _mine(notebook, record_id)
    history = history_of(notebook, record_id)
    kept = [copy for copy in history.values() if copy.revision.removed is None]
    if not kept:
        raise NoSuchNote("This note was erased.", "Nothing of it is left to bring back.")
    newest = max(kept, key=lambda copy: merge.order(copy.revision))
    values = merge.view(history, newest)
    draft = NoteDraft(
        id=record_id,
        note=note_fields.from_fields(values),
        marking=newest.revision.marking,
        marks=dict(newest.revision.marks),
    )
    restored = merge.current(history).revision.restored + 1
    copy = _version(notebook, draft, history, newest, restored)
    notebook.library.outbox.put(copy)
    settle_outbox(notebook)
    return Done(record_id, Changes.of(record_id))


def show_note(notebook: Notebook, reference: str) -> NoteView:
    """A note by its id, a unique beginning of it, or its number. Raises NoSuchNote."""
    record_id = notebook.library.records.resolve(reference) or reference
    for copy in reversed(notebook.library.outbox.waiting()):
        if copy.revision.id == record_id:
            return waiting_view(notebook, copy)
    view = _view(notebook, record_id)
    if view is None:
        raise NoSuchNote(f"There is no note {reference}.", "Look for it with find.")
    return view


def versions_of(notebook: Notebook, record_id: str) -> list[tuple[Copy, Note]]:
    """Every version held, the current one first, each with what it says."""
    history = history_of(notebook, record_id)
    ordered = sorted(history.values(), key=lambda copy: merge.order(copy.revision), reverse=True)
    return [(copy, note_fields.from_fields(merge.view(history, copy))) for copy in ordered]


def history_of(notebook: Notebook, record_id: str) -> History:
    """What the library holds of a record together with what still waits."""
    waiting = [c for c in notebook.library.outbox.waiting() if c.revision.id == record_id]
    author = notebook.owner.author if waiting else None
    return merge.join(notebook.library.records.history(record_id, author), waiting)


def settle_outbox(notebook: Notebook) -> bool:
    """Apply what waits, if nothing long holds the library. True: nothing waits any more."""
    library = notebook.library
    waiting = library.outbox.waiting()
    if not waiting:
        return True
    with suppress(Busy):
        with library.transaction(patience_ms=SETTLE_MS):
            for copy in waiting:
                library.records.put(copy.revision.id, [copy])
        library.outbox.taken(waiting)
        return True
    return False


def signed_version(notebook: Notebook, draft: NoteDraft) -> Copy:
    """The final signed version that a draft becomes. Raises IncompleteDraft, NotYours."""
    draft = draft.finish()
    history = history_of(notebook, draft.id)
    top = merge.current(history) if history else None
    if top and top.revision.author != notebook.owner.author:
        raise NotYours("Only its author changes a note.", "Answer it with a note of your own.")
    return _version(notebook, draft, history, top, top.revision.restored if top else 0)


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


def _version(
    notebook: Notebook, draft: NoteDraft, history: History, base: Copy | None, restored: int
) -> Copy:
    """A fresh revision on top of all heads; it keeps what `base` hides and what we do not know."""
    values = _with_unknown(note_fields.to_fields(draft.note), history, base)
    carried = _carried(values, history, base)
    key = notebook.random(16).hex()
    revision = replace(
        _on_top(notebook, draft.id, history, restored),
        marking=draft.marking,
        marks=_marks(draft.marks, values, carried),
        digests={**carried, **digests_under(key, values)},
    )
    return signed(notebook.library.owner, revision, values, key)


def _removal(notebook: Notebook, record_id: str, reason: Reason) -> Copy:
    history = history_of(notebook, record_id)
    top = merge.current(history).revision
    revision = _on_top(notebook, record_id, history, top.restored)
    removed = Removal(reason.value, notebook.clock())
    revision = replace(revision, marking=top.marking, removed=removed)
    return signed(notebook.library.owner, revision, {}, notebook.random(16).hex())


def _on_top(notebook: Notebook, record_id: str, history: History, restored: int) -> Revision:
    """The envelope of a revision that descends from all heads of `history`, still empty."""
    now = notebook.clock()
    heads = merge.heads(history) if history else []
    lineage = dict.fromkeys(copy.name for copy in heads)
    for copy in heads:
        lineage |= dict.fromkeys(copy.revision.lineage)
    return Revision(
        type=notes.TYPE,
        id=record_id,
        author=notebook.owner.author,
        device=notebook.device,
        rev=1 + max((copy.revision.rev for copy in heads), default=0),
        lineage=tuple(lineage),
        restored=restored,
        created=heads[0].revision.created if heads else now,
        modified=now,
        removed=None,
        marking="",
        marks={},
        digests={},
    )


def _with_unknown(values: dict[str, Any], history: History, base: Copy | None) -> dict[str, Any]:
    held = merge.view(history, base) if base else {}
    unknown = {name: value for name, value in held.items() if not note_fields.is_known(name)}
    return {**unknown, **values}


def _carried(values: Mapping[str, Any], history: History, base: Copy | None) -> dict[str, str]:
    if base is None:
        return {}
    shown = merge.view(history, base)
    digests = base.revision.digests
    return {name: digests[name] for name in digests.keys() - shown.keys() - values.keys()}


def _marks(
    marks: Mapping[str, str], values: Mapping[str, Any], carried: Mapping[str, str]
) -> dict[str, str]:
    return {name: mark for name, mark in marks.items() if name in values or name in carried}


def _mine(notebook: Notebook, record_id: str) -> NoteView:
    view = show_note(notebook, record_id)
    if view.author != notebook.owner.author:
        raise NotYours("Only its author changes a note.", "Answer it with a note of your own.")
    return view


def _view(notebook: Notebook, record_id: str) -> NoteView | None:
    try:
        return notebook.library.records.view(record_id)
    except ValueError:
        return None


def drop_loose_blobs(notebook: Notebook) -> None:
    """Forget attachments that no version refers to any more, after something was erased."""
    held = notebook.library.blobs.hashes()
    if held:
        used = notebook.library.records.attached()
        notebook.library.blobs.drop([each for each in held if each not in used])
