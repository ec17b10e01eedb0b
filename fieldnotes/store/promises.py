"""Promises as the library holds them: read from their versions, found by their type."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from fieldnotes.domain import merge
from fieldnotes.domain.markings import Marking
from fieldnotes.domain.moments import Moment
from fieldnotes.domain.promises import TYPE, PromiseView, from_fields
from fieldnotes.domain.words import fold
from fieldnotes.store.database import marks, rows
from fieldnotes.store.held_records import read_fields
from fieldnotes.store.records import Records

_VIEW = (
    "SELECT f.author, f.marking, f.removed, f.versions, f.masked, h.revision, h.line FROM facts f"
    " JOIN history h ON h.seq = f.current WHERE f.kind IS NULL AND f.type = ?"
)


def views(records: Records, account: str | None = None) -> list[PromiseView]:
    """Every promise that is not removed, of everybody; with `account` only those of it."""
    sql, parameters = _VIEW + " AND f.removed IS NULL", _type(records)
    if account is not None:
        numbers = records.names.like("account", account, prefix=False)
        sql += f" AND f.account IN ({marks(len(numbers))})"
        parameters += numbers
    if not _type(records):
        return []
    return [_read(records, row) for row in rows(records.connection, sql, *parameters)]


def view(records: Records, record_id: str) -> PromiseView | None:
    """One promise, removed or not; the owner's before somebody else's."""
    number = _type(records)
    if not number:
        return None
    sql = _VIEW + " AND f.id = ?"
    found = [
        _read(records, row) for row in rows(records.connection, sql, *number, UUID(record_id).bytes)
    ]
    found.sort(key=lambda each: not each.mine)
    return found[0] if found else None


def passes(records: Records, account: str | None) -> Callable[[PromiseView], bool]:
    """The same choice as in `views`, for what the library has not taken over yet."""
    if account is None:
        return lambda each: True
    wanted = {fold(account), *records.names.alike("account", account)}
    return lambda each: fold(each.promise.account) in wanted


def _type(records: Records) -> list[int]:
    """The number of the type, where any promise was ever held."""
    return records.names.like("type", TYPE, prefix=False)


def _read(records: Records, row: tuple[Any, ...]) -> PromiseView:
    author, marking, removed, versions, masked, revision, line = row
    card = records.people.card(author)
    fields, hidden, told = read_fields(line)
    if masked or hidden:
        history = records.history(told["id"], told["author"])
        top = history[revision.hex()]
        fields = merge.view(history, top)
        hidden = tuple(sorted(top.revision.digests.keys() - fields.keys()))
    return PromiseView(
        id=told["id"],
        promise=from_fields(fields),
        author=card.author,
        author_name=card.name,
        mine=card.author in records.own,
        marking=marking if marking else Marking.RED,
        created=Moment(*told["created"]),
        modified=Moment(*told["modified"]),
        hidden=hidden,
        versions=versions,
        removed=removed,
    )
