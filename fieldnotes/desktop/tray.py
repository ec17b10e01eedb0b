"""A sign in the tray, where there is one: write a note or come back without the main window."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMenu, QSystemTrayIcon

from fieldnotes.desktop import icons

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


class Tray(QObject):
    """`new_note`, `flip`, `open_window`, `what_is_due` and `leave` are what its menu does."""

    def __init__(
        self,
        new_note: Callable[[], None],
        flip: Callable[[], None],
        open_window: Callable[[], None],
        what_is_due: Callable[[], None],
        leave: Callable[[], None],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._new_note = new_note
        self.menu = QMenu(parent)
        for words, slot in (
            (self.tr("&New note"), new_note),
            (self.tr("What &worked"), flip),
            (self.tr("&Open Fieldnotes"), open_window),
            (self.tr("What is &due"), what_is_due),
            ("", None),
            (self.tr("&Quit"), leave),
        ):
            if slot is None:
                self.menu.addSeparator()
            else:
                self.menu.addAction(words).triggered.connect(lambda _=False, slot=slot: slot())
        self.icon = QSystemTrayIcon(icons.app_icon(), self)
        self.icon.setToolTip(self.tr("Fieldnotes: click to write a note"))
        self.icon.setContextMenu(self.menu)
        self.icon.activated.connect(self._on_activated)

    def show(self) -> None:
        """Stand in the tray."""
        self.icon.show()

    def take_away(self) -> None:
        """Leave the tray."""
        self.icon.hide()

    def _on_activated(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason is QSystemTrayIcon.ActivationReason.Trigger:
            self._new_note()


def has_tray() -> bool:
    """Whether the desktop shows signs of programs."""
    return QSystemTrayIcon.isSystemTrayAvailable()
