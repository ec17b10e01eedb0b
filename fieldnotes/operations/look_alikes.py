"""Names that look like the same thing, for a person to say whether they are."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import msgspec

from fieldnotes.domain.words import fold, words_of
from fieldnotes.operations.names import NameLine, list_names
from fieldnotes.operations.notebook import Notebook

ENOUGH = 90  # of 100, by rapidfuzz: "Kolvik" and "Kolvyk" are 83, "Quellmann" and "Quelmann" 94
SHORTEST = 5  # letters: shorter names that are one letter apart are mostly different ones
AT_MOST = 50
COMPARED = 10_000  # names, the most used ones: an answer within a second
_NEIGHBOURS = 12  # names compared with each, on either side in an order by letters
_FORMS = frozenset(
    "ab ag bv co corp corporation company gmbh group holding inc incorporated kg limited llc llp"
    " ltd mbh nv oy plc pte pty sa sarl sas se spa srl the".split()
)


class LookAlike(msgspec.Struct, frozen=True):
    """Two names that look alike; `into` is the one that more notes carry."""

    name: str
    notes: int
    into: str
    into_notes: int


def look_alikes(notebook: Notebook, family: str) -> list[LookAlike]:
    """Pairs that nobody has judged yet, those in most notes first."""
    lines = list_names(notebook, family)[:COMPARED]
    apart = _said_apart(notebook, family)
    found = {
        frozenset({fold(one.name), fold(other.name)}): _pair(one, other)
        for one, other in _pairs(lines)
    }
    open_ = [pair for keys, pair in found.items() if keys not in apart]
    open_.sort(key=lambda pair: (-pair.notes - pair.into_notes, fold(pair.name)))
    return open_[:AT_MOST]


def bare(name: str) -> str:
    """A name without its legal form, marks and spaces: what two spellings may share."""
    words = words_of(re.sub(r"(?<=\w)\.(?=\w)", "", name))
    return "".join(word for word in words if word not in _FORMS) or "".join(words)


def _pairs(lines: list[NameLine]) -> Iterator[tuple[NameLine, NameLine]]:
    """Neighbours by their letters, forwards and backwards, that are alike."""
    from rapidfuzz import fuzz

    bared = [(bare(line.name), line) for line in lines]
    backwards = [(text[::-1], line) for text, line in bared]
    for order in (bared, backwards):
        order.sort(key=lambda pair: (pair[0], pair[1].name))
        for place, (text, line) in enumerate(order):
            for other_text, other in order[place + 1 : place + 1 + _NEIGHBOURS]:
                if is_alike(text, other_text, fuzz.ratio(text, other_text)):
                    yield line, other


def is_alike(one: str, other: str, ratio: float) -> bool:
    """Whether two bare names may mean the same; `ratio` of 100 is what rapidfuzz says."""
    if one == other:
        return True
    if [c for c in one if c.isdigit()] != [c for c in other if c.isdigit()]:
        return False  # "Plant 2" and "Plant 3"
    return min(len(one), len(other)) >= SHORTEST and ratio >= ENOUGH


def _pair(one: NameLine, other: NameLine) -> LookAlike:
    into, name = sorted((one, other), key=lambda line: (-line.notes, fold(line.name)))
    return LookAlike(name.name, name.notes, into.name, into.notes)


def _said_apart(notebook: Notebook, family: str) -> set[frozenset[str]]:
    """Pairs of which somebody said that they are not the same, by what they are called now."""
    called = notebook.library.names.called
    said: Iterable[tuple[str, str]] = (
        (stated.entry.name, other)
        for _, stated in notebook.library.records.vocabulary.everything()
        if stated.entry.family == family
        for other in stated.entry.apart
    )
    return {
        frozenset({fold(called(family, one)), fold(called(family, other))}) for one, other in said
    }
