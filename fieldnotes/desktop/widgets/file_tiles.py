"""Attached files side by side, as many to a line as fit; one Tab stop, arrows go along them."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QModelIndex, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QImage, QKeyEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QFrame, QListView, QSizePolicy, QWidget

from fieldnotes.desktop import theme
from fieldnotes.desktop.widgets.file_tiles_delegate import PICTURE, TILE, FileTilesDelegate
from fieldnotes.desktop.widgets.file_tiles_model import FileTile, FileTilesModel

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class FileTiles(QListView):
    """As high as its tiles. The signals carry the key of a file.

    `opened` by Enter or a double click, `removed` by Delete, `menu_wanted` with a place on screen.
    """

    opened = Signal(str)
    removed = Signal(str)
    menu_wanted = Signal(str, QPoint)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.files = FileTilesModel(self)
        self.setModel(self.files)
        self.setItemDelegate(FileTilesDelegate(self, self.files))
        self.setAccessibleName(name)
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setMovement(QListView.Movement.Static)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setUniformItemSizes(True)
        self.setGridSize(TILE)
        self.setSpacing(0)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.viewport().setAutoFillBackground(False)
        self.doubleClicked.connect(self._on_double_clicked)
        theme.notifier().changed.connect(self.viewport().update)

    def set_tiles(self, tiles: Iterable[FileTile]) -> None:
        """Show these; the one with the keyboard keeps it while it is there."""
        key = self.key()
        self.files.set_tiles(tiles)
        keys = [tile.key for tile in self.files.tiles()]
        if keys:
            self.setCurrentIndex(self.files.index(keys.index(key) if key in keys else 0))
        self._fit()

    def set_picture(self, key: str, picture: QImage) -> None:
        """What a file shows: at most `picture_size()` large."""
        self.files.set_picture(key, picture)

    def picture_size(self) -> tuple[int, int, float]:
        """Width and height in pixels of the screen, and how many of them make one of ours."""
        ratio = self.devicePixelRatioF()
        return round(PICTURE.width() * ratio), round(PICTURE.height() * ratio), ratio

    def key(self) -> str:
        """The file with the keyboard; '' where there is none."""
        index = self.currentIndex()
        return self.files.tile(index.row()).key if index.isValid() else ""

    def sizeHint(self) -> QSize:
        return QSize(TILE.width() * 3, self._height(max(self.width(), TILE.width())))

    def minimumSizeHint(self) -> QSize:
        return TILE

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTER and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self._emit(self.opened)
        elif event.key() == Qt.Key.Key_Delete:
            self._emit(self.removed)
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """By the mouse on a tile, or by the keyboard on the chosen one."""
        if event.reason() != QContextMenuEvent.Reason.Keyboard:
            self.setCurrentIndex(self.indexAt(event.pos()))
        if self.key():
            box = self.visualRect(self.currentIndex())
            mouse = event.reason() == QContextMenuEvent.Reason.Mouse
            where = event.pos() if mouse else box.center()
            self.menu_wanted.emit(self.key(), self.viewport().mapToGlobal(where))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """It shows everything it has: what is around it scrolls."""
        event.ignore()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self.viewport().update()

    def _emit(self, signal: object) -> None:
        if self.key():
            signal.emit(self.key())  # type: ignore[attr-defined]

    def _fit(self) -> None:
        self.setFixedHeight(self._height(self.width()))

    def _height(self, width: int) -> int:
        a_line = max(1, width // TILE.width())
        lines = -(-self.files.rowCount() // a_line)
        return max(1, lines) * TILE.height()

    def _on_double_clicked(self, index: QModelIndex) -> None:
        self.opened.emit(self.files.tile(index.row()).key)
