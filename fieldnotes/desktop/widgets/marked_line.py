"""One line of words as lists draw it: laid out once, cut where it must be, found words marked."""

from __future__ import annotations

from functools import lru_cache
from math import ceil
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QFontMetrics, QTextCharFormat, QTextLayout, QTextLine, QTextOption

from fieldnotes.desktop import paint, theme

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtCore import QRect
    from PySide6.QtGui import QFont, QPainter

    from fieldnotes.desktop.theme import Size
    from fieldnotes.domain.glances import Span

_ELLIPSIS = "…"
_CONTROLS = (*range(32), *range(0x7F, 0xA0), 0x2028, 0x2029)
_SPACES = dict.fromkeys(_CONTROLS, " ")


class LineLook(NamedTuple):
    """Font and colour of a line; `ink` is a colour such as '#1E2227'."""

    ink: str
    size: Size = "text"
    bold: bool = False
    figures: bool = False

    def font(self) -> QFont:
        """The font that it is written in."""
        return theme.font(self.size, bold=self.bold, figures=self.figures)


class _Laid(NamedTuple):
    layout: QTextLayout  # its line lives no longer than itself
    marks: list[Span]  # in UTF-16 units


def look(ink: str, size: Size = "text", *, bold: bool = False, figures: bool = False) -> LineLook:
    """The look of a line in today's colours. `ink` is a token."""
    return LineLook(getattr(theme.current(), ink), size, bold, figures)


def one_line(words: str) -> str:
    """The words with every line break and control character as a space, at the same places."""
    return words.translate(_SPACES)


def draw_line(painter: QPainter, place: QRect, words: str, look: LineLook) -> int:
    """Draw one line from the left of `place`, in its middle. Returns how wide it came out."""
    return _draw(painter, place, _laid(words, (), look, "", place.width()))


def draw_marked(
    painter: QPainter, place: QRect, words: str, marks: tuple[Span, ...], look: LineLook
) -> None:
    """Draw one line with the found words on a ground of their own.

    When the first found word would be cut off, the line begins later instead.
    """
    # a found word is written in the darkest ink: muted is too pale on its ground
    _draw(painter, place, _laid(words, marks, look, theme.current().text, place.width()))


@lru_cache(maxsize=4096)
def width_of(words: str, look: LineLook) -> int:
    """How wide a line is when nothing is cut, in logical pixels."""
    return QFontMetrics(look.font()).horizontalAdvance(words)


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


@lru_cache(maxsize=2048)
def _laid(words: str, marks: tuple[Span, ...], look: LineLook, found: str, room: int) -> _Laid:
    words = one_line(words)
    if marks:
        words, marks = begin_at_mark(words, marks, QFontMetrics(look.font()), room)
    shown = words
    layout = _lay(shown, marks, look, found, room)
    line = layout.lineAt(0)
    if line.textLength() < _units(words):
        room -= width_of(_ELLIPSIS, look)
        cut = line.xToCursor(room, QTextLine.CursorPosition.CursorOnCharacter)
        shown = _first_units(words, cut).rstrip() + _ELLIPSIS
        layout = _lay(shown, marks, look, found, None)
    return _Laid(layout, _utf16(shown, marks))


def _lay(
    words: str, marks: tuple[Span, ...], look: LineLook, found: str, room: int | None
) -> QTextLayout:
    """One line of as many of the words as fit."""
    layout = QTextLayout(words, look.font())
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAnywhere)
    layout.setTextOption(option)
    formats = [_format(0, _units(words), look.ink)]
    layout.setFormats(formats + [_format(*span, found) for span in _utf16(words, marks)])
    layout.beginLayout()
    layout.createLine().setLineWidth(1e6 if room is None else max(room, 1))
    layout.endLayout()
    return layout


def _draw(painter: QPainter, place: QRect, laid: _Laid) -> int:
    line = laid.layout.lineAt(0)
    top = place.top() + (place.height() - line.height()) / 2
    left = place.left() - line.naturalTextRect().left()  # else words from the right begin there
    for start, end in laid.marks:
        first, last = _x(line, start), _x(line, end)
        box = QRectF(left + min(first, last) - 1, top - 1, abs(last - first) + 2, 0)
        box.setHeight(line.height() + 2)
        paint.fill_round(painter, box, 3, theme.current().mark)
    laid.layout.draw(painter, QPointF(left, top))
    return ceil(line.naturalTextWidth())


def _format(start: int, end: int, ink: str) -> QTextLayout.FormatRange:
    made = QTextLayout.FormatRange()
    made.start, made.length = start, end - start
    made.format = _ink(ink)
    return made


@lru_cache(maxsize=64)
def _ink(colour: str) -> QTextCharFormat:
    made = QTextCharFormat()
    made.setForeground(paint.brush(colour))
    return made


def _utf16(shown: str, marks: Iterable[Span]) -> list[Span]:
    """Qt counts in UTF-16 units and the line may have been cut: translate and trim the spans."""
    found = []
    for start, end in marks:
        if start < len(shown):
            before = _units(shown[:start])
            found.append((before, before + _units(shown[start:end])))
    return found


def _units(words: str) -> int:
    return len(words) if words.isascii() else len(words.encode("utf-16-le", "surrogatepass")) // 2


def _first_units(words: str, units: int) -> str:
    if words.isascii():
        return words[:units]
    return words.encode("utf-16-le", "surrogatepass")[: 2 * units].decode("utf-16-le", "ignore")


def _x(line: QTextLine, at: int) -> float:
    found = line.cursorToX(at)
    return float(found[0] if isinstance(found, tuple) else found)  # type: ignore[arg-type]
