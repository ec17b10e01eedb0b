"""How a row of a plain table is drawn: words wrap, a chip stands before them."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTreeView

from fieldnotes.desktop import icons, theme
from fieldnotes.desktop.widgets.chip_look import chip_look, chip_width, draw_chip
from fieldnotes.desktop.widgets.long_words import breakable
from fieldnotes.desktop.widgets.marked_line import one_line
from fieldnotes.desktop.widgets.plain_table_model import Cell, PlainTableModel, TableRow

_Index = QModelIndex | QPersistentModelIndex
_LEFT = 12
_EDGE = 24  # before the first column, as everything else in a dialog
_SIGN = 24
_TOP = 9
_GAP = 6
_FOLD = 36
_CHIP, _LEAST = 20, 18  # heights of a chip, and of a line
_NARROW = 64  # less than that beside a chip is no line
_FLAGS = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
_LONGEST = 400  # characters of a cell; the note itself has the rest


class PlainTableDelegate(QStyledItemDelegate):
    """Paints one cell at a time; a row is as high as its lines need."""

    def __init__(self, table: QTreeView, rows: PlainTableModel) -> None:
        super().__init__(table)
        self._table, self._rows = table, rows

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        row = self._rows.row(index.row())
        if row is None:
            return QSize(0, _FOLD)
        if index.column():
            return QSize(0, 0)  # the first column speaks for the whole row
        heights = self._heights(row)
        return QSize(0, sum(heights) + (len(heights) - 1) * 4 + 2 * _TOP)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect: QRect = option.rect
        self._draw_ground(painter, rect, option.state, index)
        row = self._rows.row(index.row())
        if row is None:
            self._draw_fold(painter, rect)
        else:
            self._draw_lines(painter, rect, row, index.column())
        painter.restore()

    def _draw_ground(
        self, painter: QPainter, rect: QRect, state: QStyle.StateFlag, index: _Index
    ) -> None:
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, theme.color("selection"))
            if index.column() == 0 and self._table.hasFocus():
                bar = QRect(rect.left(), rect.top(), 3, rect.height())
                painter.fillRect(bar, theme.color("accent"))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, theme.color("raised"))
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), theme.color("line"))

    def _draw_fold(self, painter: QPainter, rect: QRect) -> None:
        ratio = painter.device().devicePixelRatioF()
        name = "chevron-down" if self._rows.unfolded else "chevron-right"
        sign = icons.pixmap(name, "muted", 14, ratio)
        painter.drawPixmap(rect.left() + _EDGE, rect.center().y() - 6, sign)
        painter.setFont(theme.font())
        painter.setPen(theme.color("muted"))
        place = rect.adjusted(_EDGE + _SIGN, 0, -_LEFT, 0)
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(place, left, self._rows.fold_words())

    def _draw_lines(self, painter: QPainter, rect: QRect, row: TableRow, column: int) -> None:
        top = rect.top() + _TOP
        for line, height in zip(row.lines, self._heights(row), strict=True):
            if column < len(line):
                place = self._place(rect, top, height, column)
                if column == 0 and row.sign and line is row.lines[0]:
                    ratio = painter.device().devicePixelRatioF()
                    sign = icons.pixmap(row.sign, None, 14, ratio)
                    painter.drawPixmap(place.left() - _SIGN, top + 2, sign)
                self._draw_cell(painter, place, line[column], row.bold and column == 0, column)
            top += height + 4

    def _draw_cell(
        self, painter: QPainter, place: QRect, cell: Cell, bold: bool, column: int
    ) -> None:
        painter.setFont(theme.font(bold=bold))
        metrics = QFontMetrics(painter.font())
        if cell.chip:
            draw_chip(painter, _chip_box(cell, place, metrics), cell.chip, chip_look(cell.role))
        painter.setPen(theme.color("text" if column == 0 or cell.chip else cell.ink))
        room = place.adjusted(*_beside_chip(cell, place.width()), 0, 0)
        if self._table.uniformRowHeights():
            cut = metrics.elidedText(_words(cell), Qt.TextElideMode.ElideRight, room.width())
            painter.drawText(room, int(_FLAGS & ~Qt.TextFlag.TextWordWrap), cut)
        else:
            painter.drawText(QRectF(room), int(_FLAGS), _broken(cell, metrics, room.width()))

    def _heights(self, row: TableRow) -> list[int]:
        """The height of each line: that of its highest cell."""
        return [
            max(
                self._height(cell, number, row.bold and number == 0)
                for number, cell in enumerate(line)
            )
            for line in row.lines
        ]

    def _height(self, cell: Cell, column: int, bold: bool) -> int:
        metrics = QFontMetrics(theme.font(bold=bold))
        right, down = _beside_chip(cell, self._room(column))
        room = self._room(column) - right
        if self._table.uniformRowHeights():
            return max(metrics.height(), _LEAST)
        words = _broken(cell, metrics, room)
        box = metrics.boundingRect(QRect(0, 0, max(room, 1), 10_000), int(_FLAGS), words)
        return max(box.height() + down, _LEAST)

    def _room(self, column: int) -> int:
        lead = (_EDGE + _SIGN) if column == 0 else _LEFT
        return self._table.columnWidth(column) - lead - _LEFT

    def _place(self, rect: QRect, top: int, height: int, column: int) -> QRect:
        lead = (_EDGE + _SIGN) if column == 0 else _LEFT
        return QRect(rect.left() + lead, top, rect.width() - lead - _LEFT, height)


def _chip_width(cell: Cell) -> int:
    return chip_width(cell.chip, bold=chip_look(cell.role).pill)


def _chip_box(cell: Cell, place: QRect, metrics: QFontMetrics) -> QRect:
    """In the middle of the first line of words."""
    top = place.top() + (metrics.height() - _CHIP) // 2
    return QRect(place.left(), top, min(_chip_width(cell), place.width()), _CHIP)


def _beside_chip(cell: Cell, room: int) -> tuple[int, int]:
    """How far to the right of its chip, or below it, the words of a cell begin."""
    if not cell.chip:
        return 0, 0
    after = _chip_width(cell) + _GAP
    return (0, _CHIP + 2) if cell.words and room - after < _NARROW else (after, 0)


def _broken(cell: Cell, metrics: QFontMetrics, room: int) -> str:
    words = _words(cell)
    if metrics.horizontalAdvance(words) <= room:
        return words
    return breakable(words, lambda word: metrics.horizontalAdvance(word) <= room)


def _words(cell: Cell) -> str:
    words = one_line(cell.words)
    return words if len(words) <= _LONGEST else words[: _LONGEST - 1].rstrip() + "…"
