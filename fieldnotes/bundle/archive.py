"""The ZIP around a bundle, read strictly: every byte of the file belongs to exactly one thing.

Trusts no declared size; nothing is ever extracted by name.
"""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from fieldnotes.errors import BundleRefused

NAME = re.compile(rb"mimetype|records/\d{5}\.jsonl|blobs/[0-9a-f]{64}|manifest\.(json|sig)")
STORE, DEFLATE = 0, 8
PIECE = 1 << 16
MOST_ENTRIES = 65_000
LARGEST_FILE = (1 << 32) - 2
RATIO = 250
FREE = 1 << 20  # bytes that may be inflated whatever the ratio
FIXED_DATE = 0x0021  # 1980-01-01, and time 0
_LOCAL = struct.Struct("<4sHHHHHIIIHH")
_CENTRAL = struct.Struct("<4sHHHHHHIIIHHHHHII")
_END = struct.Struct("<4sHHHHIIH")


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry, where both of its headers agree."""

    name: str
    method: int
    crc: int
    packed: int
    size: int
    start: int  # of its bytes


def damaged(why: str = "is damaged or was not made by Fieldnotes") -> BundleRefused:
    """The refusal for bytes that are no bundle."""
    return BundleRefused(f"This file {why}.", "Ask the sender to send it again.")


def read_entries(file: BinaryIO) -> list[Entry]:
    """The entries in the order they lie, after checking that they tile the file exactly."""
    size = file.seek(0, 2)
    if not _END.size <= size <= LARGEST_FILE:
        raise damaged()
    file.seek(size - _END.size)
    end = _END.unpack(file.read(_END.size))
    magic, disk, first_disk, here, count, length, offset, comment = end
    whole = magic == b"PK\5\6" and not disk and not first_disk and not comment
    if not whole or here != count or count > MOST_ENTRIES or offset + length + 22 != size:
        raise damaged()
    file.seek(offset)
    directory = file.read(length)
    entries, position, expected = [], 0, 0
    for _ in range(count):
        entry, position = _central(directory, position, expected)
        expected = _local(file, entry, expected)
        entries.append(entry)
    if position != length or expected != offset or len({e.name for e in entries}) != count:
        raise damaged()
    return entries


def inflate(file: BinaryIO, entry: Entry) -> Iterator[bytes]:
    """The content in pieces, capped while it streams. Raises BundleRefused at a wrong size."""
    file.seek(entry.start)
    left, size, crc = entry.packed, 0, 0
    unpacker = zlib.decompressobj(-15) if entry.method == DEFLATE else None
    while left or (unpacker and unpacker.unconsumed_tail):
        taken = unpacker.unconsumed_tail if unpacker else b""
        if not taken:
            taken = file.read(min(PIECE, left))
            left -= len(taken)
            if not taken:
                raise damaged()
        piece = _unpacked(unpacker, taken)
        size += len(piece)
        crc = zlib.crc32(piece, crc)
        if size > entry.size:
            raise damaged("unpacks to more than it declares")
        yield piece
    if unpacker and (not unpacker.eof or unpacker.unused_data):
        raise damaged()
    if size != entry.size or crc != entry.crc:
        raise damaged()


def _unpacked(unpacker: zlib._Decompress | None, taken: bytes) -> bytes:
    if unpacker is None:
        return taken
    try:
        piece = unpacker.decompress(taken, PIECE * 4)
    except zlib.error as error:
        raise damaged() from error
    if unpacker.eof and (unpacker.unconsumed_tail or unpacker.unused_data):
        raise damaged()
    return piece


def _central(directory: bytes, at: int, start: int) -> tuple[Entry, int]:
    if at + _CENTRAL.size > len(directory):
        raise damaged()
    (magic, _, needs, flags, method, time, date, crc, packed, size, name_size, extra, comment,
     disk, internal, _, offset) = _CENTRAL.unpack_from(directory, at)  # fmt: skip
    at += _CENTRAL.size
    name = directory[at : at + name_size]
    plain = magic == b"PK\1\2" and needs <= 20 and not (flags or extra or comment or disk)
    if not plain or internal or offset != start or (time, date) != (0, FIXED_DATE):
        raise damaged()
    if not NAME.fullmatch(name) or method not in (STORE, DEFLATE):
        raise damaged()
    if (method == STORE and packed != size) or size > max(FREE, packed * RATIO):
        raise damaged("unpacks to far more than it weighs")
    return Entry(name.decode(), method, crc, packed, size, offset + _LOCAL.size + name_size), (
        at + name_size
    )


def _local(file: BinaryIO, entry: Entry, at: int) -> int:
    """Compare the local header with the central one; returns where the entry ends."""
    file.seek(at)
    name = entry.name.encode()
    head = file.read(_LOCAL.size + len(name))
    if len(head) != _LOCAL.size + len(name):
        raise damaged()
    magic, needs, flags, method, time, date, crc, packed, size, name_size, extra = _LOCAL.unpack(
        head[: _LOCAL.size]
    )
    same = (method, crc, packed, size) == (entry.method, entry.crc, entry.packed, entry.size)
    plain = magic == b"PK\3\4" and needs <= 20 and not (flags or extra or time)
    if not (same and plain and date == FIXED_DATE and name_size == len(name)):
        raise damaged()
    if head[_LOCAL.size :] != name:
        raise damaged()
    return at + len(head) + entry.packed
