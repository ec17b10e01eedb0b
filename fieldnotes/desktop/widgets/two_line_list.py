"""A list of names: each with a count at the right, and perhaps a few muted words below."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from fieldnotes.desktop import theme
from fieldnotes.desktop.widgets.marked_line import one_line

_Index = QModelIndex | QPersistentModelIndex
COUNT = Qt.ItemDataRole.UserRole
UNDER = Qt.ItemDataRole.StatusTipRole
PAD = 16
_ROW = 48


class TwoLineList(QListView):
    """Shows a model whose rows say a name, a COUNT and what stands UNDER it, all as text."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setItemDelegate(_Delegate(self))
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.ignore()
        else:
            super().keyPressEvent(event)


class _Delegate(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(0, _ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        rect: QRect = option.rect
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        _draw_ground(painter, rect, option.state)
        under = str(index.data(UNDER) or "")
        top = rect.top() + (6 if under else (_ROW - 20) // 2)
        first = QRect(rect.left() + PAD, top, rect.width() - 2 * PAD, 20)
        ink = theme.color("accent" if chosen else "text")
        count = str(index.data(COUNT) or "")
        figures = theme.font(figures=True)
        taken = QFontMetrics(figures).horizontalAdvance(count) + 12
        painter.setFont(figures)
        painter.setPen(theme.color("accent" if chosen else "muted"))
        painter.drawText(first, _RIGHT, count)
        name = str(index.data(Qt.ItemDataRole.DisplayRole) or "")
        font = theme.font(bold=chosen)
        painter.setFont(font)
        painter.setPen(ink)
        painter.drawText(first, _LEFT, _cut(name, QFontMetrics(font), first.width() - taken))
        small = theme.font("small")
        painter.setFont(small)
        painter.setPen(theme.color("muted"))
        below = first.translated(0, 18)
        painter.drawText(below, _LEFT, _cut(under, QFontMetrics(small), below.width()))
        painter.restore()


_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


def _draw_ground(painter: QPainter, rect: QRect, state: QStyle.StateFlag) -> None:
    if state & QStyle.StateFlag.State_Selected:
        painter.fillRect(rect, theme.color("selection"))
        if state & QStyle.StateFlag.State_HasFocus:
            bar = QRect(rect.left(), rect.top(), 3, rect.height())
            painter.fillRect(bar, theme.color("accent"))
    elif state & QStyle.StateFlag.State_MouseOver:
        painter.fillRect(rect, theme.color("raised"))


def _cut(words: str, metrics: QFontMetrics, width: int) -> str:
    return metrics.elidedText(one_line(words), Qt.TextElideMode.ElideRight, width)
