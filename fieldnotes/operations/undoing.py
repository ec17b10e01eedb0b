"""What was done and can be undone, newest last: one stack for everything that changes notes.

An operation registers by returning an `Undo` in its Done. Whoever runs operations for a person
gives every Done to `Steps.did`, and what `undo` and `redo` hand out to whatever writes.
"""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from fieldnotes.operations.changes import Done, Undo

DEEPEST = 200


class Steps:
    """The steps of one window, for one thread. Taking one is at once; running it may take a while.

    A step that was taken comes back by `undone` or `redone`; one that failed is gone.
    """

    def __init__(self) -> None:
        self._past: list[Undo] = []
        self._future: list[Undo] = []

    @property
    def undo_words(self) -> str:
        """What would be undone, such as "delete of 5 notes"; '' for nothing."""
        return self._past[-1].words if self._past else ""

    @property
    def redo_words(self) -> str:
        """What would be done again; '' for nothing."""
        return self._future[-1].words if self._future else ""

    def did(self, done: Done[Any]) -> bool:
        """Something was done afresh: True where it can be undone. What was undone stays undone."""
        if done.undo is None:
            return False
        self._future.clear()
        self._past = [*self._past[1 - DEEPEST :], done.undo]
        return True

    def undo(self) -> Undo | None:
        """Take the last step that was done."""
        return self._past.pop() if self._past else None

    def redo(self) -> Undo | None:
        """Take the last step that was undone."""
        return self._future.pop() if self._future else None

    def undone(self, step: Undo, done: Done[Any]) -> None:
        """`step` was undone: it can be done again."""
        if done.undo is not None:
            self._future.append(replace(done.undo, words=step.words))

    def redone(self, step: Undo, done: Done[Any]) -> None:
        """`step` was done again: it can be undone again."""
        if done.undo is not None:
            self._past.append(replace(done.undo, words=step.words))
