"""What is being typed, and saved revisions on their way into the library.

`drafts.db` is never locked by long work: "Saved" follows the commit here.
"""

from __future__ import annotations

from uuid import UUID

from fieldnotes.domain.records import Copy, to_line
from fieldnotes.store.database import Connection, one, rows, transaction
from fieldnotes.store.records import read_line


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

    def taken(self, copies: list[Copy]) -> None:
        """The library holds them now."""
        with transaction(self.connection):
            self.connection.executemany(
                "DELETE FROM outbox WHERE revision = ?",
                [(bytes.fromhex(copy.name),) for copy in copies],
            )

    def forget(self, record_id: str) -> None:
        """Erase what waits of a record."""
        mine = [copy for copy in self.waiting() if copy.revision.id == record_id]
        self.taken(mine)
