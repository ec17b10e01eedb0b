"""Show a file where it lies, in whatever the desktop has for that."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QUrl
from PySide6.QtGui import QDesktopServices

_SERVICE = "org.freedesktop.FileManager1"


def show_file(path: Path, failed: Callable[[], object] = lambda: None) -> None:
    """Select the file in the file manager; where none can do that, open its folder.

    `failed` is called where nothing opens that either.
    """
    from PySide6.QtDBus import QDBusConnection, QDBusMessage, QDBusPendingCallWatcher

    def open_its_folder() -> None:
        if not open_folder(path.parent):
            failed()

    bus = QDBusConnection.sessionBus()
    if not bus.isConnected():
        open_its_folder()
        return
    asked = QDBusMessage.createMethodCall(
        _SERVICE, "/org/freedesktop/FileManager1", _SERVICE, "ShowItems"
    )
    asked.setArguments([[QUrl.fromLocalFile(str(path)).toString()], ""])
    watcher = QDBusPendingCallWatcher(bus.asyncCall(asked), QCoreApplication.instance())

    def answered() -> None:
        if watcher.isError():
            open_its_folder()
        watcher.deleteLater()

    watcher.finished.connect(answered)


def open_folder(folder: Path) -> bool:
    """Show a folder in the system's file manager."""
    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
