"""A field that comes up in the page to type a name into: rename, merge into, also called."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QStringListModel, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCompleter, QHBoxLayout, QLineEdit, QWidget

from fieldnotes.desktop import theme
from fieldnotes.desktop.widgets.buttons import button


class NameField(QWidget):
    """Hidden until `ask`. `given` carries (what was asked, the name); Escape closes it: `left`."""

    given = Signal(str, str)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._what = ""
        self._words = theme.label(ink="muted")
        self.field = QLineEdit()
        self.field.setMaxLength(200)
        self.do = button("", "primary")
        self.cancel = button(self.tr("Cancel"), "flat")
        self._words.setBuddy(self.field)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._words)
        row.addWidget(self.field, 1)
        row.addWidget(self.do)
        row.addWidget(self.cancel)
        self.field.returnPressed.connect(self._on_done)
        self.field.textChanged.connect(lambda text: self.do.setEnabled(bool(text.strip())))
        self.do.clicked.connect(self._on_done)
        self.cancel.clicked.connect(self._on_left)
        self.hide()

    def ask(
        self, what: str, words: str, action: str, begin: str = "", known: Sequence[str] = ()
    ) -> None:
        """Ask for a name. `begin` stands in the field; `known` names complete."""
        self._what = what
        self._words.setText(words)
        self.field.setAccessibleName(words)
        self.do.setText(action)
        self.do.setAccessibleName(action)
        completer = QCompleter(QStringListModel(list(known), self.field), self.field)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setMaxVisibleItems(8)
        self.field.setCompleter(completer)
        self.field.setText(begin)
        self.do.setEnabled(bool(begin))
        self.field.selectAll()
        self.show()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._on_left()
        else:
            super().keyPressEvent(event)

    def _on_done(self) -> None:
        if name := self.field.text().strip():
            self.hide()
            self.given.emit(self._what, name)

    def _on_left(self) -> None:
        self.hide()
        self.left.emit()
