"""What the files of one preview brought, in a private file of its own and not in memory.

Reading in takes it from here, so that nothing is read and weighed twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from fieldnotes.domain import merge
from fieldnotes.domain.records import Copy
from fieldnotes.store.arriving import Arrival, Key
from fieldnotes.store.database import Connection, connect_aside, plain_errors, rows

PART, LARGEST = 500, 2 << 20  # records that are kept together, and about their bytes
_Part = list[list[Arrival]]
_encode = msgspec.msgpack.encode
_decode = msgspec.msgpack.Decoder(_Part).decode


class Seen:
    """Versions by file and record. A file counts once it is over, and not at all if it was bad.

    `several`: files may bring the same records, so that those before a file are asked for them.
    """

    def __init__(self, *, several: bool) -> None:
        self._connection: Connection = connect_aside()
        self._several = several
        self._file = 0
        self._part: _Part = []
        self._size = 0
        self._authors: set[str] = set()  # of what the files before brought
        self._fresh: set[str] = set()  # of what this one brings
        for statement in _TABLES:
            self._connection.execute(statement)

    @property
    def brought(self) -> bool:
        """Whether files before this one brought anything, as far as several were expected."""
        return bool(self._authors)

    def begin(self) -> int:
        """Another file; its number."""
        self._connection.execute("BEGIN")
        self._file, self._fresh, self._part, self._size = self._file + 1, set(), [], 0
        return self._file

    def end(self, *, good: bool) -> None:
        """What it brought counts for the files after it, or never came."""
        if good:
            self._write()
            self._authors |= self._fresh
        self._connection.execute("COMMIT" if good else "ROLLBACK")

    def add(self, record: list[Arrival]) -> None:
        """The accepted versions of one record of this file."""
        self._part.append(record)
        self._size += sum(len(each.line) for each in record)
        if len(self._part) == PART or self._size > LARGEST:
            self._write()

    def of(self, keys: Iterable[Key]) -> dict[Key, dict[str, Copy]]:
        """What the files before brought of these records."""
        asked = [key for key in keys if key[1] in self._authors]
        if not asked:
            return {}
        told = msgspec.json.encode([_packed(key).hex() for key in asked]).decode()
        wanted, found = set(asked), dict[Key, dict[str, Copy]]()
        for (body,) in rows(self._connection, _OF, told):
            for record in _decode(body):
                key = record[0].key
                if key in wanted:
                    copies = [each.copy() for each in record]
                    found[key] = merge.join(found.get(key, {}), copies)
        return found

    def records(self, file: int) -> Iterator[list[Arrival]]:
        """Everything that a file brought, in its order."""
        cursor = self._connection.execute(_PARTS, (file,))
        for (body,) in cursor:
            yield from _decode(body)

    def close(self) -> None:
        """Nothing of it is left."""
        self._connection.close()

    def _write(self) -> None:
        """Keep what waits. Its key tells 128 bits of the author, which nobody can choose."""
        part, self._part, self._size = self._part, [], 0
        if not part:
            return
        with plain_errors():
            sql = "INSERT INTO parts (file, body) VALUES (?, ?)"
            self._connection.execute(sql, (self._file, _encode(part)))
            if self._several:
                sql = "INSERT INTO seen (key, part) VALUES (?, last_insert_rowid())"
                self._connection.executemany(sql, [(_packed(record[0].key),) for record in part])
                self._fresh.update(record[0].author for record in part)


_TABLES = (
    "CREATE TABLE aside.parts (no INTEGER PRIMARY KEY, file INTEGER NOT NULL, body BLOB NOT NULL)",
    "CREATE TABLE aside.seen (key BLOB NOT NULL, part INTEGER NOT NULL, PRIMARY KEY (key, part))"
    " WITHOUT ROWID",
)
_PARTS = "SELECT body FROM parts WHERE file = ? ORDER BY no"
_OF = (
    "SELECT body FROM parts WHERE no IN (SELECT s.part FROM json_each(?) j CROSS JOIN seen s"
    " ON s.key = unhex(j.value)) ORDER BY no"
)


def _packed(key: Key) -> bytes:
    return bytes.fromhex(key[0].replace("-", "") + key[1][:32])
