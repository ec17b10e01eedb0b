"""A calm table of plain words: signs, chips and several lines in a cell, and rows folded away."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QHeaderView, QTreeView, QWidget

from fieldnotes.desktop import theme
from fieldnotes.desktop.widgets.plain_table_delegate import PlainTableDelegate
from fieldnotes.desktop.widgets.plain_table_model import Column, PlainTableModel, TableRow

_Index = QModelIndex | QPersistentModelIndex
_PARENT = QModelIndex()
_HEADER = """
QHeaderView::section { padding-left: 12px; }
QHeaderView::section:first, QHeaderView::section:only-one { padding-left: 24px; }
"""


class PlainTable(QTreeView):
    """Shows a `PlainTableModel`. `chosen` carries the key of a row that was opened."""

    chosen = Signal(str)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = PlainTableModel(self)
        self.setModel(self.rows)
        self.setItemDelegate(PlainTableDelegate(self, self.rows))
        self.setAccessibleName(name)
        self.setRootIsDecorated(False)
        self.setIndentation(0)
        self.setUniformRowHeights(False)
        self.setEditTriggers(QTreeView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QTreeView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.header().setSectionsMovable(False)
        self.header().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.header().setFixedHeight(36)
        self.header().setMinimumSectionSize(40)
        self.header().setStyleSheet(_HEADER)
        self.doubleClicked.connect(self._on_opened)
        theme.notifier().changed.connect(self.scheduleDelayedItemsLayout)

    def fill(
        self,
        columns: Sequence[Column],
        rows: Sequence[TableRow],
        rest: Sequence[TableRow] = (),
        rest_words: str = "",
        *,
        one_line: bool = False,
    ) -> None:
        """As for the model; the first row becomes the current one.

        `one_line` cuts long words instead of wrapping them: for thousands of rows.
        """
        self.setUniformRowHeights(one_line)
        self.rows.fill(columns, rows, rest, rest_words)
        if self.rows.fold >= 0:
            self.setFirstColumnSpanned(self.rows.fold, QModelIndex(), True)
        self._share_width()
        if self.rows.rowCount():
            self.setCurrentIndex(self.rows.index(0, 0))
        self.scrollToTop()

    def toggle_fold(self) -> None:
        """Unfold the rest, or fold it again."""
        self.rows.set_unfolded(not self.rows.unfolded)
        self.setFirstColumnSpanned(self.rows.fold, QModelIndex(), True)
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_width()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        here = self.currentIndex()
        keys = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
        if here.isValid() and here.row() == self.rows.fold:
            turns = {Qt.Key.Key_Right: not self.rows.unfolded, Qt.Key.Key_Left: self.rows.unfolded}
            if event.key() in keys or turns.get(Qt.Key(event.key())):
                self.toggle_fold()
                return
        if here.isValid() and event.key() in keys[:2]:
            self._on_opened(here)
            return
        super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        left = event.button() == Qt.MouseButton.LeftButton
        if left and index.isValid() and index.row() == self.rows.fold:
            self.toggle_fold()

    def _on_opened(self, index: QModelIndex) -> None:
        row = self.rows.row(index.row())
        if row is not None and row.key:
            self.chosen.emit(row.key)

    def _share_width(self) -> None:
        shares = [column.share for column in self.rows.columns]
        room = self.viewport().width()
        for number, share in enumerate(shares):
            self.setColumnWidth(number, room * share // max(sum(shares), 1))
        self.scheduleDelayedItemsLayout()
