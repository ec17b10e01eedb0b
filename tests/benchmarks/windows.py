"""The real window on a large library, and when it has painted: what its benchmarks share.

QT_QPA_PLATFORM has to be settled before this is imported.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QEvent, QEventLoop, QObject, QTimer
from PySide6.QtWidgets import QAbstractScrollArea, QApplication

from fieldnotes.desktop.main_window import MainWindow
from fieldnotes.desktop.runner import Runner
from fieldnotes.operations.notebook import look_into, open_notebook
from fieldnotes.settings import Settings


class Painted(QObject):
    """Knows whether a view was painted since it was last asked."""

    def __init__(self, view: QAbstractScrollArea) -> None:
        super().__init__(view)
        self.seen = False
        view.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self.seen = True
        return False


@contextmanager
def main_window(library: Path, settings: Settings) -> Iterator[MainWindow]:
    """The window with all its parts, once it knows the order of all notes."""
    look_into(library).close()  # refuses what would have to be upgraded first
    open_notebook(library, take_over=True).close()  # whoever was killed holds it no more
    runner = Runner(library)
    window = MainWindow(settings)
    window.furnish(runner)
    window.resize(1366, 768)
    window.show()
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    begun = time.perf_counter()
    until(app, lambda: window.notes.finder.whole)
    print(f"the order of all was there after {(time.perf_counter() - begun) * 1000:.0f} ms")
    try:
        yield window
    finally:
        window.close()
        runner.close()


def until(app: QApplication, done: Callable[[], bool]) -> None:
    """Let the window work until `done`. Raises TimeoutError after a minute."""
    flags = QEventLoop.ProcessEventsFlag
    end = time.perf_counter() + 60
    while not done():
        if time.perf_counter() > end:
            raise TimeoutError("nothing was painted")
        app.processEvents(flags.AllEvents | flags.WaitForMoreEvents)


def rest(milliseconds: int) -> None:
    """Let the window work for so long."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()
