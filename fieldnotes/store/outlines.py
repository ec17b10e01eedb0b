"""What narrow rows tell of notes that are to be sent: most lines need not be read for it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from fieldnotes.domain.note_fields import from_fields
from fieldnotes.domain.records import read_line
from fieldnotes.store.database import rows
from fieldnotes.store.gists import goes_plainly
from fieldnotes.store.going import (
    HISTORY,
    PROVEN,
    SINGLE,
    all_by_id,
    are_few,
    as_json,
    in_order_of_ids,
    newest_first,
    pages,
)
from fieldnotes.store.index import CLOSELY
from fieldnotes.store.records import Records

if TYPE_CHECKING:
    from fieldnotes.store.library import Library

SLICE = 400  # notes that are looked at together: some 30 ms


class Outline(NamedTuple):
    """The current version of a record. `sha256`: of its line.

    `plain`: of a note of which all goes as it lies here wherever any of it may, the numbers of its
    tags; None where the line has to be looked at.
    """

    note_no: int
    plain: str | None
    kind: int
    author: int
    marking: str
    revision: bytes
    sha256: bytes


def outlines_by_id(
    records: Records, note_nos: Sequence[int], longest: int
) -> Iterator[list[Outline]]:
    """Of the records of these numbers, in the order of their ids, some at a time.

    `longest`: bytes of a line that nobody needs to look at.
    """
    if are_few(records, note_nos):
        yield from _of(records, in_order_of_ids(records, note_nos), longest)
        return
    for part in all_by_id(records, note_nos, _COLUMNS, HISTORY, longest):
        yield list(map(Outline._make, part))


def outlines_newest_first(
    records: Records, note_nos: Sequence[int], longest: int
) -> Iterator[list[Outline]]:
    """The same, the newest first."""
    return _of(records, newest_first(records, note_nos), longest)


def _of(records: Records, note_nos: Sequence[int], longest: int) -> Iterator[list[Outline]]:
    for part in pages(note_nos):
        told = rows(records.connection, _OUTLINES, as_json(part), longest)
        yield list(map(Outline._make, told))
        records.connection.go_on()


def look_at_some(library: Library, most: int = SLICE) -> bool:
    """Say of some notes whether they go plainly, where nobody has said it. True: none is left.

    Raises Busy.
    """
    found = rows(library.connection, _NOT_LOOKED_AT, most)
    told = [(_tags(line), place, seq) for place, seq, line in found]
    if told:
        plain = library.records.plain
        with library.transaction(patience_ms=0):
            library.connection.executemany(
                "UPDATE facts SET plain = ? WHERE place = ? AND current = ? AND plain IS NULL",
                [(CLOSELY if tags is None else plain(tags), *which) for tags, *which in told],
            )
    return len(found) < most


def _tags(line: bytes) -> Sequence[str] | None:
    """Those of a note that goes plainly."""
    copy = read_line(line)
    return from_fields(copy.values).tags if goes_plainly(copy) else None


_COLUMNS = (
    f"f.note_no, CASE WHEN {SINGLE} AND {PROVEN} AND length(h.line) <= ?2"
    f" AND f.plain <> '{CLOSELY}' THEN f.plain END, f.kind, f.author, f.marking, h.revision,"
    " h.sha256"
)
_OUTLINES = (
    f"SELECT {_COLUMNS} FROM json_each(?1) j CROSS JOIN facts f ON f.note_no = j.value {HISTORY}"
)
_NOT_LOOKED_AT = (
    "SELECT f.place, f.current, h.line FROM facts f INDEXED BY facts_not_looked_at"
    f" {HISTORY} WHERE f.plain IS NULL LIMIT ?"
)
