"""What a page shows is asked for when somebody sees it, and again when it has changed by then."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget


class WhenSeen(QObject):
    """Calls `ask` for a page: at its first sight, and once it is seen after a `change`."""

    def __init__(self, page: QWidget, ask: Callable[[], None], *, asked: bool = False) -> None:
        """`asked`: what it shows was asked for already."""
        super().__init__(page)
        self._page, self._ask, self._stale = page, ask, not asked
        page.installEventFilter(self)

    def change(self) -> None:
        """What is shown may be another by now."""
        self._stale = True
        if self._page.isVisible():
            self.ask()

    def ask(self) -> None:
        """Whether it is seen or not."""
        self._stale = False
        self._ask()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Show and self._stale:
            self.ask()
        return False
