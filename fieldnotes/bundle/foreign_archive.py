"""ZIP archives that other programs made, read with the caution that a bundle gets.

Nothing is ever extracted: an entry is content under a name, and a declared size is a promise that
is held to while unpacking.
"""

from __future__ import annotations

import re
import stat
import zipfile
import zlib
from pathlib import Path, PurePosixPath
from types import TracebackType

from fieldnotes.bundle.archive import PIECE, unpacks_to_too_much
from fieldnotes.errors import IntakeRefused

MOST_ENTRIES = 200_000
LARGEST = 1 << 30  # bytes unpacked, in all
_ENCRYPTED = 0x1
_BROKEN = (zipfile.BadZipFile, zlib.error, ValueError, NotImplementedError, EOFError, RuntimeError)


class ForeignArchive:
    """The files in an archive. Raises IntakeRefused for whatever may be a trap."""

    def __init__(self, path: Path) -> None:
        self._path = path
        try:
            self._zip = zipfile.ZipFile(path)
        except OSError as error:
            raise IntakeRefused(f"{path.name} could not be read.", "Check the file.") from error
        except _BROKEN as error:
            raise self._damaged() from error
        try:
            self._entries = self._checked()
        except BaseException:
            self._zip.close()
            raise

    def __enter__(self) -> ForeignArchive:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._zip.close()

    def names(self) -> list[str]:
        """Every file in it, in order of its name."""
        return sorted(self._entries)

    def read(self, name: str, at_most: int) -> bytes | None:
        """The content; None where there is no such file or it is larger."""
        entry = self._entries.get(name)
        if entry is None or entry.file_size > at_most:
            return None
        try:
            return self._zip.read(entry)
        except (*_BROKEN, OSError) as error:
            raise self._damaged() from error

    def check(self) -> None:
        """Unpack everything once, to nowhere: whoever reads it next meets no surprise."""
        try:
            for entry in self._entries.values():
                with self._zip.open(entry) as file:
                    while file.read(PIECE):
                        pass
        except (*_BROKEN, OSError) as error:
            raise self._damaged() from error

    def _checked(self) -> dict[str, zipfile.ZipInfo]:
        entries = self._zip.infolist()
        if len(entries) > MOST_ENTRIES:
            raise self._damaged("holds too many files")
        size = self._path.stat().st_size
        unpacked = sum(entry.file_size for entry in entries)
        if unpacked > LARGEST or unpacks_to_too_much(unpacked, size):
            raise self._damaged("unpacks to far more than it weighs")
        end = 0
        for entry in sorted(entries, key=lambda entry: entry.header_offset):
            if entry.header_offset < end or entry.flag_bits & _ENCRYPTED:
                raise self._damaged()
            end = entry.header_offset + entry.compress_size
        if len({entry.filename for entry in entries}) != len(entries):
            raise self._damaged()
        files = [entry for entry in entries if not entry.is_dir()]
        if any(_leads_elsewhere(entry) for entry in files):
            raise self._damaged("holds names that lead elsewhere")
        return {entry.filename: entry for entry in files}

    def _damaged(self, why: str = "is damaged or locked") -> IntakeRefused:
        return IntakeRefused(f"{self._path.name} {why}.", "Make the file again where it came from.")


def _leads_elsewhere(entry: zipfile.ZipInfo) -> bool:
    parts = PurePosixPath(entry.filename).parts
    drive = bool(re.match(r"[A-Za-z]:", entry.filename))
    odd = not parts or drive or not {"\\", "\0"}.isdisjoint(entry.orig_filename)
    link = stat.S_ISLNK(entry.external_attr >> 16)
    return odd or link or ".." in parts or entry.filename.startswith("/")
