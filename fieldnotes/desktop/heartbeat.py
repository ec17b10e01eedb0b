"""Once a second: did another program write? And when nobody types: a slice of housekeeping.

Then, half of each second, a few notes are compared with those before them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QTimer
from PySide6.QtGui import QCursor, QGuiApplication

from fieldnotes.operations.changes import Changes, Done
from fieldnotes.operations.housekeeping import tidy, version_seen
from fieldnotes.operations.loose_attachments import drop_loose, find_loose

if TYPE_CHECKING:
    from fieldnotes.desktop.runner import Runner
    from fieldnotes.operations.loose_attachments import Loose
    from fieldnotes.operations.notebook import Notebook
    from fieldnotes.operations.said_before import GoingThrough

_BEAT = 1_000
_SHARE = 0.5  # seconds of a beat in which notes are compared
_TOLD_AFTER = 30  # of these: pages that ask again each time would be no rest
_IDLE_BEATS = 5


class Heartbeat(QObject):
    """Tells the runner when the library changed by others, and tidies when all is quiet."""

    def __init__(self, runner: Runner, parent: QObject | None = None, beat: int = _BEAT) -> None:
        super().__init__(parent)
        self._runner = runner
        self._version: int | None = None
        self._quiet_beats = 0
        self._tidy = self._tidying = self._looked = False
        self._going: GoingThrough | None = None
        self._comparing = self._compared = False
        self._slices, self._untold = 0, Changes()
        self._cursor = QPoint()
        self._timer = QTimer(self, interval=beat)
        self._timer.timeout.connect(self._on_beat)
        runner.changed.connect(self._on_own_change)
        QGuiApplication.inputMethod().cursorRectangleChanged.connect(self._on_input)

    def start(self) -> None:
        """Begin to beat."""
        self._take_version()
        self._timer.start()

    def stop(self) -> None:
        """Nothing is asked any more."""
        self._timer.stop()

    def _on_beat(self) -> None:
        if not self._comparing:  # what is written by that is our own
            self._runner.ask("version", version_seen, self._compare)
        if QCursor.pos() != self._cursor:
            self._cursor = QCursor.pos()
            self._on_input()
        self._quiet_beats += 1
        if self._quiet_beats > _IDLE_BEATS and not self._tidy and not self._tidying:
            self._tidying = True
            # not where a person writes: a log of a gigabyte takes seconds to copy back
            self._runner.ask("tidy", tidy, self._on_tidied, lambda _: self._on_failed())

    def _compare_notes(self) -> None:
        """A slice of it, after `_compare`: so others' writing is noticed in between."""
        idle = self._quiet_beats > _IDLE_BEATS and self._tidy and not self._tidying
        if idle and not self._compared and not self._comparing:
            self._comparing = True
            self._runner.ask("tidy", self._go_on, self._on_compared, lambda _: self._on_stuck())

    def _go_on(self, notebook: Notebook) -> Done[bool]:
        if self._going is None:
            from fieldnotes.operations.said_before import GoingThrough

            self._going = GoingThrough(notebook)
        return self._going.go_on(_SHARE)

    def _on_compared(self, done: Done[bool]) -> None:
        self._comparing, self._compared = False, done.result
        self._slices += 1
        self._untold = self._untold | done.changes
        if self._untold and (done.result or not self._slices % _TOLD_AFTER):
            untold, self._untold = self._untold, Changes()
            self._runner.tell(untold)
        self._take_version()

    def _on_stuck(self) -> None:
        self._comparing, self._compared = False, True

    def _drop(self, loose: Loose | None) -> None:
        if loose is not None:
            self._runner.do(lambda book: drop_loose(book, loose))

    def _compare(self, version: int) -> None:
        others = self._version is not None and version != self._version
        self._version = version
        if others:
            self._tidy = self._compared = False
            self._runner.tell(Changes.many())
        self._compare_notes()

    def _take_version(self) -> None:
        """What was written just now is our own: pages were told already."""
        self._runner.ask("version", version_seen, self._take)

    def _take(self, version: int) -> None:
        self._version = version

    def _on_own_change(self) -> None:
        self._tidy = self._compared = False
        self._on_input()
        self._take_version()

    def _on_input(self) -> None:
        self._quiet_beats = 0

    def _on_tidied(self, done: Done[bool]) -> None:
        if done.changes:
            self._runner.tell(done.changes)
        self._tidying, self._tidy = False, done.result
        if done.result and not self._looked:
            self._looked = True
            self._runner.ask("loose attachments", find_loose, self._drop)
        self._take_version()

    def _on_failed(self) -> None:
        self._tidying, self._tidy = False, True
