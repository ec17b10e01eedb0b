"""Small pictures of attachments, as files beside the databases: they can always be made anew."""

from __future__ import annotations

import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path


class Thumbnails:
    """Pictures by the hex SHA-256 of what they show. An empty one says: it cannot be drawn."""

    def __init__(self, library: Path) -> None:
        self.folder = library / "thumbnails"

    def get(self, sha256: str) -> bytes | None:
        """The picture, or None where nobody has drawn it yet."""
        try:
            return self._path(sha256).read_bytes()
        except OSError:
            return None

    def keep(self, sha256: str, picture: bytes) -> None:
        """Keep it if the disk likes; a kill leaves all of it or nothing that is ever shown."""
        path = self._path(sha256)
        part = path.with_name(f".{path.name}.{os.getpid()}.part")
        with suppress(OSError):
            self.folder.mkdir(mode=0o700, exist_ok=True)
            part.write_bytes(picture)
            part.replace(path)

    def forget(self, hashes: Iterable[str]) -> None:
        """What they show is gone."""
        for sha256 in hashes:
            with suppress(OSError):
                self._path(sha256).unlink(missing_ok=True)
        with suppress(OSError):  # what a kill left half written
            for part in self.folder.glob(".*.part"):
                part.unlink(missing_ok=True)

    def _path(self, sha256: str) -> Path:
        return self.folder / f"{sha256}.png"
