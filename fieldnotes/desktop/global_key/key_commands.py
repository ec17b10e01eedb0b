"""The key for the flip card as the settings have it: taken after the start, changed in a dialog."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from fieldnotes.desktop.global_key.global_key import DEFAULT
from fieldnotes.desktop.global_key.way import Outcome

if TYPE_CHECKING:
    from fieldnotes.desktop.global_key.global_key import GlobalKey
    from fieldnotes.desktop.global_key.key_dialog import KeyDialog
    from fieldnotes.desktop.kept_settings import KeptSettings
    from fieldnotes.desktop.main_window import MainWindow


class KeyCommands(QObject):
    """Serves one window; the key is the program's, and outlives it."""

    def __init__(self, window: MainWindow, kept: KeptSettings, key: GlobalKey) -> None:
        super().__init__(window)
        self._window, self._kept, self._key = window, kept, key
        self._dialog: KeyDialog | None = None
        key.changed.connect(self._on_changed)

    def begin(self) -> None:
        """Take the key. A desktop that would ask is not asked before somebody wants a key."""
        wanted = self._kept.now.flip_key
        if wanted is None:
            wanted = "" if self._key.asks else DEFAULT
        self._key.take(wanted)

    def choose(self) -> None:
        """Show which key it is, and let it be changed or switched off."""
        if self._dialog is None:
            from fieldnotes.desktop.global_key.key_dialog import KeyDialog

            self._dialog = KeyDialog(self._key, self._window)
            self._dialog.wanted.connect(self._on_wanted)
        self._dialog.open()

    def _on_wanted(self, keys: str) -> None:
        self._kept.hold(self._kept.now._replace(flip_key=keys))
        self._key.take(keys)

    def _on_changed(self) -> None:
        if self._key.standing.outcome is Outcome.REFUSED:  # and is not asked at every start
            self._kept.hold(self._kept.now._replace(flip_key=""))
