"""Beginnings that are in very many notes: found through their frequent terms, and by looking.

A note that carries one of the frequent terms is a hit for sure. Between the newest hits so found
lie a few notes that may carry a rarer term only: they are looked at one by one, by the reference.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from fieldnotes.domain.query import Query, Subject, Words, matches
from fieldnotes.domain.words import words_of
from fieldnotes.store.database import marks, rows
from fieldnotes.store.plans import Plan
from fieldnotes.store.records import Records

MOST_LOOKED_AT = 1_500  # notes; where more lie between, the index's own prefix is faster
_SLICE = 100


def newest(records: Records, plan: Plan, limit: int, below: int | None) -> list[int]:
    """Places of the newest `limit` hits of a plan that leaves some unsure; -1: all."""
    if limit < 0:
        return walk(records, plan.of(plan.exact), limit, below)
    sure = walk(records, plan.of(plan.sure), limit, below)
    above = sure[-1] if len(sure) == limit else None
    known, found = set(sure), list(sure)
    looked_at = 0
    for slice_ in _slices(records, plan.between(above, None), below):
        others = [place for place in slice_ if place not in known]
        looked_at += len(others)
        if looked_at > MOST_LOOKED_AT:
            return walk(records, plan.of(plan.exact), limit, below)
        found += _held(records, plan, others)
        if sum(place >= slice_[-1] for place in found) >= limit:
            break  # the next slice lies below all that is wanted
    return sorted(found, reverse=True)[:limit]


def count(records: Records, plan: Plan, at_most: int | None) -> int:
    """How many hits, exactly, or `at_most` + 1 where there are more."""
    limit = -1 if at_most is None else at_most + 1
    sure = walk(records, plan.of(plan.sure), limit, None) if at_most is not None else []
    if len(sure) == limit:
        return limit
    maybe = walk(records, plan, MOST_LOOKED_AT + 1, None)
    if len(maybe) > MOST_LOOKED_AT:
        return len(walk(records, plan.of(plan.exact), limit, None))
    known = set(sure)
    others = [place for place in maybe if place not in known]
    total = len(sure) + len(_held(records, plan, others))
    return total if at_most is None else min(total, limit)


def walk(records: Records, plan: Plan, limit: int, below: int | None) -> list[int]:
    """Places of the newest `limit` notes that match a plan; -1: all."""
    asked = plan.between(None, below)
    sql = f"{asked.select()} ORDER BY place DESC LIMIT ?"
    return [place for (place,) in rows(records.connection, sql, *asked.parameters, limit)]


def _slices(records: Records, plan: Plan, below: int | None) -> Iterator[list[int]]:
    while slice_ := walk(records, plan, _SLICE, below):
        records.connection.go_on()
        yield slice_
        below = slice_[-1]


def _held(records: Records, plan: Plan, places: list[int]) -> list[int]:
    """Those of `places` whose notes are hits."""
    query = Query(plan.unsure)
    words = [words_of(term.text)[0] for term in plan.unsure if isinstance(term, Words)]
    letters = [word.encode() for word in words if word.isascii()]
    only_words = len(words) == len(plan.unsure)
    found: list[int] = []
    for first in range(0, len(places), _SLICE):
        records.connection.go_on()
        slice_ = places[first : first + _SLICE]
        sql = f"{_LINES} WHERE f.place IN ({marks(len(slice_))})"
        for place, author, see, line in rows(records.connection, sql, *slice_):
            if _cannot_say(line, letters):
                continue
            if only_words and _says_plainly(line, words):
                found.append(place)
                continue
            subject = Subject(records.shown(line), records.people.card(author).name, see)
            if matches(query, subject, records.names.alike):
                found.append(place)
    return found


class _Line(msgspec.Struct):
    """What of a line is read to see at once that it is a hit."""

    fields: dict[str, Any]


_read_line = msgspec.json.Decoder(_Line).decode


def _says_plainly(line: bytes, words: list[str]) -> bool:
    """Whether the text itself carries all these beginnings: most hits do."""
    text = _read_line(line).fields.get("text")
    if not isinstance(text, str):
        return False
    said = words_of(text)
    return all(any(each.startswith(word) for each in said) for word in words)


def _cannot_say(line: bytes, words: list[bytes]) -> bool:
    """Whether a line lacks one of these beginnings: most do, and need not be read as a note then.

    Only sure where nothing is hidden in it, and where no other letters may stand for those.
    """
    if not (words and line.isascii() and _NOTHING_HIDDEN in line):
        return False
    plain = line.lower()
    return not all(_may_begin(plain, word) for word in words)


def _may_begin(plain: bytes, word: bytes) -> bool:
    """Whether `word` stands somewhere after no letter, or after an escaped one (such as \\n)."""
    at = plain.find(word)
    while at >= 0:
        if not plain[at - 1 : at].isalnum() or b"\\" in plain[max(0, at - 6) : at]:
            return True
        at = plain.find(word, at + 1)
    return False


_NOTHING_HIDDEN = b'"digests":{}'
_LINES = (
    "SELECT f.place, f.author, f.marking, h.line FROM facts f JOIN history h ON h.seq = f.current"
)
