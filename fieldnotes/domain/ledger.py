"""What went where: whom files were for, and which numbers of a row have not arrived."""

from __future__ import annotations

import itertools
from collections.abc import Iterable

import msgspec

from fieldnotes.domain.devices import people_in
from fieldnotes.domain.markings import Audience
from fieldnotes.domain.words import fold

MOST = 100  # numbers of one row that are told to be missing


class Whom(msgspec.Struct, frozen=True, order=True):
    """Somebody who got files: by name, oneself (`own`), or somebody who was not named."""

    name: str = ""
    own: bool = False

    @property
    def key(self) -> tuple[str, bool]:
        """The same for every spelling."""
        return fold(self.name), self.own

    @property
    def in_words(self) -> str:
        """As the command line calls them."""
        return self.name or ("yourself" if self.own else "somebody you did not name")


def whom(recipient: str, audience: str) -> tuple[Whom, ...]:
    """Everybody a file was for."""
    own = audience == Audience.MYSELF
    if own:
        return (Whom("", own=True),)
    return tuple(Whom(name) for name in people_in(recipient)) or (Whom(),)


class Gap(msgspec.Struct, frozen=True):
    """Numbers between those that arrived, of one row of one sender's device.

    `recipients`: whom the row is for; one for nobody may hold files that went to somebody else.
    """

    author: str
    sender: str
    recipients: tuple[str, ...]
    device: str
    numbers: tuple[int, ...]


def missing(arrived: Iterable[int]) -> tuple[int, ...]:
    """The numbers between the first and the last that arrived, up to MOST."""
    held = sorted(set(arrived))
    found: list[int] = []
    for before, after in itertools.pairwise(held):
        found += range(before + 1, min(after, before + 1 + MOST))
    return tuple(found[:MOST])


def numbers_in_words(numbers: Iterable[int]) -> str:
    """'4', '4 and 5', '4, 6 and 7'."""
    *first, last = map(str, numbers)
    return f"{', '.join(first)} and {last}" if first else last


def gap_in_words(gap: Gap) -> str:
    """One plain sentence or two."""
    one = len(gap.numbers) == 1
    begin = "Number" if one else "Numbers"
    told = f"{begin} {numbers_in_words(gap.numbers)} from {gap.sender}"
    to = f" to {', '.join(gap.recipients)}" if gap.recipients else ""
    later = "It may come later" if one else "They may come later"
    other = "" if gap.recipients else ", or went to somebody else"
    return f"{told}{to} {'has' if one else 'have'} not arrived. {later}{other}."
