"""HEIC, AVIF, MP4 and MOV: boxes in boxes (ISO/IEC 14496-12), cleaned without moving a byte.

Other boxes point into the file by offset, so what may name a place is overwritten where it lies.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

import msgspec

# What is "free" is blotted out as well: some programs only rename what they delete.
_TOP_KEEPS = frozenset((b"ftyp", b"mdat"))
_MOVIE_KEEPS = frozenset((b"mvhd", b"trak", b"iods"))
_TRACK_KEEPS = frozenset((b"tkhd", b"mdia", b"edts", b"tref", b"tapt"))
_TRACKS_WITHOUT_PLACE = frozenset((b"vide", b"soun", b"pict", b"auxv", b"tmcd"))
_PICTURES = (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1", b"avif", b"avis")
# What readers take for EXIF and for XMP that say nothing; the rest of an item is filled up.
_SAYS_NOTHING = {
    b"Exif": (b"\0\0\0\0MM\0*\0\0\0\x08" + bytes(6), b"\0"),
    b"mime": (b"", b" "),
    b"uri ": (b"", b" "),
}


class Box(msgspec.Struct, frozen=True):
    """`start` of its header, `body` of its content, `end` of both."""

    name: bytes
    start: int
    body: int
    end: int


def without_place(content: bytes) -> bytes | None:
    """The same pictures, sound and film; None where it cannot be read or a place may be left."""
    cleaned = bytearray(content)
    movie = content[8:12] not in _PICTURES
    for box in _boxes(content, 0, len(content)):
        if box.name == b"moof":  # a film in fragments: each may say anything
            return None
        if box.name == b"moov":
            if not _clean_movie(content, cleaned, box):
                return None
        elif box.name == b"meta" and not movie:
            _clean_items(content, cleaned, box)
        elif box.name not in _TOP_KEEPS:
            _blot(cleaned, box)
    return bytes(cleaned)


def _boxes(content: bytes, at: int, end: int) -> Iterator[Box]:
    """The boxes that tile `at` to `end`. Raises ValueError where they do not."""
    while at < end:
        if at + 8 > end:
            raise ValueError("bytes that belong to no box")
        size, name = struct.unpack_from(">I4s", content, at)
        body = at + 8
        if size == 1 and at + 16 <= end:
            size, body = int.from_bytes(content[at + 8 : at + 16]), at + 16
        stop = end if size == 0 else at + size
        if not body <= stop <= end:
            raise ValueError("a box that is cut off")
        yield Box(name, at, body, stop)
        at = stop


def _blot(cleaned: bytearray, box: Box) -> None:
    """Make it a box that says nothing."""
    cleaned[box.start + 4 : box.start + 8] = b"free"
    cleaned[box.body : box.end] = bytes(box.end - box.body)


def _clean_movie(content: bytes, cleaned: bytearray, movie: Box) -> bool:
    """False if one of its tracks is neither picture nor sound: cameras write places in such."""
    for box in _boxes(content, movie.body, movie.end):
        if box.name not in _MOVIE_KEEPS:
            _blot(cleaned, box)
        elif box.name == b"trak":
            for inner in _boxes(content, box.body, box.end):
                if inner.name not in _TRACK_KEEPS:
                    _blot(cleaned, inner)
                elif inner.name == b"mdia" and _handler(content, inner) not in (
                    _TRACKS_WITHOUT_PLACE
                ):
                    return False
    return True


def _handler(content: bytes, media: Box) -> bytes:
    for box in _boxes(content, media.body, media.end):
        if box.name == b"hdlr":
            return content[box.body + 8 : box.body + 12]
    return b""


# --- pictures: items in a meta box (ISO/IEC 23008-12) -------------------------------------------


def _clean_items(content: bytes, cleaned: bytearray, meta: Box) -> None:
    """Blot out every item that tells of the picture instead of being one."""
    parts = {box.name: box for box in _boxes(content, meta.body + 4, meta.end)}
    if b"iinf" not in parts:
        return
    telling = _telling_items(content, parts[b"iinf"])
    for name in (b"udta", b"uuid"):
        if name in parts:
            _blot(cleaned, parts[name])
    if telling and b"iloc" not in parts:
        raise ValueError("items that lie nowhere")
    if telling:
        inside = parts[b"idat"].body if b"idat" in parts else 0
        left = len(content)
        for item, start, length in _extents(content, parts[b"iloc"], inside):
            if item in telling:
                left -= length
                if left < 0 or not 0 < start <= start + length <= len(content):
                    raise ValueError("an item outside of the file")
                begin, filling = _SAYS_NOTHING[telling[item]]
                cleaned[start : start + length] = begin[:length].ljust(length, filling)


def _telling_items(content: bytes, info: Box) -> dict[int, bytes]:
    """The type of every item that is no picture, by its number."""
    wide = content[info.body] > 0
    first = info.body + (8 if wide else 6)
    found = {}
    for box in _boxes(content, first, info.end):
        version = content[box.body]
        if box.name != b"infe" or version < 2:
            raise ValueError("an item of an unknown shape")
        size = 2 if version == 2 else 4
        at = box.body + 4
        item = int.from_bytes(content[at : at + size])
        if (kind := content[at + size + 2 : at + size + 6]) in _SAYS_NOTHING:
            found[item] = kind
    return found


def _extents(content: bytes, places: Box, inside: int) -> Iterator[tuple[int, int, int]]:
    """(item, start in the file, length) of every piece of every item."""
    at = places.body

    def take(size: int) -> int:
        nonlocal at
        if at + size > places.end:
            raise ValueError("a table that is cut off")
        at += size
        return int.from_bytes(content[at - size : at])

    version = take(1)
    take(3)
    sizes = take(2)
    offset_size, length_size = sizes >> 12, sizes >> 8 & 15
    base_size, index_size = sizes >> 4 & 15, sizes & 15 if version else 0
    if not offset_size + length_size:
        raise ValueError("a table that never ends")
    for _item in range(take(2 if version < 2 else 4)):
        item = take(2 if version < 2 else 4)
        method = take(2) & 15 if version else 0
        take(2)
        base = take(base_size) + (inside if method == 1 else 0)
        for _extent in range(take(2)):
            take(index_size)
            start = base + take(offset_size)
            yield item, start, take(length_size)
