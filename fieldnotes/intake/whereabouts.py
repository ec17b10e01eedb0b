"""Take out of a file where it was made, before it is kept: pixels and sound stay as they are.

Of a picture only what is needed to show it is kept (colours, and which side is up): cameras write
places into more corners than anybody can list, from EXIF and XMP to the maker's own notes, a second
picture behind the first, or a short film. No well-kept library with a free licence does this
without encoding the picture anew; the containers are simple, so they are walked here.
"""

from __future__ import annotations

import struct
from collections.abc import Callable
from enum import StrEnum

import msgspec

from fieldnotes.intake import boxes, chunks, jpeg


class Place(StrEnum):
    """What is known of the place in a file."""

    NONE = "none"  # this kind of file holds none
    REMOVED = "removed"  # if there was one
    KEPT = "kept"  # nobody here can tell, so it may still be in there


class Cleaned(msgspec.Struct, frozen=True):
    """A file as it may be kept."""

    content: bytes
    place: Place


_CLEANERS: dict[str, Callable[[bytes], bytes | None]] = {
    "image/jpeg": jpeg.without_place,
    "image/png": chunks.png_without_place,
    "image/webp": chunks.webp_without_place,
    "image/heic": boxes.without_place,
    "image/avif": boxes.without_place,
    "audio/mp4": boxes.without_place,
    "video/mp4": boxes.without_place,
    "video/quicktime": boxes.without_place,
}
_PLACELESS = ("image/bmp", "text/")


def without_place(content: bytes, media: str) -> Cleaned:
    """`content` without the place where it was made, as far as that can be done. Never raises."""
    cleaner = _CLEANERS.get(media)
    if cleaner is None:
        return Cleaned(content, Place.NONE if media.startswith(_PLACELESS) else Place.KEPT)
    try:
        cleaned = cleaner(content)
    except (ValueError, IndexError, struct.error):
        cleaned = None
    return Cleaned(content, Place.KEPT) if cleaned is None else Cleaned(cleaned, Place.REMOVED)
