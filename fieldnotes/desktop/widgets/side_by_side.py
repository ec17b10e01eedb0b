"""Parts that stand side by side where there is room, and else one below the other."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

_WAY = QBoxLayout.Direction


class SideBySide(QWidget):
    """Put the parts into `parts`. `least`: from this width on they stand side by side."""

    def __init__(self, least: int, gaps: tuple[int, int], parent: QWidget | None = None) -> None:
        """`gaps`: between parts side by side, and below each other."""
        super().__init__(parent)
        self._least, self._gaps = least, gaps
        self.parts = QBoxLayout(_WAY.TopToBottom, self)
        self.parts.setContentsMargins(0, 0, 0, 0)
        self.parts.setSpacing(gaps[1])

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        beside = self.width() >= self._least
        self.parts.setDirection(_WAY.LeftToRight if beside else _WAY.TopToBottom)
        self.parts.setSpacing(self._gaps[0 if beside else 1])
