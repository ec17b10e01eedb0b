"""Puts what is being typed on disk at every pause, and says when it is there."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QObject, QTimer, Signal

from fieldnotes.desktop.runner import Failed, Runner
from fieldnotes.domain.drafts import OpenDraft
from fieldnotes.errors import FieldnotesError
from fieldnotes.operations.changes import Changes, Done
from fieldnotes.operations.drafts import forget_draft, keep_draft
from fieldnotes.operations.notebook import Notebook

T = TypeVar("T")
PAUSE_MS = 300


class DraftKeeper(QObject):
    """`paused` before a draft is kept, `kept` with its id when it is safe, `failed` with the error.

    `content` is asked for the draft at each pause; None: there is nothing to keep.
    """

    paused = Signal()
    kept = Signal(str)
    failed = Signal(object)

    def __init__(
        self, runner: Runner, content: Callable[[], OpenDraft | None], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._runner = runner
        self._content = content
        self._turn = 0
        self._held = ""
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self.keep)

    def begin(self, held: str = "") -> None:
        """Another draft is shown; `held`: its id, if the disk has it already."""
        self._pause.stop()
        self._turn += 1
        self._held = held

    def touch(self) -> None:
        """Something was typed: keep it when the typing pauses."""
        self._turn += 1
        self._pause.start()

    def keep(self) -> None:
        """Keep it now, or take it off the disk when nothing is left of it."""
        self._pause.stop()
        self.paused.emit()
        draft = self._content()
        if draft is None:
            self._forget()
            return
        self._turn += 1
        turn, self._held = self._turn, draft.draft.id
        self._runner.do(
            lambda notebook: keep_draft(notebook, draft),
            done=lambda draft_id: self._on_kept(draft_id, turn),
            failed=self._on_failed,
            initiator=self,
        )

    def read(
        self,
        question: Callable[[Notebook], T],
        answered: Callable[[T], None],
        failed: Failed | None = None,
    ) -> None:
        """Ask behind everything that waits to be written: an older draft must not come back."""
        self._runner.do(lambda notebook: Done(question(notebook), Changes()), answered, failed)

    def _forget(self) -> None:
        held, self._held = self._held, ""
        if held:
            self._runner.do(lambda notebook: forget_draft(notebook, held), initiator=self)

    def _on_kept(self, draft_id: str, turn: int) -> None:
        if turn == self._turn:
            self.kept.emit(draft_id)

    def _on_failed(self, error: FieldnotesError) -> None:
        self.failed.emit(error)
