"""What the library knows and the form offers: names while somebody types, meetings when asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from fieldnotes.domain.drafts import Sign
from fieldnotes.operations.meetings import recent_meetings
from fieldnotes.operations.search import names_to_complete

if TYPE_CHECKING:
    from fieldnotes.desktop.capture.capture_frame import CaptureFrame
    from fieldnotes.desktop.runner import Runner
    from fieldnotes.desktop.widgets.known_names import KnownNames
    from fieldnotes.domain.meetings import HeldMeeting
    from fieldnotes.operations.changes import Changes
    from fieldnotes.operations.notebook import Clock, Notebook

_NAMES_MS = 2_000  # others' notes come in batches: their names are read once, afterwards


class LookingUp(QObject):
    """Serves one window. The names that it saves itself are known to its form already."""

    def __init__(self, runner: Runner, clock: Clock, window: CaptureFrame) -> None:
        super().__init__(window)
        self._runner, self._clock, self._window = runner, clock, window
        self._later = QTimer(self, singleShot=True, interval=_NAMES_MS)
        self._later.timeout.connect(self._ask_names)
        runner.changed.connect(self._on_changed)
        window.form.meeting.change_asked.connect(self._ask_meetings)
        self._ask_names()

    def _ask_names(self) -> None:
        self._runner.ask("capture names", _known_names, self._window.form.set_names)

    def _ask_meetings(self) -> None:
        def offer(meetings: list[HeldMeeting]) -> None:
            self._window.form.meeting.offer(meetings, self._clock())

        self._runner.ask("capture meetings", recent_meetings, offer)

    def _on_changed(self, changes: Changes, initiator: object) -> None:
        if initiator is not self._window and (changes.notes is None or changes.notes):
            self._later.start()


def _known_names(notebook: Notebook) -> dict[Sign, KnownNames]:
    from fieldnotes.desktop.widgets.known_names import KnownNames

    return {sign: KnownNames(names_to_complete(notebook, sign.family)) for sign in Sign}
