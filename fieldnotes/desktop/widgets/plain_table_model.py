"""The rows of a calm table: plain words, chips, several lines in a row, and rows folded away."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
)
from PySide6.QtWidgets import QWidget

from fieldnotes.desktop.widgets.chips import ChipRole
from fieldnotes.desktop.widgets.marked_line import one_line

_Index = QModelIndex | QPersistentModelIndex
_PARENT = QModelIndex()


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
