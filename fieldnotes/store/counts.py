"""Counts for lists and charts, read from the roll-ups."""

from __future__ import annotations

from typing import Literal

from fieldnotes.domain.query import Query
from fieldnotes.store import search
from fieldnotes.store.database import one, rows
from fieldnotes.store.index import ALL
from fieldnotes.store.records import Records


def by_kind(records: Records) -> dict[str, int]:
    """Notes by kind."""
    sql = "SELECT kind, sum(n) FROM rollups WHERE name = ? GROUP BY kind"
    return {
        records.names.written(kind): count for kind, count in rows(records.connection, sql, ALL)
    }


def by_name(records: Records, family: str) -> list[tuple[str, int]]:
    """(name as written, notes), the most first."""
    sql = (
        "SELECT m.name, sum(r.n) AS notes FROM names m JOIN rollups r ON r.name = m.no"
        " WHERE m.family = ? GROUP BY m.no ORDER BY notes DESC, m.folded"
    )
    return [(name, count) for name, count in rows(records.connection, sql, family)]


def by_month(records: Records, family: str) -> list[tuple[str, int, str, int]]:
    """(name, months since year 0, kind, notes)."""
    sql = (
        "SELECT m.name, r.month, r.kind, r.n FROM names m JOIN rollups r ON r.name = m.no"
        " WHERE m.family = ? ORDER BY m.folded, r.month"
    )
    return [
        (name, month, records.names.written(kind), count)
        for name, month, kind, count in rows(records.connection, sql, family)
    ]


def by_account(records: Records) -> list[tuple[str, int, int]]:
    """(account as written, notes, local seconds of the newest), the newest first."""
    sql = (
        "SELECT m.name, count(*), max(f.happened) AS last FROM facts f JOIN names m"
        " ON m.no = f.account WHERE f.removed IS NULL AND f.kind IS NOT NULL"
        " GROUP BY m.no ORDER BY last DESC, m.folded"
    )
    return [(name, count, last) for name, count, last in rows(records.connection, sql)]


def unsent(records: Records) -> int:
    """The owner's notes whose current version was never sent."""
    sql = "SELECT count(*) FROM facts WHERE sent = 0 AND removed IS NULL AND kind IS NOT NULL"
    return int(one(records.connection, sql))


def unsent_places(records: Records, limit: int) -> list[int]:
    """The newest of them."""
    sql = (
        "SELECT place FROM facts WHERE sent = 0 AND removed IS NULL AND kind IS NOT NULL"
        " ORDER BY place DESC LIMIT ?"
    )
    return [place for (place,) in rows(records.connection, sql, limit)]


def edited_twice(records: Records) -> int:
    """Notes with two versions that nobody settled."""
    return int(one(records.connection, "SELECT count(*) FROM facts WHERE versions > 1"))


def not_sent_to(records: Records, query: Query, recipient: str) -> int:
    """Hits whose current version never went to `recipient`."""
    asked = search.plan(records, query)
    sql = f"SELECT count(*) FROM ({asked.select()}) p {_FACTS}{_NOT_SENT}"
    return int(one(records.connection, sql, *asked.parameters, recipient))


def hits_by(
    records: Records, query: Query, family: Literal["account", "kind"], not_to: str | None = None
) -> list[tuple[str, int]]:
    """(name as written, hits); with `not_to` only those that never went to this recipient."""
    asked = search.plan(records, query)
    sql = f"SELECT f.{family}, count(*) FROM ({asked.select()}) p {_FACTS}"
    parameters = asked.parameters
    if not_to is not None:
        sql, parameters = sql + _NOT_SENT, (*parameters, not_to)
    found = rows(records.connection, f"{sql} GROUP BY f.{family}", *parameters)
    return [(records.names.written(number), count) for number, count in found if number]


_FACTS = "JOIN facts f ON f.place = p.place"
_NOT_SENT = (
    " JOIN history h ON h.seq = f.current WHERE NOT EXISTS (SELECT 1 FROM sent_revisions s"
    " JOIN sendings x ON x.no = s.sending WHERE s.note_no = f.note_no"
    " AND s.revision = h.revision AND x.recipient = ?)"
)
