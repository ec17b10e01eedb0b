"""One line of a person's words with the found ones marked, cut so that the first one is seen."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QFontMetrics,
    QTextLayout,
    QTextOption,
)

from fieldnotes.desktop import theme

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtCore import QRect
    from PySide6.QtGui import (
        QFont,
        QPainter,
        QTextLine,
    )

    from fieldnotes.desktop.widgets.note_list_model import Span

_ELLIPSIS = "…"
_CONTROLS = (*range(32), *range(0x7F, 0xA0), 0x2028, 0x2029)
_SPACES = dict.fromkeys(_CONTROLS, " ")


def one_line(words: str) -> str:
    """The words with every line break and control character as a space, at the same places."""
    return words.translate(_SPACES)


def draw_marked(
    painter: QPainter,
    place: QRect,
    words: str,
    marks: tuple[Span, ...],
    ink: str,
    *,
    bold: bool = False,
) -> None:
    """Draw one line, cut where it must be, with the found words on a ground of their own.

    When the first found word would be cut off, the line begins later instead. `ink` is a token.
    """
    shown, marks = _cut(words, marks, bold, place.width())
    painter.setFont(theme.font(bold=bold))
    painter.setPen(theme.color(ink))
    if marks:
        _draw_layout(painter, place, shown, marks, theme.font(bold=bold))
        return
    flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
    painter.drawText(place, flags | Qt.TextFlag.TextSingleLine, shown)


@lru_cache(maxsize=2048)
def _cut(
    words: str, marks: tuple[Span, ...], bold: bool, room: int
) -> tuple[str, tuple[Span, ...]]:
    metrics = QFontMetrics(theme.font(bold=bold))
    words, marks = begin_at_mark(one_line(words), marks, metrics, room)
    return metrics.elidedText(words, Qt.TextElideMode.ElideRight, room), marks


def begin_at_mark(
    words: str, marks: tuple[Span, ...], metrics: QFontMetrics, room: int
) -> tuple[str, tuple[Span, ...]]:
    """Begin the line so late that the first found word is seen whole, if it can be."""
    if not marks:
        return words, marks
    first, last = marks[0]
    tail = metrics.horizontalAdvance(_ELLIPSIS) * 2
    if metrics.horizontalAdvance(words[:last]) + tail <= room:
        return words, marks
    cut = first
    while cut > 0 and _fits(words, cut - 1, last, metrics, room - tail):
        cut -= 1
    begin = words.find(" ", cut, first) + 1 or cut
    moved = tuple((start - begin + 1, end - begin + 1) for start, end in marks if start >= begin)
    return _ELLIPSIS + words[begin:], moved


def _fits(words: str, cut: int, last: int, metrics: QFontMetrics, room: int) -> bool:
    """Whether a line from `cut` shows all to the end, or at least the found word and some more."""
    shown = metrics.horizontalAdvance(words[cut:last])
    return shown < room * 2 // 3 or shown + metrics.horizontalAdvance(words[last:]) < room


def _utf16(shown: str, marks: Iterable[Span]) -> list[Span]:
    """Qt counts in UTF-16 units and the line may have been cut: translate and trim the spans."""
    found = []
    for start, end in marks:
        if start < len(shown):
            before = _units(shown[:start])
            found.append((before, before + _units(shown[start:end])))
    return found


def _units(words: str) -> int:
    return len(words.encode("utf-16-le", "surrogatepass")) // 2


def _found_format(span: Span) -> QTextLayout.FormatRange:
    """A found word is written in the darkest ink: muted is too pale on its ground."""
    from PySide6.QtGui import QTextCharFormat

    made = QTextLayout.FormatRange()
    made.start, made.length = span[0], span[1] - span[0]
    ink = QTextCharFormat()
    ink.setForeground(theme.color("text"))
    made.format = ink
    return made


def _x(line: QTextLine, at: int) -> float:
    found = line.cursorToX(at)
    return float(found[0] if isinstance(found, tuple) else found)  # type: ignore[arg-type]


def _draw_layout(
    painter: QPainter, place: QRect, shown: str, marks: tuple[Span, ...], font: QFont
) -> None:
    layout = QTextLayout(shown, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.NoWrap)
    layout.setTextOption(option)
    spans = _utf16(shown, marks)
    layout.setFormats([_found_format(span) for span in spans])
    layout.beginLayout()
    line = layout.createLine()
    layout.endLayout()
    top = place.top() + (place.height() - line.height()) / 2
    pen = painter.pen()
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color("mark"))
    for start, end in spans:
        first, last = _x(line, start), _x(line, end)
        box = QRectF(place.left() + min(first, last) - 1, top - 1, abs(last - first) + 2, 0)
        box.setHeight(line.height() + 2)
        painter.drawRoundedRect(box, 3, 3)
    painter.setPen(pen)
    line.draw(painter, QPointF(place.left(), top))
