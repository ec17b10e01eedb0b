"""Which versions are in a file that is being made: kept in a file as well, however many."""

from __future__ import annotations

import os
import tempfile
from array import array
from collections.abc import Iterable, Iterator

from fieldnotes.domain.records import Copy
from fieldnotes.store.sendings import NAME, Versions

_MANY = 4_000  # versions that are written or read together


class Went:
    """Versions by the numbers of their records, in the order in which they were written."""

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile()  # noqa: SIM115 closed on leaving
        self._numbers, self._names, self._unsent = array("q"), bytearray(), False
        self._written: list[tuple[int, bool]] = []

    def __enter__(self) -> Went:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def add(self, note_nos: Iterable[int], revisions: Iterable[bytes], *, unsent: bool) -> None:
        """More of them, one each. `unsent`: some may be the owner's that went into no file yet."""
        self._numbers.extend(note_nos)
        self._names += b"".join(revisions)
        self._unsent |= unsent
        if len(self._numbers) >= _MANY:
            self._write()

    def add_copies(self, note_no: int, copies: Iterable[Copy]) -> None:
        """Versions of one record."""
        names = [bytes.fromhex(copy.name) for copy in copies]
        self.add([note_no] * len(names), names, unsent=True)

    def everything(self) -> Iterator[Versions]:
        """All of them, some at a time."""
        self._write()
        self._file.seek(0)
        for count, unsent in self._written:
            numbers = array("q", self._file.read(count * 8))
            yield Versions(numbers, self._file.read(count * NAME), unsent)

    def _write(self) -> None:
        self._file.seek(0, os.SEEK_END)
        self._file.write(self._numbers.tobytes() + self._names)
        self._written.append((len(self._numbers), self._unsent))
        self._numbers, self._names, self._unsent = array("q"), bytearray(), False
