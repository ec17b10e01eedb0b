"""What an empty page shows: what would be here, and the one thing to do."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from fieldnotes.desktop import theme
from fieldnotes.desktop.widgets.buttons import SignLabel, button

_WIDTH = 380
_CENTRE = Qt.AlignmentFlag.AlignHCenter


class EmptyState(QWidget):
    """A sign, a title, one sentence and at most one button; `acted` when it is pressed."""

    acted = Signal()

    def __init__(
        self,
        icon: str,
        title: str,
        sentence: str,
        action: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._sign = SignLabel(icon, "faint", 40)
        self._title = theme.label(title, bold=True, size="reading")
        self._sentence = theme.label(sentence, ink="muted")
        for label in (self._title, self._sentence):
            label.setAlignment(_CENTRE)
            label.setWordWrap(True)
            label.setMaximumWidth(_WIDTH)
        self.button: QPushButton = button(action)
        self.button.clicked.connect(self.acted)
        self._lay_out()
        self.show_words(icon, title, sentence, action)

    def show_words(self, icon: str, title: str, sentence: str, action: str = "") -> None:
        """Say something else, such as after a search that found nothing."""
        self._sign.set_sign(icon, "faint")
        self._title.setText(title)
        self._sentence.setText(sentence)
        self.button.setText(action)
        self.button.setAccessibleName(action.replace("&", ""))
        self.button.setVisible(bool(action))
        self.setAccessibleName(title)
        self.setAccessibleDescription(sentence)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(8)
        column.addStretch(2)
        column.addWidget(self._sign, 0, _CENTRE)
        column.addSpacing(8)
        for label in (self._title, self._sentence):
            row = QHBoxLayout()  # a layout that centres a label does not ask how high its lines are
            row.addStretch(1)
            row.addWidget(label, 1000)
            row.addStretch(1)
            column.addLayout(row)
        column.addSpacing(8)
        column.addWidget(self.button, 0, _CENTRE)
        column.addStretch(3)
