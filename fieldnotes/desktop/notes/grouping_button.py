"""The small choice above the list: under which headings the notes stand."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu, QPushButton

from fieldnotes.desktop import theme
from fieldnotes.desktop.notes.days import Grouping

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


class GroupingButton(QPushButton):
    """Says how the notes are grouped and lets a person change it; `chosen` when they did."""

    chosen = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.value: Grouping = "day"
        self.setProperty("flat", True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAutoDefault(False)
        theme.styled(self, size="small")
        self._say()
        self.clicked.connect(self._open)

    def choose(self, value: Grouping) -> None:
        """Group otherwise."""
        self.value = value
        self._say()
        self.chosen.emit()

    def _words(self, value: Grouping) -> str:
        match value:
            case "day":
                return self.tr("By day")
            case "month":
                return self.tr("By month")
            case "none":
                return self.tr("No headings")

    def _say(self) -> None:
        self.setText(f"{self._words(self.value)} ▾")
        self.setAccessibleName(self.tr("Grouped: %s") % self._words(self.value))

    def _open(self) -> None:
        menu = QMenu(self)
        group = QActionGroup(menu)
        for value in get_args(Grouping):
            action = menu.addAction(self._words(value))
            action.setCheckable(True)
            action.setChecked(value == self.value)
            action.triggered.connect(lambda _on, value=value: self.choose(value))
            group.addAction(action)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.mapToGlobal(self.rect().bottomLeft()))
