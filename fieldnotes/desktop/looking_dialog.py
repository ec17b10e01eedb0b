"""A dialog that first looks at what would happen, and does it when it is asked to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fieldnotes.desktop.widgets.framed_dialog import FramedDialog

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from fieldnotes.desktop.runner import Task
    from fieldnotes.errors import FieldnotesError


class LookingDialog(FramedDialog):
    """One piece of work at a time. Set `_writing` once that is the one which changes something."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self._task: Task | None = None
        self._writing = False

    def cancel_work(self) -> None:
        if self._task is not None:
            self._task.cancel()

    def reject(self) -> None:
        """Looking can be left at any time; writing is stopped first, and leaves no trace."""
        if self.is_busy() and not self._writing:
            self.cancel_work()
            self._task = None
            self.end_progress()
        super().reject()

    def _follow(self, task: Task, words: str, *, counted: bool = True) -> Task:
        """Show how far it is, under these words; `counted` as in `ProgressRow.start`."""
        self._task = task
        self.notice.hide()
        self.show_progress(words, counted=counted)
        task.progressed.connect(self.set_progress)
        task.failed.connect(self._on_failed)
        task.cancelled.connect(self._on_cancelled)
        return task

    def _over(self) -> None:
        self._task, self._writing = None, False
        self.end_progress()

    def _on_failed(self, error: FieldnotesError) -> None:
        self._over()
        self.notice.show_message("error", error.next_step, lead=error.happened)

    def _on_cancelled(self) -> None:
        """The work stopped before it was done."""
        self._over()
