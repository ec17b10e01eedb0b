"""What earlier files of one preview brought, in a private file of its own and not in memory."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from fieldnotes.domain import merge
from fieldnotes.domain.merge import History
from fieldnotes.domain.records import Copy, read_line, to_line
from fieldnotes.store.database import Connection, connect_aside, rows
from fieldnotes.store.known import Key, key_of


class Seen:
    """Versions by record. Those of a file count once it is over, and not at all if it was bad."""

    def __init__(self) -> None:
        self._connection: Connection = connect_aside()
        self._connection.execute(
            "CREATE TABLE seen (key TEXT NOT NULL, revision BLOB NOT NULL, line BLOB NOT NULL,"
            " PRIMARY KEY (key, revision)) WITHOUT ROWID"
        )

    def begin(self) -> None:
        """Another file."""
        self._connection.execute("BEGIN")

    def end(self, *, good: bool) -> None:
        """What it brought counts for the files after it, or never came."""
        self._connection.execute("COMMIT" if good else "ROLLBACK")

    def of(self, keys: Iterable[Key]) -> dict[Key, dict[str, Copy]]:
        """What the files before brought of these records."""
        asked = msgspec.json.encode([_text(key) for key in keys]).decode()
        found: dict[Key, dict[str, Copy]] = {}
        for (line,) in rows(self._connection, _OF, asked):
            copy = read_line(line)
            found.setdefault(key_of([copy]), {})[copy.name] = copy
        return found

    def add(self, before: History, copies: list[Copy]) -> None:
        """One record of this file, of which the files before brought `before`."""
        key = _text(key_of(copies))
        both = merge.join(before, copies)
        if not before.keys() <= both.keys():  # it was erased
            self._connection.execute("DELETE FROM seen WHERE key = ?", (key,))
            before = {}
        self._connection.executemany(
            "INSERT OR REPLACE INTO seen (key, revision, line) VALUES (?, ?, ?)",
            [
                (key, bytes.fromhex(name), to_line(copy))
                for name, copy in both.items()
                if before.get(name) != copy
            ],
        )

    def close(self) -> None:
        """The preview is over: nothing of it is left."""
        self._connection.close()


_OF = "SELECT s.line FROM json_each(?) j CROSS JOIN seen s ON s.key = j.value"


def _text(key: Key) -> str:
    return " ".join(key)
