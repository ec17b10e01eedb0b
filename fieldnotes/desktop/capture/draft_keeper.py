"""Puts what is being typed on disk at every pause, and says when it is there."""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import partial
from typing import TypeVar

from PySide6.QtCore import QObject, QTimer, Signal

from fieldnotes.desktop.runner import Failed, Runner
from fieldnotes.domain.drafts import OpenDraft
from fieldnotes.errors import FieldnotesError
from fieldnotes.operations.changes import Changes, Done
from fieldnotes.operations.drafts import Held, forget_draft, keep_draft, keep_draft_at_any_rate
from fieldnotes.operations.notebook import Notebook

T = TypeVar("T")
PAUSE_MS = 300
LATEST_MS = 400  # so old may the first letter get that is not on its way to the disk
_SOON_MS = 150  # right behind a letter is better than in the midst of the next
AGAIN_MS = 2_000
PATIENCE = 10.0  # seconds, when the session ends


class DraftKeeper(QObject):
    """`paused` before a draft is kept, `kept` with its id when it is safe.

    `failed` carries the error and the draft that the disk refused: it is held here and tried again
    until it is safe. `content` is asked for the draft; None: there is nothing to keep.
    """

    paused = Signal()
    kept = Signal(str)
    failed = Signal(object, object)

    def __init__(
        self, runner: Runner, content: Callable[[], OpenDraft | None], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._runner = runner
        self._content = content
        self._turn = 0
        self._refused: dict[int, tuple[OpenDraft, Held]] = {}
        self._pause = self._timer(PAUSE_MS, self.keep)
        self._latest = self._timer(LATEST_MS, self._keep_meanwhile)
        self._again = self._timer(AGAIN_MS, self._try_again)
        self.held = Held("", 0)

    def begin(self, draft: OpenDraft) -> None:
        """Another draft is shown, in the state in which the disk has it."""
        self.hold_off()
        self._turn += 1
        refused = self._refusal_of(draft)
        self.held = refused[1] if refused else Held(draft.draft.id, draft.changed)

    def newest(self, draft: OpenDraft) -> OpenDraft:
        """The same draft as it was typed last: the disk may have refused that."""
        refused = self._refusal_of(draft)
        return refused[0] if refused else draft

    def hold_off(self) -> None:
        """What is shown is on its way to the disk already."""
        self._pause.stop()
        self._latest.stop()

    def let_go(self, held: Held) -> None:
        """This draft is saved: nothing of it is tried again."""
        held.saved = True
        self._refused.pop(id(held), None)

    def touch(self, age: int = 0) -> None:
        """Something was typed: keep it when the typing pauses, and soon if it does not.

        `age`: how many milliseconds ago the first of it was.
        """
        self._turn += 1
        self._pause.start()
        waiting = self._latest.isActive()
        left = min(self._latest.remainingTime() if waiting else LATEST_MS, LATEST_MS - age)
        if left <= _SOON_MS:
            self._latest.stop()
            self._keep_meanwhile()
        else:
            self._latest.start(left)

    def keep(self) -> None:
        """Keep it now, or take it off the disk when nothing is left of it."""
        self.paused.emit()
        self._keep()

    def keep_for_good(self) -> None:
        """The last chance: also on a full disk, and with all that the disk refused before."""
        self._keep(keep_draft_at_any_rate)
        for draft, held in self._refused.values():
            self._send(draft, held, keep_draft_at_any_rate)

    def wait(self) -> None:
        """Stay here until the disk has all that was sent to it."""
        written = threading.Event()

        def tell(notebook: Notebook) -> Done[None]:
            written.set()
            return Done(None, Changes())

        self._runner.do(tell)
        written.wait(PATIENCE)

    def read(
        self,
        question: Callable[[Notebook], T],
        answered: Callable[[T], None],
        failed: Failed | None = None,
    ) -> None:
        """Ask behind everything that waits to be written: an older draft must not come back."""
        self._runner.do(lambda notebook: Done(question(notebook), Changes()), answered, failed)

    def _refusal_of(self, draft: OpenDraft) -> tuple[OpenDraft, Held] | None:
        every = self._refused.values()
        return next((each for each in every if each[0].draft.id == draft.draft.id), None)

    def _timer(self, ms: int, slot: Callable[[], None]) -> QTimer:
        timer = QTimer(self, singleShot=True, interval=ms)
        timer.timeout.connect(slot)
        return timer

    def _keep_meanwhile(self) -> None:
        """Nobody is told: the pause is still to come."""
        draft = self._content()
        if draft is not None:
            self._turn += 1
            self._send(draft, self.held)
            self._turn += 1

    def _keep(self, how: Callable[[Notebook, OpenDraft, Held], Done[str]] = keep_draft) -> None:
        draft = self._content()
        self.hold_off()
        if draft is None:
            held = self.held
            self._refused.pop(id(held), None)
            self._runner.do(partial(_forget, held), initiator=self)
            return
        self._turn += 1
        self._send(draft, self.held, how)

    def _send(
        self,
        draft: OpenDraft,
        held: Held,
        how: Callable[[Notebook, OpenDraft, Held], Done[str]] = keep_draft,
    ) -> None:
        turn = self._turn
        self._runner.do(
            lambda notebook: how(notebook, draft, held),
            done=lambda draft_id: self._on_kept(draft_id, held, turn),
            failed=lambda error: self._on_failed(error, draft, held),
            initiator=self,
        )

    def _try_again(self) -> None:
        for draft, held in self._refused.values():
            self._send(draft, held)

    def _on_kept(self, draft_id: str, held: Held, turn: int) -> None:
        self._refused.pop(id(held), None)
        if turn == self._turn and held is self.held:
            self.kept.emit(draft_id)

    def _on_failed(self, error: FieldnotesError, draft: OpenDraft, held: Held) -> None:
        self._refused[id(held)] = draft, held
        self._again.start()
        self.failed.emit(error, draft)


def _forget(held: Held, notebook: Notebook) -> Done[str]:
    if not held.state:
        return Done(held.id, Changes())
    done = forget_draft(notebook, held.id, held.state)
    held.state = 0
    return done
