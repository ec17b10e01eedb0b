"""What an operation did, for the pages that care to ask again."""

from __future__ import annotations

from typing import Generic, TypeVar

import msgspec

T = TypeVar("T")


class Changes(msgspec.Struct, frozen=True):
    """`notes`: ids that changed, or None for "many, ask again"."""

    notes: frozenset[str] | None = frozenset()
    drafts: bool = False
    people: bool = False
    sendings: bool = False

    @classmethod
    def of(cls, *ids: str) -> Changes:
        """These notes changed."""
        return cls(frozenset(ids))

    @classmethod
    def many(cls) -> Changes:
        """More than anybody wants to list."""
        return cls(None, drafts=True, people=True, sendings=True)

    def __or__(self, other: Changes) -> Changes:
        both = None if self.notes is None or other.notes is None else self.notes | other.notes
        return Changes(
            both,
            self.drafts or other.drafts,
            self.people or other.people,
            self.sendings or other.sendings,
        )

    def __bool__(self) -> bool:
        return self != Changes()


class Done(msgspec.Struct, Generic[T], frozen=True):
    """An operation's result with the changes it made."""

    result: T
    changes: Changes
