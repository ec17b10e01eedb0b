"""Records that are no notes, as they say now: few among many, found by their type."""

from __future__ import annotations

from typing import Any, NamedTuple

from fieldnotes.domain import merge
from fieldnotes.store.database import rows
from fieldnotes.store.held_records import read_fields
from fieldnotes.store.records import Records

_SAID = (
    "SELECT f.note_no, f.masked, h.line FROM facts f JOIN history h ON h.seq = f.current"
    " WHERE f.kind IS NULL AND f.removed IS NULL AND f.type = ? ORDER BY f.note_no"
)


class Said(NamedTuple):
    """What one record says now. `fields`: leaf name → value."""

    note_no: int
    id: str
    author: str
    fields: dict[str, Any]


def said(records: Records, type_: str) -> list[Said]:
    """Every record of this type that is not removed, of everybody."""
    numbers = records.names.like("type", type_, prefix=False)  # none where no such record was held
    return [_read(records, row) for no in numbers for row in rows(records.connection, _SAID, no)]


def _read(records: Records, row: tuple[int, int, bytes]) -> Said:
    note_no, masked, line = row
    fields, hidden, told = read_fields(line)
    if masked or hidden:
        history = records.history(told["id"], told["author"])
        fields = merge.view(history, merge.current(history))
    return Said(note_no, told["id"], told["author"], fields)
