"""A calm table of plain words: signs, chips and several lines in a cell, and rows folded away."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QHeaderView, QTreeView, QWidget

from fieldnotes.desktop import theme
from fieldnotes.desktop.widgets.chips import ChipRole
from fieldnotes.desktop.widgets.marked_line import one_line

_Index = QModelIndex | QPersistentModelIndex
_PARENT = QModelIndex()
_HEADER = """
QHeaderView::section { padding-left: 12px; }
QHeaderView::section:first, QHeaderView::section:only-one { padding-left: 24px; }
"""


class Cell(msgspec.Struct, frozen=True):
    """Words, perhaps after a chip."""

    words: str = ""
    chip: str = ""
    role: ChipRole = "grey"
    ink: str = "text"

    @property
    def read(self) -> str:
        """As a screen reader says it."""
        return " ".join(part for part in (self.chip, self.words) if part)


class TableRow(msgspec.Struct, frozen=True):
    """`lines`: one tuple of cells for each line of the row; the first line fills all columns.

    `sign` stands before the first cell; `bold` makes that cell stand out.
    """

    lines: tuple[tuple[Cell, ...], ...]
    key: str = ""
    sign: str = ""
    bold: bool = False


class Column(msgspec.Struct, frozen=True):
    """A heading and which part of the width it takes."""

    heading: str
    share: int


class PlainTableModel(QAbstractTableModel):
    """Rows, and below them one that unfolds the rest."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.columns: tuple[Column, ...] = ()
        self._rows: list[TableRow] = []
        self._rest: list[TableRow] = []
        self._rest_words = ""
        self.unfolded = False

    def fill(
        self,
        columns: Sequence[Column],
        rows: Sequence[TableRow],
        rest: Sequence[TableRow] = (),
        rest_words: str = "",
    ) -> None:
        """Show `rows`; `rest` only after the row that says `rest_words` is unfolded."""
        self.beginResetModel()
        self.columns = tuple(columns)
        self._rows, self._rest, self._rest_words = list(rows), list(rest), rest_words
        self.unfolded = False
        self.endResetModel()

    @property
    def fold(self) -> int:
        """The number of the row that unfolds the rest, or -1."""
        return len(self._rows) if self._rest else -1

    def fold_words(self) -> str:
        """What the fold says."""
        return self._rest_words

    def row(self, number: int) -> TableRow | None:
        """A row, or None for the fold."""
        if number < len(self._rows):
            return self._rows[number]
        return self._rest[number - self.fold - 1] if number > self.fold >= 0 else None

    def set_unfolded(self, on: bool) -> None:
        """Show the rest, or hide it again."""
        if on == self.unfolded or self.fold < 0:
            return
        first, last = self.fold + 1, self.fold + len(self._rest)
        if on:
            self.beginInsertRows(_PARENT, first, last)
            self.unfolded = True
            self.endInsertRows()
        else:
            self.beginRemoveRows(_PARENT, first, last)
            self.unfolded = False
            self.endRemoveRows()

    def rowCount(self, parent: _Index = _PARENT) -> int:
        if parent.isValid():
            return 0
        return len(self._rows) + bool(self._rest) + (len(self._rest) if self.unfolded else 0)

    def columnCount(self, parent: _Index = _PARENT) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        row = self.row(index.row())
        if row is None:
            return self._rest_words if index.column() == 0 else ""
        cells = (line[index.column()].read for line in row.lines if index.column() < len(line))
        return "; ".join(one_line(words) for words in cells if words)

    def headerData(
        self, section: int, way: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> str | Qt.AlignmentFlag | None:
        if way == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].heading
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None


class PlainTable(QTreeView):
    """Shows a `PlainTableModel`. `chosen` carries the key of a row that was opened."""

    chosen = Signal(str)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        from fieldnotes.desktop.widgets.plain_table_delegate import PlainTableDelegate

        super().__init__(parent)
        self.rows = PlainTableModel(self)
        self.setModel(self.rows)
        self.setItemDelegate(PlainTableDelegate(self))
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
