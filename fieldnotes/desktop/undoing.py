"""Ctrl+Z and Ctrl+Shift+Z across notes: the steps of this window, run beside it one by one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from fieldnotes.operations.changes import Done
from fieldnotes.operations.undoing import Steps

if TYPE_CHECKING:
    from collections.abc import Callable

    from fieldnotes.desktop.runner import Runner
    from fieldnotes.errors import FieldnotesError
    from fieldnotes.operations.changes import Undo


class Undoing(QObject):
    """Hears of everything that the runner did and that can be undone.

    `changed` when something else would be undone or done again, `ran` with the Changes of a step
    that was taken back or done again, `failed` with what to tell whoever asked for it.
    """

    changed = Signal()
    ran = Signal(object)
    failed = Signal(object)

    def __init__(self, runner: Runner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runner = runner
        self._steps = Steps()
        runner.done.connect(self._on_done)

    @property
    def undo_words(self) -> str:
        """What would be undone; '' for nothing."""
        return self._steps.undo_words

    @property
    def redo_words(self) -> str:
        """What would be done again; '' for nothing."""
        return self._steps.redo_words

    def undo(self) -> None:
        """Take back what was done last."""
        self._run(self._steps.undo(), self._steps.undone)

    def redo(self) -> None:
        """Do again what was undone last."""
        self._run(self._steps.redo(), self._steps.redone)

    def _run(self, step: Undo | None, ended: Callable[[Undo, Done[Any]], None]) -> None:
        if step is None:
            return

        def done(result: Done[Any]) -> None:
            ended(step, result)
            self.changed.emit()
            self.ran.emit(result.changes)

        # Its way forth is no step of its own: it is told as the result.
        def run(book: Any) -> Done[Done[Any]]:
            result = step.back(book)
            return Done(result, result.changes)

        self._runner.do(run, done, self._on_failed, self)
        self.changed.emit()

    def _on_done(self, done: Done[Any]) -> None:
        if self._steps.did(done):
            self.changed.emit()

    def _on_failed(self, error: FieldnotesError) -> None:
        self.changed.emit()
        self.failed.emit(error)
