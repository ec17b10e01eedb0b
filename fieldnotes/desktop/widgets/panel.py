"""A raised panel with a heading, and the grid of labels and values that stands in one."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from fieldnotes.desktop import theme

LABEL_WIDTH = 136


class Panel(QWidget):
    """A rounded ground. Put what belongs in it into `body`; never a panel into a panel."""

    def __init__(self, heading: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._heading = theme.label(heading, ink="muted", size="small", bold=True)
        self._heading.setWordWrap(True)
        self._heading.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.setAccessibleName(heading)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(16, 12, 16, 12)
        outer.setSpacing(8)
        outer.addWidget(self._heading)
        self._heading.setVisible(bool(heading))  # only now: before, it would be a window of its own
        self.body = QVBoxLayout()
        self.body.setSpacing(8)
        outer.addLayout(self.body)

    def set_heading(self, heading: str) -> None:
        """Say what the panel is about; an empty text takes the heading away."""
        self._heading.setText(heading)
        self._heading.setVisible(bool(heading))
        self.setAccessibleName(heading)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.color("line"), 1))
        painter.setBrush(theme.color("raised"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)


class FieldGrid(QWidget):
    """Labels on the left, muted; values on the right, which wrap and can be copied.

    `least`: in fewer pixels than that a value stands below its label.
    """

    def __init__(
        self, parent: QWidget | None = None, *, label_width: int = LABEL_WIDTH, least: int = 0
    ) -> None:
        super().__init__(parent)
        self._label_width, self._least, self._narrow = label_width, least, False
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(8)
        self._grid.setColumnMinimumWidth(0, label_width)
        self._grid.setColumnStretch(1, 1)

    def add(self, name: str, value: str | QWidget) -> QWidget:
        """One more row. Returns the widget of the value."""
        label = theme.label(name, ink="muted")
        label.setWordWrap(True)
        shown = _value(value) if isinstance(value, str) else value
        label.setBuddy(shown)
        if not isinstance(value, str):
            label.setMinimumHeight(min(shown.sizeHint().height(), 32))
        if not shown.accessibleName():
            words = shown.text() if isinstance(shown, QLabel) else ""
            shown.setAccessibleName(f"{name}: {words}" if words else name)
        self._place(self._grid.count() // 2, label, shown)
        return shown

    def show_row(self, value: QWidget, shown: bool) -> None:
        """Fold the row of this value away, or show it again."""
        at = self._grid.indexOf(value)
        for place in (at - 1, at):  # its label stands before it
            if (item := self._grid.itemAt(place)) and (part := item.widget()):
                part.setVisible(shown)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if (self.width() < self._least) != self._narrow:
            self._narrow = not self._narrow
            self._arrange()

    def _arrange(self) -> None:
        parts = [item.widget() for item in iter(lambda: self._grid.takeAt(0), None)]
        self._grid.setColumnMinimumWidth(0, 0 if self._narrow else self._label_width)
        for row, (label, shown) in enumerate(zip(parts[::2], parts[1::2], strict=True)):
            assert label is not None
            assert shown is not None
            self._place(row, label, shown)

    def _place(self, row: int, label: QWidget, shown: QWidget) -> None:
        down = 1 if self._narrow else 0
        self._grid.addWidget(label, row * (1 + down), 0, 1, 1 + down, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(shown, row * (1 + down) + down, 1 - down, 1, 1 + down)

    def clear(self) -> None:
        """Take every row away."""
        while (item := self._grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()


def _value(words: str) -> QLabel:
    shown = theme.label(words)
    shown.setWordWrap(True)
    shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return shown
