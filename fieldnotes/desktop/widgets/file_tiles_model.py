"""Files as rows for tiles: names and sizes at once, their pictures when they have been drawn."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec
from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QImage, QPixmap

from fieldnotes.desktop.widgets.buttons import plain_tip

_Index = QModelIndex | QPersistentModelIndex
_PARENT = QModelIndex()


class FileTile(msgspec.Struct, frozen=True):
    """`sign`: what stands for a file without a picture; `warning` and `note` in a word or two."""

    key: str
    name: str
    size: str
    sign: str = "file"
    warning: str = ""
    note: str = ""

    @property
    def below(self) -> str:
        """The line under the name."""
        return " · ".join(part for part in (self.warning, self.note, self.size) if part)

    @property
    def read(self) -> str:
        """As a screen reader says it."""
        return ", ".join(part for part in (self.name, self.size, self.warning, self.note) if part)


class FileTilesModel(QAbstractListModel):
    """Takes rows, and pictures by the key of their row."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tiles: list[FileTile] = []
        self._pictures: dict[str, QPixmap] = {}

    def set_tiles(self, tiles: Iterable[FileTile]) -> None:
        """Show these; pictures of those that stay are kept."""
        self.beginResetModel()
        self._tiles = list(tiles)
        keys = {tile.key for tile in self._tiles}
        self._pictures = {k: p for k, p in self._pictures.items() if k in keys}
        self.endResetModel()

    def set_picture(self, key: str, picture: QImage) -> None:
        """What a file shows, already as large as it is drawn. Only its own tile is painted anew."""
        for row, tile in enumerate(self._tiles):
            if tile.key == key:
                self._pictures[key] = QPixmap.fromImage(picture)
                here = self.index(row)
                self.dataChanged.emit(here, here, [Qt.ItemDataRole.DecorationRole])

    def tile(self, row: int) -> FileTile:
        """The file of a row."""
        return self._tiles[row]

    def tiles(self) -> list[FileTile]:
        """All of them."""
        return list(self._tiles)

    def picture(self, key: str) -> QPixmap | None:
        """What the file shows, once it has been drawn."""
        return self._pictures.get(key)

    def rowCount(self, parent: _Index = _PARENT) -> int:
        return 0 if parent.isValid() else len(self._tiles)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        tile = self._tiles[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return tile.name
            case Qt.ItemDataRole.AccessibleTextRole:
                return tile.read
            case Qt.ItemDataRole.ToolTipRole:
                return plain_tip(f"{tile.name}\n{tile.below}")
            case _:
                return None
