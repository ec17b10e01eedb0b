"""Notes in other orders than newest first: what they are sorted and put together by."""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from typing import Literal

from fieldnotes.store.database import rows, slices, whole_column
from fieldnotes.store.index import name_token
from fieldnotes.store.records import Records

Column = Literal["account", "kind"]
_SLICE = 10_000
_AT = "FROM json_each(?) j CROSS JOIN facts f ON f.place = j.value"


def numbered(records: Records, places: array[int], column: Column) -> Iterator[tuple[int, int]]:
    """Each place, in its order, with the number of the name in `column`; 0 where there is none."""
    sql = f"SELECT f.place, coalesce(f.{column}, 0) {_AT}"
    for part in slices(records.connection, sql, _told(places)):
        yield from part


def last_changed_first(records: Records, places: array[int]) -> array[int]:
    """The same places, sorted by when each note was last changed."""
    sql = f"SELECT f.place {_AT} ORDER BY f.modified DESC, f.place DESC"
    return whole_column(records.connection, sql, _told(places))


def entities(records: Records, family: str) -> dict[int, int]:
    """By the number of each name, that of what it means."""
    sql = "SELECT no, entity FROM names WHERE family = ?"
    return dict(rows(records.connection, sql, family))


def naming(records: Records, entity: int) -> array[int]:
    """Places of all notes that name it in any spelling, newest first."""
    numbers = rows(records.connection, "SELECT no FROM names WHERE entity = ?", entity)
    tokens = " OR ".join(name_token(number) for (number,) in numbers)
    sql = "SELECT rowid FROM words WHERE words MATCH ? ORDER BY rowid DESC"
    return whole_column(records.connection, sql, f"filters : ({tokens})")


def _told(places: array[int]) -> str:
    """As SQLite takes many numbers at once."""
    parts = (places[at : at + _SLICE] for at in range(0, len(places), _SLICE))
    return f"[{','.join(','.join(map(str, part)) for part in parts)}]"
