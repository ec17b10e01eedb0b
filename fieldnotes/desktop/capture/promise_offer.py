"""The row that offers a promise which was noticed in the text; nothing is taken by itself."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from fieldnotes.desktop import theme
from fieldnotes.desktop.widgets.buttons import SignLabel, button
from fieldnotes.desktop.widgets.due_words import until_words
from fieldnotes.desktop.widgets.marked_line import one_line
from fieldnotes.desktop.widgets.primary_button import key_words
from fieldnotes.domain.spoken_promises import SpokenPromise

PROMISE_KEYS = "Alt+P"


class PromiseOffer(QWidget):
    """Hidden until `offer`; `taken` or `refused` when a person says which."""

    taken = Signal()
    refused = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._offered: SpokenPromise | None = None
        self._words = theme.label()
        self._words.setWordWrap(True)
        self.take = button(self.tr("Take it"), "flat")
        self.take.setToolTip(key_words(PROMISE_KEYS))
        self.later = button(self.tr("Not now"), "flat")
        self.take.clicked.connect(self.taken)
        self.later.clicked.connect(self.refused)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 6, 8, 6)
        row.setSpacing(8)
        row.addWidget(SignLabel("promise", "accent", 14))
        row.addWidget(theme.label(self.tr("A promise?"), bold=True))
        row.addWidget(self._words, 1)
        keys = theme.label(key_words(PROMISE_KEYS), ink="muted", size="small")
        for part in (keys, self.take, self.later):
            row.addWidget(part)
        self.hide()

    def offer(self, spoken: SpokenPromise | None) -> None:
        """Offer this one in place of another; None offers nothing."""
        self._offered = spoken
        self.setVisible(spoken is not None)
        if spoken is not None:
            to = self.tr("to %s") % spoken.to if spoken.to else ""
            parts = (spoken.what, to, until_words(spoken.until))
            self._words.setText(one_line("  ·  ".join(filter(None, parts))))
            self.setAccessibleName(self.tr("A promise? %s") % self._words.text())

    def offered(self) -> SpokenPromise | None:
        """What is offered now."""
        return self._offered

    def words(self) -> str:
        """What is said now; '' when nothing is offered."""
        return self._words.text() if self._offered else ""

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("selection"))
        painter.drawRoundedRect(QRectF(self.rect()), theme.RADIUS, theme.RADIUS)
