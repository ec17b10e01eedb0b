"""Make, keep, move and break promises, and list the ones that are due."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import msgspec
from msgspec.structs import replace

from fieldnotes.domain import merge, promises
from fieldnotes.domain.drafts import OpenDraft, no_note_written
from fieldnotes.domain.markings import Marking
from fieldnotes.domain.meetings import meeting_for
from fieldnotes.domain.moments import Moment
from fieldnotes.domain.notes import Note, NoteDraft
from fieldnotes.domain.promises import (
    NOW_DUE,
    Move,
    NoSuchPromise,
    Promise,
    PromiseDraft,
    PromiseView,
    due,
    in_order,
)
from fieldnotes.domain.records import Copy, Reason
from fieldnotes.domain.words import fold
from fieldnotes.errors import NotYours
from fieldnotes.operations import revising
from fieldnotes.operations.changes import Changes, Done, Undo
from fieldnotes.operations.notebook import Notebook
from fieldnotes.operations.saving import history_of, save, version_as
from fieldnotes.store import promises as held


class Changed(msgspec.Struct, frozen=True):
    """What a promise said before, and what it says now: enough to undo it."""

    id: str
    before: Promise
    now: Promise


def make_promise(notebook: Notebook, draft: PromiseDraft) -> Done[str]:
    """Save a new promise; the same one again changes nothing. Raises IncompleteDraft, NotYours."""
    draft = draft.finish()
    history = history_of(notebook, draft.id)
    top = merge.current(history) if history else None
    if top is not None and top.revision.author not in notebook.library.records.own:
        raise _not_yours()
    said = promises.to_fields(draft.promise)
    if top is not None and not top.revision.removed and merge.view(history, top) == said:
        return Done(draft.id, Changes())
    return Done(draft.id, *save(notebook, [_version(notebook, draft)], "new promise"))


def finish(draft: OpenDraft) -> None:
    """Raises IncompleteDraft where neither the note nor a promise beside it says anything yet."""
    alone = no_note_written(draft) and not draft.draft.settles
    if not (alone and any(each.promise.what for each in draft.promises)):
        draft.draft.finish()


def save_with_promises(
    notebook: Notebook, draft: OpenDraft, save: Callable[[NoteDraft], Done[NoteDraft]]
) -> Done[NoteDraft]:
    """Save a note with `save`, its promises first: a kill between the two loses neither.

    Promises beside a note in which nothing is written are saved alone. Raises IncompleteDraft.
    """
    finish(draft)
    note = draft.draft.note
    if draft.promises and not draft.draft.settles:
        note = replace(note, happened=note.happened or notebook.clock())
        note = replace(note, meeting=meeting_for(note, notebook.new_id))
    fresh = replace(draft.draft, note=note)
    alone = no_note_written(draft) and not fresh.settles
    made = promises_of_note(notebook, "" if alone else fresh.id, note, draft.promises)
    if alone and made.result:
        notebook.library.drafts.forget(fresh.id)
        return Done(fresh, made.changes | Changes(drafts=True), made.undo)
    done = save(fresh)
    return Done(done.result, done.changes | made.changes, _both(done.undo, made.undo))


def promises_of_note(
    notebook: Notebook, note_id: str, note: Note, drafts: Iterable[PromiseDraft]
) -> Done[list[str]]:
    """Save the promises that were written down with a note: they know it, its meeting, account.

    Those that say nothing are left out.
    """
    made: Done[list[str]] = Done([], Changes())
    meeting = note.meeting.id if note.meeting else ""
    for draft in drafts:
        promise = draft.promise
        if promise.what.strip():
            account = promise.account or note.account
            promise = replace(promise, note=note_id, meeting=meeting, account=account)
            one = make_promise(notebook, replace(draft, promise=promise))
            ids = [*made.result, one.result]
            made = Done(ids, made.changes | one.changes, _both(made.undo, one.undo))
    return made


def change_promise(notebook: Notebook, record_id: str, promise: Promise) -> Done[Changed]:
    """Save `promise` as the next version. Raises NoSuchPromise, NotYours, IncompleteDraft."""
    return _change(notebook, record_id, lambda _: promise)


def keep_promise(notebook: Notebook, record_id: str, reason: str = "") -> Done[Changed]:
    """It was done. Raises NoSuchPromise, NotYours."""
    now = notebook.clock()
    return _change(notebook, record_id, lambda before: promises.kept(before, now, reason))


def move_promise(notebook: Notebook, record_id: str, until: str, why: str = "") -> Done[Changed]:
    """It stands, for another day (ISO). Raises NoSuchPromise, NotYours."""
    move = Move(notebook.new_id(), notebook.clock(), until, why=why)
    return _change(notebook, record_id, lambda before: promises.moved(before, move))


def break_promise(notebook: Notebook, record_id: str, reason: str = "") -> Done[Changed]:
    """It will not be done. Raises NoSuchPromise, NotYours."""
    now = notebook.clock()
    return _change(notebook, record_id, lambda before: promises.broken(before, now, reason))


def remove_promise(notebook: Notebook, record_id: str, reason: Reason = Reason.WRONG) -> Done[str]:
    """Take a promise away, here and wherever it went. Raises NoSuchPromise, NotYours."""
    record_id = _mine(notebook, record_id).id
    history = history_of(notebook, record_id)
    copy = revising.removal(notebook, promises.TYPE, record_id, history, reason)
    changes, undo = save(notebook, [copy], "delete of a promise")
    return Done(record_id, changes, None if reason is Reason.ERASE else undo)


def restore_promise(notebook: Notebook, record_id: str) -> Done[str]:
    """Bring a removed promise back as it was. Raises NotYours; NoSuchPromise for an erased one."""
    _mine(notebook, record_id)
    history = history_of(notebook, record_id)
    kept = [copy for copy in history.values() if copy.revision.removed is None]
    if not kept:
        raise NoSuchPromise("This promise was erased.", "Nothing of it is left to bring back.")
    newest = max(kept, key=lambda copy: merge.order(copy.revision))
    fresh = version_as(notebook, history, newest)
    return Done(record_id, *save(notebook, [fresh], "bringing back of a promise"))


def show_promise(notebook: Notebook, reference: str) -> PromiseView:
    """A promise by its id, a unique beginning of it, or its number. Raises NoSuchPromise."""
    record_id = notebook.library.records.resolve(reference) or reference
    waiting = {view.id: view for view in _waiting(notebook)}
    view = waiting.get(record_id) or _held(notebook, record_id)
    if view is None:
        raise NoSuchPromise(f"There is no promise {reference}.", "Look for it with promises.")
    return view


def list_promises(notebook: Notebook, account: str | None = None) -> list[PromiseView]:
    """Every promise here, those that stand first, by their day; `account`: only those of it."""
    waiting = {view.id: view for view in _waiting(notebook)}
    records = notebook.library.records
    known = held.views(records, account)
    known = [each for each in known if not (each.mine and each.id in waiting)]
    shown = [each for each in waiting.values() if each.removed is None]
    return in_order(known + list(filter(held.passes(records, account), shown)))


def count_due(notebook: Notebook) -> int:
    """The owner's promises that are overdue or due today."""
    now = notebook.clock()
    return sum(
        1 for view in list_promises(notebook) if view.mine and due(view.promise, now) in NOW_DUE
    )


