"""What the files of one preview brought, in a private file of its own and not in memory.

Reading in takes it from here, so that nothing is read and weighed twice.
"""

from __future__ import annotations

import errno
import tempfile
import weakref
from collections.abc import Iterable, Iterator

import msgspec

from fieldnotes.domain import merge
from fieldnotes.domain.records import Copy
from fieldnotes.store.arriving import Arrival, Key
from fieldnotes.store.database import Connection, connect_aside, plain_file_errors, rows

PART, LARGEST = 500, 2 << 20  # records that are kept together, and about their bytes
_encode = msgspec.msgpack.encode
_decode = msgspec.msgpack.Decoder(list[list[Arrival]]).decode


class _Part(msgspec.Struct):
    """Where some records of a file lie, and who wrote them. `listed`: each is in the table."""

    file: int
    begins: int
    size: int
    authors: frozenset[str]
    listed: bool = False


class Seen:
    """Versions by file and record. A file counts once it is over, and not at all if it was bad."""

    def __init__(self) -> None:
        self._kept = tempfile.TemporaryFile(buffering=0)  # noqa: SIM115, as it lives on
        self._finish = weakref.finalize(self, self._kept.close)
        self._table: Connection | None = None  # of records by part, once somebody asks for one
        self._parts: list[_Part] = []
        self._waiting: list[list[Arrival]] = []
        self._end = self._size = self._file = 0
        self._authors: set[str] = set()  # of what the files before brought

    @property
    def brought(self) -> bool:
        """Whether files before this one brought anything."""
        return bool(self._authors)

    def begin(self) -> int:
        """Another file; its number."""
        self._file += 1
        return self._file

    def end(self, *, good: bool) -> None:
        """What it brought counts for the files after it, or never came."""
        if good:
            self._write()
        self._waiting, self._size = [], 0
        while not good and self._parts and self._parts[-1].file == self._file:
            self._end = self._parts.pop().begins
        self._authors.update(*(p.authors for p in self._parts if p.file == self._file))

    def add(self, record: list[Arrival]) -> None:
        """The accepted versions of one record of this file."""
        self._waiting.append(record)
        self._size += sum(len(each.line) for each in record)
        if len(self._waiting) == PART or self._size > LARGEST:
            self._write()

    def of(self, keys: Iterable[Key]) -> dict[Key, dict[str, Copy]]:
        """What the files before brought of these records."""
        wanted = {key for key in keys if key[1] in self._authors}
        found: dict[Key, dict[str, Copy]] = {}
        for part in self._with_any_of(wanted) if wanted else ():
            for record in self._read(part):
                key = record[0].key
                if key in wanted:
                    copies = [each.copy() for each in record]
                    found[key] = merge.join(found.get(key, {}), copies)
        return found

    def records(self, file: int) -> Iterator[list[Arrival]]:
        """Everything that a file brought, in its order."""
        for part in self._parts:
            if part.file == file:
                yield from self._read(part)

    def close(self) -> None:
        """Nothing of it is left."""
        self._finish()
        if self._table is not None:
            self._table.close()

    def _write(self) -> None:
        waiting, self._waiting, self._size = self._waiting, [], 0
        if not waiting:
            return
        body = _encode(waiting)
        with plain_file_errors():
            self._kept.seek(self._end)
            if self._kept.write(body) < len(body):
                raise OSError(errno.ENOSPC, "only a part of it went in")
        authors = frozenset(record[0].author for record in waiting)
        self._parts.append(_Part(self._file, self._end, len(body), authors))
        self._end += len(body)

    def _read(self, part: _Part) -> list[list[Arrival]]:
        with plain_file_errors():
            self._kept.seek(part.begins)
            return _decode(self._kept.read(part.size))

    def _with_any_of(self, wanted: set[Key]) -> list[_Part]:
        """The parts of files before this one that hold one of these records."""
        if self._table is None:
            self._table = connect_aside()
            self._table.execute(_SEEN)
        authors = {author for _, author in wanted}
        for at, part in enumerate(self._parts):
            if not part.listed and part.file < self._file and not part.authors.isdisjoint(authors):
                told = [(_packed(record[0].key), at) for record in self._read(part)]
                self._table.executemany("INSERT INTO seen (key, part) VALUES (?, ?)", told)
                part.listed = True
        asked = msgspec.json.encode([_packed(key).hex() for key in wanted]).decode()
        return [self._parts[at] for (at,) in rows(self._table, _OF, asked)]


_SEEN = (
    "CREATE TABLE aside.seen (key BLOB NOT NULL, part INTEGER NOT NULL, PRIMARY KEY (key, part))"
    " WITHOUT ROWID"
)
_OF = (
    "SELECT DISTINCT s.part FROM json_each(?) j CROSS JOIN seen s ON s.key = unhex(j.value)"
    " ORDER BY s.part"
)


def _packed(key: Key) -> bytes:
    """128 bits of the author are enough: nobody can choose them."""
    return bytes.fromhex(key[0].replace("-", "") + key[1][:32])
