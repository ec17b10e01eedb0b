"""Names as they were written, each with a short number: what filters and roll-ups are keyed by.

Every name leads to its *entity*, the number of the one that stands for all that mean the same:
spellings that fold to the same, and what the vocabulary says (store/vocabulary.py).
"""

from __future__ import annotations

from fieldnotes.domain.words import fold
from fieldnotes.store.database import Connection, one, rows
from fieldnotes.store.seals import seal_of

SEVERAL = ("competitor", "product", "tag")  # families of which a note may carry several names
LONGEST = 1_000  # letters of a name that is remembered
_IN_FACTS = ("kind", "account", "stage", "outcome")


class Names:
    """Numbers for names. Families: account, competitor, product, tag, kind, stage, outcome, …"""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._numbers: dict[tuple[str, str], int] = {}
        self._written: dict[int, str] = {}
        self._entities: dict[int, int] = {}
        self.forgotten = 0  # how often: whoever remembers numbers has to forget as often

    def number(self, family: str, name: str) -> int:
        """The number of `name`, given now if it is new. Only inside a write transaction."""
        known = self._numbers.get((family, name))
        if known is not None:
            return known
        known = self._find(family, name) or self._give(family, name)
        if len(name) <= LONGEST:
            self._numbers[family, name] = known
        return known

    def _give(self, family: str, name: str) -> int:
        """A number that no other name ever had."""
        folded = fold(name)
        number, entity = rows(self._connection, _NEXT, family, folded)[0]
        self._connection.execute(
            "INSERT INTO names (no, family, name, folded, seal, entity) VALUES (?, ?, ?, ?, ?, ?)",
            (number, family, name, folded, seal_of(family, name, folded), entity or number),
        )
        return int(number)

    def drop_unused(self, family: str, name: str) -> None:
        """Forget a name that no note carries any more. Its number is never given to another."""
        number = self._find(family, name)
        if number is None or self._is_used(family, number):
            return
        self._lead_others_on(number)
        self._connection.execute("DELETE FROM names WHERE no = ?", (number,))
        self._connection.execute(
            "INSERT INTO about (key, value, seal) VALUES ('names', ?1, ?2) ON CONFLICT (key)"
            " DO UPDATE SET value = ?1, seal = ?2 WHERE CAST(value AS INTEGER) < ?1",
            (str(number), seal_of("names", str(number))),
        )
        self.forget()

    def _lead_others_on(self, number: int) -> None:
        """Another name stands for all that mean the same, once this one goes."""
        sql = "SELECT min(no) FROM names WHERE entity = ?1 AND no != ?1"
        other = one(self._connection, sql, number)
        if other is not None:
            self._connection.execute(
                "UPDATE names SET entity = ? WHERE entity = ?", (other, number)
            )
            self._connection.execute("UPDATE doubles SET name = ? WHERE name = ?", (other, number))

    def _is_used(self, family: str, number: int) -> bool:
        """Whether the index, the row of a record or the vocabulary refers to it."""
        in_entries = (
            "SELECT 1 FROM names m JOIN entry_names e ON e.family = m.family"
            " AND e.folded = m.folded WHERE m.no = ? LIMIT 1"
        )
        if one(self._connection, in_entries, number):
            return True
        in_index = "SELECT 1 FROM words WHERE words MATCH ? LIMIT 1"
        if one(self._connection, in_index, f"filters : ¬n{number}"):
            return True
        in_facts = f"SELECT 1 FROM facts WHERE {family} = ? LIMIT 1"
        return family in _IN_FACTS and bool(one(self._connection, in_facts, number))

    def forget(self) -> None:
        """After a rollback, or when names mean something else: what was looked up is wrong."""
        self._numbers.clear()
        self._written.clear()
        self._entities.clear()
        self.forgotten += 1

    def written(self, number: int | None) -> str:
        """The name behind a number; '' for none."""
        if number is None:
            return ""
        if number not in self._written:
            found = one(self._connection, "SELECT name FROM names WHERE no = ?", number)
            self._written[number] = found or ""
        return self._written[number]

    def like(self, family: str, name: str, prefix: bool) -> list[int]:
        """Numbers of all names that mean the same as a spelling of `name`, or as what begins so."""
        sql = f"SELECT no FROM names WHERE entity IN (SELECT entity FROM names WHERE {_LIKE})"
        return [no for (no,) in rows(self._connection, sql, *_like(family, name, prefix))]

    def alike(self, family: str, name: str, prefix: bool = False) -> frozenset[str]:
        """The same, as folded names."""
        sql = f"SELECT folded FROM names WHERE entity IN (SELECT entity FROM names WHERE {_LIKE})"
        found = rows(self._connection, sql, *_like(family, name, prefix))
        return frozenset(folded for (folded,) in found)

    def entity(self, family: str, name: str) -> int | None:
        """The number that stands for everything that means the same as `name`."""
        sql = "SELECT entity FROM names WHERE family = ? AND folded = ? LIMIT 1"
        found: int | None = one(self._connection, sql, family, fold(name))
        return found

    def stands_for(self, number: int) -> int:
        """The entity of the name with this number."""
        if number not in self._entities:
            found = one(self._connection, "SELECT entity FROM names WHERE no = ?", number)
            self._entities[number] = int(found)
        return self._entities[number]

    def called(self, family: str, name: str) -> str:
        """What `name` is called: as the vocabulary says, else as it is written most."""
        sql = (
            "SELECT name FROM names m WHERE entity = ? ORDER BY stated DESC,"
            " (SELECT sum(n) FROM rollups WHERE name = m.no) DESC, name LIMIT 1"
        )
        found: str | None = one(self._connection, sql, self.entity(family, name))
        return found or name

    def all_of(self, family: str) -> list[tuple[int, str]]:
        """Every name of a family with its number, by alphabet."""
        sql = "SELECT no, name FROM names WHERE family = ? ORDER BY folded, name"
        return [(no, name) for no, name in rows(self._connection, sql, family)]

    def _find(self, family: str, name: str) -> int | None:
        sql = "SELECT no FROM names WHERE family = ? AND name = ?"
        found: int | None = one(self._connection, sql, family, name)
        return found


_NEXT = (
    "SELECT 1 + max((SELECT coalesce(max(no), 0) FROM names), (SELECT coalesce(max(CAST(value AS"
    " INTEGER)), 0) FROM about WHERE key = 'names')),"
    " (SELECT entity FROM names WHERE family = ? AND folded = ? LIMIT 1)"
)
_LIKE = "family = ? AND folded BETWEEN ? AND ?"


def _like(family: str, name: str, prefix: bool) -> tuple[str, str, str]:
    wanted = fold(name)
    return family, wanted, wanted + ("\U0010ffff" if prefix else "")
