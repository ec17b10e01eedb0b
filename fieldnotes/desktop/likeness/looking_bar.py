"""Looking through the library: offered where something is left, with a bar and a way out."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from fieldnotes.desktop import theme
from fieldnotes.desktop.runner import Runner, Task
from fieldnotes.desktop.widgets.buttons import button
from fieldnotes.desktop.widgets.progress_row import ProgressRow
from fieldnotes.desktop.widgets.side_bar_model import grouped
from fieldnotes.operations.said_before import go_through


class LookingBar(QWidget):
    """`ended` when it is done or was stopped: what was found so far is kept. `failed`: an error."""

    ended = Signal()
    failed = Signal(object)

    def __init__(self, runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._runner = runner
        self._task: Task | None = None
        self._offer = QWidget()
        self._words = theme.label(ink="muted", size="small")
        self._words.setWordWrap(True)
        self.look = button(self.tr("&Look now"), "flat")
        self.progress = ProgressRow()
        row = QHBoxLayout(self._offer)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._words, 1)
        row.addWidget(self.look)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 0, 12, 8)
        column.addWidget(self._offer)
        column.addWidget(self.progress)
        self.progress.hide()
        self.look.clicked.connect(self.begin)
        self.progress.cancelled.connect(self._on_cancelled)
        self.hide()

    @property
    def busy(self) -> bool:
        """Whether it looks just now."""
        return self._task is not None

    def offer(self, left: int) -> None:
        """So many versions of notes were not looked at yet."""
        self._words.setText(
            self.tr("%s notes are looked at when you pause, or now.") % grouped(left)
            if left != 1
            else self.tr("One note is looked at when you pause, or now.")
        )
        self.setVisible(bool(left) or self.busy)

    def begin(self) -> None:
        """Look at everything that is left, off the window's thread."""
        if self._task is not None:
            return
        self._offer.hide()
        self.progress.start(self.tr("Looking for notes that say the same"))
        self.progress.show()
        self.show()
        self._task = task = self._runner.start(go_through)
        task.progressed.connect(self.progress.set_progress)
        task.finished.connect(self._on_ended)
        task.cancelled.connect(self._on_ended)
        task.failed.connect(self._on_failed)

    def _on_cancelled(self) -> None:
        if self._task is not None:
            self._task.cancel()

    def _on_ended(self) -> None:
        self._task = None
        self.progress.hide()
        self._offer.show()
        self.ended.emit()

    def _on_failed(self, error: Exception) -> None:
        self._on_ended()
        self.failed.emit(error)
