"""Small pictures of attached ones, drawn beside the window from bytes that nobody trusts."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QImage, QImageReader

from fieldnotes.domain.attachments import can_be_drawn

LARGEST_SIDE = 512  # pixels of what is kept
MOST_PIXELS = 120_000_000  # of what is read: a phone's photo has 50 million
MOST_MEMORY = 256  # MB, for one picture while it is decoded
_FORMATS = {
    "image/jpeg": b"jpeg",
    "image/png": b"png",
    "image/gif": b"gif",
    "image/webp": b"webp",
    "image/bmp": b"bmp",
}


def draw_small(content: bytes, media: str) -> bytes:
    """A PNG of at most LARGEST_SIDE; b'' for whatever is no picture, damaged or far too large.

    Only the decoder of `media` is asked: a file never chooses one by what it says inside. May be
    called from any thread.
    """
    if not can_be_drawn(media):
        return b""
    reader, _buffer = _reader_of(content, media)
    size = reader.size()
    if size.width() * size.height() > MOST_PIXELS:
        return b""
    if size.isValid() and max(size.width(), size.height()) > LARGEST_SIDE:
        reader.setScaledSize(_at_most(size, LARGEST_SIDE))
    return as_png(_at_most_large(reader.read()))


def as_png(picture: QImage) -> bytes:
    """The bytes of a picture; b'' of none."""
    if picture.isNull():
        return b""
    made = QBuffer()
    made.open(QIODevice.OpenModeFlag.WriteOnly)
    picture.save(made, "PNG")  # type: ignore[call-overload]
    return bytes(made.data().data())


def filling(kept: bytes, width: int, height: int, ratio: float) -> QImage:
    """A kept picture, cut and scaled to fill so many pixels of a screen; null where it cannot."""
    reader, _buffer = _reader_of(kept, "image/png")
    picture = reader.read()
    if picture.isNull():
        return picture
    room = QSize(width, height)
    if picture.width() > width or picture.height() > height:
        picture = picture.scaled(
            room,
            Qt.AspectRatioMode.KeepAspectRatioByExpanding,
            Qt.TransformationMode.SmoothTransformation,
        )
    left, top = (picture.width() - width) // 2, (picture.height() - height) // 2
    if left > 0 or top > 0:
        cut = min(picture.width(), width), min(picture.height(), height)
        picture = picture.copy(max(0, left), max(0, top), *cut)
    picture.setDevicePixelRatio(ratio)
    return picture


def _reader_of(content: bytes, media: str) -> tuple[QImageReader, QBuffer]:
    """A reader that knows this one format; the buffer must live as long as it does."""
    QImageReader.setAllocationLimit(MOST_MEMORY)
    buffer = QBuffer()
    buffer.setData(QByteArray(content))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer, QByteArray(_FORMATS[media]))
    reader.setAutoDetectImageFormat(False)
    reader.setAutoTransform(True)
    return reader, buffer


def _at_most(size: QSize, side: int) -> QSize:
    return size.scaled(side, side, Qt.AspectRatioMode.KeepAspectRatio).expandedTo(QSize(1, 1))


def _at_most_large(picture: QImage) -> QImage:
    """Where the decoder could not scale by itself."""
    if picture.isNull() or max(picture.width(), picture.height()) <= LARGEST_SIDE:
        return picture
    ratio, mode = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
    return picture.scaled(LARGEST_SIDE, LARGEST_SIDE, ratio, mode)
