"""Names as they were written, each with a short number: what filters and roll-ups are keyed by."""

from __future__ import annotations

from fieldnotes.domain.query import fold
from fieldnotes.store.database import Connection, one, rows
from fieldnotes.store.seals import seal_of


class Names:
    """Numbers for names. Families: account, competitor, product, tag, kind, stage, outcome, …"""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._numbers: dict[tuple[str, str], int] = {}
        self._written: dict[int, str] = {}

    def number(self, family: str, name: str) -> int:
        """The number of `name`, given now if it is new. Only inside a write transaction."""
        known = self._numbers.get((family, name)) or self._find(family, name)
        if known is None:
            self._connection.execute(
                "INSERT INTO names (family, name, folded, seal) VALUES (?, ?, ?, ?)",
                (family, name, fold(name), seal_of(family, name, fold(name))),
            )
            known = self._find(family, name)
        assert known is not None
        self._numbers[family, name] = known
        return known

    def forget(self) -> None:
        """After a rollback: numbers given in it are gone."""
        self._numbers.clear()
        self._written.clear()

    def written(self, number: int | None) -> str:
        """The name behind a number; '' for none."""
        if number is None:
            return ""
        if number not in self._written:
            found = one(self._connection, "SELECT name FROM names WHERE no = ?", number)
            self._written[number] = found or ""
        return self._written[number]

    def like(self, family: str, name: str, prefix: bool) -> list[int]:
        """Numbers of all spellings that fold to `name`, or begin so."""
        wanted = fold(name)
        if not prefix:
            sql = "SELECT no FROM names WHERE family = ? AND folded = ?"
            return [no for (no,) in rows(self._connection, sql, family, wanted)]
        sql = "SELECT no FROM names WHERE family = ? AND folded >= ? AND folded < ?"
        return [no for (no,) in rows(self._connection, sql, family, wanted, wanted + "\U0010ffff")]

    def all_of(self, family: str) -> list[tuple[int, str]]:
        """Every name of a family with its number, by alphabet."""
        sql = "SELECT no, name FROM names WHERE family = ? ORDER BY folded, name"
        return [(no, name) for no, name in rows(self._connection, sql, family)]

    def _find(self, family: str, name: str) -> int | None:
        sql = "SELECT no FROM names WHERE family = ? AND name = ?"
        found: int | None = one(self._connection, sql, family, name)
        return found
