"""The draft that the window shows: how it began, and what the form makes of it."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from msgspec.structs import replace

from fieldnotes.domain.drafts import OpenDraft, nothing_written
from fieldnotes.domain.markings import DEFAULT, marking, strictest
from fieldnotes.domain.meetings import next_note
from fieldnotes.domain.notes import Note, NoteDraft
from fieldnotes.operations.notebook import new_id

if TYPE_CHECKING:
    from fieldnotes.desktop.capture.capture_frame import CaptureFrame
    from fieldnotes.operations.notebook import Clock

PLACE = "capture"


class DraftAtHand:
    """`draft` as it was opened. `begun`: somebody wrote in it. `edits`: it is of a saved note."""

    def __init__(self, clock: Clock, window: CaptureFrame) -> None:
        self._clock, self._form, self._who = clock, window.form, window.footer.who
        self.draft = self.empty()
        self.begun = self.edits = False

    @property
    def id(self) -> str:
        """Which draft it is."""
        return self.draft.draft.id

    def show(self, draft: OpenDraft, *, held: bool) -> None:
        """Another one is at hand; `held`: somebody wrote in it before."""
        self.draft, self.begun = draft, held
        self.edits = bool(draft.draft.settles)

    def has_begun(self) -> bool:
        """Whether somebody wrote, a moment ago or before."""
        self._form.text.tell()
        return self.begun

    def content(self) -> OpenDraft:
        """As it is written now."""
        told = self._form.draft()
        fresh = replace(told.draft, marking=self._who.marking())
        return replace(told, draft=fresh)

    def left(self) -> OpenDraft | None:
        """What there is to keep; None when nothing is left of a new note."""
        draft = self.content()
        if not self.begun or (nothing_written(draft) and not self.edits):
            return None
        return draft

    def go_on_as(self, draft_id: str) -> None:
        """It is kept by this id, another one if another window went on with the same draft."""
        self.draft = replace(self.draft, draft=replace(self.draft.draft, id=draft_id))

    def empty(self, note: Note | None = None) -> OpenDraft:
        """A new draft, about what is known of `note`."""
        note = note or Note()
        note = replace(note, happened=note.happened or self._clock())
        return OpenDraft(draft=NoteDraft(id=mint(self._clock), note=note), place=PLACE)

    def following(self, saved: NoteDraft) -> OpenDraft:
        """A new draft in the meeting of the note that was saved."""
        # a stricter choice holds for the whole meeting, a looser one for one note
        strict = strictest([DEFAULT, marking(saved.marking)])
        following = self.empty(next_note(saved.note))
        return replace(following, draft=replace(following.draft, marking=strict.value))


def mint(clock: Clock) -> str:
    """An id for something that is new in a draft."""
    return new_id(clock(), os.urandom(10))
