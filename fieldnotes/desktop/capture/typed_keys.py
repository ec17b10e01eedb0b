"""Keys that may mean more to a text than their letter; ordinary words never wait for Python."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QTextEdit

_PRESSED = QEvent.Type.KeyPress


class TypedKeys(QObject):
    """Offers keys to `take` while they are `heeded`; what that took, the text does not get.

    A filter in Python costs a letter about 70 µs of 600, so that one is there only about a name.
    """

    def __init__(self, text: QTextEdit, take: Callable[[QKeyEvent], bool]) -> None:
        super().__init__(text)
        self._text = text
        self._take = take
        self.heeded = False

    def heed(self, heeded: bool) -> None:
        """Offer the keys from now on, or let them pass."""
        if heeded == self.heeded:
            return
        self.heeded = heeded
        if heeded:
            self._text.installEventFilter(self)
        else:
            self._text.removeEventFilter(self)

    def press(self, key: QKeyEvent) -> None:
        """Type one key as if it came from the keyboard while keys are heeded."""
        if not self._take(key):
            self._text.keyPressEvent(key)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is not _PRESSED:
            return False
        key = cast("QKeyEvent", event)
        return not key.text().isalnum() and self._take(key)
