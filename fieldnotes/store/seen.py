"""What the files of one preview brought, in a private file of its own and not in memory.

Reading in takes it from here, so that nothing is read and weighed twice.
"""

from __future__ import annotations

import errno
import tempfile
import weakref
from collections.abc import Iterable

import msgspec

from fieldnotes.domain import merge
from fieldnotes.domain.records import Copy
from fieldnotes.store.arriving import Arrival, Key
from fieldnotes.store.database import Connection, connect_aside, plain_file_errors, rows
from fieldnotes.store.stretches import (
    Stretch,
    Told,
    packed,
    packed_told,
    unpacked,
    unpacked_told,
)

PART, LARGEST = 500, 2 << 20  # records that are kept together, and about their bytes


class Part(msgspec.Struct):
    """Some records of a file. `held`: all of them are held, to the last byte."""

    authors: frozenset[str]
    begins: int
    size: int
    held: bool


class Seen:
    """Versions by file and record. A file counts once it is over, and not at all if it was bad."""

    def __init__(self) -> None:
        self._kept = tempfile.TemporaryFile(buffering=0)  # noqa: SIM115, as it lives on
        self._finish = weakref.finalize(self, self._kept.close)
        self._table: Connection | None = None  # of records by part, once somebody asks for one
        self._parts: dict[int, list[Part]] = {}  # by file
        self._unlisted: list[Part] = []  # of the files before, and not in the table yet
        self._listed: list[Part] = []
        self._fresh, self._held = _Fresh(), _Held()
        self._end = self._file = 0
        self._authors: set[str] = set()  # of what the files before brought

    @property
    def brought(self) -> bool:
        """Whether files before this one brought anything that is not held."""
        return bool(self._authors)

    def begin(self) -> int:
        """Another file; its number."""
        self._file += 1
        self._parts[self._file] = []
        return self._file

    def end(self, *, good: bool) -> None:
        """What it brought counts for the files after it, or never came."""
        if good:
            self._write()
        self._fresh, self._held = _Fresh(), _Held()
        if not good and (parts := self._parts[self._file]):
            self._end = parts[0].begins
            parts.clear()
        others = [part for part in self._parts[self._file] if not part.held]
        self._unlisted += others
        self._authors.update(*(part.authors for part in others))

    def add(self, record: list[Arrival]) -> None:
        """The accepted versions of one record of this file."""
        self._fresh.records.append(record)
        for each in record:
            self._fresh.size += len(each.line)
        if len(self._fresh.records) == PART or self._fresh.size > LARGEST:
            self._write()

    def add_held(self, note_no: int, record: list[Arrival]) -> None:
        """The same of a record with this number, all of which are held to the last byte."""
        self._held.told.append((note_no, [each.name for each in record]))
        self._held.authors.add(record[0].author)
        if len(self._held.told) == PART:
            self._write()

    def add_stretch(self, stretch: Stretch) -> None:
        """The same of many records."""
        self._write()
        if stretch.new:
            self._keep(stretch.authors, stretch.fresh, held=False)
        if stretch.unchanged:
            self._keep(stretch.authors, stretch.told, held=True)

    def brought_by(self, authors: frozenset[str]) -> bool:
        """Whether files before this one brought anything by one of them that is not held."""
        return not self._authors.isdisjoint(authors)

    def of(self, keys: Iterable[Key]) -> dict[Key, dict[str, Copy]]:
        """What the files before brought of these records, beside what is held."""
        wanted = {key for key in keys if key[1] in self._authors} if self._authors else set()
        found: dict[Key, dict[str, Copy]] = {}
        for part in self._with_any_of(wanted) if wanted else ():
            for record in self.records(part):
                key = record[0].key
                if key in wanted:
                    copies = [each.copy() for each in record]
                    found[key] = merge.join(found.get(key, {}), copies)
        return found

    def parts(self, file: int) -> list[Part]:
        """Everything that a file brought."""
        return self._parts.get(file, [])

    def records(self, part: Part) -> list[list[Arrival]]:
        """Each by its versions, of a part that is not held."""
        return unpacked(self._read(part))

    def told(self, part: Part) -> list[Told]:
        """What there is to say of records that are held."""
        return unpacked_told(self._read(part))

    def close(self) -> None:
        """Nothing of it is left."""
        self._finish()
        if self._table is not None:
            self._table.close()

    def _write(self) -> None:
        fresh, held = self._fresh, self._held
        if fresh.records:
            authors = frozenset(record[0].author for record in fresh.records)
            self._keep(authors, packed(fresh.records), held=False)
        if held.told:
            self._keep(frozenset(held.authors), packed_told(held.told), held=True)
        self._fresh, self._held = _Fresh(), _Held()

    def _keep(self, authors: frozenset[str], body: bytes, *, held: bool) -> None:
        with plain_file_errors():
            self._kept.seek(self._end)
            if self._kept.write(body) < len(body):
                raise OSError(errno.ENOSPC, "only a part of it went in")
        self._parts[self._file].append(Part(authors, self._end, len(body), held))
        self._end += len(body)

    def _read(self, part: Part) -> bytes:
        with plain_file_errors():
            self._kept.seek(part.begins)
            return self._kept.read(part.size)

    def _with_any_of(self, wanted: set[Key]) -> list[Part]:
        """The parts of files before this one that hold one of these records."""
        if self._table is None:
            self._table = connect_aside()
            self._table.execute(_SEEN)
        authors = {author for _, author in wanted}
        unlisted, self._unlisted = self._unlisted, []
        self._table.execute("BEGIN")
        for part in unlisted:
            if part.authors.isdisjoint(authors):
                self._unlisted.append(part)
                continue
            at = len(self._listed)
            told = [(_key(record[0].key), at) for record in self.records(part)]
            self._table.executemany("INSERT INTO seen (key, part) VALUES (?, ?)", told)
            self._listed.append(part)
        self._table.execute("COMMIT")
        asked = msgspec.json.encode([_key(key).hex() for key in wanted]).decode()
        return [self._listed[at] for (at,) in rows(self._table, _OF, asked)]


class _Fresh(msgspec.Struct):
    """Records that wait to be kept. `size`: bytes of their lines."""

    records: list[list[Arrival]] = []
    size: int = 0


class _Held(msgspec.Struct):
    """The same of records that are held."""

    told: list[Told] = []
    authors: set[str] = msgspec.field(default_factory=set)


_SEEN = (
    "CREATE TABLE aside.seen (key BLOB NOT NULL, part INTEGER NOT NULL, PRIMARY KEY (key, part))"
    " WITHOUT ROWID"
)
_OF = (
    "SELECT DISTINCT s.part FROM json_each(?) j CROSS JOIN seen s ON s.key = unhex(j.value)"
    " ORDER BY s.part"
)


def _key(key: Key) -> bytes:
    """128 bits of the author are enough: nobody can choose them."""
    return bytes.fromhex(key[0].replace("-", "") + key[1][:32])
