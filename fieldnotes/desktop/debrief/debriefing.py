"""Ways into the review of rough notes: the clipboard, a dropped file, the window to write in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication

from fieldnotes.desktop.debrief.debrief_window import DebriefWindow
from fieldnotes.operations.debrief import (
    Debrief,
    begin_debrief,
    debrief_of_file,
    debrief_of_text,
)

if TYPE_CHECKING:
    from fieldnotes.desktop.main_window import MainWindow
    from fieldnotes.desktop.runner import Runner
    from fieldnotes.domain.drafts import OpenDraft
    from fieldnotes.errors import FieldnotesError
    from fieldnotes.operations.changes import Done
    from fieldnotes.operations.notebook import Notebook

ROUGH = (".txt", ".md", ".markdown", ".text", ".eml")


class Debriefing(QObject):
    """Splits beside the window, then shows what is proposed."""

    def __init__(self, window: MainWindow, runner: Runner) -> None:
        super().__init__(window)
        self._main, self._runner = window, runner
        self.window = DebriefWindow(runner)

    def paste(self) -> None:
        """Split what is on the clipboard."""
        text = QGuiApplication.clipboard().text()
        if text.strip():
            self._begin(lambda book: debrief_of_text(book, text))
        else:
            self._main.notice.tell(
                "info", self.tr("Copy your rough notes first."), lead=self.tr("Nothing to paste.")
            )

    def open_file(self, file: Path) -> None:
        """Split the words of a file."""
        self._begin(lambda book: debrief_of_file(book, file))

    def split(self, draft: OpenDraft) -> None:
        """Split what was being written."""
        self._begin(lambda book: begin_debrief(book, draft))

    def close(self) -> None:
        """Close the review; nothing of it is lost."""
        self.window.close()
        self.window.deleteLater()

    def _begin(self, operation: Callable[[Notebook], Done[Debrief]]) -> None:
        self._runner.do(operation, self._show, self._fail, self)

    def _show(self, debrief: Debrief) -> None:
        self.window.show_debrief(debrief)

    def _fail(self, error: FieldnotesError) -> None:
        self._main.notice.tell_error(error)
