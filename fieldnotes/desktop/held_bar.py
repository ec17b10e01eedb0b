"""Above the page: another machine has this library open, and the way to open it anyway."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from fieldnotes.desktop.notice_place import NoticePlace
from fieldnotes.errors import LibraryHeld, LibraryTaken
from fieldnotes.operations.changes import Changes
from fieldnotes.operations.housekeeping import hold_on

if TYPE_CHECKING:
    from fieldnotes.desktop.runner import Runner
    from fieldnotes.errors import FieldnotesError


BEAT_MS = 60_000  # well below what other machines wait for


class HeldBar(QWidget):
    """Hidden unless somebody else has the library, and shows others that this window has it.

    One that was taken while it was open here is not opened anyway: its files may be others by now.
    """

    def __init__(self, runner: Runner, parent: QWidget | None = None, beat: int = BEAT_MS) -> None:
        super().__init__(parent)
        self._runner = runner
        self.notice = NoticePlace(12)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.notice)
        self.hide()
        self.notice.acted.connect(self._on_open_anyway)
        self._timer = QTimer(self, interval=beat)
        self._timer.timeout.connect(self._hold)
        self._timer.start()
        self._hold()

    def _hold(self) -> None:
        self._runner.do(hold_on, None, self._on_refused)

    def _on_refused(self, error: FieldnotesError) -> None:
        if isinstance(error, LibraryHeld):
            again = not isinstance(error, LibraryTaken)
            action = self.tr("Open &anyway") if again else ""
            self.notice.tell("warn", error.next_step, lead=error.happened, action=action)
            self.show()

    def _on_open_anyway(self) -> None:
        self.hide()
        self._runner.take_over = True
        self._runner.tell(Changes.many())
