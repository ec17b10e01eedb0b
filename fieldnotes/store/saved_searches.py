"""Saved searches as the library holds them: read from their versions, found by their type."""

from __future__ import annotations

from typing import Any

from fieldnotes.domain import merge
from fieldnotes.domain.saved_searches import TYPE, SavedView, from_fields
from fieldnotes.store.database import rows
from fieldnotes.store.held_records import read_fields
from fieldnotes.store.records import Records

_VIEW = (
    "SELECT f.author, f.masked, h.revision, h.line FROM facts f JOIN history h"
    " ON h.seq = f.current WHERE f.kind IS NULL AND f.type = ? AND f.removed IS NULL"
)


def views(records: Records) -> list[SavedView]:
    """Every saved search that is not removed, of everybody."""
    number = records.names.like("type", TYPE, prefix=False)
    if not number:
        return []
    return [_read(records, row) for row in rows(records.connection, _VIEW, number[0])]


def _read(records: Records, row: tuple[Any, ...]) -> SavedView:
    author, masked, revision, line = row
    fields, hidden, told = read_fields(line)
    if masked or hidden:
        history = records.history(told["id"], told["author"])
        fields = merge.view(history, history[revision.hex()])
    mine = records.people.card(author).author == records.owner
    return SavedView(told["id"], from_fields(fields), mine)
