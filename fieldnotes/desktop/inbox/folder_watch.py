"""Looks into a watched folder beside the window: when it changes, and once a minute anyway."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QFileSystemWatcher, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication

from fieldnotes.desktop.runner import Runner
from fieldnotes.errors import FieldnotesError
from fieldnotes.operations.changes import Changes, Done
from fieldnotes.operations.import_plans import ImportPlan
from fieldnotes.operations.left_over import LeftOver, forget_left_over, left_over
from fieldnotes.operations.notebook import Notebook
from fieldnotes.operations.watching import (
    Arrived,
    WatchedFolder,
    put_aside,
    put_away,
    put_read_in,
)

_EVERY_MS = 60_000  # synced folders do not always say that something came
_PAUSE_MS = 2_000  # so long a file has to stay the same


class FolderWatch(QObject):
    """`changed` when something else is offered: `arrived` in the folder, `left` of earlier files.

    Nothing is watched while `folder` is None.
    """

    changed = Signal()

    def __init__(self, runner: Runner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runner = runner
        self._watched: WatchedFolder | None = None
        self._stopped = False
        self.arrived: tuple[Arrived, ...] = ()
        self.left: tuple[LeftOver, ...] = ()
        self._on_disk = QFileSystemWatcher(self)
        self._minute = QTimer(self, interval=_EVERY_MS)
        self._soon = QTimer(self, singleShot=True)
        self._on_disk.directoryChanged.connect(lambda: self._soon.start(_PAUSE_MS))
        self._minute.timeout.connect(self.look)
        self._soon.timeout.connect(self.look)
        runner.changed.connect(self._on_changed)
        app = QCoreApplication.instance()
        if isinstance(app, QGuiApplication):
            app.applicationStateChanged.connect(self._on_state)
        self._minute.start()

    @property
    def folder(self) -> Path | None:
        """Which one is watched."""
        return self._watched.folder if self._watched is not None else None

    def watch(self, folder: Path | None) -> None:
        """Watch this folder from now on, in place of what was watched; None watches nothing."""
        if folder == self.folder:
            return
        if self._on_disk.directories():
            self._on_disk.removePaths(self._on_disk.directories())
        self._watched = WatchedFolder(folder) if folder is not None else None
        self.arrived = ()
        self.changed.emit()
        self.look()

    def look(self) -> None:
        """See what waits, off this thread."""
        watched = self._watched

        def looked(book: Notebook) -> tuple[tuple[Arrived, ...], tuple[LeftOver, ...]]:
            arrived = watched.look(book) if watched is not None else ()
            return arrived, tuple(left_over(book))

        self._runner.ask("watched folder", looked, lambda found: self._show(watched, *found))

    def put_away(self, plan: ImportPlan) -> None:
        """These files were read in, or refused."""
        if (folder := self.folder) is not None:
            self._do(lambda _: put_away(folder, plan))

    def put_aside(self) -> None:
        """What cannot be read in goes out of the folder, with the reason beside it."""
        refused = [each for each in self.arrived if each.why]
        self._do(lambda _: put_aside(refused))

    def forget(self, sha256: str) -> None:
        """What was left of a file is not offered any more."""
        self._do(lambda book: forget_left_over(book, sha256))

    def stop(self) -> None:
        """Nothing is asked any more."""
        self._stopped = True
        self._minute.stop()
        self._soon.stop()

    def _do(self, operation: Callable[[Notebook], Done[Any]]) -> None:
        self._runner.do(operation, lambda _: self.look(), self._on_failed)

    def _on_failed(self, _: FieldnotesError) -> None:
        self.look()

    def _show(
        self,
        watched: WatchedFolder | None,
        arrived: tuple[Arrived, ...],
        left: tuple[LeftOver, ...],
    ) -> None:
        if self._stopped or watched is not self._watched:
            return  # too late, or another folder was chosen meanwhile
        if watched is not None:
            self._follow(watched)
        if (arrived, left) != (self.arrived, self.left):
            self.arrived, self.left = arrived, left
            self.changed.emit()

    def _follow(self, watched: WatchedFolder) -> None:
        folder = str(watched.folder)
        if folder not in self._on_disk.directories() and watched.there:
            self._on_disk.addPath(folder)  # again, where it was unplugged
        if watched.settling():
            self._soon.start(_PAUSE_MS)
        if watched.done:
            done = watched.done
            self._runner.do(lambda _: put_read_in(done))

    def _on_changed(self, changes: Changes) -> None:
        if changes.people or changes.notes is None:
            self.look()

    def _on_state(self, state: Qt.ApplicationState) -> None:
        if state is Qt.ApplicationState.ApplicationActive:
            self.look()
