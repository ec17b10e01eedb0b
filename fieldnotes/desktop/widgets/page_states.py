"""A page that is empty, loading, in trouble or full: it always says which."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QProgressBar, QStackedWidget, QVBoxLayout, QWidget

from fieldnotes.desktop import theme
from fieldnotes.desktop.widgets.empty_state import EmptyState
from fieldnotes.errors import FieldnotesError

_PATIENCE = 200  # ms before a page says that it is loading


class PageStates(QStackedWidget):
    """Shows `content`, or `empty`, or after 200 ms that something is being looked for."""

    def __init__(self, content: QWidget, empty: EmptyState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.content, self.empty = content, empty
        self.loading = QWidget()
        self.trouble = EmptyState("warning", "", "", self.tr("Try again"))
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PATIENCE)
        self._timer.timeout.connect(lambda: self.setCurrentWidget(self.loading))
        self._lay_out_loading()
        for page in (content, empty, self.loading, self.trouble):
            self.addWidget(page)

    def wait(self) -> None:
        """Something was asked for: say so if it takes long."""
        if not self._timer.isActive():
            self._timer.start()

    def show_content(self) -> None:
        """It is here."""
        self._show(self.content)

    def show_empty(self) -> None:
        """There is nothing yet."""
        self._show(self.empty)

    def show_error(self, error: FieldnotesError) -> None:
        """What happened and what to do next; `trouble.acted` asks to try again."""
        self.trouble.show_words("warning", error.happened, error.next_step, self.tr("Try again"))
        self._show(self.trouble)

    def _show(self, page: QWidget) -> None:
        self._timer.stop()
        self.setCurrentWidget(page)

    def _lay_out_loading(self) -> None:
        bar = QProgressBar()
        bar.setRange(0, 0)
        bar.setTextVisible(False)
        bar.setFixedWidth(240)
        words = theme.label(self.tr("Looking…"), ink="muted")
        bar.setAccessibleName(words.text())
        column = QVBoxLayout(self.loading)
        column.addStretch(2)
        column.addWidget(words, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(bar, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)
