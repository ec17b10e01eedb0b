"""A row of pills of which one is chosen, or none where a field may stay unanswered."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec
from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from fieldnotes.desktop import theme
from fieldnotes.desktop.widgets.buttons import Pressable
from fieldnotes.desktop.widgets.chips import ChipRole, chip_look
from fieldnotes.desktop.widgets.flow_layout import FlowLayout

_NEXT = (Qt.Key.Key_Right, Qt.Key.Key_Down)
_BACK = (Qt.Key.Key_Left, Qt.Key.Key_Up)
_DIGITS = "123456789"


class Choice(msgspec.Struct, frozen=True):
    """One answer: its key, its words, and the colour it takes when it is chosen."""

    key: str
    label: str
    role: ChipRole = "amber"


class Pill(Pressable):
    """One answer of the row."""

    def __init__(self, choice: Choice, parent: QWidget | None = None) -> None:
        super().__init__(choice.label, parent)
        self.choice = choice

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(theme.font("small", bold=True))
        return QSize(metrics.horizontalAdvance(self.text()) + 22, 24)

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = theme.current()
        look = chip_look(self.choice.role if self.isChecked() else "grey")
        hovered = self.underMouse() and not self.isChecked() and self.isEnabled()
        painter = QPainter(self)
        self.draw_ground(painter, 12, tokens.hover if hovered else look.fill, look.border)
        painter.setFont(theme.font("small", bold=True))
        painter.setPen(QColor(look.text if self.isEnabled() else tokens.faint))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text())


class ChoicePills(QWidget):
    """Choose one, or choose it again to take it back; one that is `needed` stays chosen.

    Tab comes in once, the arrows go along, Space chooses; so does the number of a pill, at once.
    Where an answer is needed the arrows choose what they come to. `changed` carries the key of the
    chosen answer or an empty text, `entered` says that Enter was pressed.
    """

    changed = Signal(str)
    entered = Signal()

    def __init__(
        self,
        name: str,
        choices: Iterable[Choice],
        parent: QWidget | None = None,
        *,
        needed: bool = False,
    ) -> None:
        super().__init__(parent)
        self._needed = needed
        self._pills = [Pill(choice) for choice in choices]
        flow = FlowLayout(self, gap=4, line_gap=4)
        for pill in self._pills:
            pill.setAccessibleName(f"{name}: {pill.text()}")
            pill.clicked.connect(lambda _on, pill=pill: self._on_clicked(pill))
            flow.addWidget(pill)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAccessibleName(name)
        self._let_tab_in()

    def value(self) -> str:
        """The key of the chosen answer, or an empty text."""
        return next((pill.choice.key for pill in self._pills if pill.isChecked()), "")

    def set_value(self, key: str) -> None:
        """Choose an answer, or none, without a signal."""
        for pill in self._pills:
            pill.setChecked(pill.choice.key == key)
        self._let_tab_in()

    def pills(self) -> list[Pill]:
        """The pills in their order."""
        return list(self._pills)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._entry().setFocus(event.reason())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.text() and event.text() in _DIGITS[: len(self._pills)]:
            pill = self._pills[_DIGITS.index(event.text())]
            self._go(pill)
            pill.click()
            return
        if self._needed and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
            return
        step = 1 if event.key() in _NEXT else -1 if event.key() in _BACK else 0
        focused = [number for number, pill in enumerate(self._pills) if pill.hasFocus()]
        if not step or not focused:
            super().keyPressEvent(event)
            return
        pill = self._pills[(focused[0] + step) % len(self._pills)]
        self._go(pill)
        if self._needed:
            pill.click()

    def _go(self, pill: Pill) -> None:
        pill.setFocus(Qt.FocusReason.TabFocusReason)

    def _on_clicked(self, chosen: Pill) -> None:
        for pill in self._pills:
            if pill is not chosen:
                pill.setChecked(False)
        if self._needed:
            chosen.setChecked(True)
        self._let_tab_in()
        self.changed.emit(self.value())

    def _entry(self) -> Pill:
        return next((pill for pill in self._pills if pill.isChecked()), self._pills[0])

    def _let_tab_in(self) -> None:
        """Only the chosen pill, or the first, is a stop of the Tab key."""
        entry = self._entry()
        for pill in self._pills:
            stop = pill is entry
            pill.setFocusPolicy(Qt.FocusPolicy.StrongFocus if stop else Qt.FocusPolicy.ClickFocus)
