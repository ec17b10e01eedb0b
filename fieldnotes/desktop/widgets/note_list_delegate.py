"""How one note looks in a list: kind, title and time, one line of text, account and tags."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QModelIndex, QPersistentModelIndex, QRect, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyledItemDelegate

from fieldnotes.desktop import icons, paint, theme
from fieldnotes.desktop.widgets.chip_look import chip_look, chip_width, draw_chip
from fieldnotes.desktop.widgets.item_state import item_state
from fieldnotes.desktop.widgets.marked_line import draw_line, draw_marked, look, one_line, width_of
from fieldnotes.desktop.widgets.note_list_model import NoteListModel

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtWidgets import QAbstractItemView, QStyleOptionViewItem

    from fieldnotes.desktop.widgets.chip_look import ChipLook
    from fieldnotes.desktop.widgets.item_state import ItemState
    from fieldnotes.desktop.widgets.note_list_model import NoteRow

_Index = QModelIndex | QPersistentModelIndex

ROW_HEIGHT = 80
HEADING_HEIGHT = 32
_LEFT = 16
_TEXT = 40
_RIGHT = 16
_LINE = 20
_TOP = 10
_GAP = 4


class NoteListDelegate(QStyledItemDelegate):
    """Paints a `NoteRow`, with the heading of its day above the first of each day."""

    def __init__(self, view: QAbstractItemView, *, headings: bool = True) -> None:
        super().__init__(view)
        self._view = view
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
        state = item_state(self._view, index, rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._headings and model.starts_day(index.row()):
            heading = QRect(rect.left(), rect.top(), rect.width(), HEADING_HEIGHT)
            _draw_heading(painter, heading, row.day)
            rect = rect.adjusted(0, HEADING_HEIGHT, 0, 0)
        _draw_ground(painter, rect, state)
        _draw_note(painter, rect, row, state.chosen)
        painter.restore()


def _draw_heading(painter: QPainter, rect: QRect, words: str) -> None:
    place = QRect(rect.left() + _LEFT, rect.bottom() - 23, rect.width() - _LEFT - _RIGHT, _LINE)
    draw_line(painter, place, words, look("muted", "small", bold=True))


def _draw_ground(painter: QPainter, rect: QRect, state: ItemState) -> None:
    tokens = theme.current()
    if state.chosen:
        paint.fill(painter, rect, tokens.selection)
        if state.focused:
            paint.fill(painter, QRect(rect.left(), rect.top(), 3, rect.height()), tokens.accent)
    elif state.hovered:
        paint.fill(painter, rect, tokens.raised)
    paint.fill(painter, QRect(rect.left(), rect.bottom(), rect.width(), 1), tokens.line)


def _draw_note(painter: QPainter, rect: QRect, row: NoteRow, chosen: bool) -> None:
    sign = icons.pixmap(_sign(row.kind), None, 14, painter.device().devicePixelRatioF())
    painter.drawPixmap(rect.left() + _LEFT, rect.top() + _TOP + 3, sign)
    left, right = rect.left() + _TEXT, rect.right() - _RIGHT
    line = QRect(left, rect.top() + _TOP, right - left + 1, _LINE)
    _draw_title(painter, line, row)
    line.translate(0, _LINE)
    draw_marked(painter, line, row.snippet, row.snippet_marks, look("muted"))
    line.translate(0, _LINE)
    _draw_foot(painter, line, row, chosen)


def _draw_title(painter: QPainter, line: QRect, row: NoteRow) -> None:
    small = look("muted", figures=True)
    taken = width_of(row.when, small)
    draw_line(
        painter, QRect(line.right() - taken + 1, line.top(), taken + 2, _LINE), row.when, small
    )
    room = line.adjusted(0, 0, -(taken + 12 if taken else 0), 0)
    draw_marked(painter, room, row.title, row.title_marks, look("text", bold=True))


def _draw_foot(painter: QPainter, line: QRect, row: NoteRow, chosen: bool) -> None:
    """Account and tags from the left, what is special about the note from the right."""
    right = _draw_signs(painter, line, row)
    origin = " · ".join(part for part in (row.account, row.author) if part)
    place = QRect(line.left(), line.top(), (right - line.left()) * 2 // 3, _LINE)
    taken = draw_line(painter, place, origin, look("muted", "small")) if origin else 0
    left = line.left() + (taken + 8 if taken else 0)
    _draw_tags(painter, QRect(left, line.top(), right - left, _LINE), row.tags, chosen)


def _draw_tags(painter: QPainter, place: QRect, tags: Iterable[str], chosen: bool) -> None:
    """As many tags as fit, then how many more there are."""
    tag, border = chip_look("outline"), theme.current().selection_line if chosen else None
    waiting = [one_line(tag) for tag in tags]
    left = place.left()
    while waiting:
        rest = f"+{len(waiting) - 1}"
        width = chip_width(waiting[0])
        spare = chip_width(rest) + _GAP if len(waiting) > 1 else 0
        if left + width + spare > place.right():
            break
        draw_chip(painter, _chip_box(left, place, width), waiting.pop(0), tag, border=border)
        left += width + _GAP
    more = f"+{len(waiting)}"
    if waiting and left + chip_width(more) <= place.right():
        draw_chip(painter, _chip_box(left, place, chip_width(more)), more, tag, border=border)


def _draw_signs(painter: QPainter, line: QRect, row: NoteRow) -> int:
    """Draw the special signs from the right and return where they begin."""
    right = line.right() + 1
    for words, pill in _pills(row):
        width = chip_width(words, bold=True)
        right -= width
        draw_chip(painter, _chip_box(right, line, width), words, pill)
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


def _tr(words: str) -> str:
    return QCoreApplication.translate("NoteList", words)


def _sign(kind: str) -> str:
    return kind if kind in icons.KINDS else "note"


def _chip_box(left: int, line: QRect, width: int) -> QRect:
    return QRect(left, line.top() + 1, width, 18)
