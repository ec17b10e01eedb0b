"""The end of the session, or of the program by a signal: what is being typed is kept first."""

from __future__ import annotations

import os
import signal
from contextlib import suppress
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSocketNotifier, Qt, Signal

if TYPE_CHECKING:
    from PySide6.QtGui import QGuiApplication

_SIGNALS = ("SIGTERM", "SIGHUP", "SIGINT")


class SessionEnd(QObject):
    """`keep` when the system is about to end the session: write before you return. Signals quit."""

    keep = Signal()

    def __init__(self, app: QGuiApplication) -> None:
        super().__init__(app)
        self._app = app
        # Whatever comes after these must not matter: Windows ends the process at once.
        app.commitDataRequest.connect(self.keep, Qt.ConnectionType.DirectConnection)
        app.saveStateRequest.connect(self.keep, Qt.ConnectionType.DirectConnection)
        self._before: dict[int, object] = {}
        self._ends: tuple[int, ...] = ()
        if os.name == "posix":
            self._hear()

    def close(self) -> None:
        """Give the signals back."""
        for number, handler in self._before.items():
            signal.signal(number, handler)  # type: ignore[arg-type]
        if self._ends:
            signal.set_wakeup_fd(-1)
            self._notifier.setEnabled(False)
        for end in self._ends:
            os.close(end)
        self._before, self._ends = {}, ()

    def _hear(self) -> None:
        """Python acts on a signal only when it runs; a byte in a pipe makes Qt call it."""
        self._ends = read, write = os.pipe()
        for end in self._ends:
            os.set_blocking(end, False)
        signal.set_wakeup_fd(write, warn_on_full_buffer=False)
        self._notifier = QSocketNotifier(read, QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._on_woken)
        for name in _SIGNALS:
            number = getattr(signal, name)
            self._before[number] = signal.signal(number, self._on_signal)

    def _on_woken(self) -> None:
        with suppress(BlockingIOError):
            os.read(self._ends[0], 64)

    def _on_signal(self, number: int, frame: object) -> None:
        self._app.quit()
