"""Above the page: another machine has this library open, and the way to open it anyway."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from fieldnotes.desktop.notice_place import NoticePlace
from fieldnotes.errors import LibraryHeld
from fieldnotes.operations.changes import Changes

if TYPE_CHECKING:
    from fieldnotes.desktop.runner import Runner
    from fieldnotes.errors import FieldnotesError
    from fieldnotes.operations.notebook import Notebook


class HeldBar(QWidget):
    """Hidden unless the library was refused because somebody else has it."""

    def __init__(self, runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._runner = runner
        self.notice = NoticePlace(12)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.notice)
        self.hide()
        self.notice.acted.connect(self._on_open_anyway)
        runner.ask("held", _open, lambda _: None, self._on_refused)

    def _on_refused(self, error: FieldnotesError) -> None:
        if isinstance(error, LibraryHeld):
            action = self.tr("Open &anyway")
            self.notice.tell("warn", error.next_step, lead=error.happened, action=action)
            self.show()

    def _on_open_anyway(self) -> None:
        self.hide()
        self._runner.take_over = True
        self._runner.tell(Changes.many())


def _open(notebook: Notebook) -> None:
    """Whoever can be asked at all has the library open."""
