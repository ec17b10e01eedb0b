"""The names of one sign, made ready so that a hundred thousand of them are searched at a key.

Loaded and built beside the window: this module brings rapidfuzz with it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Generator, Iterable, Iterator, Sequence

from rapidfuzz import process
from rapidfuzz.distance import OSA

from fieldnotes.domain.words import fold

_LATEST = 12  # names just used that come before others of the same rank
_NO_LETTER = re.compile(r"[^\w\n]|_")
_EDITS = {3: 1, 4: 1, 5: 1, 6: 2, 7: 2, 8: 2}  # letters typed → edits forgiven
_MOST_EDITS = 3
_FEWEST = 3  # letters below which nothing counts as misspelt
_NEAREST = 12
_STEP = 8192  # words compared at once

Steps = Generator[list[tuple[str, int]] | None, None, None]


class KnownNames:
    """(name, notes) pairs, the most wanted first. Searches answer with such pairs."""

    def __init__(self, names: Sequence[tuple[str, int]] = ()) -> None:
        self._names = list(names)
        folded = [fold(name) for name, _notes in self._names]
        self._place = {name: at for at, name in reversed(list(enumerate(folded)))}
        self._lines = "\n".join(["", *folded, ""])
        self._words = _NO_LETTER.sub(" ", self._lines)
        self._starts = _starts(folded)
        self._single = list(dict.fromkeys(self._words.split()))
        self._latest: list[str] = []

    def __bool__(self) -> bool:
        return bool(self._names)

    def __iter__(self) -> Iterator[tuple[str, int]]:
        return iter(self._names)

    def use(self, name: str) -> None:
        """It was used just now: it comes first among those that fit as well."""
        wanted = fold(name)
        at = self._place.get(wanted)
        if at is None:
            self._add(name, wanted)
        else:
            self._names[at] = (self._names[at][0], self._names[at][1] + 1)
        self._latest = [wanted, *(each for each in self._latest if each != wanted)][:_LATEST]

    def spelt(self, wanted: str) -> str | None:
        """The known spelling of a name, whatever its case."""
        at = self._place.get(fold(wanted))
        return None if at is None else self._names[at][0]

    def begin(self, beginning: str) -> bool:
        """Whether some name begins so; a space at the end counts."""
        return f"\n{beginning}" in self._lines

    def most_wanted(self, at_most: int) -> list[tuple[str, int]]:
        """Without a word typed: what was used lately, then what is used most."""
        return self._ordered([range(min(len(self._names), at_most + _LATEST))], at_most)

    def fitting(self, wanted: str, at_most: int) -> list[tuple[str, int]]:
        """Names that begin with `wanted`, then those with a word that does, then with it inside."""
        words = _NO_LETTER.sub(" ", wanted)
        ranks = [self._holding(self._lines, f"\n{wanted}", at_most)]
        if sum(map(len, ranks)) < at_most:
            ranks.append(self._holding(self._words, f" {words}", at_most))
        if len(wanted) > 1 and sum(map(len, ranks)) < at_most:
            ranks.append(self._holding(self._lines, wanted, 2 * at_most))
        return self._ordered(ranks, at_most)

    def alike(self, wanted: str, at_most: int) -> Steps:
        """Misspelt names (see `_EDITS`), then those whose letters hold `wanted` in their order.

        A word is compared with the beginning of each word, several with that of each name. Comes
        in steps of a few ms, None until the last, so that keys are heard in between.
        """
        if len(wanted) < _FEWEST:
            yield []
            return
        single = " " not in wanted
        among = self._single if single else list(self._place)
        near: dict[str, int] = {}
        for first in range(0, len(among), _STEP):
            near |= _near(wanted, among[first : first + _STEP])
            yield None
        found = sorted(near, key=lambda each: near[each])[:at_most]
        if single:
            ranks = [self._with_word(word, at_most) for word in found]
        else:
            ranks = [[self._place[name]] for name in found]
        if sum(map(len, ranks)) < at_most:
            ranks.append(self._in_order(wanted, at_most))
        yield self._ordered(ranks, at_most)

    def _with_word(self, word: str, at_most: int) -> list[int]:
        first = self._holding(self._words, f"\n{word}", at_most)
        return first or self._holding(self._words, f" {word}", at_most)

    def _ordered(self, ranks: Iterable[Iterable[int]], at_most: int) -> list[tuple[str, int]]:
        latest = {self._place[name]: turn for turn, name in enumerate(self._latest)}
        found: dict[int, None] = {}
        for rank in ranks:
            new = sorted(rank, key=lambda at: (latest.get(at, _LATEST), at))
            found |= dict.fromkeys(new)
        return [self._names[at] for at in list(found)[:at_most]]

    def _holding(self, text: str, wanted: str, at_most: int) -> list[int]:
        """The first names that hold `wanted`, and the latest that do."""
        found: dict[int, None] = {}
        end = text.find(wanted)
        while end >= 0 and len(found) < at_most:
            at = bisect_right(self._starts, end + (wanted[0] == "\n")) - 1
            found[at] = None
            following = self._starts[at + 1] - 1 if at + 1 < len(self._starts) else len(text)
            end = text.find(wanted, following)
        for name in self._latest:
            if wanted in (f"\n{name}" if text is self._lines else _NO_LETTER.sub(" ", f"\n{name}")):
                found[self._place[name]] = None
        return list(found)

    def _in_order(self, wanted: str, at_most: int) -> list[int]:
        inside = r"[^\n]*?".join(map(re.escape, wanted))
        hits = re.finditer(rf"\n{inside}", self._lines)
        first = [hit.start() + 1 for hit, _ in zip(hits, range(at_most), strict=False)]
        return [bisect_right(self._starts, at) - 1 for at in first]

    def _add(self, name: str, folded: str) -> None:
        self._place[folded] = len(self._names)
        self._names.append((name, 1))
        self._starts.append(len(self._lines))
        self._lines += f"{folded}\n"
        self._words += _NO_LETTER.sub(" ", f"{folded}\n")
        self._single += _NO_LETTER.sub(" ", folded).split()


def _starts(folded: Iterable[str]) -> list[int]:
    starts, at = [], 1
    for name in folded:
        starts.append(at)
        at += len(name) + 1
    return starts


def _near(wanted: str, among: Sequence[str]) -> dict[str, int]:
    """Those within the edits forgiven (a swap of two letters is one), whole or as beginnings."""
    edits = _EDITS.get(len(wanted), _MOST_EDITS)
    beginnings = [each[: len(wanted)] for each in among]
    found: dict[str, int] = {}
    for choices in (beginnings, among):
        near = process.extract(
            wanted, choices, scorer=OSA.distance, score_cutoff=edits, limit=_NEAREST
        )
        for _word, distance, at in near:
            found[among[at]] = min(int(distance), found.get(among[at], _MOST_EDITS))
    return found
