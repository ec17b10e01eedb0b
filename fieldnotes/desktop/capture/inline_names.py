"""Names inside the text: each is one character of the document, drawn as a chip."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from PySide6.QtCore import QObject, QPointF, QRect, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QColor,
    QFontMetrics,
    QPainter,
    QPyTextObject,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
)

from fieldnotes.desktop import theme
from fieldnotes.domain.drafts import OBJECT, InlineName

KIND = QTextFormat.ObjectTypes.UserObject.value + 1
_NAME = QTextFormat.Property.UserProperty.value + 1
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
        words = QFontMetrics(theme.font()).horizontalAdvance(_words(name_of(given)))
        return QSizeF(min(words + 2 * _PAD, _WIDEST) + 2, _HEIGHT)

    def drawObject(
        self,
        painter: QPainter,
        rect: QRectF | QRect,
        doc: QTextDocument,
        place: int,
        given: QTextFormat,
    ) -> None:
        tokens = theme.current()
        first, last = self.selected
        chosen = first <= place < last
        baseline = QRectF(rect).bottom()  # where Qt puts an object
        box = QRectF(rect.left() + 1, baseline - _ABOVE, rect.width() - 2, _ABOVE + _BELOW)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens.accent if chosen else tokens.selection))
        painter.drawRoundedRect(box, 4, 4)
        painter.setPen(QColor(tokens.on_accent if chosen else tokens.accent))
        painter.setFont(theme.font())
        words = QFontMetrics(theme.font()).elidedText(
            _words(name_of(given)),
            Qt.TextElideMode.ElideRight,
            int(box.width()) - 2 * _PAD + 1,
        )
        painter.drawText(QPointF(box.left() + _PAD, baseline), words)
        painter.restore()


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


def _words(name: InlineName | None) -> str:
    return f"{name.sign}{' '.join(name.name.split())}" if name else ""
