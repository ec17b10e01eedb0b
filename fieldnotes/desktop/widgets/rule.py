"""A hairline between two parts of a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from fieldnotes.desktop import theme

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent


class Rule(QWidget):
    """One pixel high, as wide as there is room; or `upright`."""

    def __init__(self, *, upright: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        thin, wide = QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding
        if upright:
            self.setFixedWidth(1)
            self.setSizePolicy(thin, wide)
        else:
            self.setFixedHeight(1)
            self.setSizePolicy(wide, thin)

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), theme.color("line"))
