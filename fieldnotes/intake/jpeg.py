"""JPEG: a row of segments (ITU-T T.81, annex B), of which a picture needs only some."""

from __future__ import annotations

import re
from collections.abc import Iterator

from fieldnotes.intake.exif import only_orientation

_SOI, _EOI, _SOS = b"\xff\xd8", b"\xff\xd9", 0xDA
_EXIF = b"Exif\0\0"
# Tables, frames and scans; never a comment or what a program of its own wrote.
_NEEDED = {*range(0xC0, 0xC8), *range(0xC9, 0xD0), *range(0xDA, 0xE0)}
_HARMLESS = {0xE0: b"JFIF\0", 0xE2: b"ICC_PROFILE\0", 0xEE: b"Adobe"}
_NEXT_MARKER = re.compile(rb"\xff[\x01-\xcf\xd8-\xfe]")


def without_place(content: bytes) -> bytes | None:
    """The same pixels, colours and upright side, nothing else; None where it cannot be read."""
    if not content.startswith(_SOI):
        return None
    kept = [_SOI]
    exif, scans = b"", 0
    for marker, segment, rest in _segments(content):
        if marker == 0xE1 and segment[4:].startswith(_EXIF) and not exif:
            exif = only_orientation(segment[10:])
            kept.append(_exif_segment(exif))
        elif marker in _NEEDED or segment[4:].startswith(_HARMLESS.get(marker, b"\0none")):
            kept += [segment, rest]
            scans += marker == _SOS
    return b"".join([*kept, _EOI]) if scans else None


def _segments(content: bytes) -> Iterator[tuple[int, bytes, bytes]]:
    """(marker, segment with marker and length, the coded pixels behind it) up to the end mark.

    Whatever lies behind the end mark (a second picture, a film) is no part of the picture. Raises
    ValueError where the segments do not follow each other.
    """
    at = len(_SOI)
    while at < len(content):
        if content[at] != 0xFF:
            raise ValueError("no marker where one must be")
        while content[at : at + 1] == b"\xff":  # any number of them may stand before a marker
            at += 1
        marker = content[at]
        if marker == _EOI[1]:
            return
        length = int.from_bytes(content[at + 1 : at + 3])
        end = at + 1 + length
        if length < 2 or end > len(content):
            raise ValueError("a segment that is cut off")
        segment = b"\xff" + content[at:end]
        at = end
        if marker == _SOS:
            found = _NEXT_MARKER.search(content, end)
            at = found.start() if found else len(content)
        yield marker, segment, content[end:at]


def _exif_segment(tiff: bytes) -> bytes:
    if not tiff:
        return b""
    return b"\xff\xe1" + (2 + len(_EXIF) + len(tiff)).to_bytes(2) + _EXIF + tiff
