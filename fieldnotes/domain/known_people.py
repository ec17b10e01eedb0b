"""Names of people that a library knows, found again in free text."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from fieldnotes.domain.words import fold

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_BETWEEN = re.compile(r"[\s_.-]{1,3}")
_FROM = re.compile(
    r",? (?:from|of|at|in|for|von|vom|aus|bei|der|im|de|du|des|chez|del|della|van|uit)\b ?[\w’']"
)
_SHORTEST = 3
_TITLES = frozenset("mr mrs ms mx dr prof herr frau sir".split())
# Names that are ordinary words as well say nothing alone.
_ORDINARY = frozenset(
    "art april august bank baker bauer berg best bill black brown case chance cook day dean drew"
    " earl fall field frank grace grant green guy hall hill hope jack jung june kaiser king klein"
    " koch kurz lance lang little long major mark may mai page pat power price prince rich richter"
    " rob rose roth schwarz short smith sommer stein stone sue summer sunny weiss weiß white will"
    " winter wolf wood young der den van von".split()
)


class KnownPeople:
    """`add` names with the account they belong to; `spans` finds them in a text.

    A whole name is found anywhere. A part of one counts beside its own note or account, or where
    "from purchasing" or the like follows.
    """

    def __init__(self, colleagues: Iterable[str] = ()) -> None:
        self._colleagues = {fold(name) for name in colleagues}
        self._whole: dict[str, set[tuple[str, ...]]] = defaultdict(set)
        self._at: dict[str, set[str]] = defaultdict(set)
        self._parts: set[str] = set()
        self._heads: set[str] = set()  # the first words of whole names, and the parts

    def add(self, name: str, account: str = "") -> None:
        """Know somebody at the customer's; colleagues are no customers."""
        if fold(name) in self._colleagues:
            return
        words = tuple(words_of_name(name))
        if len(words) > 1:
            self._whole[words[0]].add(words)
            self._heads.add(words[0])
        alone = parts_of(name)
        self._parts |= alone
        self._heads |= alone
        if account:
            self._at[fold(account)] |= alone

    def spans(self, text: str, account: str, own: Iterable[str]) -> Iterator[tuple[int, int]]:
        """Where somebody is named. `own`: the people of the same note."""
        near = self._at.get(fold(account), set()) if account else set()
        mine = {
            part for name in own if fold(name) not in self._colleagues for part in parts_of(name)
        }
        if not (self._parts or mine):
            return
        words = list(_WORD.finditer(text))
        heads, near = self._heads, near | mine
        at = 0
        while at < len(words):
            word = words[at].group().casefold()
            if word in heads or word in mine:
                last = self._whole_at(text, words, at)
                if last is None and self._alone(text, words[at], near):
                    last = at
                if last is not None:
                    yield words[at].start(), words[last].end()
                    at = last
            at += 1

    def _whole_at(self, text: str, words: list[re.Match[str]], at: int) -> int | None:
        """The place of the last word of a whole name that begins here."""
        for name in self._whole.get(words[at].group().casefold(), ()):
            last = at + len(name) - 1
            said = [word.group() for word in words[at : last + 1]]
            if tuple(map(str.casefold, said)) != name or not _is_written_as_name(said):
                continue
            gaps = (text[words[n].end() : words[n + 1].start()] for n in range(at, last))
            if all(_BETWEEN.fullmatch(gap) for gap in gaps):
                return last
        return None

    def _alone(self, text: str, word: re.Match[str], near: set[str]) -> bool:
        said = word.group()
        if not said[0].isupper() or said.isupper():
            return False
        folded = said.casefold()
        if folded in near:
            return True
        return folded in self._parts and _FROM.match(text, word.end()) is not None


def _is_written_as_name(said: list[str]) -> bool:
    """Small letters do where no word is an ordinary one: `una-brandt.pdf`, not "will grant"."""
    return all(not word[0].islower() or word.casefold() not in _ORDINARY for word in said)


def words_of_name(name: str) -> list[str]:
    """The words of a name in lower case, without titles."""
    words = [found.group().casefold() for found in _WORD.finditer(name)]
    return [word for word in words if word not in _TITLES]


def parts_of(name: str) -> set[str]:
    """Words of a name that say who it is even alone."""
    return {w for w in words_of_name(name) if len(w) >= _SHORTEST and w not in _ORDINARY}
