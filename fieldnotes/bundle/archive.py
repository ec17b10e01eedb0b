"""The ZIP around a bundle, read strictly: every byte of the file belongs to exactly one thing.

Trusts no declared size; nothing is ever extracted by name. Names are those that any version may
use; which of them version 1 knows is for the reader to say, after it has seen `min_reader`.
"""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterator
from typing import BinaryIO

import msgspec
from isal import isal_zlib

from fieldnotes.errors import BundleRefused

NAME = re.compile(rb"(?=.{1,100}$)[a-z0-9]+([._/-][a-z0-9]+)*")
STORE, DEFLATE = 0, 8
PIECE = 1 << 16
MOST_ENTRIES = 65_000
LARGEST_FILE = (1 << 32) - 2
RATIO = 100
FREE = 64 << 20  # bytes that may be inflated in all, whatever the ratio
FIXED_DATE = 0x0021  # 1980-01-01, and time 0
MADE_BY, NEEDS = 0x0314, 20  # Unix, ZIP 2.0
MODE = 0o600 << 16  # a plain file: no link, no device, no folder
LOCAL = struct.Struct("<4sHHHHHIIIHH")
CENTRAL = struct.Struct("<4sHHHHHHIIIHHHHHII")
END = struct.Struct("<4sHHHHIIH")
_NOT_PACKED: type[Exception] = vars(isal_zlib)["error"]  # declared as if it were one error
_LONGEST_HEADER = CENTRAL.size + 100


class Entry(msgspec.Struct, frozen=True):
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
    if not END.size <= size <= LARGEST_FILE:
        raise damaged()
    file.seek(size - END.size)
    end = END.unpack(file.read(END.size))
    magic, disk, first_disk, here, count, length, offset, comment = end
    whole = magic == b"PK\5\6" and not disk and not first_disk and not comment
    if not whole or here != count or count > MOST_ENTRIES or offset + length + 22 != size:
        raise damaged()
    if length > count * _LONGEST_HEADER:
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
    if unpacks_to_too_much(sum(entry.size for entry in entries), size):
        raise damaged("unpacks to far more than it weighs")
    return entries


def unpacks_to_too_much(unpacked: int, size: int) -> bool:
    """Whether a file of `size` bytes with `unpacked` bytes in it is taken for a bomb."""
    return unpacked > max(FREE, size * RATIO)


def inflate(file: BinaryIO, entry: Entry) -> Iterator[bytes]:
    """The content in pieces, capped while it streams. Raises BundleRefused at a wrong size."""
    size, crc = 0, 0
    packed = _packed(file, entry)
    for piece in _inflated(packed) if entry.method == DEFLATE else packed:
        size += len(piece)
        crc = zlib.crc32(piece, crc)
        if size > entry.size:
            raise damaged("unpacks to more than it declares")
        yield piece
    if size != entry.size or crc != entry.crc:
        raise damaged()


def _packed(file: BinaryIO, entry: Entry) -> Iterator[bytes]:
    at, end = entry.start, entry.start + entry.packed
    while at < end:
        file.seek(at)  # other entries may be read in between
        piece = file.read(min(PIECE, end - at))
        if not piece:
            raise damaged()
        at += len(piece)
        yield piece


def _inflated(packed: Iterator[bytes]) -> Iterator[bytes]:
    unpacker = isal_zlib.decompressobj(-15)
    for waiting in packed:
        full = True
        # A full piece may leave output inside the unpacker although all input was taken.
        while full or waiting:
            piece = _unpacked(unpacker, waiting)
            yield piece
            waiting, full = unpacker.unconsumed_tail, len(piece) == PIECE * 4
        if unpacker.unused_data:
            break
    if not unpacker.eof or unpacker.unused_data or next(packed, None):
        raise damaged()


def _unpacked(unpacker: isal_zlib.Decompress, packed: bytes) -> bytes:
    try:
        return unpacker.decompress(packed, PIECE * 4)
    except _NOT_PACKED as error:
        raise damaged() from error


def _central(directory: bytes, at: int, start: int) -> tuple[Entry, int]:
    if at + CENTRAL.size > len(directory):
        raise damaged()
    (magic, made_by, needs, flags, method, time, date, crc, packed, size, name_size, extra,
     comment, disk, internal, mode, offset) = CENTRAL.unpack_from(directory, at)  # fmt: skip
    at += CENTRAL.size
    name = directory[at : at + name_size]
    plain = magic == b"PK\1\2" and not (flags or extra or comment or disk or internal)
    fixed = (made_by, needs, mode, time, date) == (MADE_BY, NEEDS, MODE, 0, FIXED_DATE)
    if not (plain and fixed) or offset != start:
        raise damaged()
    if not NAME.fullmatch(name) or method not in (STORE, DEFLATE):
        raise damaged()
    if method == STORE and packed != size:
        raise damaged()
    return Entry(name.decode(), method, crc, packed, size, offset + LOCAL.size + name_size), (
        at + name_size
    )


def _local(file: BinaryIO, entry: Entry, at: int) -> int:
    """Compare the local header with the central one; returns where the entry ends."""
    file.seek(at)
    name = entry.name.encode()
    head = file.read(LOCAL.size + len(name))
    if len(head) != LOCAL.size + len(name):
        raise damaged()
    magic, needs, flags, method, time, date, crc, packed, size, name_size, extra = LOCAL.unpack(
        head[: LOCAL.size]
    )
    same = (method, crc, packed, size) == (entry.method, entry.crc, entry.packed, entry.size)
    plain = magic == b"PK\3\4" and needs == NEEDS and not (flags or extra or time)
    if not (same and plain and date == FIXED_DATE and name_size == len(name)):
        raise damaged()
    if head[LOCAL.size :] != name:
        raise damaged()
    return at + len(head) + entry.packed
