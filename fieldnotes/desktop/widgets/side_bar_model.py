"""What stands in the side bar: headings and entries with counts that change on their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
from PySide6.QtCore import (
    QAbstractListModel,
    QLocale,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtWidgets import QWidget

_Index = QModelIndex | QPersistentModelIndex


class SideBarEntry(msgspec.Struct, frozen=True):
    """One page: `icon` names a sign or is empty, `count` is a number, words or nothing.

    `passing`: it is there only while it has a count.
    `own`: a person put it there, and may move, rename and remove it.
    """

    key: str
    label: str
    icon: str = ""
    count: int | str | None = None
    passing: bool = False
    own: bool = False


class SideBarSection(msgspec.Struct, frozen=True):
    """A heading and the entries below it."""

    heading: str
    entries: tuple[SideBarEntry, ...]


class SideBarModel(QAbstractListModel):
    """Headings, which cannot be chosen, and entries, in one list.

    `renamed` carries a key and the name that somebody wrote for it.
    """

    renamed = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._every: list[str | SideBarEntry] = []
        self._rows: list[str | SideBarEntry] = []
        self._counts: dict[str, int | str | None] = {}

    def set_sections(self, sections: Iterable[SideBarSection]) -> None:
        """Show these sections in place of what was there."""
        self.beginResetModel()
        self._every = []
        for section in sections:
            self._every += [*filter(None, [section.heading]), *section.entries]
        entries = [row for row in self._every if isinstance(row, SideBarEntry)]
        before = self._counts
        self._counts = {
            row.key: before.get(row.key) if row.count is None else row.count for row in entries
        }
        self._rows = list(filter(self._is_there, self._every))
        self.endResetModel()

    def set_count(self, key: str, count: int | str | None) -> None:
        """Show another count beside one entry; an unknown key is ignored."""
        if key not in self._counts or self._counts[key] == count:
            return
        self._counts[key] = count
        entry = next(each for each in self._every if not isinstance(each, str) and each.key == key)
        row = self.row_of(key)
        if self._is_there(entry) != (row >= 0):
            self._come_or_go(entry, row)
        elif row >= 0:
            here = self.index(row)
            self.dataChanged.emit(here, here)

    def _is_there(self, row: str | SideBarEntry) -> bool:
        return isinstance(row, str) or not row.passing or bool(self._counts[row.key])

    def _come_or_go(self, entry: SideBarEntry, row: int) -> None:
        if row >= 0:
            self.beginRemoveRows(QModelIndex(), row, row)
            del self._rows[row]
            self.endRemoveRows()
        else:
            before = self._every[: self._every.index(entry)]
            place = sum(map(self._is_there, before))
            self.beginInsertRows(QModelIndex(), place, place)
            self._rows.insert(place, entry)
            self.endInsertRows()

    def at(self, index: _Index) -> str | SideBarEntry:
        """The heading or the entry of a row."""
        return self._rows[index.row()]

    def row_of(self, key: str) -> int:
        """The row of an entry, or -1."""
        for number, row in enumerate(self._rows):
            if isinstance(row, SideBarEntry) and row.key == key:
                return number
        return -1

    def own_keys(self) -> list[str]:
        """The keys of entries that are a person's own, from the top."""
        return [row.key for row in self._rows if isinstance(row, SideBarEntry) and row.own]

    def count_words(self, key: str) -> str:
        """The count beside an entry as it is read."""
        count = self._counts.get(key)
        return grouped(count) if isinstance(count, int) else count or ""

    def rowCount(self, parent: _Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        row = self.at(index)
        label = row if isinstance(row, str) else row.label
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return label
        if role == Qt.ItemDataRole.AccessibleTextRole:
            words = "" if isinstance(row, str) else self.count_words(row.key)
            return f"{label}, {words}" if words else label
        return None

    def setData(self, index: _Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        row = self.at(index)
        if isinstance(row, SideBarEntry) and row.own and str(value).strip() not in ("", row.label):
            self.renamed.emit(row.key, str(value).strip())
        return False

    def flags(self, index: _Index) -> Qt.ItemFlag:
        row = self.at(index)
        if isinstance(row, str):
            return Qt.ItemFlag.NoItemFlags
        whole = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return whole | Qt.ItemFlag.ItemIsEditable if row.own else whole


def grouped(number: int) -> str:
    """A number with its thousands apart, as it is written where the program runs."""
    here = QLocale()
    return f"{number:,}" if here.language() == QLocale.Language.C else here.toString(number)
