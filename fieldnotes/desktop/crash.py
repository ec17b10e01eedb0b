"""What nobody expected: logged, told in plain words, and nothing that was typed is lost."""

from __future__ import annotations

import logging
import platform
import sys
import threading
import traceback
from types import TracebackType

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QApplication, QMessageBox, QWidget

from fieldnotes import __version__


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
            self._box = crash_box(error, QApplication.activeWindow())
            self._box.finished.connect(self._on_closed)
            self._box.open()

    def _on_exception(
        self, kind: type[BaseException], error: BaseException, where: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            QApplication.quit()
            return
        logging.getLogger(__name__).error("a bug", exc_info=(kind, error, where))
        self._happened.emit(error)

    def _on_closed(self) -> None:
        self._box = None


def crash_box(error: BaseException, parent: QWidget | None = None) -> QMessageBox:
    """The message, with a report to copy that holds no note."""
    box = QMessageBox(parent)
    box.setIcon(QMessageBox.Icon.Critical)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setWindowTitle("Fieldnotes")
    box.setText(box.tr("Something went wrong that should not have."))
    box.setInformativeText(
        box.tr("What you typed is kept. Go on, and send the report to whoever helps you.")
    )
    told = report(error)
    copy = box.addButton(box.tr("Copy report"), QMessageBox.ButtonRole.ActionRole)
    copy.clicked.connect(lambda: QApplication.clipboard().setText(told))
    box.addButton(box.tr("Go on"), QMessageBox.ButtonRole.AcceptRole)
    box.setDetailedText(told)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    return box


def report(error: BaseException) -> str:
    """Where it happened and on what; the places only, for a message may quote a note."""
    frames = traceback.extract_tb(error.__traceback__)
    lines = [f"Fieldnotes {__version__}, Python {platform.python_version()}, {platform.system()}"]
    lines += [f"{frame.name}: {_short(frame.filename)}:{frame.lineno}" for frame in frames]
    return "\n".join([*lines, type(error).__name__])


def _short(path: str) -> str:
    return "/".join(path.replace("\\", "/").split("/")[-3:])
