"""A disk that remembers every write and every flush in their order: one file served by FUSE.

    python -m tests.faults.recording_disk IMAGE MOUNTPOINT LOG

IMAGE is what the disk holds at first (it is not changed). LOG grows by one entry for each write
(offset, length, the bytes) and each flush (offset -1): what a power cut leaves can be made of it.
"""

from __future__ import annotations

import errno
import os
import stat
import struct
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import mfusepy

NAME = "/disk"
ENTRY = struct.Struct("<qi")
FLUSH = -1


class RecordingDisk(mfusepy.Operations):  # type: ignore[misc]
    """The file system: a folder with one file of fixed size."""

    use_ns = True

    def __init__(self, image: bytes, log: int) -> None:
        self._content = bytearray(image)
        self._log = log

    def getattr(self, path: str, fh: int | None = None) -> dict[str, Any]:
        if path == "/":
            return {"st_mode": stat.S_IFDIR | 0o755, "st_nlink": 2}
        if path != NAME:
            raise mfusepy.FuseOSError(errno.ENOENT)
        return {"st_mode": stat.S_IFREG | 0o600, "st_nlink": 1, "st_size": len(self._content)}

    def readdir(self, path: str, fh: int) -> list[str]:
        return [".", "..", NAME[1:]]

    def open(self, path: str, flags: int) -> int:
        return 0

    def read(self, path: str, size: int, offset: int, fh: int) -> bytes:
        return bytes(self._content[offset : offset + size])

    def write(self, path: str, data: bytes, offset: int, fh: int) -> int:
        self._content[offset : offset + len(data)] = data
        os.write(self._log, ENTRY.pack(offset, len(data)) + data)
        return len(data)

    def fsync(self, path: str, datasync: int, fh: int) -> int:
        os.write(self._log, ENTRY.pack(FLUSH, 0))
        return 0

    def flush(self, path: str, fh: int) -> int:
        return 0


def entries(log: bytes) -> Iterator[tuple[int, int, bytes]]:
    """(where the entry ends in the log, offset or FLUSH, what was written)."""
    at = 0
    while at + ENTRY.size <= len(log):
        offset, length = ENTRY.unpack_from(log, at)
        begin = at + ENTRY.size
        at = begin + length
        yield at, offset, log[begin:at]


def main() -> None:
    image, place, log = sys.argv[1:]
    handle = os.open(log, os.O_CREAT | os.O_WRONLY | os.O_APPEND, 0o600)
    disk = RecordingDisk(Path(image).read_bytes(), handle)
    mfusepy.FUSE(disk, place, foreground=True, nothreads=True)


if __name__ == "__main__":
    main()
