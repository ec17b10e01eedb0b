"""Which words the notes hold is learned beside the window, so that beginnings are found at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from fieldnotes.operations.search import make_ready

if TYPE_CHECKING:
    from fieldnotes.desktop.runner import Runner

_LATER = 2_000  # ms after the first paint and after the last change


class WordWatch(QObject):
    """Learns them once all is quiet, and again after very much was written.

    It asks on a thread of its own, and where the words are known that is answered at once.
    """

    def __init__(self, runner: Runner, parent: QObject) -> None:
        super().__init__(parent)
        self._runner = runner
        self._timer = QTimer(self, singleShot=True, interval=_LATER)
        self._timer.timeout.connect(self._learn)
        runner.changed.connect(self._timer.start)
        self._timer.start()

    def _learn(self) -> None:
        self._runner.ask("words", make_ready, lambda _: None)
