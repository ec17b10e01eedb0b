"""Chips: short words with a ground of their own, such as a tag, a filter or how it went."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Literal

import msgspec
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
from fieldnotes.desktop.widgets.flow_layout import FlowLayout

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtCore import QRect
    from PySide6.QtGui import (
        QKeyEvent,
        QMouseEvent,
        QPaintEvent,
        QResizeEvent,
    )

__all__ = ["Chip", "ChipLook", "ChipRole", "ChipRow", "FlowLayout", "chip_look", "draw_chip"]

ChipRole = Literal["accent", "outline", "amber", "green", "red", "grey"]

HEIGHT = 20
_PAD = 8
_CROSS = 14


class ChipLook(msgspec.Struct, frozen=True):
    """The colours of one role, and whether it is a pill with bold words or a square-edged tag."""

    text: str
    fill: str | None
    border: str | None
    pill: bool


def chip_look(role: ChipRole) -> ChipLook:
    """How a chip of this role looks in the theme in force."""
    tokens = theme.current()
    match role:
        case "accent":
            return ChipLook(tokens.accent, tokens.selection, None, pill=False)
        case "outline":
            return ChipLook(tokens.muted, None, tokens.line, pill=False)
        case "amber":
            return ChipLook(tokens.amber_text, tokens.amber_fill, None, pill=True)
        case "green":
            return ChipLook(tokens.green_text, tokens.green_fill, None, pill=True)
        case "red":
            return ChipLook(tokens.red_text, tokens.red_fill, None, pill=True)
        case "grey":
            return ChipLook(tokens.muted, tokens.raised, tokens.line, pill=True)


@lru_cache(maxsize=2048)
def chip_width(text: str, *, bold: bool = False, removable: bool = False) -> int:
    """How wide a chip with this text is, in logical pixels."""
    metrics = QFontMetrics(theme.font("small", bold=bold))
    return metrics.horizontalAdvance(text) + 2 * _PAD + (_CROSS if removable else 0)


def draw_chip(
    painter: QPainter, rect: QRect, text: str, look: ChipLook, *, border: str | None = None
) -> None:
    """Paint a chip without its cross, for delegates. `border` replaces the look's own."""
    edge = border or look.border
    radius = rect.height() / 2 if look.pill else 4.0
    painter.setPen(QPen(QColor(edge), 1) if edge else Qt.PenStyle.NoPen)
    painter.setBrush(QColor(look.fill) if look.fill else Qt.BrushStyle.NoBrush)
    inset = 0.5 if edge else 0.0
    painter.drawRoundedRect(QRectF(rect).adjusted(inset, inset, -inset, -inset), radius, radius)
    painter.setPen(QColor(look.text))
    painter.setFont(theme.font("small", bold=look.pill))
    words = rect.adjusted(_PAD, 0, -_PAD + 1, 0)
    flags = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
    painter.drawText(words, flags, text)


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
        room = self.width() - 2 * _PAD - (_CROSS if self._removable else 0)
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
        return QRectF(self.width() - _CROSS - _PAD + 2, 0, _CROSS + _PAD - 2, self.height())

    def _draw_cross(self, painter: QPainter, look: ChipLook) -> None:
        tokens = theme.current()
        painter.setPen(QPen(QColor(tokens.text if self._over_cross else look.text), 1.3))
        middle = QPointF(self.width() - _PAD - 3, self.height() / 2)
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
