"""The list in the side bar: keyboard, mouse, and moving entries that are a person's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QApplication, QListView

from fieldnotes.desktop import theme
from fieldnotes.desktop.widgets.buttons import KEYBOARD_REASONS
from fieldnotes.desktop.widgets.side_bar_model import SideBarEntry, SideBarModel

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtGui import QFocusEvent, QMouseEvent, QPaintEvent


class SideBarList(QListView):
    """`asked_again`: a person asks for the entry that is chosen already.

    Entries of their own are moved with Alt and the arrows or dragged, and removed with Delete:
    `moved` carries the place among the others, `removed` the key.
    """

    asked_again = Signal()
    moved = Signal(str, int)
    removed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._before_press = QPersistentModelIndex()
        self.ring = False
        self._pressed = QPoint()
        self._dragged = ""
        self._line: int | None = None  # where what is dragged would go

    def event(self, event: QEvent) -> bool:
        """Alt and the arrows move an entry here, and go to another note elsewhere."""
        override = event.type() == QEvent.Type.ShortcutOverride
        if override and isinstance(event, QKeyEvent) and self._own():
            taken = bool(_step(event)) or event.key() == Qt.Key.Key_Delete
            event.setAccepted(taken)
            return taken or super().event(event)
        return super().event(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.ring = event.reason() in KEYBOARD_REASONS
        super().focusInEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self.ring = True
        own = self._own()
        if own and (step := _step(event)):
            keys = self._model().own_keys()
            self.moved.emit(own, max(0, min(keys.index(own) + step, len(keys) - 1)))
            return
        match event.key():
            case Qt.Key.Key_Home:
                self._go_to_first(range(self.model().rowCount()))
            case Qt.Key.Key_End:
                self._go_to_first(reversed(range(self.model().rowCount())))
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self.asked_again.emit()
            case Qt.Key.Key_Delete if own:
                self.removed.emit(own)
            case _:
                super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._before_press = QPersistentModelIndex(self.currentIndex())
        self._pressed = event.position().toPoint()
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        place = event.position().toPoint()
        far = (place - self._pressed).manhattanLength() >= QApplication.startDragDistance()
        if event.buttons() & Qt.MouseButton.LeftButton and (self._dragged or far):
            self._dragged = self._dragged or self._own(self.indexAt(self._pressed))
            if self._dragged:
                self._show_line(place.y())
                return
        super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._dragged:
            key, self._dragged, self._line = self._dragged, "", None
            self.viewport().update()
            others = self._others(key)
            height = event.position().toPoint().y()
            self.moved.emit(key, sum(box.center().y() < height for box in others))
            return
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        left = event.button() == Qt.MouseButton.LeftButton
        if left and index.isValid() and self._before_press == index:
            self.asked_again.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._line is not None:
            painter = QPainter(self.viewport())
            painter.fillRect(
                8, self._line - 1, self.viewport().width() - 16, 2, theme.color("accent")
            )

    def _show_line(self, height: int) -> None:
        others = self._others(self._dragged)
        above = [box.bottom() for box in others if box.center().y() < height]
        below = [box.top() for box in others if box.center().y() >= height]
        self._line = above[-1] if above else below[0] if below else None
        self.viewport().update()

    def _others(self, key: str) -> list[QRect]:
        """Where the other entries of a person's own stand."""
        model = self._model()
        rows = (model.row_of(each) for each in model.own_keys() if each != key)
        return [self.visualRect(model.index(row)) for row in rows]

    def _own(self, index: QModelIndex | None = None) -> str:
        """The key of an entry that is a person's own; '' for any other."""
        here = self.currentIndex() if index is None else index
        row = self._model().at(here) if here.isValid() else ""
        return row.key if isinstance(row, SideBarEntry) and row.own else ""

    def _model(self) -> SideBarModel:
        model = self.model()
        assert isinstance(model, SideBarModel)
        return model

    def _go_to_first(self, rows: Iterable[int]) -> None:
        """Row 0 is a heading, which Qt's own Home and End would stop at."""
        for row in rows:
            index = self.model().index(row, 0)
            if index.flags() & Qt.ItemFlag.ItemIsEnabled:
                self.setCurrentIndex(index)
                return


def _step(event: QKeyEvent) -> int:
    """How far Alt and an arrow move an entry; 0 for other keys."""
    if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier != Qt.KeyboardModifier.AltModifier:
        return 0
    return {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()), 0)
