"""Attachments by the SHA-256 of their content: whoever's they are, kept and passed on."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping

from fieldnotes.store.database import Connection, one, rows, transaction


class Blobs:
    """Content by hash. Written before the record that refers to it.

    Content is *loose* from when it was put until a record in the library refers to it.
    """

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def put(self, content: bytes, at: int | None = None) -> str:
        """Keep `content`, durably; returns its hex SHA-256. `at`: ms since 1970, it is loose."""
        digest = hashlib.sha256(content)
        with transaction(self.connection):
            self.connection.execute(
                "INSERT INTO blobs (sha256, content, loose_since) VALUES (?, ?, ?)"
                " ON CONFLICT (sha256) DO UPDATE SET loose_since = excluded.loose_since",
                (digest.digest(), content, at),
            )
        return digest.hexdigest()

    def get(self, sha256: str) -> bytes | None:
        """The content, or None where it has not arrived."""
        found: bytes | None = one(
            self.connection, "SELECT content FROM blobs WHERE sha256 = ?", bytes.fromhex(sha256)
        )
        return found

    def begins(self, sha256: str, size: int = 64) -> bytes | None:
        """The first bytes of the content, or None where it has not arrived."""
        found: bytes | None = one(
            self.connection,
            "SELECT substr(content, 1, ?) FROM blobs WHERE sha256 = ?",
            size,
            bytes.fromhex(sha256),
        )
        return found

    def size(self, sha256: str) -> int | None:
        """How many bytes, or None where it has not arrived."""
        found: int | None = one(
            self.connection,
            "SELECT length(content) FROM blobs WHERE sha256 = ?",
            bytes.fromhex(sha256),
        )
        return found

    def hashes(self) -> list[str]:
        """What is here."""
        return [each.hex() for (each,) in rows(self.connection, "SELECT sha256 FROM blobs")]

    def everything(self) -> Iterator[tuple[bytes, bytes]]:
        """(SHA-256, content) of all that is here."""
        yield from self.connection.execute("SELECT sha256, content FROM blobs")

    def loose(self) -> dict[str, int]:
        """What no record referred to when it was looked at last, and since when (ms since 1970)."""
        found = rows(
            self.connection, "SELECT sha256, loose_since FROM blobs WHERE loose_since IS NOT NULL"
        )
        return {sha256.hex(): since for sha256, since in found}

    def loosen(self, since: Mapping[str, int]) -> None:
        """Whatever referred to these is going."""
        with transaction(self.connection):
            self.connection.executemany(
                "UPDATE blobs SET loose_since = ? WHERE sha256 = ?",
                [(at, bytes.fromhex(sha256)) for sha256, at in since.items()],
            )

    def settle(self, hashes: Iterable[str]) -> None:
        """A record in the library refers to these."""
        keys = [(bytes.fromhex(each),) for each in hashes]
        if keys:
            with transaction(self.connection):
                self.connection.executemany(
                    "UPDATE blobs SET loose_since = NULL WHERE sha256 = ?", keys
                )

    def drop_loose(self, since: Mapping[str, int]) -> None:
        """Forget these, each only if it was not put once more since it was looked at."""
        with transaction(self.connection):
            self.connection.executemany(
                "DELETE FROM blobs WHERE sha256 = ? AND loose_since = ?",
                [(bytes.fromhex(sha256), at) for sha256, at in since.items()],
            )
