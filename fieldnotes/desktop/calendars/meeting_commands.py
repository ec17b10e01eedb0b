"""What can be done about meetings: ask about the last one, begin its debrief, watch calendars."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from fieldnotes.desktop.calendars.calendar_watch import CalendarWatch
from fieldnotes.desktop.calendars.meeting_words import lead, what, whom
from fieldnotes.desktop.widgets.just_met_strip import JustMetStrip

if TYPE_CHECKING:
    from fieldnotes.desktop.main_window import MainWindow
    from fieldnotes.desktop.runner import Runner
    from fieldnotes.domain.calendars import Encounter
    from fieldnotes.errors import FieldnotesError
    from fieldnotes.operations.calendars import Met

CALENDARS = (".ics", ".ical", ".icalendar")


class Writes(Protocol):
    """The window to write in, as far as meetings need it."""

    just_met: JustMetStrip

    def begin_debrief(self, met: Encounter) -> None:
        """Show the empty first note about a meeting."""


class MeetingCommands(QObject):
    """`changed` when another meeting is the last one, or there is none any more."""

    changed = Signal()

    def __init__(
        self,
        window: MainWindow,
        runner: Runner,
        capture: Callable[[], Writes],
    ) -> None:
        super().__init__(window)
        self._window, self._capture = window, capture
        self.watch = CalendarWatch(runner, self)
        self.strip = JustMetStrip()
        self._strips: list[JustMetStrip] = []
        self._failed = False
        self._place = QWidget()
        column = QVBoxLayout(self._place)
        column.setContentsMargins(12, 10, 12, 2)
        column.addWidget(self.strip)
        self._place.hide()
        window.add_bar(self._place)
        self.show_in(self.strip)
        self.watch.changed.connect(self._on_changed)
        self.watch.failed.connect(self._on_failed)
        window.notice.acted.connect(self._on_notice_acted)
        self._just_dropped: Path | None = None
        self.watch.look()

    def show_in(self, strip: JustMetStrip) -> None:
        """Ask in this line as well."""
        self._strips.append(strip)
        strip.taken.connect(self.debrief_latest)
        strip.refused.connect(self._on_refused)
        self._say(strip)

    def latest(self) -> Encounter | None:
        """The last meeting that nobody wrote about yet."""
        return next(iter(self.watch.met.open), None)

    def debrief_latest(self) -> None:
        """Begin to write about it."""
        if met := self.latest():
            self._capture().begin_debrief(met)

    def debrief(self, key: str) -> None:
        """Begin to write about one meeting of the list, or go on."""
        for met in self.watch.met.encounters:
            if met.event.key == key:
                self._capture().begin_debrief(met)

    def drop(self, files: Sequence[Path]) -> None:
        """Look into calendar files that somebody dropped; offer to watch the last."""
        self._failed = False
        self._just_dropped = files[-1].absolute()
        self.watch.drop([file.absolute() for file in files])

    def choose_file(self) -> None:
        """Choose a calendar file to watch."""
        kinds = " ".join(f"*{suffix}" for suffix in CALENDARS)
        name, _ = QFileDialog.getOpenFileName(
            self._window, self.tr("Watch a calendar file"), "", f"{self.tr('Calendars')} ({kinds})"
        )
        if name:
            self.watch.watch(Path(name))

    def stop(self) -> None:
        """Look into nothing any more."""
        self.watch.stop()

    def _say(self, strip: JustMetStrip) -> None:
        met = self.latest()
        if met is None:
            strip.offer("", "", "")
        else:
            today = self.watch.met.now
            strip.offer(lead(met, today), whom(met), what(met, today))

    def _on_changed(self, met: Met) -> None:
        for strip in self._strips:
            self._say(strip)
        self._place.setVisible(bool(met.open))
        if self._just_dropped and not met.problems:
            self._offer_to_watch(self._just_dropped, met)
        self.changed.emit()

    def _offer_to_watch(self, file: Path, met: Met) -> None:
        if str(file) in met.files:
            self._just_dropped = None
            return
        count = len(met.encounters)
        told = self.tr("1 meeting") if count == 1 else self.tr("%d meetings") % count
        self._window.notice.tell(
            "info",
            self.tr(
                "{meetings} of today and yesterday. Look into it again when it changes?"
            ).format(meetings=told),
            lead=self.tr("{name} was read.").format(name=file.name),
            action=self.tr("&Watch it where it lies"),
        )

    def _on_notice_acted(self) -> None:
        if self._just_dropped:
            file, self._just_dropped = self._just_dropped, None
            self._window.notice.hide()
            self.watch.watch(file)

    def _on_failed(self, error: FieldnotesError) -> None:
        self._just_dropped = None
        self._window.notice.tell_error(error)

    def _on_refused(self) -> None:
        if met := self.latest():
            self.watch.settle(met.event.key)
