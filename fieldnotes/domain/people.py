"""People as their keys name them, and how well a library knows them."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

import msgspec

from fieldnotes.domain.canonical import canonical
from fieldnotes.domain.moments import Moment

CARD_CONTEXT = b"fieldnotes key card 1\n"


class KeyCard(msgspec.Struct, frozen=True):
    """What others need to know somebody by. `signs` and `sig` hex, `seals` an age recipient."""

    author: str
    name: str
    signs: str
    seals: str
    made: Moment
    sig: str

    def signed_part(self) -> bytes:
        """The bytes under `sig`."""
        parts = {"author": self.author, "name": self.name, "signs": self.signs}
        return CARD_CONTEXT + canonical(parts | {"seals": self.seals, "made": list(self.made)})

    def plain(self) -> dict[str, Any]:
        """As it is written in a manifest."""
        plain: dict[str, Any] = msgspec.to_builtins(self)
        return plain


class Identity(msgspec.Struct, frozen=True):
    """The owner of a library. `seed`: 32 bytes (Ed25519); `secret`: an age identity."""

    seed: bytes
    secret: str
    card: KeyCard

    @property
    def author(self) -> str:
        """Hex hash of the first public keys."""
        return self.card.author


class Standing(StrEnum):
    """How well a library knows somebody."""

    MYSELF = "myself"
    KNOWN = "known"
    MET = "met"  # their notes were passed on by somebody known; nobody confirmed their key
    NEW = "new"
    OTHER_KEY = "other key"


IN_WORDS = {
    Standing.MYSELF: "You",
    Standing.KNOWN: "Known sender",
    Standing.MET: "New sender",
    Standing.NEW: "New sender",
    Standing.OTHER_KEY: "Same name but another key: check",
}


class Person(msgspec.Struct, frozen=True):
    """An author as a library knows them."""

    card: KeyCard
    standing: Standing
