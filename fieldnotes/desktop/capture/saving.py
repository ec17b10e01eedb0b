"""From a draft to a saved note: what is typed meanwhile waits for the next one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from fieldnotes.desktop.capture.type_ahead import TypeAhead
from fieldnotes.errors import FieldnotesError, IncompleteDraft
from fieldnotes.operations.drafts import save_draft, settle
from fieldnotes.operations.promises import finish, save_with_promises

if TYPE_CHECKING:
    from fieldnotes.desktop.capture.capture_frame import CaptureFrame
    from fieldnotes.desktop.capture.draft_keeper import DraftKeeper
    from fieldnotes.desktop.runner import Runner
    from fieldnotes.domain.drafts import OpenDraft
    from fieldnotes.domain.notes import NoteDraft


class Saving(QObject):
    """`saved` carries the NoteDraft once it is safe, `failed` why it is not.

    `refused` carries what is missing in a draft that cannot be a note yet.

    `busy` while a note is on its way.
    """

    saved = Signal(object)
    failed = Signal(object)
    refused = Signal(object)

    def __init__(self, runner: Runner, keeper: DraftKeeper, window: CaptureFrame) -> None:
        super().__init__(window)
        self._runner, self._keeper, self._window = runner, keeper, window
        self._ahead = TypeAhead(window.form.text)
        self.busy = False
        runner.crashed.connect(self._on_crashed)

    def save(self, draft: OpenDraft) -> None:
        """Save this one, if nothing is missing in it."""
        try:
            finish(draft)
        except IncompleteDraft as error:
            self.refused.emit(error)
            return
        self.busy = True
        self._ahead.hold()
        self._keeper.hold_off()
        held = self._keeper.held

        def saved(note: NoteDraft) -> None:
            self._keeper.let_go(held)
            self._on_saved(note)

        self._window.footer.state.say(self.tr("Saving…"), good=False)
        self._runner.do(
            lambda notebook: save_with_promises(
                notebook, draft, lambda fresh: save_draft(notebook, fresh, held)
            ),
            done=saved,
            failed=self._on_failed,
            initiator=self._window,
        )
        self._runner.do(settle)

    def _on_saved(self, note: NoteDraft) -> None:
        self.busy = False
        self.saved.emit(note)
        self._ahead.release()

    def _on_failed(self, error: FieldnotesError) -> None:
        self.busy = False
        self.failed.emit(error)
        self._ahead.release()
        self._keeper.touch()

    def _on_crashed(self, error: Exception) -> None:
        if self.busy:
            happened = self.tr("The note could not be saved.")
            self._on_failed(FieldnotesError(happened, self.tr("Your text is still here.")))
