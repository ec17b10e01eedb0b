"""The settings as they are now, written down soon after something about them changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from fieldnotes.settings import write_settings

if TYPE_CHECKING:
    from fieldnotes.desktop.main_window import MainWindow
    from fieldnotes.settings import Settings

_SOON_MS = 500


class KeptSettings(QObject):
    """`now` is what holds; how the window looks is asked for when they are written."""

    def __init__(self, now: Settings, window: MainWindow) -> None:
        super().__init__(window)
        self.now, self._window = now, window
        self._soon = QTimer(self, singleShot=True, interval=_SOON_MS)
        self._soon.timeout.connect(self.keep)

    def hold(self, fresh: Settings) -> None:
        """These hold from now on."""
        self.now = fresh
        self._soon.start()

    def keep(self) -> None:
        """Write them down now."""
        self._soon.stop()
        self.now = self._window.place(self.now)
        write_settings(self.now)
