"""What came: batches and bundles read in, what was left of them, rows of other programs' files."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec

from fieldnotes.store.arriving import Arrival
from fieldnotes.store.database import Connection, one, rows
from fieldnotes.store.held_records import State
from fieldnotes.store.seals import seal_of


class Arrivals:
    """Batches of imports, the bundles in them, and which revision came with which bundle."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add_batch(self, batch: str, at: int, counts: dict[str, int]) -> int:
        """Returns the batch's number. `at`: ms since 1970."""
        row = (batch, at, msgspec.json.encode(counts))
        self._connection.execute(
            "INSERT INTO batches (id, at, counts, seal) VALUES (?, ?, ?, ?)", (*row, seal_of(*row))
        )
        return int(one(self._connection, "SELECT last_insert_rowid()"))

    def add_bundle(self, batch: int, manifest: dict[str, Any], sha256: str) -> int:
        """Returns the bundle's number."""
        row = (
            batch,
            manifest["bundle"],
            bytes.fromhex(manifest["author"]["author"]),
            msgspec.json.encode(manifest),
            bytes.fromhex(sha256),
        )
        self._connection.execute(
            "INSERT INTO bundles (batch, bundle, author, manifest, file, seal)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            (*row, seal_of(*row)),
        )
        return int(one(self._connection, "SELECT last_insert_rowid()"))

    def add_revisions(self, bundle: int, brought: Iterable[tuple[int, Iterable[Arrival]]]) -> None:
        """What this bundle brought and was accepted: (number of a record, versions of it)."""
        self._add(bundle, ((note_no, each.name) for note_no, those in brought for each in those))

    def add_told(self, bundle: int, told: Iterable[tuple[int, Iterable[str]]]) -> None:
        """The same where names of versions are all that there is to say."""
        self._add(bundle, ((note_no, name) for note_no, names in told for name in names))

    def _add(self, bundle: int, named: Iterable[tuple[int, str]]) -> None:
        self._connection.executemany(
            "INSERT OR IGNORE INTO arrivals (bundle, note_no, revision) VALUES (?, ?, ?)",
            [(bundle, note_no, bytes.fromhex(name)) for note_no, name in named],
        )

    def add_again(self, bundle: int, earlier: int) -> None:
        """This bundle brought what an earlier one did, as it is the very same file."""
        self._connection.execute(
            "INSERT INTO arrivals (bundle, note_no, revision) SELECT ?, note_no, revision"
            " FROM arrivals WHERE bundle = ? ORDER BY note_no, revision",
            (bundle, earlier),
        )

    def add_whole(self, bundle: int, state: State) -> None:
        """All of a bundle was accepted, and is held in the library as it was in this state."""
        row = (bundle, *state)
        self._connection.execute(
            "INSERT INTO read_whole (bundle, seq, taken_back, seal) VALUES (?, ?, ?, ?)",
            (*row, seal_of(*row)),
        )

    def held_whole(self, sha256: str, now: State) -> int | None:
        """The number of the bundle that was this file, if nothing came to its records since."""
        found = rows(self._connection, _WHOLE, bytes.fromhex(sha256), now.taken_back)
        for bundle, seq in found:
            if now.seq - seq > _MOST_SINCE:
                continue
            if one(self._connection, _CHANGED, seq, bundle) is None:
                return int(bundle)
        return None

    def manifest(self, bundle: int) -> bytes:
        """What a bundle says of itself."""
        sql = "SELECT manifest FROM bundles WHERE no = ?"
        return bytes(one(self._connection, sql, bundle))

    def any_whole(self) -> bool:
        """Whether any file is known again."""
        return one(self._connection, "SELECT 1 FROM read_whole LIMIT 1") is not None

    def batches(self) -> list[tuple[int, str, int, dict[str, Any]]]:
        """(number, id, ms since 1970, counts) of all that was read in, the last first."""
        sql = "SELECT no, id, at, counts FROM batches ORDER BY no DESC"
        return [
            (no, batch, at, msgspec.json.decode(counts))
            for no, batch, at, counts in rows(self._connection, sql)
        ]

    def set_counts(self, number: int, counts: dict[str, Any]) -> None:
        """What became of a batch."""
        sql = "SELECT id, at FROM batches WHERE no = ?"
        row = (*rows(self._connection, sql, number)[0], msgspec.json.encode(counts))
        self._connection.execute(
            "UPDATE batches SET counts = ?, seal = ? WHERE no = ?", (row[2], seal_of(*row), number)
        )

    def knows_file(self, sha256: str) -> bool:
        """Whether this very file was read in, and that was not undone."""
        sql = "SELECT 1 FROM bundles WHERE file = ? LIMIT 1"
        return one(self._connection, sql, bytes.fromhex(sha256)) is not None

    def bundles(self) -> list[dict[str, Any]]:
        """Manifests with batch, time read in and number of notes, the last first."""
        sql = (
            "SELECT b.manifest, t.id, t.at, (SELECT count(DISTINCT note_no) FROM arrivals a"
            " WHERE a.bundle = b.no) FROM bundles b JOIN batches t ON t.no = b.batch"
            " ORDER BY b.no DESC"
        )
        return [
            {"manifest": msgspec.json.decode(manifest), "batch": batch, "at": at, "notes": notes}
            for manifest, batch, at, notes in rows(self._connection, sql)
        ]

    def revisions_in(self, bundle: int) -> list[tuple[int, str]]:
        """(note number, revision name) of everything that a bundle brought, by its number."""
        sql = "SELECT note_no, revision FROM arrivals WHERE bundle = ? ORDER BY note_no"
        return [(no, revision.hex()) for no, revision in rows(self._connection, sql, bundle)]

    def came(self) -> list[tuple[int, dict[str, Any], str, int]]:
        """(number, manifest, batch, ms since 1970 when it was read in) of every bundle, the last
        first."""
        sql = (
            "SELECT b.no, b.manifest, t.id, t.at FROM bundles b JOIN batches t ON t.no = b.batch"
            " ORDER BY b.no DESC"
        )
        return [
            (no, msgspec.json.decode(manifest), batch, at)
            for no, manifest, batch, at in rows(self._connection, sql)
        ]

    def numbered(self) -> list[tuple[str, str, str, str, int, int, list[str]]]:
        """(author, their name, device, audience, number, number it stands for or 0, recipients) of
        every bundle that was read in."""
        sql = (
            "SELECT author, m ->> '$.author.name', m ->> '$.device', m ->> '$.audience',"
            " m ->> '$.sequence', coalesce(m ->> '$.again', 0), m -> '$.recipients'"
            " FROM (SELECT no, author, CAST(manifest AS TEXT) AS m FROM bundles) ORDER BY no"
        )
        return [
            (author.hex(), *told, msgspec.json.decode(names))
            for author, *told, names in rows(self._connection, sql)
        ]


