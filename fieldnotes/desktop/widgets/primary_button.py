"""The one big button of a page, with the keys that press it shown on a cap."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QKeySequence, QPainter, QPen
from PySide6.QtWidgets import QPushButton

from fieldnotes.desktop import theme

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent
    from PySide6.QtWidgets import QWidget

_PAD = 12


def key_words(keys: str) -> str:
    """A shortcut as a person reads it here: 'Ctrl+N' becomes 'Ctrl N', the Mac's signs stay."""
    native = QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)
    return native.replace("+", " ").replace("Return", "↵")


def key_cap_width(keys: str) -> int:
    """How wide the cap for these words is."""
    return QFontMetrics(theme.font("small")).horizontalAdvance(keys) + 12


def draw_key_cap(painter: QPainter, rect: QRect, keys: str, *, ink: str, line: str) -> None:
    """Paint a small key with `keys` on it, in the given colours."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(line), 1))
    painter.drawRoundedRect(QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
    painter.setPen(QColor(ink))
    painter.setFont(theme.font("small"))
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, keys)


class PrimaryButton(QPushButton):
    """Filled with the accent colour. `keys` is only shown: the shortcut itself is the action's."""

    def __init__(self, text: str, keys: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._keys = key_words(keys) if keys else ""
        self.setAccessibleName(text.replace("&", ""))
        if keys:
            self.setAccessibleDescription(keys)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(theme.font(bold=True))
        words = metrics.size(Qt.TextFlag.TextShowMnemonic, self.text()).width()
        cap = key_cap_width(self._keys) + 16 if self._keys else 0
        return QSize(words + cap + 2 * _PAD, 36)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._draw_ground(painter, tokens)
        inner = self.rect().adjusted(_PAD, 0, -_PAD, 0)
        ink = tokens.on_accent if self.isEnabled() else tokens.muted
        if self._keys:
            width = key_cap_width(self._keys)
            cap = QRect(inner.right() - width + 1, inner.center().y() - 9, width, 20)
            edge = tokens.cap_line if self.isEnabled() else tokens.faint
            draw_key_cap(painter, cap, self._keys, ink=ink, line=edge)
        painter.setFont(theme.font(bold=True))
        painter.setPen(QColor(ink))
        side = Qt.AlignmentFlag.AlignLeft if self._keys else Qt.AlignmentFlag.AlignHCenter
        flags = side | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextShowMnemonic
        painter.drawText(inner, flags, self.text())

    def _draw_ground(self, painter: QPainter, tokens: theme.Tokens) -> None:
        fill = tokens.accent_hover if self.underMouse() or self.isDown() else tokens.accent
        painter.setBrush(QColor(fill if self.isEnabled() else tokens.line))
        painter.setPen(QPen(QColor(tokens.text), 2) if self.hasFocus() else Qt.PenStyle.NoPen)
        inset = 1.0 if self.hasFocus() else 0.0
        box = QRectF(self.rect()).adjusted(inset, inset, -inset, -inset)
        painter.drawRoundedRect(box, theme.RADIUS, theme.RADIUS)
