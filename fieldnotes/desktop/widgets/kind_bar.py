"""The six kinds above a new note, each with its sign and the keys that choose it."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec
from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFontMetrics,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QShortcut,
)
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QSizePolicy, QWidget

from fieldnotes.desktop import icons, theme
from fieldnotes.desktop.widgets.buttons import Pressable
from fieldnotes.desktop.widgets.primary_button import draw_key_cap, key_cap_width, key_words

_PAD = 10
_SIGN = 14
_GAP = 6


class KindChoice(msgspec.Struct, frozen=True):
    """One kind: `key` names its sign and is what `kind_chosen` carries."""

    key: str
    label: str
    shortcut: str = ""


class KindButton(Pressable):
    """One kind of the bar."""

    def __init__(self, choice: KindChoice, parent: QWidget | None = None) -> None:
        super().__init__(choice.label, parent)
        self.key = choice.key
        self._keys = key_words(choice.shortcut) if choice.shortcut else ""
        self._caps = True
        if choice.shortcut:
            # Not setShortcut: that one clicks a tenth of a second later.
            QShortcut(QKeySequence(choice.shortcut), self).activated.connect(self.click)
            self.setAccessibleDescription(choice.shortcut)

    def show_cap(self, shown: bool) -> None:
        """Leave out the keys where there is no room for them."""
        self._caps = shown
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self.width_with_cap() if self._caps else self._width_of_words(), 32)

    def width_with_cap(self) -> int:
        """How wide the button is with its keys."""
        return self._width_of_words() + (key_cap_width(self._keys) + 8 if self._keys else 0)

    def minimumSizeHint(self) -> QSize:
        return QSize(self._width_of_words(), 32)

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = theme.current()
        chosen = self.isChecked()
        painter = QPainter(self)
        fill = tokens.selection if chosen else tokens.hover if self.underMouse() else None
        self.draw_ground(painter, theme.RADIUS, fill, None)
        inner = self.rect().adjusted(_PAD, 0, -_PAD, 0)
        sign = icons.pixmap(self.key, None, _SIGN, self.devicePixelRatioF())
        painter.drawPixmap(inner.left(), (self.height() - _SIGN) // 2, sign)
        painter.setFont(theme.font(bold=chosen))
        painter.setPen(QColor(tokens.accent if chosen else tokens.muted))
        words = inner.adjusted(_SIGN + _GAP, 0, 0, 0)
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(words, flags, self.text())
        if self._caps and self._keys:
            width = key_cap_width(self._keys)
            cap = QRect(inner.right() - width + 1, (self.height() - 18) // 2, width, 18)
            edge = tokens.selection_line if chosen else tokens.line
            draw_key_cap(painter, cap, self._keys, ink=tokens.muted, line=edge)

    def _width_of_words(self) -> int:
        words = QFontMetrics(theme.font(bold=True)).horizontalAdvance(self.text())
        return 2 * _PAD + _SIGN + _GAP + words


class KindBar(QWidget):
    """Exactly one kind is chosen. `kind_chosen` carries its key when a person changes it.

    The shortcuts of the choices are the buttons' own: no action needs to repeat them.
    """

    kind_chosen = Signal(str)

    def __init__(self, choices: Iterable[KindChoice], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._group = QButtonGroup(self)
        self._buttons = [KindButton(choice) for choice in choices]
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        for button in self._buttons:
            self._group.addButton(button)
            row.addWidget(button)
        row.addStretch()
        self._group.buttonClicked.connect(self._on_clicked)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Kind of note"))

    def kind(self) -> str:
        """The key of the chosen kind, or an empty text before the first choice."""
        return next((button.key for button in self._buttons if button.isChecked()), "")

    def set_kind(self, key: str) -> None:
        """Choose a kind without a signal; an unknown key changes nothing."""
        for button in self._buttons:
            if button.key == key:
                button.setChecked(True)

    def buttons(self) -> list[KindButton]:
        """The buttons in their order."""
        return list(self._buttons)

    def resizeEvent(self, event: QResizeEvent) -> None:
        needed = sum(button.width_with_cap() for button in self._buttons)
        room = event.size().width() - 4 * (len(self._buttons) - 1)
        for button in self._buttons:
            button.show_cap(needed <= room)

    def _on_clicked(self, button: KindButton) -> None:
        self.kind_chosen.emit(button.key)
