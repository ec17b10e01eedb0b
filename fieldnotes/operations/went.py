"""Which versions are in a file that is being made: kept in a file as well, however many."""

from __future__ import annotations

import os
import struct
import tempfile
from collections.abc import Iterable, Iterator

from fieldnotes.domain.records import Copy

_ROW = struct.Struct("<q32s?")
_MANY = 4_000  # rows that are written or read together


class Went:
    """(number of a record, revision) in the order in which they were written."""

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile()  # noqa: SIM115 closed on leaving
        self._waiting: list[bytes] = []

    def __enter__(self) -> Went:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def add(self, note_no: int, revision: bytes, *, mine: bool = True) -> None:
        """One more. `mine`: the owner's, who is told what they have not sent yet."""
        self._waiting.append(_ROW.pack(note_no, revision, mine))
        if len(self._waiting) == _MANY:
            self._write()

    def add_copies(self, note_no: int, copies: Iterable[Copy]) -> None:
        """Versions of one record."""
        for copy in copies:
            self.add(note_no, bytes.fromhex(copy.name))

    def everything(self) -> Iterator[tuple[int, bytes]]:
        """All of them."""
        return ((note_no, revision) for note_no, revision, _ in self._rows())

    def mine(self) -> Iterator[tuple[int, bytes]]:
        """Those that may be the owner's."""
        return ((note_no, revision) for note_no, revision, mine in self._rows() if mine)

    def _write(self) -> None:
        self._file.seek(0, os.SEEK_END)
        self._file.write(b"".join(self._waiting))
        self._waiting.clear()

    def _rows(self) -> Iterator[tuple[int, bytes, bool]]:
        self._write()
        self._file.seek(0)
        while part := self._file.read(_ROW.size * _MANY):
            yield from _ROW.iter_unpack(part)
