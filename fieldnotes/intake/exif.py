"""Which side of a photo is up: the one thing of its EXIF that is needed to show it."""

from __future__ import annotations

import struct

_ORIENTATION = 0x0112
_SHORT = 3


def orientation(tiff: bytes) -> int:
    """1 to 8 (TIFF 6.0, tag 274); 1, upright, also where nothing can be read."""
    order = {b"II": "<", b"MM": ">"}.get(tiff[:2])
    if order is None:
        return 1
    try:
        (first,) = struct.unpack_from(f"{order}I", tiff, 4)
        (count,) = struct.unpack_from(f"{order}H", tiff, first)
        for at in range(first + 2, first + 2 + count * 12, 12):
            tag, shape, _many, value = struct.unpack_from(f"{order}HHIH", tiff, at)
            if tag == _ORIENTATION and shape == _SHORT:
                return value if 1 <= value <= 8 else 1
    except struct.error:
        return 1
    return 1


def only_orientation(tiff: bytes) -> bytes:
    """An EXIF block that says nothing else; b'' where the picture is upright anyway."""
    side = orientation(tiff)
    if side == 1:
        return b""
    return struct.pack(">2sHIHHHIHHI", b"MM", 42, 8, 1, _ORIENTATION, _SHORT, 1, side, 0, 0)
