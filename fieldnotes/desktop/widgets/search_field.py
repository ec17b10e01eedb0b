"""The line in which a search is typed: it can underline the pieces that were not understood."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QLineEdit

from fieldnotes.desktop import theme
from fieldnotes.desktop.widgets.text_units import first_units, units

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtGui import QPaintEvent

_BELOW = 9  # pixels from the middle of the line to what underlines it


class SearchField(QLineEdit):
    """Places are characters of the text, not what Qt counts."""

    def __init__(self) -> None:
        super().__init__()
        self._troubles: tuple[tuple[int, int], ...] = ()

    def cursor(self) -> int:  # type: ignore[override]
        """How many characters stand before the cursor."""
        return len(first_units(self.text(), self.cursorPosition()))

    def put(self, text: str, cursor: int) -> None:
        """Another text, with the cursor somewhere in it. Sends no `textEdited`."""
        if text != self.text():
            self.setText(text)
            self.setCursorPosition(units(text[:cursor]))

    def underline(self, troubles: Iterable[tuple[int, int]]) -> None:
        """Underline these pieces [first, end)."""
        self._troubles = tuple(troubles)
        self.update()

    def underlined(self) -> tuple[tuple[int, int], ...]:
        """The pieces that are underlined."""
        return self._troubles

    def place_of(self, character: int) -> QRect:
        """Where a character begins, as a thin place in this widget."""
        here = self.cursorRect()
        metrics = self.fontMetrics()
        before = first_units(self.text(), self.cursorPosition())
        moved = metrics.horizontalAdvance(self.text()[:character])
        left = here.center().x() + moved - metrics.horizontalAdvance(before)
        return QRect(left, here.top(), 1, here.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._troubles:
            return
        painter = QPainter(self)
        painter.setPen(QPen(QColor(theme.current().red_text), 1.5))
        line = self.rect().center().y() + _BELOW
        for first, end in self._troubles:
            left, right = self.place_of(first).left(), self.place_of(end).left()
            painter.drawLine(QPoint(left, line), QPoint(max(right, left + 4), line))
