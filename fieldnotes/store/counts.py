"""Counts for lists and charts, read from the roll-ups."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

import msgspec

from fieldnotes.domain.markings import Marking
from fieldnotes.domain.query import Query
from fieldnotes.domain.words import fold
from fieldnotes.store.database import one, rows
from fieldnotes.store.index import ALL, author_token, name_token
from fieldnotes.store.plans import plan
from fieldnotes.store.records import Records


def by_kind(records: Records) -> dict[str, int]:
    """Notes by kind."""
    sql = "SELECT kind, sum(n) FROM rollups WHERE name = ? GROUP BY kind"
    return {
        records.names.written(kind): count for kind, count in rows(records.connection, sql, ALL)
    }


def by_name(records: Records, family: str) -> list[tuple[str, int]]:
    """(what it is called, notes) of every account, competitor, …, the most first."""
    return [(each.name, each.notes) for each in entities(records, family) if each.notes]


class Entity(msgspec.Struct, frozen=True):
    """All names that mean one thing. `spelt`: (name as written, notes), the most first.

    `stated`: its name comes from the vocabulary; else it is the one written most.
    """

    no: int
    name: str
    notes: int
    spelt: tuple[tuple[str, int], ...]
    stated: bool = False


def entities(records: Records, family: str, only: int | None = None) -> list[Entity]:
    """Everything that is named in a family, the most named first; `only` one of them."""
    where = "m.entity = ?" if only is not None else "m.family = ?"
    sql = (
        "SELECT m.entity, m.name, m.no = m.entity AND m.stated, coalesce(sum(r.n), 0) AS notes"
        f" FROM names m LEFT JOIN rollups r ON r.name = m.no WHERE {where}"
        " GROUP BY m.no ORDER BY notes DESC, m.folded, m.name"
    )
    found: dict[int, list[tuple[str, bool, int]]] = {}
    bound = family if only is None else only
    for no, name, stated, notes in rows(records.connection, sql, bound):
        found.setdefault(no, []).append((name, bool(stated), notes))
    too_many = dict(rows(records.connection, "SELECT name, sum(n) FROM doubles GROUP BY name"))
    made = [_entity(no, spelt, too_many.get(no, 0)) for no, spelt in found.items()]
    used = [each for each in made if each.notes or each.stated or len(each.spelt) > 1]
    return sorted(used, key=lambda each: (-each.notes, fold(each.name)))


def _entity(no: int, spelt: list[tuple[str, bool, int]], too_many: int) -> Entity:
    called = [name for name, stated, _ in spelt if stated]
    return Entity(
        no=no,
        name=called[0] if called else spelt[0][0],
        notes=sum(notes for _, _, notes in spelt) - too_many,
        spelt=tuple((name, notes) for name, _, notes in spelt),
        stated=bool(called),
    )


def by_use(records: Records, family: str, lately: int, year: int) -> list[tuple[str, int]]:
    """(what it is called, notes), the most used first.

    A note since the month `lately` weighs eight times, one since the month `year` twice. Months
    count since year 0.
    """
    sql = (
        "SELECT m.entity, sum(r.n * CASE WHEN r.month >= ? THEN 8 WHEN r.month >= ? THEN 2"
        " ELSE 1 END) FROM names m JOIN rollups r ON r.name = m.no WHERE m.family = ?"
        " GROUP BY m.entity"
    )
    weights = dict(rows(records.connection, sql, lately, year, family))
    used = [each for each in entities(records, family) if each.notes]
    used.sort(key=lambda each: -weights.get(each.no, 0))
    return [(each.name, each.notes) for each in used]


def by_token(records: Records, family: str, at_most: int) -> list[tuple[str, int]]:
    """(what it is called, notes, at most one more than `at_most`), counted in the index.

    For families of few names that no roll-up counts.
    """
    by_entity: dict[int, list[int]] = {}
    sql = "SELECT entity, no FROM names WHERE family = ?"
    for entity, no in rows(records.connection, sql, family):
        by_entity.setdefault(entity, []).append(no)
    found = [
        (records.names.written(entity), _with_tokens(records, map(name_token, numbers), at_most))
        for entity, numbers in by_entity.items()
    ]
    return sorted((each for each in found if each[1]), key=lambda each: (-each[1], each[0]))


def by_author(records: Records, at_most: int) -> list[tuple[str, int]]:
    """(name, notes, at most one more than `at_most`) of everybody, the most first."""
    by_name: dict[str, list[int]] = {}
    for no, card in records.people.numbers().items():
        by_name.setdefault(card.name, []).append(no)
    found = [
        (name, _with_tokens(records, map(author_token, numbers), at_most))
        for name, numbers in by_name.items()
    ]
    return sorted((each for each in found if each[1]), key=lambda each: (-each[1], each[0]))


def _with_tokens(records: Records, tokens: Iterable[str], at_most: int) -> int:
    """How many notes carry one of these."""
    records.connection.go_on()
    sql = "SELECT count(*) FROM (SELECT rowid FROM words WHERE words MATCH ? LIMIT ?)"
    match = f"filters : ({' OR '.join(tokens)})"
    return int(one(records.connection, sql, match, at_most + 1))


def how_many(records: Records, family: str) -> int:
    """How many different accounts, competitors, … some note names."""
    sql = (
        "SELECT count(DISTINCT entity) FROM names m WHERE family = ?"
        " AND EXISTS (SELECT 1 FROM rollups WHERE name = m.no)"
    )
    return int(one(records.connection, sql, family))


def by_month(records: Records, entity: int) -> list[tuple[int, str, int]]:
    """(months since year 0, kind, notes) of all names of an entity, the oldest first."""
    sql = (
        "SELECT month, kind, sum(n) AS notes FROM (SELECT r.month, r.kind, r.n FROM names m"
        " JOIN rollups r ON r.name = m.no WHERE m.entity = ?1 UNION ALL SELECT month, kind, -n"
        " FROM doubles WHERE name = ?1) GROUP BY month, kind HAVING notes ORDER BY month"
    )
    return [
        (month, records.names.written(kind), notes)
        for month, kind, notes in rows(records.connection, sql, entity)
    ]


def by_account(records: Records) -> list[tuple[int, str, int, int]]:
    """(entity, account as written, notes, local seconds of the newest), the newest first."""
    sql = (
        "SELECT m.entity, m.name, count(*), max(f.happened) AS last FROM facts f JOIN names m"
        " ON m.no = f.account WHERE f.removed IS NULL AND f.kind IS NOT NULL"
        " GROUP BY m.no ORDER BY last DESC, m.folded"
    )
    return [tuple(row) for row in rows(records.connection, sql)]


def unsent(records: Records) -> int:
    """The owner's notes whose current version was never sent, but those that only they may see."""
    unsent = "SELECT count(*) FROM facts WHERE sent = 0 AND removed IS NULL"
    others = f"{unsent} AND kind IS NULL"  # each from an index of its own
    private = (  # of which there are few, so that they are found and looked at
        "SELECT count(*) FROM words CROSS JOIN facts f ON f.place = words.rowid"
        " WHERE words MATCH ? AND f.sent = 0"
    )
    red = records.names.like("see", Marking.RED.value, prefix=False)[:1] or [0]
    sql = f"SELECT ({unsent}) - ({others}) - ({private})"
    return int(one(records.connection, sql, f"filters : {name_token(red[0])}"))


