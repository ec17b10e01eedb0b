"""What went: the files that were made, for whom, and which version of what was in each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any
from uuid import UUID

import msgspec

from fieldnotes.domain.devices import people_in, row_of
from fieldnotes.domain.markings import Audience, shows_as_much
from fieldnotes.domain.words import fold
from fieldnotes.store.database import Connection, marks, one, rows
from fieldnotes.store.seals import seal_of

NAME = 32  # bytes that name a revision


class SentFile(msgspec.Struct, frozen=True):
    """A row of the ledger. `at`: ms since 1970; `manifest`: with what only the ledger knows."""

    no: int
    recipient: str
    audience: str
    at: int
    manifest: dict[str, Any]

    @property
    def shape(self) -> str:
        """'' for a bundle."""
        return str(self.manifest.get("shape", ""))


class Holding(msgspec.Struct, frozen=True):
    """A version of a record that went into a file. `current`: it is what is shown now."""

    note_no: int
    revision: str
    sending: int
    current: bool


class Versions(msgspec.Struct, frozen=True):
    """Versions of records. `names`: of all their revisions, in the order of their numbers.

    `unsent`: some may be the owner's that went into no file yet.
    """

    note_nos: Sequence[int]
    names: bytes
    unsent: bool

    def each(self) -> Iterator[tuple[int, bytes]]:
        """Number and revision, one after the other."""
        names = (self.names[at : at + NAME] for at in range(0, len(self.names), NAME))
        return zip(self.note_nos, names, strict=True)


class Sendings:
    """Which revision went to whom in which file."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, manifest: dict[str, Any], recipient: str, at: int) -> int:
        """Remember a file made; its number, to tell what is in it."""
        packed = msgspec.json.encode(manifest)
        row = (manifest["bundle"], recipient, manifest["audience"], at, packed)
        self._connection.execute(
            "INSERT INTO sendings (bundle, recipient, audience, at, manifest, seal)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            (*row, seal_of(*row)),
        )
        return int(one(self._connection, "SELECT last_insert_rowid()"))

    def add_versions(self, sending: int, versions: Versions) -> None:
        """These are in the file with this number."""
        self._connection.execute(
            "INSERT OR IGNORE INTO sent_revisions (note_no, revision, sending)"
            f" SELECT value, substr(?2, 1 + key * {NAME}, {NAME}), ?3 FROM json_each(?1)",
            (_json(versions.note_nos), versions.names, sending),
        )

    def any(self) -> bool:
        """Whether a file was ever made."""
        return bool(one(self._connection, "SELECT EXISTS (SELECT 1 FROM sendings)"))

    def files(self, numbers: Iterable[int] | None = None) -> list[SentFile]:
        """All files that were made, or these, the last first."""
        sql = "SELECT no, recipient, audience, at, manifest FROM sendings"
        if numbers is not None:
            sql += " WHERE no IN (SELECT value FROM json_each(?))"
        asked = () if numbers is None else (_json(numbers),)
        return [
            SentFile(no, recipient, audience, at, msgspec.json.decode(manifest))
            for no, recipient, audience, at, manifest in rows(
                self._connection, f"{sql} ORDER BY no DESC", *asked
            )
        ]

    def revisions_in(self, sending: int) -> list[tuple[int, str]]:
        """(note number, revision name) of everything in a file."""
        sql = "SELECT note_no, revision FROM sent_revisions WHERE sending = ? ORDER BY note_no"
        return [(no, revision.hex()) for no, revision in rows(self._connection, sql, sending)]

    def versions_sent(self, record_id: str) -> set[str]:
        """Names of the versions of a record that went into any file but those for oneself."""
        sql = (
            "SELECT s.revision FROM facts f JOIN sent_revisions s ON s.note_no = f.note_no"
            " JOIN sendings x ON x.no = s.sending WHERE f.id = ? AND x.audience <> ?"
        )
        mine = UUID(record_id).bytes
        return {name.hex() for (name,) in rows(self._connection, sql, mine, Audience.MYSELF.value)}

    def files_to(self, recipient: str, audience: Audience) -> tuple[tuple[int, ...], ...]:
        """For each of the names in `recipient` the files that showed them as much as `audience`
        does; one without a name is the files that name nobody."""
        sql = "SELECT no, recipient, audience FROM sendings ORDER BY no"
        made = [
            (no, {fold(name) for name in people_in(told)})
            for no, told, shown in rows(self._connection, sql)
            if shown in shows_as_much(audience)
        ]
        names = [fold(name) for name in people_in(recipient)]
        return tuple(
            tuple(no for no, told in made if (name in told if name else not told))
            for name in names or [""]
        )

    def already(self, recipient: str, audience: Audience) -> set[tuple[int, str]]:
        """(note number, revision name) that everybody named in `recipient` has already."""
        found = [self._in_files(files) for files in self.files_to(recipient, audience)]
        return set.intersection(*found)

    def had_by(self, recipient: str) -> set[int]:
        """Numbers of the notes of which somebody named in `recipient` has a version."""
        files = [
            no
            for audience in Audience
            for each in self.files_to(recipient, audience)
            for no in each
        ]
        return {note_no for note_no, _ in self._in_files(files)}

    def went_to(self, note_no: int) -> list[tuple[str, int]]:
        """(recipient, ms since 1970) of every file that held a version of this note."""
        sql = (
            "SELECT DISTINCT x.recipient, x.at FROM sent_revisions s JOIN sendings x"
            " ON x.no = s.sending WHERE s.note_no = ? ORDER BY x.at DESC"
        )
        return [(recipient, at) for recipient, at in rows(self._connection, sql, note_no)]

    def holdings(self, note_nos: Sequence[int]) -> list[Holding]:
        """Every version of these notes that went out, file by file."""
        sql = f"{_HOLDINGS} WHERE s.note_no IN (SELECT value FROM json_each(?)){_BY_FILE}"
        return [_holding(row) for row in rows(self._connection, sql, _json(note_nos))]

    def removed_holdings(self) -> list[Holding]:
        """The same of all notes that are removed by now."""
        sql = f"{_HOLDINGS} WHERE f.removed IS NOT NULL AND f.kind IS NOT NULL{_BY_FILE}"
        return [_holding(row) for row in rows(self._connection, sql)]

    def places_of(self, note_nos: Iterable[int]) -> list[int]:
        """Where these records are, by their numbers."""
        sql = "SELECT place FROM facts WHERE note_no IN (SELECT value FROM json_each(?))"
        return [place for (place,) in rows(self._connection, sql, _json(note_nos))]

    def holders(self, note_nos: Sequence[int]) -> set[tuple[str, str, str]]:
        """(recipient, audience, shape or '') of every file that held one of these notes."""
        found: set[tuple[str, str, str]] = set()
        for start in range(0, len(note_nos), 500):
            part = note_nos[start : start + 500]
            sql = (
                "SELECT DISTINCT x.recipient, x.audience,"
                " coalesce(json_extract(CAST(x.manifest AS TEXT), '$.shape'), '')"
                " FROM sendings x WHERE x.no IN (SELECT sending FROM sent_revisions"
                f" WHERE note_no IN ({marks(len(part))}))"
            )
            found.update(rows(self._connection, sql, *part))
        return found

    def recipients(self) -> list[str]:
        """Names that files were made for, the last used first, each in its last spelling."""
        sql = "SELECT recipient FROM sendings GROUP BY recipient ORDER BY max(no) DESC"
        found: dict[str, str] = {}
        for (name,) in rows(self._connection, sql):
            if name:
                found.setdefault(row_of(people_in(name), ""), name)
        return list(found.values())

    def _in_files(self, numbers: Sequence[int]) -> set[tuple[int, str]]:
        sql = (
            "SELECT note_no, revision FROM sent_revisions"
            " WHERE sending IN (SELECT value FROM json_each(?))"
        )
        found = rows(self._connection, sql, _json(numbers)) if numbers else []
        return {(no, revision.hex()) for no, revision in found}


def _holding(row: tuple[int, bytes, int, int]) -> Holding:
    note_no, revision, sending, current = row
    return Holding(note_no, revision.hex(), sending, bool(current))


def _json(numbers: Iterable[int]) -> str:
    return msgspec.json.encode(list(numbers)).decode()


_HOLDINGS = (
    "SELECT s.note_no, s.revision, s.sending, s.revision = h.revision FROM facts f"
    " JOIN history h ON h.seq = f.current JOIN sent_revisions s ON s.note_no = f.note_no"
)
_BY_FILE = " ORDER BY s.sending, s.note_no"
