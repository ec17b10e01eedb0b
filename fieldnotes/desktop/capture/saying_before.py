"""While somebody types: was something like this logged before? Asked beside the window."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from fieldnotes.desktop.capture.said_before_row import (
    DIFFER_KEYS,
    SAME_KEYS,
    SHOW_KEYS,
    SaidBeforeRow,
)
from fieldnotes.operations.likeness import say_different, say_same

if TYPE_CHECKING:
    from fieldnotes.desktop.capture.capture_frame import CaptureFrame
    from fieldnotes.desktop.runner import Runner
    from fieldnotes.domain.drafts import OpenDraft
    from fieldnotes.domain.views import NoteView
    from fieldnotes.operations.notebook import Clock, Notebook
    from fieldnotes.operations.said_before import Typing

_LATER_MS = 200  # after the pause in which the draft is kept


class SayingBefore(QObject):
    """Shows `row` when it was. `told` carries a few words once a note was linked, or not.

    `answered` after each look, whatever was found.
    """

    told = Signal(str)
    answered = Signal()
    failed = Signal(object)

    def __init__(
        self, runner: Runner, content: Callable[[], OpenDraft], clock: Clock, window: CaptureFrame
    ) -> None:
        super().__init__(window)
        self._runner, self._content, self._clock = runner, content, clock
        self._typing: Typing | None = None
        self._wanted, self._draft_id = True, ""
        self.row = SaidBeforeRow()
        self._later = QTimer(self, singleShot=True, interval=_LATER_MS)
        self._later.timeout.connect(self._ask)
        self.row.same.connect(lambda: self._judge(same=True))
        self.row.different.connect(lambda: self._judge(same=False))
        self.row.left.connect(window.form.text.setFocus)
        self.told.connect(window.footer.state.say)
        window.add_row(self.row)
        window.on_keys(SHOW_KEYS, lambda: self._press(lambda row: row.unfold.toggle()))
        window.on_keys(SAME_KEYS, lambda: self._press(lambda row: row.link.click()))
        window.on_keys(DIFFER_KEYS, lambda: self._press(lambda row: row.differ.click()))

    def follow(self, wanted: bool) -> None:
        """Look from now on, or do not."""
        self._wanted = wanted
        if not wanted:
            self._say(None)

    def begin(self, draft_id: str) -> None:
        """Another note is written."""
        self._draft_id = draft_id
        self._later.stop()
        self._say(None)

    def look(self) -> None:
        """The typing paused."""
        if self._wanted:
            self._later.start()

    def _press(self, what: Callable[[SaidBeforeRow], object]) -> None:
        if self.row.offered() is not None:
            what(self.row)

    def _ask(self) -> None:
        draft = self._content().draft
        self._draft_id = draft.id
        if draft.settles or not self._wanted:
            self._say(None)
            return

        def question(notebook: Notebook) -> list[NoteView]:
            if self._typing is None:  # loaded by whoever asks: the window is there already
                from fieldnotes.operations.said_before import Typing

                self._typing = Typing()
            return self._typing.said_before(notebook, draft.note, draft.id)

        self._runner.ask("said before", question, lambda found: self._on_found(draft.id, found))

    def _on_found(self, draft_id: str, found: list[NoteView]) -> None:
        if draft_id == self._draft_id and self._wanted:
            self._say(found[0] if found else None)
            self.answered.emit()

    def _say(self, view: NoteView | None) -> None:
        self.row.offer(view, self._clock().local().date())

    def _judge(self, *, same: bool) -> None:
        view, draft_id = self.row.offered(), self._draft_id
        if view is None:
            return
        say = say_same if same else say_different
        words = self.tr("Linked with the earlier note")
        words = words if same else self.tr("Remembered: not the same")

        def done(_record: str) -> None:
            self.told.emit(words)
            self.look()

        self._say(None)
        self._runner.do(
            lambda book: say(book, draft_id, view.id), done, self.failed.emit, initiator=self
        )
