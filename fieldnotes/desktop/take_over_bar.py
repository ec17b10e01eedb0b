"""Above the page: a sheet of somebody else's notes, offered, taken over, and told about."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QVBoxLayout, QWidget

from fieldnotes.desktop.runner import Runner, Task
from fieldnotes.desktop.widgets.notice import Notice
from fieldnotes.desktop.widgets.progress_row import ProgressRow
from fieldnotes.desktop.widgets.side_bar_model import grouped
from fieldnotes.errors import FieldnotesError
from fieldnotes.operations.intake import TakenOver, take_over

_TOLD = 3


class TakeOverBar(QWidget):
    """Asks first; then works with a bar that can be cancelled, which leaves nothing behind."""

    def __init__(self, runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._runner = runner
        self._path = Path()
        self._task: Task | None = None
        self.notice = Notice()
        self.progress = ProgressRow()
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 8)
        column.addWidget(self.notice)
        column.addWidget(self.progress)
        self.notice.acted.connect(self.begin)
        self.notice.closed.connect(self.hide)
        self.progress.hide()

    def offer(self, path: Path) -> None:
        """Ask whether the notes in this file become the owner's."""
        if self._task is not None:
            return
        self._path = path
        self.notice.show_message(
            "info",
            self.tr("Each row becomes a note of yours. Rows that are here already add nothing."),
            lead=self.tr("Take over notes from {name}?").format(name=path.name),
            action=self.tr("&Take over"),
        )
        self.show()

    def begin(self) -> None:
        """Take them over, off the window's thread."""
        path = self._path
        self.notice.hide()
        self.progress.start(self.tr("Taking over {name}").format(name=path.name))
        self.progress.show()
        self._task = self._runner.start(
            lambda book, progress: take_over(book, path, progress=progress)
        )
        self._task.progressed.connect(self.progress.set_progress)
        self.progress.cancelled.connect(self._task.cancel)
        self._task.finished.connect(self._on_finished)
        self._task.failed.connect(self._on_failed)
        self._task.cancelled.connect(self._on_cancelled)

    def _end(self) -> None:
        self._task = None
        self.progress.hide()

    def _on_finished(self, taken: TakenOver) -> None:
        self._end()
        parts = [self.tr("%s notes are new") % grouped(taken.new)]
        if taken.unchanged:
            parts.append(self.tr("%s were here already") % grouped(taken.unchanged))
        words = ", ".join(parts) + "."
        if taken.skipped:
            rows = [self.tr("row %d: %s") % (each.row, each.why) for each in taken.skipped[:_TOLD]]
            more = "" if len(taken.skipped) <= _TOLD else self.tr(" and more")
            skipped = self.tr("%s rows were skipped") % grouped(len(taken.skipped))
            words += f" {skipped} ({'; '.join(rows)}{more})."
        self.notice.show_message("warn" if taken.skipped else "success", words)

    def _on_failed(self, error: Exception) -> None:
        self._end()
        if isinstance(error, FieldnotesError):
            self.notice.show_message("error", error.next_step, lead=error.happened)
        else:
            self._runner.crashed.emit(error)

    def _on_cancelled(self) -> None:
        self._end()
        self.notice.show_message("info", self.tr("Nothing was taken over."))
