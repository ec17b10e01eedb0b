"""What the window's message offers to do: go on with a draft, or split what was pasted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from fieldnotes.desktop.capture.draft_at_hand import PLACE
from fieldnotes.desktop.widgets.primary_button import key_words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from fieldnotes.desktop.capture.capture_frame import CaptureFrame
    from fieldnotes.desktop.capture.draft_at_hand import DraftAtHand
    from fieldnotes.domain.drafts import DraftView

SPLIT_KEYS = "Alt+R"
_SPLIT = "split"
_ROUGH_LINES = 3


class Offering(QObject):
    """`resume_wanted` with a draft's id or `split_wanted`, when somebody takes what is offered."""

    resume_wanted = Signal(str)
    split_wanted = Signal()

    def __init__(self, shown: DraftAtHand, window: CaptureFrame) -> None:
        super().__init__(window)
        self._shown, self._notice = shown, window.notice
        self._offered = ""
        self._notice.acted.connect(self._on_acted)
        window.form.text.pasted.connect(self._on_pasted)

    def offer_draft(self, drafts: Iterable[DraftView]) -> None:
        """Somebody could go on with the first of these, while nothing else is begun."""
        draft = _unfinished(drafts, self._shown.id)
        if draft is None or self._shown.has_begun():
            return
        self._offered = draft.id
        heading = draft.heading or self.tr("without text")
        lead = self.tr("Not finished yet:")
        self._notice.show_message("info", heading, lead=lead, action=self.tr("Go on with it"))

    def forget(self) -> None:
        """The message says something else now."""
        self._offered = ""

    def _on_pasted(self, pasted: str) -> None:
        """Several lines: they could be rough notes."""
        lines = [line for line in pasted.split("\n") if line.strip()]
        if len(lines) < _ROUGH_LINES or self._shown.edits:
            return
        self._offered = _SPLIT
        words = self.tr("Review them one by one; what you do not take stays a draft.")
        lead = self.tr("Several notes?")
        action = f"{self.tr('Split them')}  ({key_words(SPLIT_KEYS)})"
        self._notice.show_message("info", words, lead=lead, action=action)

    def _on_acted(self) -> None:
        if self._offered == _SPLIT:
            self.split_wanted.emit()
        elif self._offered:
            self.resume_wanted.emit(self._offered)


def _unfinished(drafts: Iterable[DraftView], shown: str) -> DraftView | None:
    """The first new note that was begun in this kind of window, but not the one that is shown."""
    kept = (each for each in drafts if each.place == PLACE and not each.edits)
    return next((each for each in kept if each.id != shown), None)
