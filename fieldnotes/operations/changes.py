"""What an operation did, for the pages that care to ask again, and the way back from it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, Generic, TypeVar

import msgspec

if TYPE_CHECKING:
    from fieldnotes.operations.notebook import Notebook

T = TypeVar("T")


class Changes(msgspec.Struct, frozen=True):
    """`notes`: ids that changed, or None for "many, ask again"; `erasing`: one was finished."""

    notes: frozenset[str] | None = frozenset()
    drafts: bool = False
    people: bool = False
    sendings: bool = False
    promises: bool = False
    searches: bool = False
    erasing: bool = False
    likenesses: bool = False

    @classmethod
    def of(cls, *ids: str) -> Changes:
        """These notes changed."""
        return cls(frozenset(ids))

    @classmethod
    def many(cls) -> Changes:
        """More than anybody wants to list."""
        return cls(
            None,
            drafts=True,
            people=True,
            sendings=True,
            promises=True,
            searches=True,
            likenesses=True,
        )

    def touches(self, ids: Iterable[str]) -> bool:
        """Whether one of these notes may have changed."""
        return self.notes is None or not self.notes.isdisjoint(ids)

    def __or__(self, other: Changes) -> Changes:
        both = None if self.notes is None or other.notes is None else self.notes | other.notes
        return Changes(
            both,
            self.drafts or other.drafts,
            self.people or other.people,
            self.sendings or other.sendings,
            self.promises or other.promises,
            self.searches or other.searches,
            self.erasing or other.erasing,
            self.likenesses or other.likenesses,
        )

    def __bool__(self) -> bool:
        return self != Changes()


class Undo(msgspec.Struct, frozen=True):
    """The way back from what was done.

    `words` end the sentence "Undo …", such as "delete of 5 notes", and quote nothing that can be
    erased. `back` takes it back in one step and is an operation itself: the `undo` of its Done
    does it again. It raises CannotUndo where something else has changed the same thing since.
    """

    words: str
    back: Callable[[Notebook], Done[Any]]


class Done(msgspec.Struct, Generic[T], frozen=True):
    """An operation's result with the changes it made; `undo` where there is a way back."""

    result: T
    changes: Changes
    undo: Undo | None = None
