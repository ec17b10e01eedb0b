"""Names inside the text: each is one character of the document, drawn as a chip."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

from PySide6.QtCore import QObject, QPointF, QRect, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QColor,
    QFontMetrics,
    QPainter,
    QPixmap,
    QPyTextObject,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
)

from fieldnotes.desktop import theme
from fieldnotes.desktop.tokens import Tokens
from fieldnotes.domain.drafts import OBJECT, InlineName

KIND = QTextFormat.ObjectTypes.UserObject.value + 1
_NAME = QTextFormat.Property.UserProperty.value + 1
_SAID = _NAME + 1
_WIDTH = _NAME + 2
_HEIGHT = 12
_ABOVE, _BELOW = 15, 5
_PAD = 7
_LINE = 26.0
_WIDEST = 420


class NameDrawing(QPyTextObject):
    """Draws the names of one document."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.selected: tuple[int, int] = (0, 0)

    def intrinsicSize(self, doc: QTextDocument, place: int, given: QTextFormat) -> QSizeF:
        return QSizeF(given.doubleProperty(_WIDTH), _HEIGHT)

    def drawObject(
        self,
        painter: QPainter,
        rect: QRectF | QRect,
        doc: QTextDocument,
        place: int,
        given: QTextFormat,
    ) -> None:
        first, last = self.selected
        device = painter.device()
        ratio = device.devicePixelRatioF()
        drawn = _drawn(given.stringProperty(_SAID), theme.current(), first <= place < last, ratio)
        # the bottom is where Qt puts an object: on the baseline
        painter.drawPixmap(QPointF(rect.left(), QRectF(rect).bottom() - _ABOVE), drawn)


def name_of(given: QTextFormat) -> InlineName | None:
    """The name that a format carries."""
    if given.objectType() != KIND:
        return None
    told = given.property(_NAME)
    sign, name, fresh = told
    return InlineName(sign, name, fresh == "fresh")


def insert_name(cursor: QTextCursor, name: InlineName) -> None:
    """Put a name in place of what `cursor` has selected."""
    shaped = QTextCharFormat()
    shaped.setObjectType(KIND)
    shaped.setProperty(_NAME, [name.sign, name.name, "fresh" if name.fresh else ""])
    shaped.setProperty(_SAID, _words(name))
    shaped.setProperty(_WIDTH, _width(_words(name)))
    cursor.insertText(OBJECT, shaped)


def insert_plain(cursor: QTextCursor, text: str) -> None:
    """Put plain words in place of what `cursor` has selected."""
    cursor.insertText(text.replace(OBJECT, ""), QTextCharFormat())


def write_document(document: QTextDocument, text: str, names: Iterable[InlineName]) -> None:
    """Replace everything, with nothing to undo."""
    document.clear()
    cursor = QTextCursor(document)
    spacing = QTextBlockFormat()
    spacing.setLineHeight(_LINE, QTextBlockFormat.LineHeightTypes.MinimumHeight.value)
    cursor.mergeBlockFormat(spacing)
    waiting = iter(names)
    for number, piece in enumerate(text.split(OBJECT)):
        name = next(waiting, None) if number else None
        if name:
            insert_name(cursor, name)
        insert_plain(cursor, piece)
    document.clearUndoRedoStacks()
    document.setModified(False)


def read_text(document: QTextDocument) -> str:
    """The text with one OBJECT for each name; nothing is made prettier."""
    lines = (block.text().replace("\u2028", "\n") for block in _blocks(document))
    return "\n".join(lines)


def read_names(document: QTextDocument) -> tuple[InlineName, ...]:
    """The names in their order."""
    named = (block for block in _blocks(document) if OBJECT in block.text())
    return tuple(name for block in named for name in _in_block(block))


def name_before(cursor: QTextCursor, units: int) -> InlineName | None:
    """The name `units` places before the cursor, if there is one."""
    there = QTextCursor(cursor)
    there.setPosition(max(0, cursor.position() - units + 1))
    return name_of(there.charFormat())


def units(text: str) -> int:
    """How many places Qt counts for a text: UTF-16 units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def first_units(line: str, count: int) -> str:
    """The first `count` of the places that Qt counts."""
    encoded = line.encode("utf-16-le", "surrogatepass")[: 2 * count]
    return encoded.decode("utf-16-le", "surrogatepass")


def _blocks(document: QTextDocument) -> Iterator[QTextBlock]:
    block = document.begin()
    while block.isValid():
        yield block
        block = block.next()


def _in_block(block: QTextBlock) -> Iterator[InlineName]:
    pieces = block.begin()
    while not pieces.atEnd():
        fragment = pieces.fragment()
        name = name_of(fragment.charFormat())
        if name:
            yield from [name] * fragment.text().count(OBJECT)
        pieces += 1


@lru_cache(maxsize=256)
def _drawn(words: str, tokens: Tokens, chosen: bool, ratio: float) -> QPixmap:
    """The chip as it looks, drawn once: it is painted anew at every key beside it."""
    size = QSizeF(_width(words), _ABOVE + _BELOW)
    drawn = QPixmap((size * ratio).toSize())
    drawn.setDevicePixelRatio(ratio)
    drawn.fill(Qt.GlobalColor.transparent)
    painter = QPainter(drawn)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(tokens.accent if chosen else tokens.selection))
    painter.drawRoundedRect(QRectF(QPointF(), size).adjusted(1, 0, -1, 0), 4, 4)
    painter.setPen(QColor(tokens.on_accent if chosen else tokens.accent))
    painter.setFont(theme.font())
    room = int(size.width()) - 2 - 2 * _PAD + 1
    shown = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, room)
    painter.drawText(QPointF(1 + _PAD, _ABOVE), shown)
    painter.end()
    return drawn


@lru_cache(maxsize=1024)
def _width(words: str) -> float:
    """How much of a line a chip takes, with a pixel of air on either side."""
    told = QFontMetrics(theme.font()).horizontalAdvance(words)
    return float(min(told + 2 * _PAD, _WIDEST) + 2)


def _words(name: InlineName) -> str:
    return f"{name.sign}{' '.join(name.name.split())}"
