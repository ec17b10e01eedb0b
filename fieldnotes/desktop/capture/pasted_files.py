"""What of a clipboard or a drop is files: paths on this computer, or a picture without words."""

from __future__ import annotations

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QImage

_NOTES_OF_THEIR_OWN = (".ics",)
"""Calendars tell of meetings: nobody wants one beside a note."""


def is_for_attaching(source: QMimeData) -> bool:
    """Whether it is files, or a picture without words: a sheet copies its cells as both."""
    files = local_files(source)
    if files:
        return not all(path.lower().endswith(_NOTES_OF_THEIR_OWN) for path in files)
    return source.hasImage() and not source.hasText()


def local_files(source: QMimeData) -> list[str]:
    """Paths of files on this computer; what lies elsewhere is never fetched."""
    urls = source.urls() if source.hasUrls() else []
    return [url.toLocalFile() for url in urls if url.isLocalFile()]


def picture_in(source: QMimeData) -> QImage | None:
    """The picture itself."""
    found = source.imageData() if source.hasImage() else None
    return found if isinstance(found, QImage) and not found.isNull() else None
