"""A library that nothing can be written to: the window shows it and says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from fieldnotes.operations.housekeeping import why_read_only

if TYPE_CHECKING:
    from fieldnotes.desktop.commands import Commands
    from fieldnotes.desktop.main_window import MainWindow
    from fieldnotes.desktop.runner import Runner
    from fieldnotes.errors import FieldnotesError


def tell_if_read_only(window: MainWindow, runner: Runner, commands: Commands) -> None:
    """Ask once the notes are shown: nobody waits for it."""

    def tell(why: FieldnotesError | None) -> None:
        if why is not None:
            commands.writing.refuse(why)
            window.notice.tell("warn", why.next_step, lead=why.happened)
            words = QCoreApplication.translate("MainWindow", "Can only be read")
            window.status.set_state(words, "warn")

    runner.ask("read only", why_read_only, tell)
