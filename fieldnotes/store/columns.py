"""Narrow columns of all notes in memory: what counts under a search are reckoned from.

Loaded in slices when first needed and shared by all connections of this program; what was written
since stands beside them, and after very much of it they are loaded anew. They hold numbers alone,
those of rows and names. The engine hands numbers over as one text for thousands of rows, which is
three times as fast as a row at a time and lets others run meanwhile.
"""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from fieldnotes.domain.moments import month_of
from fieldnotes.domain.query import names_in
from fieldnotes.store.database import Connection, marks, one, plain_errors, rows
from fieldnotes.store.index import ALL, name_token
from fieldnotes.store.names import SEVERAL
from fieldnotes.store.records import Records
from fieldnotes.store.taking_back import TIMES_TAKEN_BACK

ONE = ("kind", "account", "stage")  # families of which a note has one name at most
MANY = SEVERAL  # and those of which it may have several
MOST_FRESH = 20_000  # notes written since; after more the columns are loaded anew
NONE = 0  # where a note names nothing
_MOST_LIBRARIES = 2
_SLICE = 20_000
_REST = 0.0005  # seconds for others between two slices
Numbers = NDArray[np.int64]
Rows = Numbers | slice
"""Rows of the columns; a slice is all of them."""
_ALIVE = "removed IS NULL AND kind IS NOT NULL"


class Narrow(msgspec.Struct, frozen=True):
    """One note that was written after the columns were loaded. `names` by family."""

    place: int
    month: int
    names: dict[str, tuple[int, ...]]


class Named(msgspec.Struct, frozen=True):
    """The names of one of MANY: those of row i are `names[starts[i]:starts[i + 1]]`."""

    starts: Numbers
    names: NDArray[np.int32]


class Columns(msgspec.Struct, frozen=True):
    """Row i of every column is the note at `places[i]`; those that are not `alive` do not count.

    `fresh`: by note number, what is to be taken in their stead; None for what is none any more.
    `seen`: up to which version and which file of others they know everything, and how often
    something was taken back by then.
    """

    seen: tuple[int, int, int]
    places: Numbers
    note_nos: NDArray[np.int32]
    months: NDArray[np.int32]
    one: dict[str, NDArray[np.int32]]
    many: dict[str, Named]
    alive: NDArray[np.bool_]
    fresh: dict[int, Narrow | None]
    by_kind: dict[int, int]


def ready(records: Records) -> Columns | None:
    """The columns as the library is now; None where they have to be loaded first."""
    held = _HELD.get(_key(records.connection))
    if held is None:
        return None
    seen = _newest(records.connection)
    if held.seen[2] != seen[2]:
        return None  # rows have gone
    now = held if held.seen == seen else _catch_up(records, held, seen)
    if now is None or not _adds_up(records, now):
        return None
    _HELD[_key(records.connection)] = now
    return now


def load(records: Records) -> Columns:
    """The same, loaded where they are not; takes about two seconds for a million notes."""
    with _LOCK, plain_errors():
        held = ready(records)
        if held is None:
            while len(_HELD) >= _MOST_LIBRARIES:
                del _HELD[next(iter(_HELD))]
            held = _HELD[_key(records.connection)] = _load(records.connection)
        return held


def numbers(connection: Connection, column: str, sql: str, *bound: Any) -> Numbers:
    """A column of integers that a statement tells."""
    return _read(one(connection, f"SELECT group_concat({column}, ' ') FROM ({sql})", *bound))


def rows_of(columns: Columns, places: Numbers) -> Numbers:
    """The rows of those places that the columns hold, in the same order."""
    if not len(columns.places):
        return np.empty(0, np.int64)
    found: Numbers = np.searchsorted(columns.places, places)
    found[found == len(columns.places)] = 0
    found = found[columns.places[found] == places]
    return found if not columns.fresh else found[columns.alive[found]]


def fresh_at(columns: Columns, places: Numbers) -> list[Narrow]:
    """What was written since, of these places."""
    held = every_fresh(columns)
    if not held:
        return []
    hit = np.isin(np.array([each.place for each in held], np.int64), places)
    return [each for each, wanted in zip(held, hit, strict=True) if wanted]


def every_row(columns: Columns) -> Rows:
    """All that count."""
    return slice(None) if columns.alive.all() else np.flatnonzero(columns.alive)


def every_fresh(columns: Columns) -> list[Narrow]:
    """All that was written since."""
    return [each for each in columns.fresh.values() if each is not None]


def named_in(named: Named, at: Rows) -> NDArray[np.int32]:
    """All names of these rows, one after the other."""
    if isinstance(at, slice):
        return named.names
    first = named.starts[at]
    lengths = named.starts[at + 1] - first
    ends = np.cumsum(lengths)
    if not len(ends):
        return np.empty(0, np.int32)
    every: Numbers = np.repeat(first - (ends - lengths), lengths) + np.arange(ends[-1])
    return named.names[every]


# --- loading ----------------------------------------------------------------------------------

_LOCK = threading.Lock()
_HELD: dict[str, Columns] = {}


def _key(connection: Connection) -> str:
    """The file that the connection has open."""
    return str(Path(rows(connection, "PRAGMA database_list")[0][2]).resolve())


def _newest(connection: Connection) -> tuple[int, int, int]:
    sql = (
        "SELECT (SELECT max(seq) FROM history), (SELECT max(no) FROM bundles),"
        " (SELECT value FROM about WHERE key = ?)"
    )
    seq, bundle, taken_back = rows(connection, sql, TIMES_TAKEN_BACK)[0]
    return seq or 0, bundle or 0, int(taken_back or 0)


