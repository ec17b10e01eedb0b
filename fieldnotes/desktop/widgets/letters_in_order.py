"""Finding an action by a few of its letters: 'nn' finds 'New note', 'cfs' 'Create file to send'."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from itertools import pairwise

import msgspec


class Found(msgspec.Struct, frozen=True):
    """How well letters fit a name (more is better), and where in the name they stand."""

    score: int
    places: tuple[int, ...]


def find_letters(wanted: str, name: str) -> Found | None:
    """The best way to find the letters of `wanted` in their order in `name`, or None.

    Case, accents and spaces in `wanted` do not matter. Whole runs and the beginnings of words
    count more than letters strewn about, and a short name more than a long one.
    """
    letters = [letter for word in wanted.split() for letter in _folded(word)]
    if not letters:
        return Found(0, ())
    body = list(_folded(name))
    ways = [way for way in (_run(letters, body), *_walks(letters, body)) if way]
    if not ways:
        return None
    best = max(ways, key=lambda places: _worth(places, body))
    return Found(_worth(best, body) - len(body), best)


def _folded(words: str) -> Iterator[str]:
    """One plain lower-case letter for each character, so that places stay the same."""
    for letter in words:
        yield unicodedata.normalize("NFKD", letter)[:1].lower() or letter


def _run(letters: list[str], body: list[str]) -> tuple[int, ...]:
    """All letters side by side, at the beginning of a word if there is such a place."""
    size = len(letters)
    starts = [at for at in range(len(body) - size + 1) if body[at : at + size] == letters]
    if not starts:
        return ()
    first = next((at for at in starts if _begins_word(at, body)), starts[0])
    return tuple(range(first, first + size))


def _walks(letters: list[str], body: list[str]) -> Iterator[tuple[int, ...]]:
    """From each place of the first letter onwards, preferring the beginnings of words."""
    for start, letter in enumerate(body):
        if letter == letters[0]:
            for eager in (True, False):
                yield _walk(letters, body, start, eager)


def _walk(letters: list[str], body: list[str], start: int, eager: bool) -> tuple[int, ...]:
    places = [start]
    for letter in letters[1:]:
        rest = [at for at in range(places[-1] + 1, len(body)) if body[at] == letter]
        if not rest:
            return ()
        heads = [at for at in rest if _begins_word(at, body)] if eager else []
        places.append((heads or rest)[0])
    return tuple(places)


def _worth(places: tuple[int, ...], body: list[str]) -> int:
    heads = sum(40 for at in places if _begins_word(at, body))
    runs = sum(30 for one, two in pairwise(places) if two == one + 1)
    return heads + runs - places[0]


def _begins_word(at: int, body: list[str]) -> bool:
    return at == 0 or not body[at - 1].isalnum()
