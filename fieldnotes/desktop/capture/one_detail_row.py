"""The row that asks for one detail; it never stands in the way of saving."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from fieldnotes.desktop import theme
from fieldnotes.desktop.widgets.buttons import SignLabel, button
from fieldnotes.domain.one_detail import Detail


class OneDetailRow(QWidget):
    """Hidden until `ask`; `refused` when a person says "Not now"."""

    refused = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sign = SignLabel("objection", None, 14)
        self._words = theme.label()
        self._words.setWordWrap(True)
        self._refused: set[Detail] = set()
        self._asked: Detail | None = None
        self.later = button(self.tr("Not now"), "flat")
        self.later.clicked.connect(self._on_refused)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 6, 8, 6)
        row.setSpacing(8)
        row.addWidget(self._sign)
        row.addWidget(theme.label(self.tr("One detail helps:"), bold=True))
        row.addWidget(self._words, 1)
        row.addWidget(self.later)
        self.hide()

    def ask(self, detail: Detail | None, kind: str) -> None:
        """Ask for this detail, or for none; never again for one that was refused."""
        self._asked = None if detail in self._refused else detail
        self.setVisible(self._asked is not None)
        if self._asked is None:
            return
        self._sign.set_sign(kind)
        self._words.setText(self._question(self._asked))
        self.setAccessibleName(self.tr("One detail helps: %s") % self._words.text())

    def forget_refusals(self) -> None:
        """Another note."""
        self._refused.clear()
        self.ask(None, "note")

    def question(self) -> str:
        """What is asked now, or an empty text."""
        return self._words.text() if self._asked else ""

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("warn_page"))
        painter.drawRoundedRect(QRectF(self.rect()), theme.RADIUS, theme.RADIUS)

    def _on_refused(self) -> None:
        if self._asked:
            self._refused.add(self._asked)
        self.hide()
        self.refused.emit()

    def _question(self, detail: Detail) -> str:
        match detail:
            case Detail.COMPARED_WITH:
                return self.tr("too expensive compared with what?")
            case Detail.WHICH_COMPETITOR:
                return self.tr("which competitor? Type ! and the name.")
            case Detail.WHAT_FOR:
                return self.tr("what would they do with it?")
            case Detail.IN_NUMBERS:
                return self.tr("what came of it, in numbers?")
            case Detail.OUT_OF:
                return self.tr("replies out of how many tries?")
            case Detail.WHAT_IF_NOT:
                return self.tr("what happens if nothing changes?")
