"""Ordinary buttons in the program's few looks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QLabel,
    QPushButton,
    QSizePolicy,
    QToolButton,
)

from fieldnotes.desktop import icons, theme

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent, QKeyEvent
    from PySide6.QtWidgets import (
        QWidget,
    )

KEYBOARD_REASONS = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
)
"""A ring round what has the focus helps those who came with the keyboard, and nobody else."""

_ARROWS = (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down)

ButtonLook = Literal["plain", "primary", "flat", "link", "danger"]


def button(text: str, look: ButtonLook = "plain", *, icon: str = "") -> QPushButton:
    """A button with words: `primary` once a page, `flat` and `link` beside text."""
    made = _Button(text)
    made.setAccessibleName(text.replace("&", ""))
    made.setAutoDefault(False)
    if look != "plain":
        made.setProperty(look, True)
    if look == "link":
        made.setCursor(Qt.CursorShape.PointingHandCursor)
    if icon:
        role = "on_accent" if look == "primary" else "muted"
        icons.assign(made, icon, role)
    return made


class _Button(QPushButton):
    """Enter presses it where it has the keyboard; it never answers for another field."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)


def icon_button(icon: str, name: str, tip: str = "") -> QToolButton:
    """A button that is only a sign: `name` is what a screen reader says, `tip` is shown."""
    made = QToolButton()
    icons.assign(made, icon)
    made.setIconSize(QSize(16, 16))
    made.setAccessibleName(name)
    made.setToolTip(plain_tip(tip or name))
    made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return made


def plain_tip(words: str) -> str:
    """A tool tip that shows `words` as they are: Qt would read a '<' as HTML."""
    escaped = words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return f"<span>{escaped}</span>" if escaped != words else words


class SignLabel(QLabel):
    """A sign that keeps its colour right when the theme changes. Says nothing to a reader."""

    def __init__(self, name: str, role: str | None = None, size: int = 16) -> None:
        super().__init__()
        self._sign = (name, role, size)
        self.setFixedSize(size, size)
        theme.notifier().changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    def set_sign(self, name: str, role: str | None = None) -> None:
        """Show another sign at the same size."""
        self._sign = (name, role, self._sign[2])
        self._on_theme_changed()

    def _on_theme_changed(self) -> None:
        name, role, size = self._sign
        self.setPixmap(icons.pixmap(name, role, size))


class Pressable(QAbstractButton):
    """A button that paints itself on a rounded ground; a base for pills and kinds."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ring = False
        self.setText(text)
        self.setAccessibleName(text)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._ring = event.reason() in KEYBOARD_REASONS
        super().focusInEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Outside a button group the arrows belong to the row: Qt's own go to the next field."""
        if self.group() is None and event.key() in _ARROWS:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def draw_ground(
        self, painter: QPainter, radius: float, fill: str | None, border: str | None
    ) -> None:
        """Fill and frame the whole button; the frame is the accent while the keyboard is on it."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        edge = theme.current().accent if self.hasFocus() and self._ring else border
        painter.setPen(QPen(QColor(edge), 1) if edge else Qt.PenStyle.NoPen)
        painter.setBrush(QColor(fill) if fill else Qt.BrushStyle.NoBrush)
        inset = 0.5 if edge else 0.0
        box = QRectF(self.rect()).adjusted(inset, inset, -inset, -inset)
        painter.drawRoundedRect(box, radius, radius)
