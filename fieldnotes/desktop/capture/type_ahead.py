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
        self._holding = False
        target.installEventFilter(self)

    def hold(self) -> None:
        """From now on."""
        self._holding = True

    def release(self) -> None:
        """Type what was held back."""
        self._holding = False
        keys, self._keys = self._keys, []
        for key in keys:
            QCoreApplication.sendEvent(self._target, key)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if self._holding and isinstance(event, QKeyEvent):
            if event.type() == QEvent.Type.KeyPress:
                self._keys.append(event.clone())
            return event.type() == QEvent.Type.KeyPress
        return False
