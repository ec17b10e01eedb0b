"""Keys that are pressed while a note is being saved: they belong to the next one."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget


class TypeAhead(QObject):
    """Holds back what is typed into one widget, and types it again on `release`."""

    def __init__(self, target: QWidget) -> None:
        super().__init__(target)
        self._target = target
        self._keys: list[QKeyEvent] = []

    def hold(self) -> None:
        """From now on."""
        self._target.installEventFilter(self)  # no longer than needed: it sees every event

    def release(self) -> None:
        """Type what was held back."""
        self._target.removeEventFilter(self)
        keys, self._keys = self._keys, []
        for key in keys:
            QCoreApplication.sendEvent(self._target, key)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            self._keys.append(event.clone())
            return True
        return False