def sendable(notebook: Notebook, accounts: Iterable[str]) -> list[PromiseView]:
    """The owner's promises; with `accounts` only those of them."""
    names = notebook.library.names
    named = [{fold(account), *names.alike("account", account)} for account in accounts]
    wanted: set[str] = set().union(*named)
    return [
        view
        for view in list_promises(notebook)
        if view.mine and (not wanted or fold(view.promise.account) in wanted)
    ]


def shown_to_company(notebook: Notebook, record_id: str) -> Copy | None:
    """The version, not saved yet, that lets the company see a promise; None where it may already.

    People stay hidden as they are.
    """
    history = history_of(notebook, record_id)
    top = merge.current(history)
    if top.revision.marking != Marking.RED:
        return None
    promise = promises.from_fields(merge.view(history, top))
    draft = replace(_draft(record_id, promise, top), marking=Marking.AMBER_STRICT.value)
    return _version(notebook, draft)


def _change(
    notebook: Notebook, reference: str, change: Callable[[Promise], Promise]
) -> Done[Changed]:
    view = _mine(notebook, reference)
    history = history_of(notebook, view.id)
    promise = change(view.promise)
    draft = _draft(view.id, promise, merge.current(history)).finish()
    changed = save(notebook, [_version(notebook, draft)], "change of a promise")
    return Done(Changed(view.id, view.promise, promise), *changed)


def _both(one: Undo | None, other: Undo | None) -> Undo | None:
    """One step back for both; the words of the first."""
    if one is None or other is None:
        return one or other

    def back(notebook: Notebook) -> Done[Any]:
        first, second = one.back(notebook), other.back(notebook)
        changes = first.changes | second.changes
        return Done(None, changes, _both(first.undo, second.undo))

    return Undo(one.words, back)


def _draft(record_id: str, promise: Promise, base: Copy) -> PromiseDraft:
    revision = base.revision
    return PromiseDraft(
        id=record_id, promise=promise, marking=revision.marking, marks=dict(revision.marks)
    )


def _version(notebook: Notebook, draft: PromiseDraft) -> Copy:
    """The next version, on top of all heads; what this program does not know is kept."""
    history = history_of(notebook, draft.id)
    top = merge.current(history) if history else None
    told, unsaid = promises.to_fields(draft.promise), promises.to_fields(Promise())
    version = revising.Version(
        promises.TYPE, draft.id, told, promises.is_known, draft.marking, draft.marks, unsaid
    )
    return revising.version(notebook, version, history, top, top.revision.restored if top else 0)


def _mine(notebook: Notebook, reference: str) -> PromiseView:
    view = show_promise(notebook, reference)
    if not view.mine:
        raise _not_yours()
    return view


def _not_yours() -> NotYours:
    return NotYours("Only who made a promise changes it.", "Make one of your own.")


def _held(notebook: Notebook, record_id: str) -> PromiseView | None:
    try:
        return held.view(notebook.library.records, record_id)
    except ValueError:
        return None


def _waiting(notebook: Notebook) -> list[PromiseView]:
    """Saved versions that the library has not taken over yet, as they will be read."""
    waiting = notebook.library.outbox.waiting()
    return [_as_view(notebook, copy) for copy in waiting if copy.revision.type == promises.TYPE]


def _as_view(notebook: Notebook, copy: Copy) -> PromiseView:
    revision = copy.revision
    removed = revision.removed
    created: Moment = revision.created
    return PromiseView(
        id=revision.id,
        promise=promises.from_fields(copy.values),
        author=revision.author,
        author_name=notebook.owner.name,
        mine=True,
        marking=revision.marking,
        created=created,
        modified=revision.modified,
        hidden=tuple(sorted(copy.hidden)),
        removed=removed.reason if removed else None,
    )
