"""What nobody expected: logged, told in plain words, and nothing that was typed is lost."""

from __future__ import annotations

import sys
import threading
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication

if TYPE_CHECKING:
    from types import TracebackType

    from PySide6.QtWidgets import QMessageBox


class CrashReporter(QObject):
    """Hears every exception that nothing caught, from any thread, and shows the first one."""

    _happened = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._box: QMessageBox | None = None
        self._happened.connect(self.show)

    def install(self) -> None:
        """Stand behind Python's own hooks from now on."""
        sys.excepthook = self._on_exception
        threading.excepthook = lambda told: self._on_exception(
            told.exc_type, told.exc_value or told.exc_type(), told.exc_traceback
        )

    def uninstall(self) -> None:
        """Give Python its own hooks back."""
        sys.excepthook = sys.__excepthook__
        threading.excepthook = threading.__excepthook__

    def show(self, error: BaseException) -> None:
        """Tell that something went wrong; one message at a time."""
        if self._box is None:
            from fieldnotes.desktop.crash_box import crash_box

            self._box = crash_box(error, QApplication.activeWindow())
            self._box.finished.connect(self._on_closed)
            self._box.open()

    def _on_exception(
        self, kind: type[BaseException], error: BaseException, where: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            QApplication.quit()
            return
        import logging

        logging.getLogger(__name__).error("a bug", exc_info=(kind, error, where))
        self._happened.emit(error)

    def _on_closed(self) -> None:
        self._box = None
