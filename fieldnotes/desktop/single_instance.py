"""One program for each library: a second start raises the first one's window and hands over.

A lock file says who came first, so the first start need not load the network library. A message
is one JSON object; `files` are read in, `capture` opens the window for a new note, `flip`
the card with what worked.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QLockFile, QObject, Signal

from fieldnotes import paths, typed_json

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtNetwork import QLocalServer, QLocalSocket

_PATIENCE = 3_000  # ms for the first start to answer
_LONGEST = 1 << 20
_DONE = b"ok"


class Message(NamedTuple):
    """What a second start asks of the first. Paths are absolute; `flip`: words typed, or None."""

    files: tuple[str, ...] = ()
    capture: bool = False
    flip: str | None = None


class SingleInstance(QObject):
    """`first` tells whether this start is the one that shows windows for `folder`."""

    received = Signal(object)  # Message

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._name = "fieldnotes-" + hashlib.sha256(str(folder.resolve()).encode()).hexdigest()[:20]
        machine = paths.machine_folder()
        machine.mkdir(parents=True, exist_ok=True)
        self._lock = QLockFile(str(machine / f"{self._name}.lock"))
        self._lock.setStaleLockTime(0)
        self._server: QLocalServer | None = None
        self.first = self._lock.tryLock(0)

    def listen(self) -> None:
        """From now on, hear what later starts ask for."""
        if self._server is not None:
            return
        from PySide6.QtNetwork import QLocalServer

        QLocalServer.removeServer(self._name)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._on_connected)
        self._server.listen(self._name)

    def hand_over(self, message: Message) -> bool:
        """Tell the first start. False when it does not answer."""
        from PySide6.QtNetwork import QLocalSocket

        waited = 0
        while waited < _PATIENCE:
            socket = QLocalSocket()
            socket.connectToServer(self._name)
            if socket.waitForConnected(200):
                socket.write(typed_json.encode(message) + b"\n")
                answered = socket.waitForReadyRead(_PATIENCE)
                return answered and bytes(socket.readAll().data()).startswith(_DONE)
            waited += 200
            self.thread().msleep(200)
        return False

    def close(self) -> None:
        """Let the next start be the first."""
        if self._server is not None:
            self._server.close()
        self._lock.unlock()

    def _on_connected(self) -> None:
        assert self._server is not None
        while (socket := self._server.nextPendingConnection()) is not None:
            socket.readyRead.connect(lambda socket=socket: self._on_ready(socket))
            socket.disconnected.connect(socket.deleteLater)
            if socket.canReadLine():
                self._on_ready(socket)

    def _on_ready(self, socket: QLocalSocket) -> None:
        if socket.bytesAvailable() > _LONGEST:
            socket.abort()
        if not socket.canReadLine():
            return
        message = typed_json.decode(bytes(socket.readLine().data()), Message)
        if message is None:
            socket.abort()
            return
        socket.write(_DONE + b"\n")
        socket.flush()
        self.received.emit(message)
