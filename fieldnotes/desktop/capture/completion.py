"""What is being typed after a sign, and the names that could be meant by it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from heapq import nsmallest

import msgspec

from fieldnotes.domain.drafts import OBJECT, Sign
from fieldnotes.domain.query import fold

_fold = lru_cache(maxsize=1 << 16)(fold)  # the same names at every key
Names = Mapping[Sign, Sequence[tuple[str, int]]]
"""(name, notes) for each sign, the most used first."""

AT_MOST = 6
_NOT_AT_ALL = 9
_SIGNS = "@#!^"
_BEFORE = rf"(?:^|(?<=[\s(\[{OBJECT}„“\"'/-]))"
_TOKEN = re.compile(rf"{_BEFORE}([{_SIGNS}])([^\s{OBJECT}{_SIGNS}\"“”][^{OBJECT}\n]*)?$")
_QUOTED = re.compile(rf"{_BEFORE}([{_SIGNS}])[\"“”„]([^\"“”\n{OBJECT}]*)([\"“”]?)$")
_LONGER = re.compile(rf"{OBJECT} ([^\W\d_a-zß-ÿ][^\s{OBJECT}]*)$")
_PUNCTUATION = ".,;:!?)]}…"


class Typed(msgspec.Struct, frozen=True):
    """A sign and the word behind it, `start` characters after the beginning of the line.

    `quoted`: written in quotation marks; `closed`: the closing one is there too; `longer`: the
    word could belong to the new name before it.
    """

    sign: Sign
    word: str
    start: int
    quoted: bool = False
    closed: bool = False
    longer: bool = False


class Offer(msgspec.Struct, frozen=True):
    """A row of the list: `bold` is the part of the name that was typed; a new name has no count."""

    name: str
    notes: int | None
    bold: tuple[int, int] = (0, 0)


def typed_at(before: str, names: Names, last: tuple[Sign, str] | None = None) -> Typed | None:
    """What stands before the cursor. `last`: the new name just before it on the line, if any.

    A name with spaces goes on over a space only while some known name begins so.
    """
    if found := _QUOTED.search(before):
        sign = Sign(found[1])
        return Typed(sign, found[2].strip(), found.start(), quoted=True, closed=bool(found[3]))
    if last and last[0] is not Sign.TAG and (found := _LONGER.search(before)):
        return Typed(last[0], f"{last[1]} {found[1]}", found.start(), longer=True)
    found = _TOKEN.search(before)
    if not found:
        return None
    sign, word = Sign(found[1]), found[2] or ""
    if " " in word and not _begins_a_name(word, names.get(sign, ())):
        return None
    return Typed(sign, word, found.start())


def left_behind(before: str, names: Names) -> Typed | None:
    """A name that was kept open over a space, once no known name goes on like that any more.

    It ends where the longest known name does, or else with its first word.
    """
    found = _TOKEN.search(before)
    word = (found[2] or "") if found else ""
    if not found or " " not in word or typed_at(before, names):
        return None
    known = {_fold(name) for name, _notes in names.get(Sign(found[1]), ())}
    heads = [word[:at] for at in range(len(word), 0, -1) if word[at : at + 1] == " "]
    head = next((each for each in heads if _fold(each) in known), heads[-1])
    return Typed(Sign(found[1]), head, found.start())


def offers(typed: Typed, names: Names) -> list[Offer]:
    """Known names that fit, the best first, and a last row for a new one where that makes sense."""
    known = names.get(typed.sign, ())
    found = [] if typed.longer else _best(_fold(typed.word), known)
    wanted = _fold(typed.word)
    is_known = any(_fold(name) == wanted for name, _notes in known)
    if is_a_name(typed.word) and not is_known:
        found.append(Offer(typed.word.rstrip(_PUNCTUATION), None))
    return found


def finished_name(typed: Typed, names: Names) -> tuple[str, str, bool] | None:
    """(name, what follows it, whether it is new) for a word that was ended by a space."""
    name = typed.word if typed.quoted else typed.word.rstrip(_PUNCTUATION)
    if not is_a_name(name):
        return None
    wanted = _fold(name)
    same = [known for known, _notes in names.get(typed.sign, ()) if _fold(known) == wanted]
    after = "" if typed.quoted else typed.word[len(name) :]
    return (same[0], after, False) if same else (name.strip(), after, True)


def goes_on(typed: Typed, names: Names) -> bool:
    """Whether a space may belong to the name: some known one begins with the word and a space."""
    return _begins_a_name(f"{typed.word} ", names.get(typed.sign, ()))


def is_a_name(word: str) -> bool:
    """Whether a word could name something: it holds a letter."""
    return any(letter.isalpha() for letter in word)


def _begins_a_name(word: str, known: Sequence[tuple[str, int]]) -> bool:
    # fold() would take a last space away
    wanted = " ".join(_fold(word).split()) + (" " if word.endswith(" ") else "")
    return any(_fold(name).startswith(wanted) for name, _notes in known)


def _best(wanted: str, known: Sequence[tuple[str, int]]) -> list[Offer]:
    ranked = ((_rank(wanted, _fold(name)), -notes, name) for name, notes in known)
    best = nsmallest(AT_MOST, (each for each in ranked if each[0] < _NOT_AT_ALL))
    return [Offer(name, -fewer, _bold(wanted, name)) for _rank, fewer, name in best]


def _rank(wanted: str, name: str) -> int:
    """How well it fits, less is better: its beginning, a word's, a part, the letters in order."""
    at = name.find(wanted)
    if at == 0:
        return 0
    if at > 0:
        if any(name.startswith(wanted, each + 1) for each in _ends_of_words(name)):
            return 1
        return 2 if len(wanted) > 1 else _NOT_AT_ALL
    letters = iter(name)
    if len(wanted) > 2 and name[:1] == wanted[:1] and all(letter in letters for letter in wanted):
        return 3
    return _NOT_AT_ALL


def _bold(wanted: str, name: str) -> tuple[int, int]:
    folded = _fold(name)
    starts = [0, *(each + 1 for each in _ends_of_words(folded))]
    at = next((each for each in starts if folded.startswith(wanted, each)), folded.find(wanted))
    # folding may change lengths (ß, ligatures): then nothing is bold
    return (at, at + len(wanted)) if at >= 0 and len(folded) == len(name) else (0, 0)


def _ends_of_words(name: str) -> list[int]:
    return [at for at, letter in enumerate(name) if not letter.isalnum()]
