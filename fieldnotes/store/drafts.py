"""What is being typed, and saved revisions on their way into the library.

`drafts.db` is never locked by long work: "Saved" follows the commit here.
"""

from __future__ import annotations

from contextlib import suppress
from uuid import UUID

from fieldnotes.domain.records import Copy, read_line, to_line
from fieldnotes.store.database import Busy, Connection, DiskTrouble, one, rows, transaction

_SETTLINGS = 16  # after so many the log is begun anew; of usual notes, at less than a megabyte


class Drafts:
    """Drafts by id; `place` says in which window they are being typed."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def keep(
        self, draft_id: str, place: str, body: bytes, changed: int, before: int | None = None
    ) -> bool:
        """Durable when this returns True. `body`: the draft as JSON.

        `changed` tells one state of a draft from the next, `before` is the state that this one
        follows (0: none, None: any). False, and nothing is written: somebody else wrote in between.
        """
        with transaction(self.connection):
            if before is not None and self.state(draft_id) != before:
                return False
            self.connection.execute(
                "INSERT OR REPLACE INTO drafts (id, place, body, changed) VALUES (?, ?, ?, ?)",
                (UUID(draft_id).bytes, place, body, changed),
            )
        return True

    def forget(self, draft_id: str, before: int | None = None) -> None:
        """The draft was saved as a note, or thrown away; where `before` is told, in that state."""
        with transaction(self.connection):
            self.connection.execute(
                "DELETE FROM drafts WHERE id = ? AND changed = coalesce(?, changed)",
                (UUID(draft_id).bytes, before),
            )

    def state(self, draft_id: str) -> int:
        """Its `changed`; 0 where there is no such draft."""
        sql = "SELECT changed FROM drafts WHERE id = ?"
        return int(one(self.connection, sql, UUID(draft_id).bytes) or 0)

    def all(self) -> list[tuple[str, str, bytes]]:
        """(id, place, body), the last changed first."""
        found = rows(self.connection, "SELECT id, place, body FROM drafts ORDER BY changed DESC")
        return [(str(UUID(bytes=each)), place, body) for each, place, body in found]


class Outbox:
    """Final, signed revisions that the library has not taken over yet."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self._settlings = 0

    def put(self, *copies: Copy, before: int | None = None) -> None:
        """All or none, durable from here on: "Saved" may be shown. Drafts of the same ids go.

        Where `before` is told, only in that state: somebody else may be typing in it as well.
        """
        with transaction(self.connection):
            self.connection.executemany(
                "INSERT OR IGNORE INTO outbox (revision, line) VALUES (?, ?)",
                [(bytes.fromhex(copy.name), to_line(copy)) for copy in copies],
            )
            self.connection.executemany(
                "DELETE FROM drafts WHERE id = ? AND changed = coalesce(?, changed)",
                [(UUID(copy.revision.id).bytes, before) for copy in copies],
            )

    def waiting(self) -> list[Copy]:
        """In the order they were saved."""
        found = rows(self.connection, "SELECT line FROM outbox ORDER BY turn")
        return [read_line(line) for (line,) in found]

    def waiting_of(self, record_id: str) -> list[Copy]:
        """What waits of one record, in that order; lines that do not name it are not even read."""
        sql = "SELECT line FROM outbox WHERE instr(line, ?) ORDER BY turn"
        copies = (read_line(line) for (line,) in rows(self.connection, sql, record_id.encode()))
        return [copy for copy in copies if copy.revision.id == record_id]

    def taken(self, copies: list[Copy]) -> None:
        """The library holds them now."""
        self._settlings += 1
        if self._settlings % _SETTLINGS == 0:
            self._begin_the_log_anew()
        with transaction(self.connection):
            self.connection.executemany(
                "DELETE FROM outbox WHERE revision = ?",
                [(bytes.fromhex(copy.name),) for copy in copies],
            )

    def forget(self, record_id: str) -> None:
        """Erase what waits of a record."""
        self.taken(self.waiting_of(record_id))

    def _begin_the_log_anew(self) -> None:
        """Copy the log back, so that the next write begins it anew and saves write over it.

        A save that makes the log longer waits twice as long for the disk as one that does not. The
        write that begins it waits longest, so this comes before one for which nobody waits.
        """
        if not self.connection.in_transaction:
            self.connection.guard()
            with suppress(Busy, DiskTrouble):  # it can wait
                rows(self.connection, "PRAGMA wal_checkpoint(PASSIVE)")