_MOST_SINCE = 200_000  # versions that are looked through for one that changes what a file says
_WHOLE = (
    "SELECT w.bundle, w.seq FROM bundles b CROSS JOIN read_whole w ON w.bundle = b.no"
    " WHERE b.file = ? AND w.taken_back = ? ORDER BY w.bundle DESC LIMIT 3"
)
_CHANGED = (
    "SELECT 1 FROM history h WHERE h.seq > ? AND EXISTS (SELECT 1 FROM arrivals a"
    " WHERE a.bundle = ? AND a.note_no = h.note_no) LIMIT 1"
)


class LeftOver:
    """Files that were read in, of which somebody left notes for later."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, bundle: int, notes: int) -> None:
        """So many notes of a bundle (its number) were left."""
        row = (bundle, notes)
        self._connection.execute(
            "INSERT INTO left_over (bundle, notes, seal) VALUES (?, ?, ?)", (*row, seal_of(*row))
        )

    def drop(self, sha256: str) -> None:
        """Of this file nothing is left any more."""
        self._connection.execute(
            "DELETE FROM left_over WHERE bundle IN (SELECT no FROM bundles WHERE file = ?)",
            (bytes.fromhex(sha256),),
        )

    def everything(self) -> list[tuple[str, int, int, dict[str, Any]]]:
        """(SHA-256 of a file, notes left, ms since 1970 when it was read in, manifest)."""
        sql = (
            "SELECT b.file, l.notes, t.at, b.manifest FROM left_over l JOIN bundles b"
            " ON b.no = l.bundle JOIN batches t ON t.no = b.batch ORDER BY b.no DESC"
        )
        return [
            (sha256.hex(), notes, at, msgspec.json.decode(manifest))
            for sha256, notes, at, manifest in rows(self._connection, sql)
        ]


class IntakeRows:
    """Rows of other programs' files that became notes: the same row never becomes two."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def knows(self, content: bytes, turn: int) -> bool:
        """Whether the `turn`th row of this very content was read in before."""
        sql = "SELECT 1 FROM intake_rows WHERE content = ? AND turn = ?"
        return one(self._connection, sql, content, turn) is not None

    def changed(self, source: str, row: str) -> bool:
        """Whether this row of this source was read in before (with other content)."""
        sql = "SELECT 1 FROM intake_rows WHERE source = ? AND row = ?"
        return one(self._connection, sql, source, row) is not None

    def add(self, source: str, row: str, content: bytes, turn: int, record_id: bytes) -> None:
        """Remember where a note came from."""
        cells = (source, row, content, turn, record_id)
        self._connection.execute(
            "INSERT INTO intake_rows (source, row, content, turn, id, seal)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            (*cells, seal_of(*cells)),
        )
