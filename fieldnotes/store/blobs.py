"""Attachments by the SHA-256 of their content: whoever's they are, kept and passed on."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from fieldnotes.store.database import Connection, one, rows


class Blobs:
    """Content by hash. Written before the record that refers to it."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def put(self, content: bytes) -> str:
        """Keep `content`; returns its hex SHA-256."""
        digest = hashlib.sha256(content)
        self.connection.execute(
            "INSERT OR IGNORE INTO blobs (sha256, content) VALUES (?, ?)",
            (digest.digest(), content),
        )
        return digest.hexdigest()

    def get(self, sha256: str) -> bytes | None:
        """The content, or None where it has not arrived."""
        found: bytes | None = one(
            self.connection, "SELECT content FROM blobs WHERE sha256 = ?", bytes.fromhex(sha256)
        )
        return found

    def hashes(self) -> list[str]:
        """What is here."""
        return [each.hex() for (each,) in rows(self.connection, "SELECT sha256 FROM blobs")]

    def everything(self) -> Iterator[tuple[bytes, bytes]]:
        """(SHA-256, content) of all that is here."""
        yield from self.connection.execute("SELECT sha256, content FROM blobs")

    def drop(self, hashes: list[str]) -> None:
        """Forget content that no record refers to any more."""
        self.connection.executemany(
            "DELETE FROM blobs WHERE sha256 = ?", [(bytes.fromhex(each),) for each in hashes]
        )
