"""What stands behind the menus: it brings the window, its pages and the other windows together.

Everything that the first window does not need is loaded by the commands, when somebody asks for it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from fieldnotes.desktop.bundles.sharing_commands import SharingCommands
from fieldnotes.desktop.capture.writing_commands import WritingCommands
from fieldnotes.desktop.erasing import ErasingWatch
from fieldnotes.desktop.global_key.global_key import GlobalKey
from fieldnotes.desktop.global_key.key_commands import KeyCommands
from fieldnotes.desktop.held_bar import HeldBar
from fieldnotes.desktop.intake.file_commands import FileCommands
from fieldnotes.desktop.kept_settings import KeptSettings
from fieldnotes.desktop.look_commands import LookCommands
from fieldnotes.desktop.notes.note_commands import NoteCommands
from fieldnotes.desktop.page_commands import PageCommands
from fieldnotes.desktop.word_watch import WordWatch

if TYPE_CHECKING:
    from fieldnotes.desktop.main_window import MainWindow
    from fieldnotes.desktop.runner import Runner
    from fieldnotes.desktop.tray import Tray
    from fieldnotes.settings import Settings

_LATER_MS = 800  # a tray is other programs' to give, calendars may lie far away: after the paint


class Commands(QObject):
    """One method for each action, by what it is about.

    `samples_wanted` and `own_notes_wanted` ask for another library. `state_changed` when what is
    possible may have changed.
    """

    samples_wanted = Signal()
    own_notes_wanted = Signal()
    state_changed = Signal()

    def __init__(
        self,
        window: MainWindow,
        runner: Runner,
        current: Settings,
        *,
        samples: bool = False,
        key: GlobalKey | None = None,
    ) -> None:
        super().__init__(window)
        self._window, self._runner, self._samples = window, runner, samples
        self._kept = KeptSettings(current, window)
        self._tray: Tray | None = None
        self.notes = NoteCommands(window, runner)
        self.writing = WritingCommands(window, runner, self._kept)
        self.sharing = SharingCommands(window, runner, self._kept, self.notes.undo)
        self.files = FileCommands(window, runner, self.sharing, self.writing)
        self.pages = PageCommands(window, runner, self._kept)
        self.looks = LookCommands(window, self._kept)
        self.key = KeyCommands(window, self._kept, key or GlobalKey(None, self))
        for part in (self.notes, self.writing, self.sharing, self.looks):
            part.changed.connect(self.state_changed)
        self._held = HeldBar(runner)
        window.add_bar(self._held)
        self._erasing = ErasingWatch(runner, window.status, window.notice)
        self._words = WordWatch(runner, self)
        window.page_wanted.connect(self._on_page_wanted)
        window.own_notes_wanted.connect(self.own_notes_wanted)
        QTimer.singleShot(_LATER_MS, self, self._bring_along)

    def open_samples(self) -> None:
        """Show the sample notes in place of one's own."""
        self.samples_wanted.emit()

    def open_own_notes(self) -> None:
        """Leave the sample notes."""
        self.own_notes_wanted.emit()

    def quit(self) -> None:
        """Close everything; what is being typed is on disk."""
        self._window.close()

    def possible(self) -> dict[str, bool]:
        """Which of the actions that depend on something can be run now."""
        libraries = {"samples": not self._samples, "own-notes": self._samples}
        parts = (self.notes, self.writing, self.sharing)
        return {name: on for part in parts for name, on in part.possible().items()} | libraries

    def texts(self) -> dict[str, str]:
        """What the actions are called that say what they would do."""
        return self.notes.texts() | self.sharing.texts()

    def chosen(self) -> dict[str, bool]:
        """Which of the actions are ticked, and which may be unticked."""
        return self.looks.chosen() | self.writing.chosen()

    def close(self) -> None:
        """Close the windows beside the main one and keep the settings."""
        self._kept.keep()
        if self._tray is not None:
            self._tray.take_away()
        self.sharing.close()
        self.writing.close()
        self.pages.close()

    def _bring_along(self) -> None:
        """What the first window could do without."""
        self.writing.meetings()
        self.sharing.reading()
        self.key.begin()
        from fieldnotes.desktop.tray import Tray, has_tray

        if has_tray():
            self._tray = Tray(
                self.writing.new_note,
                self.pages.flip,
                self.pages.come_forward,
                self.pages.show_due,
                self.quit,
                self._window,
            )
            self._tray.show()

    def _on_page_wanted(self, key: str) -> None:
        from fieldnotes.desktop.pages import make_page

        self._window.add_page(key, make_page(key, self._window, self._runner, self))
