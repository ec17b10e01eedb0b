"""The people of the plays: five authors whom everybody knows, and three whom nobody knows yet."""

from __future__ import annotations

import random
from collections.abc import Iterator
from functools import cache

from nacl.signing import SigningKey
from pyrage import x25519

from fieldnotes.domain.moments import Moment
from fieldnotes.domain.people import Identity, KeyCard
from fieldnotes.trust.identity import author_of, renamed
from tests.property.histories import BEGIN

AUTHORS, DEVICES = 5, 3
HOSTILE = 4  # the last author is a known sender, and passes on what nobody wrote
NEW_LAPTOP, STRANGER, IMPOSTOR = 10, 20, 21
_NAMES = {NEW_LAPTOP: "Author 0", STRANGER: "Stranger", IMPOSTOR: "author 1"}
_BECH32 = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_SECRET = "age-secret-key-"


@cache
def person(number: int) -> Identity:
    """Somebody with the same keys in every run, so that a red run is red again."""
    chance = random.Random(f"keys of {number}")
    seed, secret = chance.randbytes(32), _bech32(_SECRET, chance.randbytes(32)).upper()
    signs = bytes(SigningKey(seed).verify_key).hex()
    seals = str(x25519.Identity.from_str(secret).to_public())
    card = KeyCard(author_of(signs, seals), "", signs, seals, Moment(BEGIN), "")
    name = _NAMES.get(number, f"Author {number}")
    return renamed(Identity(seed, secret, card), name, Moment(BEGIN))


def known_from_the_start() -> list[KeyCard]:
    """Whom every library knows before anything comes: the five, each by one key."""
    return [person(number).card for number in range(AUTHORS)]


def believable() -> dict[str, str]:
    """The key that signs for each author whom everybody may come to believe: no impostor."""
    return _keys(*range(AUTHORS), NEW_LAPTOP, STRANGER)


def whole_cast() -> dict[str, str]:
    """The key that signs for everybody. In their own library nobody passes for somebody."""
    return _keys(*range(AUTHORS), NEW_LAPTOP, STRANGER, IMPOSTOR)


def _keys(*numbers: int) -> dict[str, str]:
    return {person(each).author: person(each).card.signs for each in numbers}


def _bech32(prefix: str, content: bytes) -> str:
    """As BIP 173 writes it; what age writes its keys in."""
    number, places = int.from_bytes(content) << -len(content) * 8 % 5, -(-len(content) * 8 // 5)
    words = [number >> 5 * place & 31 for place in reversed(range(places))]
    spread = [ord(c) >> 5 for c in prefix] + [0] + [ord(c) & 31 for c in prefix]
    check = _polymod([*spread, *words, *[0] * 6]) ^ 1
    words += [check >> 5 * place & 31 for place in reversed(range(6))]
    return f"{prefix}1" + "".join(_BECH32[word] for word in words)


def _polymod(words: list[int]) -> int:
    sum_ = 1
    for word in words:
        top, sum_ = sum_ >> 25, (sum_ & 0x1FFFFFF) << 5 ^ word
        for bit in _bits(top):
            sum_ ^= (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)[bit]
    return sum_


def _bits(number: int) -> Iterator[int]:
    return (bit for bit in range(5) if number >> bit & 1)
