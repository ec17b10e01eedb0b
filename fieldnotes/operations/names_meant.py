"""Words that somebody types in a hurry, read as words or as the names that they may mean."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from fieldnotes.domain.flip import Meant
from fieldnotes.domain.query import Named, Query, Some, Term, Words
from fieldnotes.domain.words import fold
from fieldnotes.operations.notebook import Notebook

FAMILIES = ("competitor", "concern", "product", "tag")
"""Families whose names are read in words; of accounts only those that are written out."""
ALIKE = 80  # of 100, by rapidfuzz: "Quelman" and "Quellmann" are 88
SHORTEST = 4  # letters: what is shorter is misspelt into everything
BEGUN = 2  # letters that may begin a name
AT_MOST = 6  # names for one word in one family
LONGEST = 4  # words of one name, such as "cannot decide alone"


class Read(msgspec.Struct, frozen=True):
    """The question, and the names that stand in it beside the words."""

    query: Query
    meant: tuple[Meant, ...]


def read_names(notebook: Notebook, query: Query, *, alike: bool = False) -> Read:
    """Each word of `query` as itself or as the names it stands for; other pieces stay.

    `alike`: also as names that are only written alike, where nothing is called so.
    """
    reader = _Reader(notebook, alike)
    terms = tuple(reader.terms(query.terms))
    return Read(msgspec.structs.replace(query, terms=terms), tuple(reader.meant))


class _Reader:
    def __init__(self, notebook: Notebook, alike: bool) -> None:
        self._names = notebook.library.names
        self._alike = alike
        self.meant: list[Meant] = []

    def terms(self, terms: Sequence[Term]) -> Iterable[Term]:
        """Several words that are one name together count as one."""
        at = 0
        while at < len(terms):
            size = next((n for n in range(LONGEST, 1, -1) if self._one_name(terms[at : at + n])), 1)
            words = [each for each in terms[at : at + size] if isinstance(each, Words)]
            if size > 1 or (words and words[0].within == "all"):
                yield self._meaning(" ".join(each.text for each in words), words)
            else:
                yield terms[at]
            at += size

    def _one_name(self, terms: Sequence[Term]) -> bool:
        if not all(isinstance(each, Words) and each.within == "all" for each in terms):
            return False
        text = " ".join(each.text for each in terms if isinstance(each, Words))
        return any(self._names.entity(family, text) for family in (*FAMILIES, "account"))

    def _meaning(self, text: str, words: list[Words]) -> Term:
        named, whole = self._named(text)
        found = named or (self._like(text) if self._alike else [])
        self.meant += [Meant(text, each.family, each.name) for each in found[:1]]
        begun = words[-1].prefix and not whole
        if found and begun and len(fold(text)) < SHORTEST:
            return Some(tuple(found))  # so short a beginning of any word would find anything
        said = Words(text, begun)
        return Some((said, *found)) if found else said

    def _named(self, text: str) -> tuple[list[Named], bool]:
        """What is called so, wholly, or else what begins so; aliases are among the names."""
        exact = [
            Named(family, self._names.called(family, text))
            for family in (*FAMILIES, "account")
            if self._names.entity(family, text) is not None
        ]
        if exact or len(fold(text)) < BEGUN:
            return exact, bool(exact)
        begun = [
            Named(family, name)
            for family in FAMILIES
            for name in self._called(family, self._names.alike(family, text, True))
        ]
        return begun, False

    def _like(self, text: str) -> list[Named]:
        """What is written alike, and what only begins like it."""
        from rapidfuzz import fuzz, process

        wanted = fold(text)
        if len(wanted) < SHORTEST:
            return []
        found: list[Named] = []
        for family in FAMILIES:
            whole = {name: name for _, each in self._names.all_of(family) if (name := fold(each))}
            heads = {name: name.split(" ")[0] for name in whole}
            close = [
                *process.extract(wanted, heads, scorer=fuzz.ratio, score_cutoff=ALIKE, limit=2),
                *process.extract(wanted, whole, scorer=fuzz.ratio, score_cutoff=ALIKE, limit=2),
            ]
            likely = (name for _, _, name in close)
            found += [Named(family, name) for name in self._called(family, likely)]
        return found

    def _called(self, family: str, names: Iterable[str]) -> list[str]:
        """Each thing once, as it is called."""
        called = (self._names.called(family, name) for name in sorted(set(names))[: 4 * AT_MOST])
        return list(dict.fromkeys(called))[:AT_MOST]
