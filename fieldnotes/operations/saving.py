"""How versions of the owner's records are saved, whatever their type, and taken back again.

Nothing is ever taken out of a history: what is undone is a version that says what an earlier one
said.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from typing import Any, TypeVar

import msgspec

from fieldnotes.domain import likeness, merge, promises, saved_searches
from fieldnotes.domain.merge import History
from fieldnotes.domain.records import Copy, Reason
from fieldnotes.errors import CannotUndo
from fieldnotes.operations.changes import Changes, Done, Undo
from fieldnotes.operations.notebook import Notebook
from fieldnotes.operations.revising import Version, removal, version
from fieldnotes.store.database import Busy, DiskTrouble

SETTLE_MS = 200  # so long a save waits for the library; what is not applied then, waits its turn
T = TypeVar("T")


class Turn(msgspec.Struct, frozen=True):
    """From which version to which a record was brought; `before` is '' for one that was new."""

    id: str
    before: str
    after: str


def history_of(notebook: Notebook, record_id: str) -> History:
    """What the library holds of a record together with what still waits."""
    waiting = notebook.library.outbox.waiting_of(record_id)
    author = waiting[-1].revision.author if waiting else None
    return merge.join(notebook.library.records.history(record_id, author), waiting)


def settle_outbox(notebook: Notebook) -> bool:
    """Apply what waits, if nothing long holds the library. True: nothing waits any more.

    What waits is safe: a disk that refuses is no reason to say that it was not saved.
    """
    try:
        return _settle(notebook)
    except DiskTrouble as error:
        logging.getLogger(__name__).warning("what was saved waits: %s", error)
        return False


def save(notebook: Notebook, copies: Sequence[Copy], words: str) -> tuple[Changes, Undo | None]:
    """Save versions, all or none; returns what changed, and the way back.

    `words` say what was done, as in `Undo`. Removing works on a full disk as well.
    """
    removing = all(copy.revision.removed for copy in copies)
    any_rate = notebook.library.at_any_rate if removing else _plainly
    done = any_rate(lambda: put(notebook, copies, words))
    with suppress(DiskTrouble):
        any_rate(lambda: _settle(notebook))
    return done


def put(
    notebook: Notebook, copies: Sequence[Copy], words: str, state: int | None = None
) -> tuple[Changes, Undo | None]:
    """The part of `save` after which "Saved" may be shown; `settle_outbox` may follow later.

    `state`: the one in which the draft was kept last, so that nobody else's is thrown away.
    """
    turns = tuple(_turn(notebook, copy) for copy in copies)
    notebook.library.outbox.put(*copies, before=state)
    changes = _changes(copies)
    return changes, Undo(words, partial(turn_back, turns=turns)) if turns else None


def _changes(copies: Sequence[Copy]) -> Changes:
    """Notes by their id; what is few, such as promises, its pages ask again for as a whole."""
    types = {copy.revision.type for copy in copies}
    few = (promises.TYPE, likeness.TYPE, saved_searches.TYPE)
    ids = {copy.revision.id for copy in copies if copy.revision.type not in few}
    some = {"promises": promises.TYPE in types, "likenesses": likeness.TYPE in types}
    some["searches"] = saved_searches.TYPE in types
    return Changes(frozenset(ids), drafts=True, **some)


def turn_back(notebook: Notebook, turns: tuple[Turn, ...]) -> Done[int]:
    """Let records say again what they said before these turns; returns how many.

    One that says something else by now is left alone. Raises CannotUndo where that is so of all.
    """
    copies = [copy for turn in turns if (copy := _turned_back(notebook, turn)) is not None]
    if not copies:
        raise CannotUndo(
            "This cannot be undone: it was changed or erased since.",
            "Look at the versions of the note.",
        )
    return Done(len(copies), *save(notebook, copies, ""))


def version_as(notebook: Notebook, history: History, base: Copy) -> Copy:
    """A fresh version that says what `base` says; a removed record is brought back by it."""
    top, said = merge.current(history).revision, base.revision
    values = merge.view(history, base)
    told = Version(top.type, top.id, values, lambda _: True, said.marking, said.marks)
    return version(notebook, told, history, base, top.restored + (top.removed is not None))


def _settle(notebook: Notebook) -> bool:
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


def _plainly(write: Callable[[], T]) -> T:
    return write()


def _turn(notebook: Notebook, copy: Copy) -> Turn:
    if not copy.revision.lineage:  # nothing came before it
        return Turn(copy.revision.id, "", copy.name)
    history = history_of(notebook, copy.revision.id)
    return Turn(copy.revision.id, merge.current(history).name if history else "", copy.name)


def _turned_back(notebook: Notebook, turn: Turn) -> Copy | None:
    history = history_of(notebook, turn.id)
    after, before = history.get(turn.after), history.get(turn.before)
    if after is None or not _say_the_same(history, merge.current(history), after):
        return None
    if before is None:
        return None if turn.before else _removed(notebook, history, Reason.WRONG)
    if before.revision.removed:
        return _removed(notebook, history, Reason(before.revision.removed.reason))
    return version_as(notebook, history, before)


def _removed(notebook: Notebook, history: History, reason: Reason) -> Copy:
    top = merge.current(history).revision
    return removal(notebook, top.type, top.id, history, reason)


def _say_the_same(history: History, one: Copy, other: Copy) -> bool:
    def said(copy: Copy) -> tuple[Any, ...]:
        revision = copy.revision
        reason = revision.removed.reason if revision.removed else ""
        return merge.view(history, copy), revision.marking, dict(revision.marks), reason

    return one.name == other.name or said(one) == said(other)
