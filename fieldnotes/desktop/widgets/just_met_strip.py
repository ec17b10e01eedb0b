"""A calm line: whom somebody just met, with one key to write about it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from fieldnotes.desktop import theme
from fieldnotes.desktop.widgets.buttons import SignLabel, button
from fieldnotes.desktop.widgets.flow_layout import FlowLayout
from fieldnotes.desktop.widgets.primary_button import key_words

JUST_MET_KEYS = "Ctrl+M"


class JustMetStrip(QWidget):
    """Hidden until `offer`. `taken` to write about it, `refused` when there is nothing to write."""

    taken = Signal()
    refused = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._offered = False
        self._allowed = True
        self._sign = SignLabel("people", "accent")
        self._lead = theme.label()
        self._who = theme.label(bold=True)
        self._what = theme.label(ink="muted")
        self.take = button(self.tr("Write it down"), "flat")
        self.take.setToolTip(key_words(JUST_MET_KEYS))
        self.refuse = button(self.tr("N&othing to write"), "flat")
        self.take.clicked.connect(self.taken)
        self.refuse.clicked.connect(self.refused)
        words = QWidget()
        flow = FlowLayout(words, gap=6, line_gap=0)
        for part in (self._lead, self._who, self._what):
            part.setMinimumHeight(30)  # in one line with the buttons
            flow.addWidget(part)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 6, 8, 6)
        row.setSpacing(10)
        row.addWidget(self._sign)
        row.addWidget(words, 1)
        row.addWidget(self.take)
        row.addWidget(self.refuse)
        self.hide()

    def offer(self, lead: str, who: str, what: str) -> None:
        """Say "You just met", whom and when; '' for whom takes the line away."""
        self._offered = bool(who)
        self._lead.setText(lead)
        self._who.setText(who)
        self._what.setText(what)
        self.setAccessibleName(f"{lead} {who}, {what}" if who else "")
        self.setVisible(self._offered and self._allowed)

    def allow(self, allowed: bool) -> None:
        """Whether it may be seen now."""
        self._allowed = allowed
        self.setVisible(self._offered and self._allowed)

    def words(self) -> str:
        """What is said, '' while nothing is."""
        return self.accessibleName() if self._offered and self._allowed else ""

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("selection"))
        painter.drawRoundedRect(QRectF(self.rect()), theme.RADIUS, theme.RADIUS)