def _load(connection: Connection) -> Columns:
    outer = connection.in_transaction
    if not outer:
        rows(connection, "BEGIN")  # one sight of everything
    try:
        seen = _newest(connection)
        table = np.concatenate([np.empty((0, 6), np.int64), *_facts(connection)])
        places = np.ascontiguousarray(table[:, 0])
        alive = np.ones(len(places), np.bool_)
        single = {family: table[:, 2 + at].astype(np.int32) for at, family in enumerate(ONE)}
        return Columns(
            seen,
            places,
            table[:, 1].astype(np.int32),
            _months(table[:, 5]),
            single,
            {family: _named(connection, family, places) for family in MANY},
            alive,
            {},
            _by_kind(single["kind"], alive, {}),
        )
    finally:
        if not outer:
            rows(connection, "ROLLBACK")


def _facts(connection: Connection) -> Iterator[Numbers]:
    """(place, note_no, kind, account, stage, happened) of all notes, in slices by place."""
    sql = (
        "SELECT group_concat(place || ' ' || note_no || ' ' || kind || ' ' || coalesce(account, 0)"
        " || ' ' || coalesce(stage, 0) || ' ' || happened, ' ') FROM (SELECT * FROM facts"
        f" WHERE {_ALIVE} AND place > ? ORDER BY place LIMIT {_SLICE})"
    )
    last = -(2**63)
    while True:
        connection.go_on()
        slice_ = _read(one(connection, sql, last)).reshape(-1, 6)
        if not len(slice_):
            return
        yield slice_
        last = int(slice_[-1, 0])
        time.sleep(_REST)


def _named(connection: Connection, family: str, places: Numbers) -> Named:
    """Who carries which name, from the index."""
    at, names = [np.empty(0, np.int64)], [np.empty(0, np.int32)]
    for (number,) in rows(connection, "SELECT no FROM names WHERE family = ?", family):
        connection.go_on()
        sql = "SELECT rowid FROM words WHERE words MATCH ?"
        found = numbers(connection, "rowid", sql, f"filters : {name_token(number)}")
        at.append(np.searchsorted(places, found))
        names.append(np.full(len(found), number, np.int32))
        if len(found) > _SLICE:
            time.sleep(_REST)
    every = np.concatenate(at)
    order = np.argsort(every, kind="stable")
    starts = np.concatenate([[0], np.cumsum(np.bincount(every, minlength=len(places)))])
    return Named(starts.astype(np.int64), np.concatenate(names)[order])


def _months(happened: Numbers) -> NDArray[np.int32]:
    """Months since year 0, as in `moments.month_of`."""
    first, last = -62_135_596_800, 253_402_300_799  # the years 1 to 9999
    months = np.clip(happened, first, last).astype("datetime64[s]").astype("datetime64[M]")
    return (months.astype(np.int64) + 1970 * 12).astype(np.int32)


def _read(told: str | None) -> Numbers:
    return np.fromstring(told or "", np.int64, sep=" ")


# --- what was written since -------------------------------------------------------------------


def _catch_up(records: Records, held: Columns, seen: tuple[int, int, int]) -> Columns | None:
    """With what was written since; None where that is too much, or something was taken back."""
    if seen[0] < held.seen[0] or seen[1] < held.seen[1]:
        return None
    sql = (
        "SELECT note_no FROM history WHERE seq > ? UNION SELECT note_no FROM arrivals"
        f" WHERE bundle > ? LIMIT {MOST_FRESH + 1}"
    )
    changed = {no for (no,) in rows(records.connection, sql, *held.seen[:2])}
    if len(changed | held.fresh.keys()) > MOST_FRESH:
        return None
    known = np.fromiter(changed, np.int64, len(changed))
    alive = held.alive & ~np.isin(held.note_nos, known)
    fresh = held.fresh | dict.fromkeys(changed, None) | _narrow(records, changed)
    by_kind = _by_kind(held.one["kind"], alive, fresh)
    return msgspec.structs.replace(held, seen=seen, alive=alive, fresh=fresh, by_kind=by_kind)


def _narrow(records: Records, changed: Iterable[int]) -> dict[int, Narrow]:
    """Those of the changed notes that are still there."""
    found: dict[int, Narrow] = {}
    wanted = list(changed)
    for start in range(0, len(wanted), 500):
        records.connection.go_on()
        part = wanted[start : start + 500]
        sql = f"SELECT place FROM facts WHERE note_no IN ({marks(len(part))}) AND {_ALIVE}"
        places = [place for (place,) in rows(records.connection, sql, *part)]
        for view in records.views(places):
            names = {
                family: tuple(
                    dict.fromkeys(_number(records, family, n) for n in names_in(view.note, family))
                )
                for family in (*ONE, *MANY)
            }
            month = month_of(view.happened.local_seconds)
            found[view.note_no] = Narrow(view.place, month, names)
    return found


def _number(records: Records, family: str, name: str) -> int:
    """As it was given when the note was written."""
    sql = "SELECT no FROM names WHERE family = ? AND name = ?"
    return one(records.connection, sql, family, name) or NONE


def _by_kind(
    kinds: NDArray[np.int32], alive: NDArray[np.bool_], fresh: dict[int, Narrow | None]
) -> dict[int, int]:
    counted = Counter(dict(enumerate(np.bincount(kinds[alive]).tolist())))
    counted.update(kind for each in fresh.values() if each for kind in each.names["kind"])
    return {kind: notes for kind, notes in counted.items() if notes}


def _adds_up(records: Records, columns: Columns) -> bool:
    """Whether there are as many notes of each kind as the roll-ups say.

    Notes that were taken out together with their versions leave no other trace.
    """
    sql = "SELECT kind, sum(n) FROM rollups WHERE name = ? GROUP BY kind"
    told = {kind: notes for kind, notes in rows(records.connection, sql, ALL) if notes}
    return columns.by_kind == told
