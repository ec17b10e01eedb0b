"""The row that asks for one detail; it never stands in the way of saving."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from fieldnotes.desktop import theme
from fieldnotes.desktop.widgets.buttons import SignLabel, button
from fieldnotes.domain.one_detail import LEADS, Missing

_REFUSED = " refused"


class OneDetailRow(QWidget):
    """Hidden until `ask`; `refused` when a person says "Not now". One question a note, no more."""

    refused = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sign = SignLabel("objection", None, 14)
        self._words = theme.label()
        self._words.setWordWrap(True)
        self._lead = theme.label(bold=True)
        self._rule = ""
        self._refused = False
        self.later = button(self.tr("Not now"), "flat")
        self.later.clicked.connect(self._on_refused)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 6, 8, 6)
        row.setSpacing(8)
        row.addWidget(self._sign)
        row.addWidget(self._lead)
        row.addWidget(self._words, 1)
        row.addWidget(self.later)
        self.hide()

    def ask(self, missing: Missing | None, kind: str) -> None:
        """Ask for this, or for nothing; nothing else once something was asked for."""
        wanted = missing is not None and not self._refused and self._rule in ("", missing.rule)
        self.setVisible(wanted)
        if missing is None or not wanted:
            return
        self._rule = missing.rule
        self._sign.set_sign(kind)
        self._lead.setText(LEADS.get(missing.language, self.tr("One detail helps:")))
        self._words.setText(missing.question)
        self.setAccessibleName(f"{self._lead.text()} {missing.question}")

    def begin(self, asked: str = "") -> None:
        """Another note; `asked`: what `state` told of it before."""
        self._rule = asked.removesuffix(_REFUSED)
        self._refused = asked.endswith(_REFUSED)
        self.hide()

    def state(self) -> str:
        """What was asked of this note, and whether it was refused, for its draft to keep."""
        return self._rule + (_REFUSED if self._refused else "")

    def question(self) -> str:
        """What is asked now, or an empty text."""
        return "" if self.isHidden() else self._words.text()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("warn_page"))
        painter.drawRoundedRect(QRectF(self.rect()), theme.RADIUS, theme.RADIUS)

    def _on_refused(self) -> None:
        self._refused = True
        self.hide()
        self.refused.emit()
