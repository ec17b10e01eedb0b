"""What somebody looked at before sending and found fine, and choices that are sent again."""

from __future__ import annotations

from collections.abc import Iterable

from fieldnotes.store.database import Connection, rows
from fieldnotes.store.seals import seal_of


class LookedOver:
    """Finds in the words of a version that may go as they are; no word of them is kept."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, finds: Iterable[tuple[str, str]]) -> None:
        """(name of a version, key of a find) that is fine."""
        told = [(bytes.fromhex(name), key) for name, key in finds]
        self._connection.executemany(
            "INSERT OR IGNORE INTO looked_over (revision, find, seal) VALUES (?, ?, ?)",
            [(*row, seal_of(*row)) for row in told],
        )

    def drop(self, finds: Iterable[tuple[str, str]]) -> None:
        """They are to be looked at again."""
        self._connection.executemany(
            "DELETE FROM looked_over WHERE revision = ? AND find = ?",
            [(bytes.fromhex(name), key) for name, key in finds],
        )

    def everything(self) -> set[tuple[str, str]]:
        """All that is fine."""
        found = rows(self._connection, "SELECT revision, find FROM looked_over")
        return {(name.hex(), key) for name, key in found}


class Presets:
    """Choices of what is sent, by the name that somebody gave them."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def put(self, name: str, body: bytes) -> None:
        """Keep a choice, in place of what went by this name."""
        row = (name, body)
        self._connection.execute(
            "INSERT OR REPLACE INTO presets (name, body, seal) VALUES (?, ?, ?)",
            (*row, seal_of(*row)),
        )

    def drop(self, name: str) -> None:
        """Forget it."""
        self._connection.execute("DELETE FROM presets WHERE name = ?", (name,))

    def everything(self) -> list[tuple[str, bytes]]:
        """(name, body), by name."""
        return rows(self._connection, "SELECT name, body FROM presets ORDER BY name")
