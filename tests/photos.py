"""Pictures as a phone would make them, with the place where they were taken written all over."""

from __future__ import annotations

import io
import struct
from typing import Any

from PIL import Image
from PIL.ExifTags import IFD

PLACE = b"Gothenburg-57.7089N"
_ORIENTATION, _MAKER, _MAKER_NOTE = 0x0112, 0x010F, 0x927C
_XMP = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><exif:GPSLatitude>%s</exif:GPSLatitude></x:xmpmeta>'


def a_picture(width: int = 48, height: int = 32, seed: int = 0) -> Image.Image:
    """Something with many colours."""
    picture = Image.new("RGB", (width, height))
    picture.putdata(
        [
            ((x * 5 + seed) % 256, (y * 7) % 256, (x * y) % 256)
            for y in range(height)
            for x in range(width)
        ]
    )
    return picture


def exif(side: int = 6) -> Image.Exif:
    """GPS, the maker's own notes, and which side is up."""
    told = Image.Exif()
    told[_ORIENTATION] = side
    told[_MAKER] = "Phone " + PLACE.decode()
    told.get_ifd(IFD.Exif)[_MAKER_NOTE] = b"maker says " + PLACE
    gps = told.get_ifd(IFD.GPSInfo)
    gps[1], gps[2], gps[3], gps[4] = "N", (57.0, 42.0, 32.0), "E", (11.0, 58.0, 29.0)
    gps[29] = PLACE.decode()
    return told


def a_photo(form: str = "JPEG", side: int = 6, **told: Any) -> bytes:
    """A photo in JPEG, PNG, WEBP or AVIF with its place in EXIF, XMP, texts and behind its end."""
    made = io.BytesIO()
    options: dict[str, Any] = {"exif": exif(side).tobytes(), "xmp": _XMP % PLACE}
    if form == "PNG":
        from PIL.PngImagePlugin import PngInfo

        texts = PngInfo()
        texts.add_text("Comment", PLACE.decode())
        texts.add_itxt("XML:com.adobe.xmp", (_XMP % PLACE).decode())
        options = {"exif": options["exif"], "pnginfo": texts}
    if form == "JPEG":
        options["comment"] = PLACE
    a_picture(**told).save(made, form, **options)
    content = made.getvalue()
    if form == "JPEG":
        content = _with_iptc(content) + a_second_photo()
    return content + PLACE if form == "PNG" else content


def a_second_photo() -> bytes:
    """What phones hang behind the first one."""
    made = io.BytesIO()
    a_picture().save(made, "JPEG", exif=exif().tobytes())
    return made.getvalue()


def opened(content: bytes) -> Image.Image:
    """The picture, decoded by somebody else's program."""
    picture = Image.open(io.BytesIO(content))
    picture.load()
    return picture


def pixels(content: bytes) -> bytes:
    """Every pixel."""
    return opened(content).convert("RGB").tobytes()


def place_in(content: bytes) -> bool:
    """Whether anybody finds the place: by its bytes, or by reading the EXIF."""
    picture = opened(content)
    told = bool(dict(picture.getexif().get_ifd(IFD.GPSInfo))) or bool(picture.getxmp_bytes())  # type: ignore[attr-defined]
    return PLACE in content or told


def _with_iptc(jpeg: bytes) -> bytes:
    """A segment as newspapers use it, right behind the first."""
    body = b"Photoshop 3.0\x008BIM\x04\x04" + PLACE
    return jpeg[:2] + b"\xff\xed" + struct.pack(">H", len(body) + 2) + body + jpeg[2:]
