"""A batch is what was read in together. What came of taking it back."""

from __future__ import annotations

from enum import StrEnum

import msgspec


class Why(StrEnum):
    """Why a record of a batch that was taken back is still here as it was; words end a sentence."""

    OTHERS = "another file brought it as well"
    NEWER = "another file brought a newer version"
    MINE = "it is yours"
    CITED = "something that you wrote refers to it"
    PASSED_ON = "you passed it on"
    REMOVED = "removals stay"
    DAMAGED = "its rows are damaged: a check says more"


class Left(msgspec.Struct, frozen=True):
    """A record that taking back a batch left as it was. `removed_by`: a name, '' where nobody."""

    id: str
    heading: str
    why: Why
    removed_by: str = ""


class Back(msgspec.Struct, frozen=True):
    """A record that taking back a batch changes: it `goes`, or is as it was before."""

    id: str
    heading: str
    goes: bool


class TakenBack(msgspec.Struct, frozen=True):
    """What came of taking back a batch: each of its records is counted once.

    `reversed` are gone, or as they were before it, which `back` lists; `left` lists those kept
    and failed. Both lists have a limit, while the counts are of all.
    """

    batch: str
    reversed: int = 0
    kept: int = 0
    failed: int = 0
    left: tuple[Left, ...] = ()
    back: tuple[Back, ...] = ()
