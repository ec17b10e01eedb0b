"""What can be done about notes to write: alone, after a meeting, from rough ones, from a draft."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from fieldnotes.desktop.calendars.meeting_commands import MeetingCommands
    from fieldnotes.desktop.capture.capture_window import CaptureWindow
    from fieldnotes.desktop.debrief.debriefing import Debriefing
    from fieldnotes.desktop.kept_settings import KeptSettings
    from fieldnotes.desktop.main_window import MainWindow
    from fieldnotes.desktop.notes.copying import Copying
    from fieldnotes.desktop.runner import Runner
    from fieldnotes.domain.notes import NoteDraft
    from fieldnotes.errors import FieldnotesError


class WritingCommands(QObject):
    """`changed` when what is possible may have changed. Each window is made when it is needed."""

    changed = Signal()

    def __init__(self, window: MainWindow, runner: Runner, kept: KeptSettings) -> None:
        super().__init__(window)
        self._window, self._runner, self._kept = window, runner, kept
        self._refused: FieldnotesError | None = None
        self._capture: CaptureWindow | None = None
        self._copying: Copying | None = None
        self._meetings: MeetingCommands | None = None
        self._debriefing: Debriefing | None = None
        window.write_wanted.connect(self.new_note)
        window.edit_wanted.connect(lambda note_id: self.capture().edit(note_id))

    def new_note(self) -> None:
        """Open the window to write in."""
        if self._refused is not None:
            self._window.notice.tell_error(self._refused)
            return
        self.capture().new_note()

    def refuse(self, why: FieldnotesError) -> None:
        """Nothing can be written: say so instead of opening the window to write in."""
        self._refused = why

    def resume(self, draft_id: str) -> None:
        """Go on with a draft."""
        self.capture().resume(draft_id)

    def debrief(self) -> None:
        """Write about the meeting that just ended."""
        self.meetings().debrief_latest()

    def split_clipboard(self) -> None:
        """Split rough notes from the clipboard into notes to take."""
        self.debriefing().paste()

    def toggle_details(self) -> None:
        """Whether a new note is asked for the one detail that helps."""
        self._kept.hold(self._kept.now._replace(one_detail=not self._kept.now.one_detail))
        if self._capture is not None:
            self._capture.details.follow(self._kept.now.one_detail)

    def toggle_said_before(self) -> None:
        """Whether somebody who types is told what was logged before."""
        self._kept.hold(self._kept.now._replace(said_before=not self._kept.now.said_before))
        if self._capture is not None:
            self._capture.before.follow(self._kept.now.said_before)

    def capture(self) -> CaptureWindow:
        """The window to write in, made when it is first asked for."""
        if self._capture is None:
            from fieldnotes.desktop.capture.capture_window import CaptureWindow

            self._capture = CaptureWindow(self._runner)
            self._capture.details.follow(self._kept.now.one_detail)
            self._capture.before.follow(self._kept.now.said_before)
            self.meetings().show_in(self._capture.just_met)
            self._capture.copy_wanted.connect(self._copy_draft)
            self._capture.split_wanted.connect(lambda draft: self.debriefing().split(draft))
        return self._capture

    def meetings(self) -> MeetingCommands:
        """What can be done about meetings of the calendar, made when it is first asked for."""
        if self._meetings is None:
            from fieldnotes.desktop.calendars.meeting_commands import MeetingCommands

            self._meetings = MeetingCommands(self._window, self._runner, self.capture)
            self._meetings.changed.connect(self.changed)
        return self._meetings

    def debriefing(self) -> Debriefing:
        """The review of rough notes, made when it is first asked for."""
        if self._debriefing is None:
            from fieldnotes.desktop.debrief.debriefing import Debriefing

            self._debriefing = Debriefing(self._window, self._runner)
        return self._debriefing

    def possible(self) -> dict[str, bool]:
        """Which of the actions that depend on something can be run now."""
        return {"debrief": self._meetings is not None and self._meetings.latest() is not None}

    def chosen(self) -> dict[str, bool]:
        """Which of the actions are ticked."""
        return {"details": self._kept.now.one_detail, "before": self._kept.now.said_before}

    def keep_typed(self) -> None:
        """The session ends: what is being typed is on disk when this returns."""
        if self._capture is not None:
            self._capture.keep_now()

    def close(self) -> None:
        """Close the windows to write in; what is being typed is kept."""
        if self._meetings is not None:
            self._meetings.stop()
        if self._debriefing is not None:
            self._debriefing.close()
        if self._capture is not None:
            self._capture.close()
            self._capture.deleteLater()
            self._capture = self._copying = None

    def _copy_draft(self, draft: NoteDraft) -> None:
        from fieldnotes.desktop.notes.copying import Copying

        window = self.capture()
        if self._copying is None:
            self._copying = Copying(self._runner, window, window)
            window.notice.acted.connect(self._copying.copy_rest)
        self._copying.copy_draft(draft)
