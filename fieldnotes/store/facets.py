"""How many notes there are of each kind, account, competitor, tag, stage and month.

The columns in memory tell it. Of all notes the roll-ups do where those are not loaded yet.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping

import msgspec
import numpy as np
from numpy.typing import NDArray

from fieldnotes.domain.query import Query
from fieldnotes.store import columns
from fieldnotes.store.columns import NONE, ONE, Columns, Named, Narrow, Numbers, Rows, named_in
from fieldnotes.store.database import rows
from fieldnotes.store.index import ALL
from fieldnotes.store.plans import plan
from fieldnotes.store.records import Records

FAMILIES = ("kind", "account", "competitor", "tag", "stage")


class Tally(msgspec.Struct, frozen=True):
    """`by_name`: (what it is called, notes) by family, the most first; `more`: names left out.

    `by_month`: (months since year 0, notes), the newest first.
    """

    total: int
    by_name: dict[str, list[tuple[str, int]]]
    more: dict[str, int]
    by_month: list[tuple[int, int]]


Asked = Mapping[str, Collection[str]]
"""Names by family that are told as well where they are not among the most."""


def of_all(records: Records, most: int, also: Asked) -> Tally:
    """Of everything there is; `most` names of each family."""
    held = columns.ready(records)
    if held is not None:
        fresh = columns.every_fresh(held)
        return _of_rows(records, held, columns.every_row(held), fresh, most, also)
    by_entity = {family: _rolled_up(records, family) for family in FAMILIES}
    sql = "SELECT month, sum(n) FROM rollups WHERE name = ? GROUP BY month ORDER BY month DESC"
    by_month = [(month, notes) for month, notes in rows(records.connection, sql, ALL) if notes]
    return _tally(records, by_entity, by_month, most, also)


def of_hits(
    records: Records, query: Query, most: int, also: Asked, without: Iterable[int] = ()
) -> Tally:
    """Of the hits of a search, but for those at the places `without`."""
    held = columns.load(records)
    asked = plan(records, query)
    hits = columns.numbers(records.connection, "place", asked.select(), *asked.parameters)
    if without := list(without):
        hits = hits[~np.isin(hits, np.array(without, np.int64))]
    at, fresh = columns.rows_of(held, hits), columns.fresh_at(held, hits)
    return _of_rows(records, held, at, fresh, most, also)


def _of_rows(
    records: Records, held: Columns, at: Rows, fresh: list[Narrow], most: int, also: Asked
) -> Tally:
    by_entity = {}
    for family in FAMILIES:
        records.connection.go_on()
        by_entity[family] = _counted(records, held, family, at, fresh)
    months = np.concatenate([held.months[at], np.array([x.month for x in fresh], np.int32)])
    found, notes = _nonzero(np.bincount(months))
    by_month = list(zip(found[::-1].tolist(), notes[::-1].tolist(), strict=True))
    return _tally(records, by_entity, by_month, most, also)


# --- entities and how many notes name them ----------------------------------------------------

Counted = tuple[Numbers, Numbers]
"""Numbers of entities and, for each, how many notes."""


def _rolled_up(records: Records, family: str) -> Counted:
    match family:
        case "kind":
            told = rows(records.connection, _KINDS, ALL)
        case "stage":  # no roll-up counts them
            told = rows(records.connection, _STAGES)
        case _:
            told = rows(records.connection, _ROLLED_UP, family)
    table = np.array(told or np.empty((0, 2)), np.int64)
    return table[:, 0], table[:, 1]


_KINDS = "SELECT kind, sum(n) FROM rollups WHERE name = ? GROUP BY kind"
_ROLLED_UP = (
    "SELECT entity, sum(n) FROM (SELECT m.entity, r.n FROM names m JOIN rollups r ON r.name = m.no"
    " WHERE m.family = ?1 UNION ALL SELECT d.name, -d.n FROM doubles d JOIN names m"
    " ON m.no = d.name WHERE m.family = ?1) GROUP BY entity"
)
_STAGES = (
    "SELECT m.entity, sum(f.n) FROM (SELECT stage, count(*) AS n FROM facts WHERE removed IS NULL"
    " AND kind IS NOT NULL AND stage IS NOT NULL GROUP BY stage) f JOIN names m ON m.no = f.stage"
    " GROUP BY m.entity"
)


def _counted(
    records: Records, held: Columns, family: str, at: Rows, fresh: list[Narrow]
) -> Counted:
    same = _same(records, family)
    if family in ONE:
        by_name = np.bincount(held.one[family][at])
    else:
        by_name = np.bincount(named_in(_merged(family, held.many[family], same), at))
    found, notes = _nonzero(by_name)
    late = [_entities_of(each.names[family], same) for each in fresh]
    names = np.concatenate([found, np.array([no for each in late for no in each], np.int64)])
    times = np.concatenate([notes, np.ones(len(names) - len(found), np.int64)])
    led = np.array([same.get(no, no) for no in names.tolist()], np.int64)
    entities, where = np.unique(led, return_inverse=True)
    return entities, np.bincount(where, weights=times, minlength=len(entities)).astype(np.int64)


def _entities_of(names: Iterable[int], same: Mapping[int, int]) -> set[int]:
    return {same.get(no, no) for no in names} - {NONE}


def _same(records: Records, family: str) -> dict[int, int]:
    """Names that stand for another: their numbers → the entity's."""
    sql = "SELECT no, entity FROM names WHERE family = ? AND entity != no"
    return dict(rows(records.connection, sql, family))


