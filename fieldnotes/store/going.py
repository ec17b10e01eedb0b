"""What goes into a file is read in pages, in the order of the file: memory stays as it is."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Any, NamedTuple

from fieldnotes.store.database import SLICE, connect_aside, rows, slices, whole_column
from fieldnotes.store.records import Records

PAGE = 250  # records that are read together
FEW = 6  # times as many records make it worth to sort those that are asked for


class Going(NamedTuple):
    """The current version of a record as it lies here.

    `single`: nothing else is held that could change what it shows: it is a note, was not removed,
    has one head, and none of its fields is hidden. `proven`: it was verified by itself. `unsent`:
    it is the owner's, and went into no file yet.
    """

    note_no: int
    place: int
    single: bool
    proven: bool
    unsent: bool
    id: bytes
    revision: bytes
    line: bytes


def by_id(records: Records, note_nos: Sequence[int]) -> array[int]:
    """The records of these numbers, in the order of their ids; what is gone is left out."""
    if are_few(records, note_nos):
        return in_order_of_ids(records, note_nos)
    walked = all_by_id(records, note_nos, "note_no")
    return array("q", [note_no for (note_no,) in chain.from_iterable(walked)])


def are_few(records: Records, note_nos: Sequence[int]) -> bool:
    """Whether it is cheaper to sort them than to go through all."""
    return len(note_nos) * FEW < records.last_numbers()[0]


def all_by_id(
    records: Records,
    note_nos: Sequence[int],
    columns: str,
    tables: str = "",
    *bound: Any,
    size: int = SLICE,
) -> Iterator[list[tuple[Any, ...]]]:
    """Columns of the records of these numbers, which come first, in the order of their ids."""
    wanted = bytearray(max(note_nos, default=0) + 1)
    for note_no in note_nos:
        wanted[note_no] = True
    sql = f"SELECT {columns} FROM facts f INDEXED BY facts_id {tables} WHERE +f.note_no < ?1"
    for several in slices(
        records.connection, f"{sql} ORDER BY f.id", len(wanted), *bound, size=size
    ):
        yield [row for row in several if wanted[row[0]]]


def in_order_of_ids(records: Records, note_nos: Sequence[int]) -> array[int]:
    """`by_id` of few. Sorted in a file: a million ids take a hundred megabytes of memory."""
    aside = connect_aside()
    try:
        aside.execute("BEGIN")
        aside.execute(
            "CREATE TABLE aside.ids (id, author, note_no, PRIMARY KEY (id, author)) WITHOUT ROWID"
        )
        for part in pages(note_nos):
            ids = rows(records.connection, _IDS, as_json(part))
            aside.executemany("INSERT INTO aside.ids VALUES (?, ?, ?)", ids)
        return whole_column(aside, "SELECT note_no FROM aside.ids ORDER BY id, author")
    finally:
        aside.close()


def newest_first(records: Records, note_nos: Sequence[int]) -> array[int]:
    """The records of these numbers, the newest first; what is gone is left out."""
    places = array("q")
    for part in pages(note_nos):
        places.extend(place for (place,) in rows(records.connection, _PLACES, as_json(part)))
    found = array("q")
    for part in pages(array("q", sorted(places, reverse=True))):
        found.extend(note_no for (note_no,) in rows(records.connection, _NUMBERS, as_json(part)))
    return found


def going(records: Records, note_nos: Sequence[int]) -> Iterator[list[Going]]:
    """The records of these numbers in that order, in pages; what is gone is left out."""
    for part in pages(note_nos):
        yield list(map(Going._make, rows(records.connection, _GOING, as_json(part))))
        records.connection.go_on()


def going_by_id(records: Records, note_nos: Sequence[int]) -> Iterator[list[Going]]:
    """The same where they stand in the order of their ids."""
    if are_few(records, note_nos):
        yield from going(records, note_nos)
        return
    for part in all_by_id(records, note_nos, _COLUMNS, HISTORY, size=PAGE):
        yield list(map(Going._make, part))


def pages(numbers: Sequence[int]) -> Iterator[Sequence[int]]:
    """As many of them as are read together."""
    return (numbers[start : start + PAGE] for start in range(0, len(numbers), PAGE))


def as_json(numbers: Sequence[int]) -> str:
    """For `json_each`."""
    return f"[{','.join(map(str, numbers))}]"


def removed(records: Records) -> list[tuple[int, str]]:
    """(number, type) of everything that was removed, the last first."""
    return _typed(records, "f.removed IS NOT NULL")


def others(records: Records) -> list[tuple[int, str]]:
    """(number, type) of all records that are no notes and not removed, the last first."""
    return _typed(records, "f.removed IS NULL AND f.kind IS NULL")


def _typed(records: Records, which: str) -> list[tuple[int, str]]:
    sql = (
        "SELECT f.note_no, n.name FROM facts f JOIN names n ON n.no = f.type"
        f" WHERE {which} ORDER BY f.place DESC"
    )
    return [(note_no, type_) for note_no, type_ in rows(records.connection, sql)]


_OF_NUMBERS = "FROM json_each(?) j CROSS JOIN facts f ON f.note_no = j.value"
_IDS = f"SELECT f.id, f.author, f.note_no {_OF_NUMBERS}"
_PLACES = f"SELECT f.place {_OF_NUMBERS}"
_NUMBERS = "SELECT f.note_no FROM json_each(?) j CROSS JOIN facts f ON f.place = j.value"
# all that is held of a note that is there is its current version
SINGLE = "f.kind IS NOT NULL AND f.removed IS NULL AND f.versions = 1 AND f.masked = 0"
# it was verified by itself
PROVEN = "NOT EXISTS (SELECT 1 FROM unproven u WHERE f.current BETWEEN u.first AND u.last)"
HISTORY = "CROSS JOIN history h ON h.seq = f.current"
_COLUMNS = f"f.note_no, f.place, {SINGLE}, {PROVEN}, f.sent IS 0, f.id, h.revision, h.line"
_GOING = f"SELECT {_COLUMNS} {_OF_NUMBERS} {HISTORY}"
