"""What is being typed after a sign, and the names that could be meant by it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

import msgspec

from fieldnotes.desktop.widgets.offers import Offer, typed_part
from fieldnotes.domain.drafts import OBJECT, Sign
from fieldnotes.domain.words import fold

if TYPE_CHECKING:
    from fieldnotes.desktop.widgets.known_names import KnownNames

    Names = Mapping[Sign, KnownNames]

AT_MOST = 6
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
    if " " in word and not _begins_a_name(word, names.get(sign)):
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
    known = names.get(Sign(found[1]))
    heads = [word[:at] for at in range(len(word), 0, -1) if word[at : at + 1] == " "]
    head = next((each for each in heads if known and known.spelt(each)), heads[-1])
    return Typed(Sign(found[1]), head, found.start())


def offers(typed: Typed, names: Names, alike: Iterable[tuple[str, int]] = ()) -> list[Offer]:
    """Known names that fit, the best first, then those `alike`, and a new one where it could be."""
    known = names.get(typed.sign)
    found: dict[str, int] = {}
    if known is not None and not typed.longer:
        wanted = fold(typed.word)
        fitting = known.fitting(wanted, AT_MOST) if wanted else known.most_wanted(AT_MOST)
        found = dict([*fitting, *alike][:AT_MOST])
    rows = [Offer(name, notes, typed_part(fold(typed.word), name)) for name, notes in found.items()]
    is_known = known is not None and known.spelt(typed.word) is not None
    if is_a_name(typed.word) and not is_known:
        rows.append(Offer(typed.word.rstrip(_PUNCTUATION), None))
    return rows


def finished_name(typed: Typed, names: Names) -> tuple[str, str, bool] | None:
    """(name, what follows it, whether it is new) for a word that was ended by a space."""
    name = typed.word if typed.quoted else typed.word.rstrip(_PUNCTUATION)
    if not is_a_name(name):
        return None
    known = names.get(typed.sign)
    same = known.spelt(name) if known is not None else None
    after = "" if typed.quoted else typed.word[len(name) :]
    return (same, after, False) if same else (name.strip(), after, True)


def goes_on(typed: Typed, names: Names) -> bool:
    """Whether a space may belong to the name: some known one begins with the word and a space."""
    return _begins_a_name(f"{typed.word} ", names.get(typed.sign))


def is_a_name(word: str) -> bool:
    """Whether a word could name something: it holds a letter."""
    return any(letter.isalpha() for letter in word)


def _begins_a_name(word: str, known: KnownNames | None) -> bool:
    if known is None:
        return False
    # fold() would take a last space away
    return known.begin(fold(word) + (" " if word.endswith(" ") else ""))
