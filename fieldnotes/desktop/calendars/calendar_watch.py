"""Looks into calendar files beside the window: when they change, and once a minute anyway."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal

from fieldnotes.desktop.runner import Runner
from fieldnotes.errors import FieldnotesError
from fieldnotes.operations.calendars import (
    CalendarFiles,
    Met,
    forget_calendar,
    settle_meeting,
    watch_calendar,
)
from fieldnotes.operations.changes import Changes, Done
from fieldnotes.operations.notebook import Notebook

_EVERY_MS = 60_000  # meetings end, days end, and some disks never say that a file changed
_PAUSE_MS = 700  # a file is written in several steps


class CalendarWatch(QObject):
    """`changed` carries what was met (`Met`), `failed` an error that somebody should see."""

    changed = Signal(object)
    failed = Signal(object)

    def __init__(self, runner: Runner, parent: QObject) -> None:
        super().__init__(parent)
        self._runner = runner
        self._files = CalendarFiles()
        self._dropped: list[Path] = []
        self._told: set[str] = set()
        self.met = Met()
        self._on_disk = QFileSystemWatcher(self)
        self._minute = QTimer(self, interval=_EVERY_MS)
        self._soon = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._on_disk.fileChanged.connect(self._soon.start)
        self._minute.timeout.connect(self.look)
        self._soon.timeout.connect(self.look)
        runner.changed.connect(self._on_changed)
        self._minute.start()

    def look(self) -> None:
        """Read what changed, off this thread."""
        dropped = list(self._dropped)
        self._runner.ask(
            "calendars", lambda book: self._files.met(book, dropped), self._show, self.failed.emit
        )

    def drop(self, files: Sequence[Path]) -> None:
        """Look into these until the program ends."""
        self._dropped += [file for file in files if file not in self._dropped]
        self._told.clear()
        self.look()

    def watch(self, file: Path) -> None:
        """Look into it from now on, where it lies."""
        self._do(lambda book: watch_calendar(book, file))

    def forget(self, file: str) -> None:
        """Do not look into it any more."""
        self._dropped = [each for each in self._dropped if str(each) != file]
        self._do(lambda book: forget_calendar(book, file))

    def settle(self, key: str) -> None:
        """Do not ask about this meeting again."""
        self._do(lambda book: settle_meeting(book, key))

    def stop(self) -> None:
        """Nothing is asked any more."""
        self._minute.stop()
        self._soon.stop()

    def dropped(self) -> list[Path]:
        """What was dropped since the program began, and is not watched."""
        return [file for file in self._dropped if str(file) not in self.met.files]

    def _do(self, operation: Callable[[Notebook], Done[str]]) -> None:
        self._runner.do(operation, lambda _done: self.look(), self.failed.emit)

    def _show(self, met: Met) -> None:
        self.met = met
        wanted = {*met.files, *map(str, self._dropped)}
        gone = set(self._on_disk.files()) - wanted
        if gone:
            self._on_disk.removePaths(list(gone))
        # a program that replaces the file takes it from the watcher, too
        missing = wanted - set(self._on_disk.files())
        if missing:
            self._on_disk.addPaths(list(missing))
        self.changed.emit(met)
        for problem in met.problems:
            if problem not in self._told:
                self._told.add(problem)
                self.failed.emit(FieldnotesError(problem))

    def _on_changed(self, changes: Changes) -> None:
        if changes.notes is None or changes.notes:
            self._soon.start()
