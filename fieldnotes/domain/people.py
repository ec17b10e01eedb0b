"""People as their keys name them, and how well a library knows them."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Any, TypeGuard

import msgspec

from fieldnotes.domain.canonical import canonical
from fieldnotes.domain.moments import Moment

CARD_CONTEXT = b"fieldnotes key card 1\n"
_HEX64 = re.compile(r"[0-9a-f]{64}", re.ASCII)


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

    def written(self) -> dict[str, Any]:
        """The same as JSON gives it back."""
        return {**self.plain(), "made": list(self.made)}


def card_from(value: Any) -> KeyCard | None:
    """A card of exactly this shape; None for any other. Says nothing of its signature."""
    try:
        card = msgspec.convert(value, KeyCard)
    except msgspec.ValidationError:
        return None
    return card if card.written() == value else None


def is_author(value: Any) -> TypeGuard[str]:
    """Whether this is the hash that names somebody."""
    return isinstance(value, str) and _HEX64.fullmatch(value) is not None


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
    """How well a library knows somebody. A person decides the first six; LISTED follows from a
    trusted team list, LOST from what a trusted person said of the key."""

    MYSELF = "myself"
    KNOWN = "known"
    TRUSTED = "trusted"  # known, and what their team list says of others counts here
    MET = "met"  # their notes were passed on by somebody known; nobody confirmed their key
    OTHER_KEY = "other key"
    REFUSED = "refused"
    NEW = "new"
    LISTED = "listed"
    LOST = "lost"


LET_IN = frozenset({Standing.MYSELF, Standing.KNOWN, Standing.TRUSTED, Standing.LISTED})
KEPT_OUT = frozenset({Standing.REFUSED, Standing.LOST})

IN_WORDS = {
    Standing.MYSELF: "You",
    Standing.KNOWN: "Known sender",
    Standing.TRUSTED: "Known sender",
    Standing.LISTED: "Known sender",
    Standing.MET: "New sender",
    Standing.NEW: "New sender",
    Standing.OTHER_KEY: "Same name but another key: check",
    Standing.REFUSED: "Not them",
    Standing.LOST: "Lost key",
}


class Person(msgspec.Struct, frozen=True):
    """An author as a library knows them."""

    card: KeyCard
    standing: Standing