def unsent_places(records: Records, limit: int) -> list[int]:
    """The newest of them."""
    sql = (
        "SELECT place FROM facts WHERE sent = 0 AND removed IS NULL AND kind IS NOT NULL"
        " AND marking != ? ORDER BY place DESC LIMIT ?"
    )
    return [place for (place,) in rows(records.connection, sql, Marking.RED.value, limit)]


def edited_twice(records: Records) -> int:
    """Notes with two versions that nobody settled."""
    return int(one(records.connection, _TWICE))


class NotTo(msgspec.Struct, frozen=True):
    """What somebody lacks. `files`: those that each of them had; `marked`: as what may go there."""

    files: tuple[tuple[int, ...], ...]
    marked: tuple[str, ...]

    def sql(self) -> tuple[str, tuple[str, ...]]:
        """A condition on `facts f`, and what is bound in it."""
        had = " AND ".join([_HAD] * len(self.files))
        told = (self.marked, *self.files)
        words = f"{_CURRENT} WHERE f.marking IN ({_EACH}) AND NOT ({had})"
        return words, tuple(msgspec.json.encode(each).decode() for each in told)


def not_sent_to(records: Records, query: Query, not_to: NotTo) -> int:
    """Hits whose current version may go there and did not yet."""
    asked, (condition, bound) = plan(records, query), not_to.sql()
    sql = f"SELECT count(*) FROM ({asked.select()}) p {_FACTS}{condition}"
    return int(one(records.connection, sql, *asked.parameters, *bound))


def hits_by(
    records: Records, query: Query, family: Literal["account", "kind"], not_to: NotTo | None = None
) -> list[tuple[str, int]]:
    """(what it is called, hits); with `not_to` only those that are lacking there."""
    asked = plan(records, query)
    named = f"JOIN names m ON m.no = f.{family}"
    sql = f"SELECT m.entity, count(*) FROM ({asked.select()}) p {_FACTS} {named}"
    condition, bound = not_to.sql() if not_to is not None else ("", ())
    sql = f"{sql}{condition} GROUP BY m.entity"
    found = rows(records.connection, sql, *asked.parameters, *bound)
    called = {each.no: each.name for each in entities(records, family)}
    return [(called.get(no) or records.names.written(no), count) for no, count in found]


_TWICE = "SELECT count(*) FROM facts WHERE versions > 1 AND kind IS NOT NULL"
_FACTS = "JOIN facts f ON f.place = p.place"
_CURRENT = " JOIN history h ON h.seq = f.current"
_EACH = "SELECT value FROM json_each(?)"
_HAD = (  # the plus: few files held one version, while many went to one recipient
    "EXISTS (SELECT 1 FROM sent_revisions s WHERE s.note_no = f.note_no"
    f" AND s.revision = h.revision AND +s.sending IN ({_EACH}))"
)
