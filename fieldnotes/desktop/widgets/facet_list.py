"""Counts under headings, each a click away: what is chosen, what is left out, and how many."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec
from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPen,
)
from PySide6.QtWidgets import QListView, QStyledItemDelegate, QStyleOptionViewItem

from fieldnotes.desktop import icons, theme
from fieldnotes.desktop.widgets.buttons import KEYBOARD_REASONS
from fieldnotes.desktop.widgets.item_state import item_state
from fieldnotes.desktop.widgets.side_bar_model import grouped

_Index = QModelIndex | QPersistentModelIndex
_ROW, _HEADING, _PAD, _GAP = 26, 34, 8, 8
_BAR = 3
_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


class FacetRow(msgspec.Struct, frozen=True):
    """`share`: of the largest count of its family, 0 to 1. `state`: '', 'chosen' or 'out'."""

    family: str
    name: str
    label: str
    count: int
    share: float
    sign: str = ""
    state: str = ""


class FacetModel(QAbstractListModel):
    """Headings, which are words alone, and rows."""

    def __init__(self, parent: QListView) -> None:
        super().__init__(parent)
        self._rows: list[str | FacetRow] = []

    def set_rows(self, rows: Iterable[str | FacetRow]) -> None:
        """Show these in place of what was there."""
        fresh = list(rows)
        if len(fresh) == len(self._rows):  # the place of whoever is in the list stays
            self._rows = fresh
            self.dataChanged.emit(self.index(0), self.index(len(fresh) - 1))
            return
        self.beginResetModel()
        self._rows = fresh
        self.endResetModel()

    def at(self, index: _Index) -> str | FacetRow:
        """The heading or the row of an index."""
        return self._rows[index.row()]

    def rows(self) -> list[str | FacetRow]:
        """Everything that is shown."""
        return list(self._rows)

    def rowCount(self, parent: _Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.at(index)
        if isinstance(row, str):
            return row if role == Qt.ItemDataRole.DisplayRole else None
        if role == Qt.ItemDataRole.DisplayRole:
            return row.label
        if role == Qt.ItemDataRole.AccessibleTextRole:
            words = {"chosen": self.tr("chosen"), "out": self.tr("left out")}.get(row.state, "")
            return ", ".join(filter(None, [row.label, grouped(row.count), words]))
        return None

    def flags(self, index: _Index) -> Qt.ItemFlag:
        if isinstance(self.at(index), str):
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


class FacetDelegate(QStyledItemDelegate):
    """Paints a heading, or words with their count and a thin bar."""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        model = index.model()
        assert isinstance(model, FacetModel)
        heading = isinstance(model.at(index), str)
        return QSize(0, (_HEADING if index.row() else _HEADING - 6) if heading else _ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        model, view = index.model(), self.parent()
        assert isinstance(model, FacetModel)
        assert isinstance(view, FacetList)
        row = model.at(index)
        box: QRect = option.rect.adjusted(_PAD, 0, -_PAD, 0)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if isinstance(row, str):
            painter.setFont(theme.font("small", bold=True))
            painter.setPen(theme.color("muted"))
            place = box.adjusted(_PAD, 0, -_PAD, -6)
            bottom = Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft
            metrics = painter.fontMetrics()
            words = metrics.elidedText(row, Qt.TextElideMode.ElideRight, place.width())
            painter.drawText(place, bottom, words)
        else:
            state = item_state(view, index, option.rect)
            self._draw_ground(painter, box, row, state.hovered, state.focused and view.ring)
            self._draw_row(painter, box.adjusted(_PAD, 0, -_PAD, 0), row)
        painter.restore()

    def _draw_ground(
        self, painter: QPainter, box: QRect, row: FacetRow, hovered: bool, ring: bool
    ) -> None:
        tokens = theme.current()
        fill = tokens.selection if row.state else tokens.hover if hovered else None
        painter.setBrush(QColor(fill) if fill else Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(tokens.accent), 1) if ring else Qt.PenStyle.NoPen)
        painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), 5, 5)

    def _draw_row(self, painter: QPainter, inner: QRect, row: FacetRow) -> None:
        tokens = theme.current()
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setFont(theme.font("small", figures=True))
        painter.setPen(QColor(tokens.accent if row.state else tokens.muted))
        count = grouped(row.count)
        painter.drawText(inner, Qt.AlignmentFlag.AlignRight | middle, count)
        room = inner.width() - painter.fontMetrics().horizontalAdvance(count) - _GAP
        left = inner.left()
        sign = "close" if row.state else row.sign
        if sign:
            drawn = icons.pixmap(
                sign, "accent" if row.state else None, 12, painter.device().devicePixelRatioF()
            )
            painter.drawPixmap(left, inner.center().y() - 5, drawn)
            left, room = left + 18, room - 18
        font = theme.font(bold=bool(row.state))
        font.setStrikeOut(row.state == "out")
        painter.setFont(font)
        painter.setPen(QColor(tokens.accent if row.state else tokens.text))
        words = QFontMetrics(font).elidedText(row.label, Qt.TextElideMode.ElideRight, room)
        painter.drawText(QRect(left, inner.top(), room, inner.height()), middle, words)
        if not row.state and row.share > 0:
            width = max(2.0, inner.width() * row.share)
            bar = QRectF(inner.left(), inner.bottom() - 1, width, _BAR - 1)
            painter.fillRect(bar, QColor(tokens.line))


class FacetList(QListView):
    """`picked` carries family, name and whether to leave it out; `menu_wanted` a place as well."""

    picked = Signal(str, str, bool)
    menu_wanted = Signal(str, str, QPoint)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.ring = False
        self.facets = FacetModel(self)
        self.setModel(self.facets)
        self.setItemDelegate(FacetDelegate(self))
        self.setAccessibleName(name)
        self.setMouseTracking(True)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._on_menu_requested)
        theme.styled(self, ground="surface")

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.ring = event.reason() in KEYBOARD_REASONS
        super().focusInEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self.ring = True
        if event.key() in _KEYS:
            self._pick(self.currentIndex(), event.modifiers())
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if event.button() == Qt.MouseButton.LeftButton:
            self._pick(self.indexAt(event.position().toPoint()), event.modifiers())

    def _pick(self, index: QModelIndex, keys: Qt.KeyboardModifier) -> None:
        row = self.facets.at(index) if index.isValid() else ""
        if isinstance(row, FacetRow):
            out = bool(keys & Qt.KeyboardModifier.ControlModifier)
            self.picked.emit(row.family, row.name, out)

    def _on_menu_requested(self, place: QPoint) -> None:
        index = self.indexAt(place)
        row = self.facets.at(index) if index.isValid() else ""
        if isinstance(row, FacetRow):
            self.menu_wanted.emit(row.family, row.name, self.viewport().mapToGlobal(place))
