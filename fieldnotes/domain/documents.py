"""Documents to print: what stands on the paper, and the port of whoever can lay it out."""

from __future__ import annotations

from enum import StrEnum
from typing import Protocol

import msgspec


class Paper(StrEnum):
    """The sizes that offices have."""

    A4 = "A4"
    LETTER = "Letter"


class Line(msgspec.Struct, frozen=True):
    """`lead` before the words (a day), `detail` below them, `tail` at the end, all plain text.

    `sign` names a kind of note; `heading` stands above the line.
    """

    words: str
    detail: str = ""
    lead: str = ""
    tail: str = ""
    sign: str = ""
    heading: str = ""
    bold: bool = False


class Section(msgspec.Struct, frozen=True):
    """A heading with its lines, the most important first: the last ones go where room is short.

    `more` says how many are missing, with {n} for their number.
    """

    heading: str
    lines: tuple[Line, ...]
    more: str = ""


class Sheet(msgspec.Struct, frozen=True):
    """One sheet of paper. `figures`: (number, what it counts); `foot`: who made it, for whom."""

    title: str
    under: str = ""
    figures: tuple[tuple[str, str], ...] = ()
    left: tuple[Section, ...] = ()
    right: tuple[Section, ...] = ()
    foot: str = ""


class Layout(Protocol):
    """Whoever can lay a sheet out."""

    def pdf(self, sheet: Sheet, paper: Paper) -> bytes:
        """The sheet as a PDF file of one page; what does not fit is counted, not cut off."""