_MERGED: dict[str, tuple[Named, dict[int, int], Named]] = {}


def _merged(family: str, named: Named, same: dict[int, int]) -> Named:
    """With entities for names, each once in a row; kept until the names mean something else."""
    if not same:
        return named
    kept = _MERGED.get(family)
    if kept is None or kept[0] is not named or kept[1] != same:
        kept = _MERGED[family] = (named, same, _merge(named, same))
    return kept[2]


def _merge(named: Named, same: dict[int, int]) -> Named:
    leads = np.arange(max(same.keys() | {int(named.names.max(initial=0))}) + 1, dtype=np.int64)
    leads[list(same)] = list(same.values())
    row = np.repeat(np.arange(len(named.starts) - 1), np.diff(named.starts))
    once = np.unique(row << 32 | leads[named.names])
    lengths = np.bincount(once >> 32, minlength=len(named.starts) - 1)
    starts = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
    return Named(starts, (once & 0xFFFFFFFF).astype(np.int32))


def _nonzero(counts: NDArray[np.int64]) -> Counted:
    found = np.flatnonzero(counts)
    found = found[found != NONE]
    return found, counts[found]


# --- names ------------------------------------------------------------------------------------


def _tally(
    records: Records,
    by_entity: dict[str, Counted],
    by_month: list[tuple[int, int]],
    most: int,
    also: Asked,
) -> Tally:
    by_name, more = {}, {}
    for family, counted in by_entity.items():
        by_name[family] = _top(records, family, counted, most, also.get(family, ()))
        told = sum(notes > 0 for _, notes in by_name[family])
        more[family] = int((counted[1] > 0).sum()) - told
    return Tally(sum(notes for _, notes in by_month), by_name, more, by_month)


def _top(
    records: Records, family: str, counted: Counted, most: int, also: Collection[str]
) -> list[tuple[str, int]]:
    entities, notes = counted
    order = np.lexsort((entities, -notes))[:most]
    found = {int(entities[at]): int(notes[at]) for at in order if notes[at] > 0}
    for name in also:
        entity = records.names.entity(family, name)
        if entity is not None and entity not in found:
            found[entity] = int(notes[entities == entity].sum())
    called = _caller(records)
    return [(called(entity), count) for entity, count in found.items()]


def _caller(records: Records) -> Callable[[int], str]:
    sql = (
        "SELECT name FROM names m WHERE entity = ? ORDER BY stated DESC, CASE (SELECT count(*)"
        " FROM names WHERE entity = m.entity) WHEN 1 THEN 0 ELSE (SELECT sum(n) FROM rollups"
        " WHERE name = m.no) END DESC, name LIMIT 1"
    )

    def called(entity: int) -> str:
        found = rows(records.connection, sql, entity)
        return found[0][0] if found else records.names.written(entity)

    return called
