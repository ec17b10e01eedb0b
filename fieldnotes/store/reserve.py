"""Room put by in the library's folder: a full disk refuses even to delete.

It is given up when something that must not fail would, and taken back when there is room again.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

NAME = "reserve"
SIZE = 512 * 1024  # a removal with its index and both logs takes about 150 KB


class Reserve:
    """One file that holds nothing but its place."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / NAME

    @property
    def is_full(self) -> bool:
        """Whether the room is there to be given up."""
        with suppress(OSError):
            return self._file.stat().st_size >= SIZE
        return False

    def release(self) -> bool:
        """Give the room up. False: there was none."""
        with suppress(OSError):
            held = self._file.stat().st_size > 0
            os.truncate(self._file, 0)
            return held
        return False

    def regrow(self) -> None:
        """Take the room back, once there is so much of it that others keep some as well."""
        if self.is_full:
            return
        with suppress(OSError):
            if _free(self._file.parent) >= 2 * SIZE:
                self._fill()

    def _fill(self) -> None:
        with self._file.open("wb") as file:
            try:
                _allocate(file.fileno())
            except OSError:  # others were faster
                file.truncate(0)
                raise


def _allocate(handle: int) -> None:
    if hasattr(os, "posix_fallocate"):
        os.posix_fallocate(handle, 0, SIZE)
    else:
        os.write(handle, bytes(SIZE))


def _free(folder: Path) -> int:
    import shutil

    return shutil.disk_usage(folder).free
