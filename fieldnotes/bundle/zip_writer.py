"""The ZIP around a bundle, written as `archive` reads it; what is packed, is packed beside.

ISA-L packs at a quarter of zlib's cost, and smaller. It lets go of Python's lock, so entries are
packed on threads of their own while the next lines are read; what comes out does not depend on
how that falls out.
"""

from __future__ import annotations

import hashlib
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType
from typing import IO, Any

from isal import isal_zlib

from fieldnotes.bundle import archive

LEVEL = 2  # of 0 to 3: what the last makes differs from processor to processor
PACKERS = 2
PIECE = 1 << 18  # bytes that are packed in one step
AHEAD = 12 << 20  # bytes at most that wait to be packed


class TooLarge(Exception):
    """A file of this size cannot be read again."""


class _Entry:
    """One entry on its way: what is known of it grows with every piece."""

    def __init__(self, name: str, method: int) -> None:
        self.name, self.method = name, method
        self.start = -1
        self.crc = self.size = self.packed = 0
        self.sha256 = hashlib.sha256()
        self._packer = isal_zlib.compressobj(LEVEL, isal_zlib.DEFLATED, -15) if method else None

    def pack(self, piece: bytes) -> bytes:
        """The packed form of what comes next; b"" as the last piece ends it."""
        self.sha256.update(piece)
        self.crc = isal_zlib.crc32(piece, self.crc)
        self.size += len(piece)
        if self._packer is not None:
            piece = self._packer.compress(piece) if piece else self._last()
        self.packed += len(piece)
        return piece

    def _last(self) -> bytes:
        assert self._packer is not None
        last = self._packer.flush()
        self._packer = None  # a quarter of a megabyte
        return last

    def local(self) -> bytes:
        """What stands before its bytes."""
        head = archive.LOCAL.pack(b"PK\3\4", archive.NEEDS, 0, *self._told(), 0)
        return head + self.name.encode()

    def central(self) -> bytes:
        """What stands of it in the directory."""
        made, where = (archive.MADE_BY, archive.NEEDS, 0), (0, 0, 0, 0, archive.MODE, self.start)
        return archive.CENTRAL.pack(b"PK\1\2", *made, *self._told(), *where) + self.name.encode()

    def _told(self) -> tuple[int, ...]:
        told = (self.method, 0, archive.FIXED_DATE, self.crc, self.packed, self.size)
        return (*told, len(self.name))


class ZipWriter:
    """Writes entries one after the other. `parts`: name, size and SHA-256 of those written."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._entries: list[_Entry] = []
        self._waiting: deque[tuple[_Entry, int, Future[bytes]]] = deque()
        self._ahead = 0
        self._packers = [ThreadPoolExecutor(1, "fieldnotes packer") for _ in range(PACKERS)]

    def __enter__(self) -> ZipWriter:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        for packer in self._packers:
            packer.shutdown(wait=True, cancel_futures=True)

    @property
    def parts(self) -> list[dict[str, Any]]:
        """What a manifest tells of each entry, once all of them are written."""
        self._write_until(0)
        return [
            {"name": each.name, "sha256": each.sha256.hexdigest(), "size": each.size}
            for each in self._entries
        ]

    def add(self, name: str, pieces: Iterable[bytes], method: int = archive.DEFLATE) -> None:
        """Put one entry after the others. Raises TooLarge."""
        entry = _Entry(name, method)
        packer = self._packers[len(self._entries) % PACKERS]
        self._entries.append(entry)
        for piece in _in_pieces(pieces):
            self._put(entry, packer, piece)
        self._put(entry, packer, b"")

    def finish(self) -> None:
        """Write the directory. Raises TooLarge."""
        self._write_until(0)
        start = self._file.tell()
        for entry in self._entries:
            self._file.write(entry.central())
        length, count = self._file.tell() - start, len(self._entries)
        if count > archive.MOST_ENTRIES:
            raise TooLarge
        self._file.write(archive.END.pack(b"PK\5\6", 0, 0, count, count, length, start, 0))
        self._check_size()

    def _put(self, entry: _Entry, packer: ThreadPoolExecutor, piece: bytes) -> None:
        done = packer.submit(entry.pack, piece)
        self._waiting.append((entry, len(piece), done))
        self._ahead += len(piece)
        self._write_until(AHEAD)

    def _write_until(self, ahead: int) -> None:
        """Write what is packed, until so many bytes or fewer wait for it; 0: everything."""
        while self._waiting and (self._ahead > ahead or not ahead):
            entry, size, done = self._waiting.popleft()
            self._ahead -= size
            packed = done.result()
            if entry.start < 0:
                entry.start = self._file.tell()
                self._file.write(entry.local())
            self._file.write(packed)
            if not size:
                self._end(entry)

    def _end(self, entry: _Entry) -> None:
        """Now its sizes are known, which stand before it."""
        self._check_size()
        end = self._file.tell()
        self._file.seek(entry.start)
        self._file.write(entry.local())
        self._file.seek(end)

    def _check_size(self) -> None:
        if self._file.tell() > archive.LARGEST_FILE:
            raise TooLarge


def _in_pieces(several: Iterable[bytes]) -> Iterator[bytes]:
    """The same bytes in pieces that are worth a step of their own, however they came."""
    waiting: list[bytes] = []
    size = 0
    for each in several:
        waiting.append(each)
        size += len(each)
        if size >= PIECE:
            together = b"".join(waiting)
            whole = size - size % PIECE
            yield from (together[at : at + PIECE] for at in range(0, whole, PIECE))
            waiting, size = [together[whole:]], size - whole
    if size:
        yield b"".join(waiting)
