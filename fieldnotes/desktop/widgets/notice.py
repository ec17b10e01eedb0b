"""A message on the page: what happened and what to do next, without a box to click away."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QHBoxLayout,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from fieldnotes.desktop import theme
from fieldnotes.desktop.widgets.buttons import SignLabel, button, icon_button

NoticeKind = Literal["info", "warn", "error", "success"]

_SIGNS: dict[NoticeKind, tuple[str, str]] = {
    "info": ("info", "accent"),
    "warn": ("warning", "amber_text"),
    "error": ("error", "red_text"),
    "success": ("success", "green_text"),
}
_GROUNDS: dict[NoticeKind, str] = {
    "info": "selection",
    "warn": "warn_page",
    "error": "error_page",
    "success": "success_page",
}


class Notice(QWidget):
    """A coloured row with a sign, a bold lead, a sentence, and at most one action.

    `acted` when the action is pressed, `closed` when a person takes the row away with its cross.
    It is hidden until `show_message`.
    """

    acted = Signal()
    closed = Signal()

    def __init__(self, parent: QWidget | None = None, *, closable: bool = True) -> None:
        super().__init__(parent)
        self._kind: NoticeKind = "info"
        self._sign = SignLabel("info", "accent")
        self._lead = theme.label(bold=True)
        self._words = theme.label()
        for label in (self._lead, self._words):
            label.setWordWrap(True)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._text = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self.button: QPushButton = button("", "flat")
        self.button.clicked.connect(self.acted)
        self._cross: QToolButton = icon_button("close", self.tr("Close this message"))
        self._cross.clicked.connect(self._on_closed)
        self._lay_out()
        self._cross.setVisible(closable)  # only now: before, it would be a window of its own
        self.hide()

    def show_message(
        self, kind: NoticeKind, words: str, *, lead: str = "", action: str = ""
    ) -> None:
        """Show this message in place of what was there."""
        self._kind = kind
        self._sign.set_sign(*_SIGNS[kind])
        self._lead.setText(lead)
        self._lead.setVisible(bool(lead))
        self._words.setText(words)
        self.button.setText(action)
        self.button.setAccessibleName(action.replace("&", ""))
        self.button.setVisible(bool(action))
        self.setAccessibleName(f"{lead} {words}".strip())
        self.show()
        self._arrange()
        self.update()

    def kind(self) -> NoticeKind:
        """Which of the four kinds is shown."""
        return self._kind

    def words(self) -> str:
        """What is said, the lead included."""
        return self.accessibleName()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color(_GROUNDS[self._kind]))
        painter.drawRoundedRect(QRectF(self.rect()), theme.RADIUS, theme.RADIUS)

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 8, 8, 8)
        row.setSpacing(10)
        text = self._text
        text.setContentsMargins(0, 3, 0, 3)
        text.addWidget(self._lead)
        text.addWidget(self._words)
        sign = QVBoxLayout()
        sign.setContentsMargins(0, 4, 0, 0)
        sign.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(sign)
        row.addLayout(text, 1)
        row.addWidget(self.button)
        row.addWidget(self._cross)

    def _arrange(self) -> None:
        """Lead and words stand on one line where there is room for both."""
        metrics = QFontMetrics(theme.font(bold=True))
        needed = metrics.horizontalAdvance(f"{self._lead.text()} {self._words.text()}")
        taken = 120 + (self.button.sizeHint().width() if self.button.text() else 0)
        beside = bool(self._lead.text()) and needed < self.width() - taken
        way = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        self._lead.setWordWrap(not beside)
        self._text.setDirection(way)
        self._text.setStretchFactor(self._words, 1 if beside else 0)
        self._text.setSpacing(6 if beside else 2)

    def _on_closed(self) -> None:
        self.hide()
        self.closed.emit()
