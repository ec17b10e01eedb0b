"""Versions that only the file vouches for in which their author sent them: not yet verified alone.

Kept as runs of the history's numbers, as a file brings thousands in a row. Housekeeping verifies
them one after the other; whoever passes one on looks at it first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from fieldnotes.store.database import Connection, one, rows
from fieldnotes.store.seals import seal_of

if TYPE_CHECKING:
    from fieldnotes.domain.merge import History
    from fieldnotes.store.records import Records


class Waiting(msgspec.Struct, frozen=True):
    """A version to be verified, with the number of its record."""

    seq: int
    note_no: int
    revision: bytes
    line: bytes


class Unproven:
    """Writing is the caller's transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, first: int, last: int) -> None:
        """These numbers of the history, both included."""
        self._connection.execute(
            "INSERT INTO unproven (first, last, seal) VALUES (?, ?, ?)",
            (first, last, seal_of(first, last)),
        )

    def next(self, most: int) -> list[Waiting]:
        """Those that have waited longest."""
        sql = (
            "SELECT h.seq, h.note_no, h.revision, h.line FROM unproven u CROSS JOIN history h"
            " ON h.seq BETWEEN u.first AND u.last ORDER BY u.first, h.seq LIMIT ?"
        )
        return [Waiting(*row) for row in rows(self._connection, sql, most)]

    def of(self, note_no: int) -> set[str]:
        """Names of the versions of a record that wait."""
        sql = (
            "SELECT revision FROM history h WHERE note_no = ? AND EXISTS (SELECT 1 FROM unproven u"
            " WHERE h.seq BETWEEN u.first AND u.last)"
        )
        return {revision.hex() for (revision,) in rows(self._connection, sql, note_no)}

    def follow(self, note_no: int, names: set[str]) -> None:
        """These versions wait on where they are now: in the record with this number."""
        sql = "SELECT seq FROM history WHERE note_no = ? AND revision = ?"
        for name in names - self.of(note_no):
            for (seq,) in rows(self._connection, sql, note_no, bytes.fromhex(name)):
                self.add(seq, seq)

    def last(self) -> int:
        """The highest number that waits; 0 where none does."""
        return int(one(self._connection, "SELECT max(last) FROM unproven") or 0)

    def proven(self, seq: int) -> None:
        """Up to this number all were verified."""
        sql = "SELECT first, last FROM unproven WHERE first <= ?"
        for first, last in rows(self._connection, sql, seq):
            self._connection.execute("DELETE FROM unproven WHERE first = ?", (first,))
            if seq < last:
                self.add(seq + 1, last)


def take_out_version(records: Records, note_no: int, name: str) -> None:
    """A version turned out not to be its author's: as if it had never been accepted."""
    from fieldnotes.store.taking_back import count_taking_back, take_out_record

    connection = records.connection
    history: History = records.history_of(note_no)
    left = {each: copy for each, copy in history.items() if each != name}
    if left:
        records.take_back(note_no, history, left)
    else:
        take_out_record(records, note_no, history)
    revision = bytes.fromhex(name)
    for table in ("arrivals", "disclosures", "sent_revisions"):
        connection.execute(
            f"DELETE FROM {table} WHERE note_no = ? AND revision = ?", (note_no, revision)
        )
    count_taking_back(connection)
