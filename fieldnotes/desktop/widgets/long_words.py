"""Words too long for their line go on in the next one: nothing of a name is cut unseen."""

from __future__ import annotations

from collections.abc import Callable

_HERE = "\u200b"  # a place to break that nobody sees
_LONGEST = 20


def breakable(words: str, fits: Callable[[str], bool] | None = None) -> str:
    """`words` with a place to break wherever a word of it does not fit by itself.

    Without `fits` a word may have 20 letters. For showing only: what is copied should not have
    these places.
    """
    fits = fits or (lambda word: len(word) <= _LONGEST)
    return " ".join(word if fits(word) else _chopped(word, fits) for word in words.split(" "))


def _chopped(word: str, fits: Callable[[str], bool]) -> str:
    parts = [""]
    for letter in word:
        if parts[-1] and not fits(parts[-1] + letter):
            parts.append("")
        parts[-1] += letter
    return _HERE.join(parts)
