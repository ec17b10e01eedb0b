"""Names inside the text: each is one character of the document, drawn as a chip."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import count
from urllib.parse import quote

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt, QUrl
from PySide6.QtGui import (
    QColor,
    QFontMetrics,
    QGuiApplication,
    QPainter,
    QPixmap,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextImageFormat,
)

from fieldnotes.desktop import theme
from fieldnotes.domain.drafts import OBJECT, InlineName

_NAME = QTextFormat.Property.UserProperty.value + 1
_SCHEME = "name"
_HIGH = 18
_PAD = 7
LINE = 26  # pixels, of each line at least
_WIDEST = 420
_numbers = count()


def picture_of(address: QUrl, *, selected: bool = False) -> QPixmap | None:
    """The chip that a document asks for by its address; None for every other address."""
    if address.scheme() != _SCHEME:
        return None
    words = address.path(QUrl.ComponentFormattingOption.FullyDecoded)
    tokens = theme.current()
    # over what is selected Qt lays half of the accent: these become a pale and a deep one
    ground, ink = ("#FFFFFF", "#000000") if selected else (tokens.selection, tokens.accent)
    return _drawn(words, ground, ink, _ratio())


def addresses_in(selected: QTextCursor) -> set[QUrl]:
    """Of the chips that a cursor has selected."""
    first, last = selected.selectionStart(), selected.selectionEnd()
    if first == last:
        return set()
    block = selected.document().findBlock(first)
    found: set[QUrl] = set()
    while block.isValid() and block.position() < last:
        found.update(_addresses(block, first, last))
        block = block.next()
    return found


def name_of(given: QTextFormat) -> InlineName | None:
    """The name that a format carries."""
    if not given.hasProperty(_NAME):
        return None
    sign, name, fresh = given.property(_NAME)
    return InlineName(sign, name, fresh == "fresh")


def insert_name(cursor: QTextCursor, name: InlineName) -> None:
    """Put a name in place of what `cursor` has selected.

    It is a picture to Qt, which measures and paints it without asking Python at every key.
    """
    words = _words(name)
    shaped = QTextImageFormat()
    shaped.setName(f"{_SCHEME}:{quote(words)}?{next(_numbers)}")  # its own: one may be selected
    shaped.setWidth(_width(words))
    shaped.setHeight(_HIGH)
    shaped.setVerticalAlignment(QTextCharFormat.VerticalAlignment.AlignBottom)
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
    spacing.setLineHeight(LINE, QTextBlockFormat.LineHeightTypes.MinimumHeight.value)
    # in plain words Qt takes the second Enter for the end of a list, and makes no empty line
    spacing.setProperty(QTextFormat.Property.BlockCodeLanguage.value, "")
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


def _addresses(block: QTextBlock, first: int, last: int) -> Iterator[QUrl]:
    pieces = block.begin()
    while not pieces.atEnd():
        piece = pieces.fragment()
        if piece.charFormat().isImageFormat() and first <= piece.position() < last:
            yield QUrl(piece.charFormat().toImageFormat().name())
        pieces += 1


def _ratio() -> float:
    """Of the sharpest screen: on others the picture is drawn smaller."""
    return max(screen.devicePixelRatio() for screen in QGuiApplication.screens())


@lru_cache(maxsize=256)
def _drawn(words: str, ground: str, ink: str, ratio: float) -> QPixmap:
    """The chip as it looks; its lower edge is that of a line of text."""
    size = QSizeF(_width(words), _HIGH)
    drawn = QPixmap((size * ratio).toSize())
    drawn.setDevicePixelRatio(ratio)
    drawn.fill(Qt.GlobalColor.transparent)
    painter = QPainter(drawn)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(ground))
    painter.drawRoundedRect(QRectF(QPointF(), size).adjusted(1, 0, -1, 0), 4, 4)
    painter.setPen(QColor(ink))
    painter.setFont(theme.font())
    room = int(size.width()) - 2 - 2 * _PAD + 1
    shown = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, room)
    baseline = _HIGH - QFontMetrics(theme.font("reading")).descent()
    painter.drawText(QPointF(1 + _PAD, baseline), shown)
    painter.end()
    return drawn


@lru_cache(maxsize=1024)
def _width(words: str) -> float:
    """How much of a line a chip takes, with a pixel of air on either side."""
    told = QFontMetrics(theme.font()).horizontalAdvance(words)
    return float(min(told + 2 * _PAD, _WIDEST) + 2)


def _words(name: InlineName) -> str:
    return f"{name.sign}{' '.join(name.name.split())}"
