"""Long work: how far it is, and the way out of it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QProgressBar, QWidget

from fieldnotes.desktop import theme
from fieldnotes.desktop.widgets.buttons import button
from fieldnotes.desktop.widgets.side_bar_model import grouped


class ProgressRow(QWidget):
    """Words, a bar and a Cancel button. `cancelled` once, then it waits for the work to stop."""

    cancelled = Signal()

    def __init__(self, words: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._counted = True
        self._words = theme.label(words)
        self._count = theme.label(ink="muted", size="small")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self.button = button(self.tr("Cancel"))
        self.button.clicked.connect(self._on_cancelled)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(0, 1)
        grid.addWidget(self._words, 0, 0)
        grid.addWidget(self._count, 0, 1, Qt.AlignmentFlag.AlignRight)
        grid.addWidget(self._bar, 1, 0, 1, 2)
        grid.addWidget(self.button, 0, 2, 2, 1)
        self.start(words)

    def start(self, words: str, *, counted: bool = True) -> None:
        """Begin anew with these words; how much there is to do is not known yet.

        `counted`: what is done are things that somebody knows, and not mere parts of the work.
        """
        self._counted = counted
        self._words.setText(words)
        self._bar.setAccessibleName(words)
        self.button.setText(self.tr("Cancel"))
        self.button.setEnabled(True)
        self.set_progress(0, 0)

    def set_progress(self, done: int, total: int) -> None:
        """Show `done` of `total`; a total of 0 means that nobody knows it."""
        self._bar.setRange(0, total)
        self._bar.setValue(done)
        if not total:
            self._count.clear()
        elif self._counted:
            words = self.tr("{done} of {total}")
            self._count.setText(words.format(done=grouped(done), total=grouped(total)))
        else:
            self._count.setText(self.tr("{n} %").format(n=100 * done // total))

    def _on_cancelled(self) -> None:
        self.button.setEnabled(False)
        self.button.setText(self.tr("Stopping…"))
        self.cancelled.emit()
