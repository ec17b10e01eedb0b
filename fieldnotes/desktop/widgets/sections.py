"""Parts of a page of facts: headed sections in one or two columns, and a row of numbers."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from fieldnotes.desktop import theme
from fieldnotes.desktop.widgets.flow_layout import FlowLayout
from fieldnotes.desktop.widgets.side_bar_model import grouped

_BREAK = 720
_WIDEST = 1120


class Section(QWidget):
    """A heading, perhaps a sentence to explain it, and what `body` holds."""

    def __init__(self, heading: str, hint: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(heading)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        self._heading = theme.label(heading, bold=True)
        self._hint = theme.label(hint, ink="muted", size="small")
        self._hint.setWordWrap(True)
        for label in (self._heading, self._hint):
            label.setContentsMargins(8, 0, 8, 0)
            column.addWidget(label)
        self._hint.setVisible(bool(hint))
        self.body = QVBoxLayout()
        self.body.setSpacing(4)
        column.addSpacing(4)
        column.addLayout(self.body)

    def set_hint(self, hint: str) -> None:
        """Explain, or stop explaining."""
        self._hint.setText(hint)
        self._hint.setVisible(bool(hint))


class Numbers(QWidget):
    """Big numbers with what they count below them."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._flow = FlowLayout(self, gap=32, line_gap=12)

    def set_numbers(self, numbers: Iterable[tuple[int | str, str]]) -> None:
        """Show (number or short words, what it is) in place of what was there."""
        self._flow.clear()
        for number, words in numbers:
            shown = grouped(number) if isinstance(number, int) else number
            holder = QWidget()
            holder.setAccessibleName(f"{shown} {words}")
            column = QVBoxLayout(holder)
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(0)
            column.addWidget(theme.label(shown, size="title", bold=True))
            column.addWidget(theme.label(words, ink="muted", size="small"))
            self._flow.addWidget(holder)


class FactsPage(QScrollArea):
    """A page to read: heading, a line below, `top`, then two columns where there is room."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._heading = theme.label(size="title", bold=True)
        self._heading.setWordWrap(True)
        self._under = theme.label(ink="muted")
        self._under.setWordWrap(True)
        self.top = QVBoxLayout()
        self.left, self.right = QVBoxLayout(), QVBoxLayout()
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._lay_out()

    def set_heading(self, heading: str, under: str = "") -> None:
        """What the page is about, and one line below it."""
        self._heading.setText(heading)
        self._under.setText(under)
        self._under.setVisible(bool(under))

    def heading(self) -> QLabel:
        """The heading itself."""
        return self._heading

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.viewport().width() >= _BREAK
        way = QBoxLayout.Direction
        self._columns.setDirection(way.LeftToRight if wide else way.TopToBottom)

    def _lay_out(self) -> None:
        page = theme.styled(QWidget(), ground="surface")
        column = QVBoxLayout()
        column.setContentsMargins(24, 20, 24, 24)
        column.setSpacing(4)
        for label in (self._heading, self._under):
            label.setContentsMargins(8, 0, 8, 0)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            column.addWidget(label)
        self.top.setContentsMargins(8, 12, 8, 12)
        self.top.setSpacing(12)
        column.addLayout(self.top)
        self._columns.setSpacing(32)
        for side in (self.left, self.right):
            side.setSpacing(24)
            held = QVBoxLayout()
            held.addLayout(side)
            held.addStretch()
            self._columns.addLayout(held, 1)
        column.addLayout(self._columns)
        column.addStretch()
        middle = QWidget()
        middle.setLayout(column)
        middle.setMaximumWidth(_WIDEST)
        row = QHBoxLayout(page)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(middle, 1)
        row.addStretch(0)
        self.setWidget(page)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        theme.styled(self, ground="surface")
