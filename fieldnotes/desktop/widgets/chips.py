"""Chips: short words with a ground of their own, such as a tag, a filter or how it went."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFontMetrics,
    QPainter,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from fieldnotes.desktop import theme
from fieldnotes.desktop.widgets.buttons import plain_tip
from fieldnotes.desktop.widgets.chip_look import (
    CROSS,
    PAD,
    ChipLook,
    ChipRole,
    chip_look,
    chip_width,
    draw_chip,
)
from fieldnotes.desktop.widgets.flow_layout import FlowLayout

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtGui import (
        QKeyEvent,
        QMouseEvent,
        QPaintEvent,
        QResizeEvent,
    )

__all__ = ["Chip", "ChipLook", "ChipRole", "ChipRow", "FlowLayout", "chip_look", "draw_chip"]

HEIGHT = 20


class Chip(QWidget):
    """One chip. With `removable` it has a cross, takes focus, and Delete removes it too.

    `removed` is sent when a person asks to take it away; `clicked` when they choose it.
    """

    removed = Signal()
    clicked = Signal()

    def __init__(
        self,
        text: str,
        role: ChipRole = "outline",
        *,
        removable: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._text = _one_line(text)
        self._role: ChipRole = role
        self._removable = removable
        self._over_cross = False
        self.setAccessibleName(self._text)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        if removable:
            self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            self.setMouseTracking(True)
            self.setAccessibleDescription(self.tr("Press Delete to remove it"))

    def text(self) -> str:
        """The words on it."""
        return self._text

    def role(self) -> ChipRole:
        """The role that colours it."""
        return self._role

    def set_role(self, role: ChipRole) -> None:
        """Colour it for another role."""
        self._role = role
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        bold = chip_look(self._role).pill
        return QSize(chip_width(self._text, bold=bold, removable=self._removable), HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return QSize(min(self.sizeHint().width(), 48), HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        look = chip_look(self._role)
        room = self.width() - 2 * PAD - (CROSS if self._removable else 0)
        metrics = QFontMetrics(theme.font("small", bold=look.pill))
        shown = metrics.elidedText(self._text, Qt.TextElideMode.ElideRight, room + 1)
        focused = theme.current().accent if self.hasFocus() else None
        draw_chip(painter, self.rect(), shown, look, border=focused)
        if self._removable:
            self._draw_cross(painter, look)

    def resizeEvent(self, event: QResizeEvent) -> None:
        cut = self.width() < self.sizeHint().width()
        self.setToolTip(plain_tip(self._text) if cut else "")

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        over = self._removable and self._cross().contains(event.position())
        self.setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)
        if over != self._over_cross:
            self._over_cross = over
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if not self.rect().contains(event.position().toPoint()):
            return
        if self._removable and self._cross().contains(event.position()):
            self.removed.emit()
        else:
            self.clicked.emit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._removable and event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.removed.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.clicked.emit()
        else:
            super().keyPressEvent(event)

    def _cross(self) -> QRectF:
        return QRectF(self.width() - CROSS - PAD + 2, 0, CROSS + PAD - 2, self.height())

    def _draw_cross(self, painter: QPainter, look: ChipLook) -> None:
        tokens = theme.current()
        painter.setPen(QPen(QColor(tokens.text if self._over_cross else look.text), 1.3))
        middle = QPointF(self.width() - PAD - 3, self.height() / 2)
        for way in (QPointF(3, 3), QPointF(3, -3)):
            painter.drawLine(middle - way, middle + way)


class ChipRow(QWidget):
    """Chips side by side that wrap; `removed` carries the text of the one to take away."""

    removed = Signal(str)
    clicked = Signal(str)

    def __init__(
        self,
        texts: Iterable[str] = (),
        role: ChipRole = "outline",
        *,
        removable: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._role: ChipRole = role
        self._removable = removable
        self._flow = FlowLayout(self)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.set_texts(texts)

    def set_texts(self, texts: Iterable[str]) -> None:
        """Show these texts, all in the row's own role."""
        self._flow.clear()
        for text in texts:
            self.add(text)

    def add(self, text: str, role: ChipRole | None = None) -> Chip:
        """Put one more chip at the end, in the row's role unless told otherwise."""
        chip = Chip(text, role or self._role, removable=self._removable)
        chip.removed.connect(lambda: self.removed.emit(text))
        chip.clicked.connect(lambda: self.clicked.emit(text))
        self._flow.addWidget(chip)
        return chip

    def chips(self) -> list[Chip]:
        """The chips that are shown, in their order."""
        items = (self._flow.itemAt(index) for index in range(self._flow.count()))
        widgets = (item.widget() for item in items if item is not None)
        return [widget for widget in widgets if isinstance(widget, Chip)]


def _one_line(text: str) -> str:
    return " ".join(text.split())
