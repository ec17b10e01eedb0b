"""How one note looks in a list: kind, title and time, one line of text, account and tags."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import (
    QCoreApplication,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QPainter,
    QTextCharFormat,
    QTextLayout,
    QTextLine,
    QTextOption,
)
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from fieldnotes.desktop import icons, theme
from fieldnotes.desktop.widgets.chips import ChipLook, chip_look, chip_width, draw_chip
from fieldnotes.desktop.widgets.note_list_model import NoteListModel, NoteRow, Span

_Index = QModelIndex | QPersistentModelIndex

ROW_HEIGHT = 80
HEADING_HEIGHT = 32
_LEFT = 16
_TEXT = 40
_RIGHT = 16
_LINE = 20
_TOP = 10
_GAP = 4
_ELLIPSIS = "…"
_SPACES = dict.fromkeys((*range(32), 0x7F, 0x85, 0x2028, 0x2029), " ")


class NoteListDelegate(QStyledItemDelegate):
    """Paints a `NoteRow`, with the heading of its day above the first of each day."""

    def __init__(self, view: QAbstractItemView, *, headings: bool = True) -> None:
        super().__init__(view)
        self._headings = headings
        self._plain = QSize(0, ROW_HEIGHT)
        self._headed = QSize(0, ROW_HEIGHT + HEADING_HEIGHT)

    def set_headings(self, shown: bool) -> None:
        """Show or leave out the headings of the days."""
        self._headings = shown

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        model = index.model()
        assert isinstance(model, NoteListModel)
        headed = self._headings and model.starts_day(index.row())
        return self._headed if headed else self._plain

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        model = index.model()
        assert isinstance(model, NoteListModel)
        row = model.row(index.row())
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._headings and model.starts_day(index.row()):
            heading = QRect(rect.left(), rect.top(), rect.width(), HEADING_HEIGHT)
            _draw_heading(painter, heading, row.day)
            rect = rect.adjusted(0, HEADING_HEIGHT, 0, 0)
        _draw_ground(painter, rect, state)
        _draw_note(painter, rect, row, bool(state & QStyle.StateFlag.State_Selected))
        painter.restore()


def _draw_heading(painter: QPainter, rect: QRect, words: str) -> None:
    painter.setFont(theme.font("small", bold=True))
    painter.setPen(theme.color("muted"))
    place = rect.adjusted(_LEFT, 0, -_RIGHT, -4)
    painter.drawText(place, Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft, words)


def _draw_ground(painter: QPainter, rect: QRect, state: QStyle.StateFlag) -> None:
    tokens = theme.current()
    if state & QStyle.StateFlag.State_Selected:
        painter.fillRect(rect, QColor(tokens.selection))
        if state & QStyle.StateFlag.State_HasFocus:
            bar = QRect(rect.left(), rect.top(), 3, rect.height())
            painter.fillRect(bar, QColor(tokens.accent))
    elif state & QStyle.StateFlag.State_MouseOver:
        painter.fillRect(rect, QColor(tokens.raised))
    painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), QColor(tokens.line))


def _draw_note(painter: QPainter, rect: QRect, row: NoteRow, chosen: bool) -> None:
    sign = icons.pixmap(_sign(row.kind), None, 14, painter.device().devicePixelRatioF())
    painter.drawPixmap(rect.left() + _LEFT, rect.top() + _TOP + 3, sign)
    left, right = rect.left() + _TEXT, rect.right() - _RIGHT
    line = QRect(left, rect.top() + _TOP, right - left + 1, _LINE)
    _draw_title(painter, line, row)
    line.translate(0, _LINE)
    draw_marked(painter, line, row.snippet, row.snippet_marks, theme.font(), "muted")
    line.translate(0, _LINE)
    _draw_foot(painter, line, row, chosen)


def _draw_title(painter: QPainter, line: QRect, row: NoteRow) -> None:
    small = theme.font(figures=True)
    taken = QFontMetrics(small).horizontalAdvance(row.when)
    painter.setFont(small)
    painter.setPen(theme.color("muted"))
    flags = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
    painter.drawText(line, flags, row.when)
    room = line.adjusted(0, 0, -(taken + 12 if taken else 0), 0)
    draw_marked(painter, room, row.title, row.title_marks, theme.font(bold=True), "text")


def _draw_foot(painter: QPainter, line: QRect, row: NoteRow, chosen: bool) -> None:
    """Account and tags from the left, what is special about the note from the right."""
    right = _draw_signs(painter, line, row)
    metrics = QFontMetrics(theme.font("small"))
    origin = _one_line(" · ".join(part for part in (row.account, row.author) if part))
    words = metrics.elidedText(origin, Qt.TextElideMode.ElideRight, (right - line.left()) * 2 // 3)
    painter.setFont(theme.font("small"))
    painter.setPen(theme.color("muted"))
    painter.drawText(line, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, words)
    left = line.left() + (metrics.horizontalAdvance(words) + 8 if words else 0)
    _draw_tags(painter, QRect(left, line.top(), right - left, _LINE), row.tags, chosen)


def _draw_tags(painter: QPainter, place: QRect, tags: Iterable[str], chosen: bool) -> None:
    """As many tags as fit, then how many more there are."""
    look, border = chip_look("outline"), theme.current().selection_line if chosen else None
    waiting = [_one_line(tag) for tag in tags]
    left = place.left()
    while waiting:
        rest = f"+{len(waiting) - 1}"
        width = chip_width(waiting[0])
        spare = chip_width(rest) + _GAP if len(waiting) > 1 else 0
        if left + width + spare > place.right():
            break
        draw_chip(painter, _chip_box(left, place, width), waiting.pop(0), look, border=border)
        left += width + _GAP
    more = f"+{len(waiting)}"
    if waiting and left + chip_width(more) <= place.right():
        draw_chip(painter, _chip_box(left, place, chip_width(more)), more, look, border=border)


def _draw_signs(painter: QPainter, line: QRect, row: NoteRow) -> int:
    """Draw the special signs from the right and return where they begin."""
    right = line.right() + 1
    for words, look in _pills(row):
        width = chip_width(words, bold=True)
        right -= width
        draw_chip(painter, _chip_box(right, line, width), words, look)
        right -= _GAP
    for name in _marks(row):
        right -= 14
        sign = icons.pixmap(name, "muted", 14, painter.device().devicePixelRatioF())
        painter.drawPixmap(right, line.top() + 3, sign)
        right -= _GAP
    return right


def _pills(row: NoteRow) -> list[tuple[str, ChipLook]]:
    found = []
    if row.edited_twice:
        found.append((_tr("Edited twice"), chip_look("amber")))
    if row.draft:
        found.append((_tr("Draft"), chip_look("grey")))
    return found


def _marks(row: NoteRow) -> list[str]:
    return [name for name, on in (("send", row.sent), ("hidden", row.masked)) if on]


def draw_marked(
    painter: QPainter, place: QRect, words: str, marks: tuple[Span, ...], font: QFont, ink: str
) -> None:
    """Draw one line, cut where it must be, with the found words on a ground of their own.

    When the first found word would be cut off, the line begins later instead.
    """
    metrics = QFontMetrics(font)
    words, marks = _window(_one_line(words), marks, metrics, place.width())
    painter.setFont(font)
    painter.setPen(theme.color(ink))
    shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, place.width())
    if not marks:
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(place, flags | Qt.TextFlag.TextSingleLine, shown)
        return
    _draw_layout(painter, place, shown, marks, font)


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


def _window(
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
    made = QTextLayout.FormatRange()
    made.start, made.length = span[0], span[1] - span[0]
    ink = QTextCharFormat()
    ink.setForeground(theme.color("text"))
    made.format = ink
    return made


def _x(line: QTextLine, at: int) -> float:
    found = line.cursorToX(at)
    return float(found[0] if isinstance(found, tuple) else found)  # type: ignore[arg-type]


def _tr(words: str) -> str:
    return QCoreApplication.translate("NoteList", words)


def _one_line(words: str) -> str:
    return words.translate(_SPACES)


def _sign(kind: str) -> str:
    return kind if kind in icons.KINDS else "note"


def _chip_box(left: int, line: QRect, width: int) -> QRect:
    return QRect(left, line.top() + 1, width, 18)
