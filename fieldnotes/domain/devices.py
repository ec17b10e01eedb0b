"""A library on a machine is a device: it numbers its files, and nobody else uses its numbers."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

import msgspec

from fieldnotes.domain.markings import Audience
from fieldnotes.domain.words import fold


class Another(StrEnum):
    """Why a library goes on as another device."""

    COPIED = "copied"  # it is not where, or not on the machine, where it was
    RESTORED = "restored"  # it is behind what this machine has seen of it


IN_WORDS = {
    Another.COPIED: "This library was copied or moved here: it goes on as a device of its own.",
    Another.RESTORED: "An older copy of this library was put back: it goes on as another device."
    " Files made meanwhile are not in its list; read them in to have their notes back.",
}


class Reached(msgspec.Struct, frozen=True):
    """How far a library is: the last number of a version, and of a file that was made."""

    versions: int = 0
    files: int = 0

    def with_(self, other: Reached) -> Reached:
        """As far as the one or the other."""
        return Reached(max(self.versions, other.versions), max(self.files, other.files))


def people_in(recipient: str) -> tuple[str, ...]:
    """The names in what somebody typed for whom a file is: `Marketing; Wren Tolliver`."""
    return tuple(filter(None, map(str.strip, recipient.split(";"))))


def row_of(names: Iterable[str], audience: str) -> str:
    """In which row of numbers a file stands: one for each recipient, however it is spelt.

    Files for oneself have a row of their own, and so have those for nobody in particular.
    """
    row = "; ".join(sorted({fold(name) for name in names}))
    return f"{_OWN}{row}" if audience == Audience.MYSELF else row


_OWN = "\t"  # in no name
