"""The row that asks what a new template is to be called."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from fieldnotes.desktop import theme
from fieldnotes.desktop.widgets.buttons import button


class TemplateName(QWidget):
    """Hidden until `ask`. `named` carries the name; `left` when it goes away, whatever for."""

    named = Signal(str)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        label = theme.label(self.tr("Name of the template"), ink="muted")
        self.line = QLineEdit()
        self.line.setAccessibleName(label.text())
        self.save = button(self.tr("Save &template"), "primary")
        self.cancel = button(self.tr("Cancel"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 12)
        row.setSpacing(8)
        row.addWidget(label)
        row.addWidget(self.line, 1)
        row.addWidget(self.save)
        row.addWidget(self.cancel)
        self.line.returnPressed.connect(self._on_named)
        self.line.textChanged.connect(lambda words: self.save.setEnabled(bool(words.strip())))
        self.save.clicked.connect(self._on_named)
        self.cancel.clicked.connect(self.leave)
        self.hide()

    def ask(self, headings: bool) -> None:
        """Ask, with the keyboard in the line; `headings`: whether the text has any."""
        kept = self.tr("Headings and kind are kept, nothing below them")
        whole = self.tr("The text has no headings: all of it is kept")
        self.line.setPlaceholderText(kept if headings else whole)
        self.line.clear()
        self.save.setEnabled(False)
        self.show()
        self.line.setFocus(Qt.FocusReason.PopupFocusReason)

    def leave(self) -> None:
        """Go away."""
        self.hide()
        self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)

    def _on_named(self) -> None:
        if self.line.text().strip():
            self.named.emit(self.line.text().strip())
