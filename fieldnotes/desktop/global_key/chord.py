"""The key that is pressed with others: which ones a program may ask the desktop for."""

from __future__ import annotations

import re
from typing import NamedTuple

_KEY = re.compile(r"[A-Z0-9]|F([1-9]|1[0-9]|2[0-4])")
_WITH = ("Meta", "Ctrl", "Alt", "Shift")


class Chord(NamedTuple):
    """`key`: a capital letter, a digit or F1 to F24; the others say what is held down with it."""

    key: str
    ctrl: bool = False
    alt: bool = False
    shift: bool = False
    meta: bool = False

    @property
    def is_function_key(self) -> bool:
        """Whether it is F1 to F24, and no letter F."""
        return len(self.key) > 1


def chord_of(words: str) -> Chord | None:
    """'Ctrl+Alt+F', as Qt writes keys for every platform. None for what would get in the way.

    A letter alone, or with Shift alone, belongs to whoever types.
    """
    *held, key = words.split("+")
    if not _KEY.fullmatch(key) or not set(held) <= set(_WITH):
        return None
    chord = Chord(key, *(name in held for name in ("Ctrl", "Alt", "Shift", "Meta")))
    alone = not (chord.ctrl or chord.alt or chord.meta)
    return None if alone and not chord.is_function_key else chord
