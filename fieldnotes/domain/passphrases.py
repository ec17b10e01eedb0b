"""How hard a passphrase is to guess, roughly and rather too low."""

from __future__ import annotations

import math
import re
from enum import IntEnum
from itertools import pairwise

_KINDS = (("[a-z]", 26), ("[A-Z]", 26), ("[0-9]", 10), ("[^a-zA-Z0-9]", 33))
_WORD_BITS = 11  # of one word out of a list of 2,048
_FAIR, _STRONG = 40, 60  # bits


class Strength(IntEnum):
    """In the order of how long somebody would guess."""

    NONE = 0
    WEAK = 1
    FAIR = 2
    STRONG = 3


def strength(passphrase: str) -> Strength:
    """By what it is made of: words count as words, and what repeats counts once."""
    if not passphrase:
        return Strength.NONE
    bits = min(_by_letter(passphrase), _by_word(passphrase))
    if bits < _FAIR:
        return Strength.WEAK
    return Strength.FAIR if bits < _STRONG else Strength.STRONG


def _by_letter(text: str) -> float:
    kinds = sum(size for pattern, size in _KINDS if re.search(pattern, text))
    changes = 1 + sum(one != other for one, other in pairwise(text))
    return min(changes, 2 * len(set(text))) * math.log2(kinds)


def _by_word(text: str) -> float:
    """A run of plain letters is a word; everything else counts letter by letter."""
    words = re.findall("[a-z]+|[A-Z][a-z]*", text)
    others = re.sub("[a-zA-Z ]", "", text)
    known = {word.casefold() for word in words}
    guessed = sum(min(_WORD_BITS, len(word) * 4.7) for word in known)
    return guessed + (_by_letter(others) if others else 0)
