"""Words that people wrote, in type of any size: wrapped, inside a long word too, and never HTML."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QTextLayout, QTextOption
from PySide6.QtWidgets import QSizePolicy, QWidget

from fieldnotes.desktop import theme

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

_NARROWEST = 160
_WISHED = 640


class LargeText(QWidget):
    """As high as its lines, of which there are at most `most`; the last ends with an ellipsis."""

    def __init__(
        self, text: str = "", pixels: int = 28, *, ink: str = "text", bold: bool = False, most: int
    ) -> None:
        super().__init__()
        self._ink, self._most = ink, most
        self._font = theme.font("title", bold=bold)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.set_pixels(pixels)
        self.set_text(text)

    def set_text(self, text: str) -> None:
        """Show these words."""
        self._text = " ".join(text.split())
        self.setAccessibleName(self._text)
        self.updateGeometry()
        self.update()

    def text(self) -> str:
        """The words, also those that found no room."""
        return self._text

    def set_pixels(self, pixels: int) -> None:
        """How high the type is, in pixels of a screen with 96 of them to the inch."""
        self._font = QFont(self._font)
        self._font.setPixelSize(pixels)
        self.updateGeometry()
        self.update()

    def set_most(self, lines: int) -> None:
        """How many lines there may be."""
        self._most = lines
        self.updateGeometry()
        self.update()

    def pixels(self) -> int:
        """How high it is."""
        return self._font.pixelSize()

    def lines(self, width: int) -> list[str]:
        """What stands in each line of so many pixels."""
        layout = QTextLayout(self._text, self._font)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        layout.beginLayout()
        cut: list[str] = []
        while (line := layout.createLine()).isValid():
            line.setLineWidth(width)
            if len(cut) == self._most - 1:
                cut.append(self._elided(line.textStart(), width))
                break
            cut.append(self._text[line.textStart() : line.textStart() + line.textLength()])
        layout.endLayout()
        return cut

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return max(1, len(self.lines(width))) * self._line_height()

    def sizeHint(self) -> QSize:
        return QSize(_WISHED, self.heightForWidth(max(_NARROWEST, self.width())))

    def minimumSizeHint(self) -> QSize:
        return QSize(_NARROWEST, self._line_height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(self._font)
        painter.setPen(theme.color(self._ink))
        down = QFontMetrics(self._font).ascent()
        for number, line in enumerate(self.lines(self.width())):
            painter.drawText(QPointF(0, number * self._line_height() + down), line.rstrip())

    def _elided(self, start: int, width: int) -> str:
        end = Qt.TextElideMode.ElideRight
        return QFontMetrics(self._font).elidedText(self._text[start:], end, width)

    def _line_height(self) -> int:
        return round(QFontMetrics(self._font).lineSpacing() * 1.08)
