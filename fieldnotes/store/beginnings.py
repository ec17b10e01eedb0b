"""Beginnings that are in very many notes: found through their frequent terms, and by looking.

A note that carries one of the frequent terms is a hit for sure. Between the newest hits so found
lie a few notes that may carry a rarer term only: they are looked at one by one, by the reference.
"""

from __future__ import annotations

from collections.abc import Iterator

from fieldnotes.domain.query import Query, Subject, matches
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
    found: list[int] = []
    for first in range(0, len(places), _SLICE):
        records.connection.go_on()
        slice_ = places[first : first + _SLICE]
        sql = f"{_LINES} WHERE f.place IN ({marks(len(slice_))})"
        for place, author, see, line in rows(records.connection, sql, *slice_):
            subject = Subject(records.shown(line), records.people.card(author).name, see)
            if matches(query, subject, records.names.alike):
                found.append(place)
    return found


_LINES = (
    "SELECT f.place, f.author, f.marking, h.line FROM facts f JOIN history h ON h.seq = f.current"
)
