"""Says that something is being erased, and when nothing of it is left in any file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from fieldnotes.operations.erasing import State, erasing_state

if TYPE_CHECKING:
    from fieldnotes.desktop.notice_place import NoticePlace
    from fieldnotes.desktop.runner import Runner
    from fieldnotes.desktop.widgets.status_line import StatusLine
    from fieldnotes.operations.changes import Changes


class ErasingWatch(QObject):
    """Looks after every change of notes, also for what was begun before the last start."""

    def __init__(self, runner: Runner, status: StatusLine, notice: NoticePlace) -> None:
        super().__init__(status)
        self._runner, self._status, self._notice = runner, status, notice
        self._last = State()
        runner.changed.connect(self._on_changed)
        self._ask()

    def _ask(self) -> None:
        self._runner.ask("erasing", erasing_state, self._show)

    def _on_changed(self, changes: Changes) -> None:
        if changes.erasing or changes.notes is None or changes.notes:
            self._ask()

    def _show(self, state: State) -> None:
        before, self._last = self._last, state
        if state == before:
            return
        if state.found:
            self._status.set_state(self.tr("Not everything could be erased"), "warn")
            self._notice.tell(
                "warn",
                self.tr("Take copies of notes out of its folder, then start Fieldnotes again."),
                lead=self.tr("Words of an erased note are still in this library’s folder."),
            )
        elif state.records:
            self._status.set_state(self.tr("Erasing…"), "busy")
        else:
            self._status.set_state(self.tr("Saved on this laptop"))
            words = self.tr("Nothing of it is left in this library.")
            self._notice.tell("success", words, lead=self.tr("Erased."))
