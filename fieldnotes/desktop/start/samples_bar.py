"""Above the page: sample notes are being made, for looking around from an open window."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from fieldnotes.desktop.start.making import Making, fill_samples
from fieldnotes.desktop.widgets.notice import Notice
from fieldnotes.desktop.widgets.progress_row import ProgressRow
from fieldnotes.errors import FieldnotesError


class SamplesBar(QWidget):
    """Begins at once; `ready` when the library can be opened."""

    ready = Signal()

    def __init__(self, folder: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._progress = ProgressRow(self.tr("Filling a library with sample notes"))
        self._notice = Notice()
        self._making = Making(lambda progress: fill_samples(folder, progress), self)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 8)
        column.addWidget(self._progress)
        column.addWidget(self._notice)
        self._progress.cancelled.connect(self.leave)
        self._making.progressed.connect(self._progress.set_progress)
        self._making.made.connect(self._on_made)
        self._making.failed.connect(self._on_failed)
        self._making.start()

    def leave(self) -> None:
        """Stop, and go away."""
        self._making.cancel()
        self.hide()
        self.deleteLater()

    def _on_made(self) -> None:
        self.hide()
        self.ready.emit()

    def _on_failed(self, error: FieldnotesError) -> None:
        self._progress.hide()
        self._notice.show_message("error", error.next_step, lead=error.happened)
