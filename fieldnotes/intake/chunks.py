"""PNG and WebP: rows of named chunks, of which a picture needs only some."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator

from fieldnotes.intake.exif import only_orientation

_PNG = b"\x89PNG\r\n\x1a\n"
_PNG_NEEDED = frozenset(
    b"IHDR PLTE IDAT IEND tRNS gAMA cHRM sRGB iCCP sBIT pHYs bKGD hIST acTL fcTL fdAT cICP mDCV"
    b" cLLI".split()
)
_WEBP_NEEDED = frozenset((b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF", b"ICCP"))
_EXIF_FLAG, _XMP_FLAG = 0x08, 0x04


def png_without_place(content: bytes) -> bytes | None:
    """The same picture without texts, EXIF and what follows its end; None if it cannot be read."""
    if not content.startswith(_PNG):
        return None
    kept = [_PNG]
    at = len(_PNG)
    while at < len(content):
        size = int.from_bytes(content[at : at + 4])
        name, end = content[at + 4 : at + 8], at + 12 + size
        if end > len(content):
            return None
        if name in _PNG_NEEDED:
            kept.append(content[at:end])
        elif name == b"eXIf":
            kept.append(_png_chunk(b"eXIf", only_orientation(content[at + 8 : end - 4])))
        if name == b"IEND":
            return b"".join(kept)
        at = end
    return None


def webp_without_place(content: bytes) -> bytes | None:
    """The same picture without EXIF, XMP and what nobody knows; None if it cannot be read."""
    if content[:4] != b"RIFF" or content[8:12] != b"WEBP":
        return None
    chunks = list(_webp_chunks(content))
    exif = b"".join(only_orientation(_tiff(body)) for name, body in chunks if name == b"EXIF")[:26]
    kept = [b"WEBP"]
    for name, body in chunks:
        if name == b"VP8X":
            flags = body[0] & ~(_EXIF_FLAG | _XMP_FLAG) | (_EXIF_FLAG if exif else 0)
            body = bytes([flags]) + body[1:]
        if name in _WEBP_NEEDED:
            kept.append(_webp_chunk(name, body))
    if exif:
        kept.append(_webp_chunk(b"EXIF", exif))
    whole = b"".join(kept)
    return b"RIFF" + struct.pack("<I", len(whole)) + whole


def _webp_chunks(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    at, end = 12, 8 + int.from_bytes(content[4:8], "little")
    if end > len(content):
        raise ValueError("cut off")
    while at < end:
        size = int.from_bytes(content[at + 4 : at + 8], "little")
        body = content[at + 8 : at + 8 + size]
        if len(body) < size or at + 8 + size > end:
            raise ValueError("a chunk that is cut off")
        yield content[at : at + 4], body
        at += 8 + size + size % 2


def _tiff(body: bytes) -> bytes:
    """Some writers put JPEG's prefix before the block."""
    return body.removeprefix(b"Exif\0\0")


def _webp_chunk(name: bytes, body: bytes) -> bytes:
    return name + struct.pack("<I", len(body)) + body + b"\0" * (len(body) % 2)


def _png_chunk(name: bytes, body: bytes) -> bytes:
    if not body:
        return b""
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
