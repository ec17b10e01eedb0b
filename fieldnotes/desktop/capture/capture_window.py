"""The window to write a note down: from Ctrl+N to a saved note without the mouse."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from msgspec.structs import replace
from PySide6.QtCore import Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QWidget

from fieldnotes.desktop.capture.attaching import Attaching
from fieldnotes.desktop.capture.capture_frame import CaptureFrame
from fieldnotes.desktop.capture.detail_rules import FollowedRules
from fieldnotes.desktop.capture.draft_at_hand import DraftAtHand, mint
from fieldnotes.desktop.capture.draft_keeper import DraftKeeper
from fieldnotes.desktop.capture.footer import SAVE_KEYS
from fieldnotes.desktop.capture.looking_up import LookingUp
from fieldnotes.desktop.capture.offering import SPLIT_KEYS, Offering
from fieldnotes.desktop.capture.saving import Saving
from fieldnotes.desktop.capture.saying_before import SayingBefore
from fieldnotes.desktop.capture.templating import Templating
from fieldnotes.desktop.runner import Runner
from fieldnotes.desktop.widgets.notice import NoticeKind
from fieldnotes.domain.drafts import OpenDraft
from fieldnotes.domain.meetings import HeldMeeting
from fieldnotes.domain.notes import Note, NoteDraft
from fieldnotes.errors import FieldnotesError
from fieldnotes.operations.drafts import draft_to_edit, list_drafts, open_draft, read_draft
from fieldnotes.operations.notebook import Clock, Notebook, now

if TYPE_CHECKING:
    from fieldnotes.domain.calendars import Encounter


class CaptureWindow(CaptureFrame):
    """`saved` carries a note's id once it is safe, `draft_kept` a draft's.

    `copy_wanted` carries the draft that is to be copied as text, with its meeting.
    `split_wanted` carries an OpenDraft whose rough notes are to become several.
    """

    saved = Signal(str)
    draft_kept = Signal(str)
    copy_wanted = Signal(object)
    split_wanted = Signal(object)

    def __init__(self, runner: Runner, parent: QWidget | None = None, clock: Clock = now) -> None:
        super().__init__(partial(mint, clock), parent)
        self._clock, self._leaving = clock, False
        self._shown = DraftAtHand(clock, self)
        self._keeper = DraftKeeper(runner, self._to_keep, self)
        self.details = FollowedRules(runner, self.form)
        self.templates = Templating(runner, self, self._shown.content)
        self.attaching = Attaching(runner, self._shown.content, self)
        self.before = SayingBefore(runner, self._shown.content, clock, self)
        self.saving = Saving(runner, self._keeper, self)
        self._offering = Offering(self._shown, self)
        self._connect()
        self._known = LookingUp(runner, clock, self)
        self.details.follow(True)

    def new_note(self, account: str = "") -> None:
        """Show an empty note; what was being typed is kept as a draft."""
        empty = self.isVisible() and not self._shown.has_begun() and not self._shown.edits
        if self.saving.busy or (empty and not account):
            self.come_forward()
            return
        self._put_aside()
        self._show(self._shown.empty(Note(account=account)))
        self._keeper.read(list_drafts, self._offering.offer_draft)

    def begin_debrief(self, met: Encounter) -> None:
        """Show an empty note about a meeting of the calendar; what was typed is kept."""
        if self.saving.busy:
            self.come_forward()
            return
        self._put_aside()
        self._show(self._shown.empty(met.begun(partial(mint, self._clock))), saved=met.notes)

    def split(self) -> None:
        """Review what is written here as several notes; its draft holds what is not taken."""
        if self.saving.busy or self._shown.edits or not self._shown.has_begun():
            return
        self.form.text.finish_word()
        draft = self._shown.content()
        self._put_aside()
        self._shown.draft = self._shown.empty()
        self.hide()
        self.split_wanted.emit(draft)

    def edit(self, note_id: str) -> None:
        """Show a saved note of the owner's, or the draft of its next version."""
        self._ask_for(lambda notebook: draft_to_edit(notebook, note_id))

    def resume(self, draft_id: str) -> None:
        """Go on with a draft where it was left."""
        if self.isVisible() and self._shown.id == draft_id:
            self.come_forward()
            return
        self._ask_for(lambda notebook: read_draft(notebook, draft_id))

    def restore_open(self) -> None:
        """Bring back the draft whose window was open when the program ended, if there is one."""

        def show(draft: OpenDraft | None) -> None:
            if draft is not None and not self.isVisible():
                self._show(draft, held=True)

        self._keeper.read(open_draft, show)

    def put_away(self) -> None:
        """Close; the text is kept, and the next start leaves the window closed."""
        if not self.saving.busy:
            self._put_aside()
            self._shown.draft = self._shown.empty()
            self._keeper.begin(self._shown.draft)
        self.hide()

    def save(self) -> None:
        """Save what is written, then stay in the meeting for its next note."""
        if self.saving.busy:
            return
        if self.attaching.busy:  # the note is saved with what is on its way
            self.attaching.then(self.save)
            return
        if self._shown.edits and not self._shown.has_begun():
            self.hide()
            return
        self.form.text.finish_word()
        self.saving.save(self._shown.content())

    def closeEvent(self, event: QCloseEvent) -> None:
        """Never asks. Closed by a person: a draft among the others. By the program: comes back."""
        if event.spontaneous():
            self.put_away()
        else:
            self._keeper.keep_for_good()
            self.attaching.leave()
        super().closeEvent(event)

    def keep_now(self) -> None:
        """The session ends: what is typed is on disk when this returns."""
        self._keeper.keep_for_good()
        self.attaching.leave()
        self._keeper.wait()

    def _show(self, draft: OpenDraft, *, held: bool = False, saved: int = 0) -> None:
        draft = self._keeper.newest(draft)
        self._shown.show(draft, held=held)
        self._keeper.begin(draft)
        self.before.begin(draft.draft.id)
        self.notice.hide()
        self.footer.show_more(False)
        self.kind_bar.set_kind(draft.draft.note.kind)
        self.form.show_draft(draft, self._clock(), saved)
        self.footer.who.set_marking(draft.draft.marking)
        self.footer.show_saving_of(self._shown.edits)
        self.footer.state.say("")
        self.just_met.allow(not (held or self._shown.edits or draft.draft.note.meeting))
        title = self.tr("Edit note") if self._shown.edits else self.tr("New note")
        self.setWindowTitle(f"{title} – Fieldnotes")
        self.come_forward()

    def _to_keep(self) -> OpenDraft | None:
        left = self._shown.left()
        return left and replace(left, open=self.isVisible() and not self._leaving)

    def _put_aside(self) -> None:
        """What is typed becomes a draft among the others."""
        if not self.saving.busy and self._shown.has_begun():
            self._leaving = True
            self._keeper.keep_for_good()
            self._leaving = self._shown.begun = False
        self.attaching.leave()

    def _ask_for(self, question: Callable[[Notebook], OpenDraft]) -> None:
        def show(draft: OpenDraft) -> None:
            self._put_aside()
            self._show(draft, held=draft.changed > 0)

        def failed(error: FieldnotesError) -> None:
            if not self.isVisible():
                self._show(self._shown.empty())
            self.tell_error(error)

        self._keeper.read(question, show, failed)

    def tell(self, kind: NoticeKind, words: str, lead: str = "", action: str = "") -> None:
        """Say this in place of what was said."""
        self._offering.forget()
        self.notice.show_message(kind, words, lead=lead, action=action)

    def tell_error(self, error: FieldnotesError) -> None:
        """Say what happened and what to do next."""
        self.tell("error", error.next_step, lead=error.happened)

    def _on_edited(self) -> None:
        if not self._shown.begun:
            self._shown.begun = True
            if not self._shown.edits and self._shown.draft.draft.note.meeting is None:
                self.form.set_happened(self._clock())
        self.just_met.allow(False)
        self.footer.state.say(self.tr("Keeping the draft…"), good=False)
        self._keeper.touch(self.form.text.age)
        if self.notice.kind() != "error":
            self.notice.hide()

    def _on_chosen(self) -> None:
        self._on_edited()
        self._keeper.keep()

    def _on_moved(self) -> None:
        if self._shown.begun and not self.saving.busy:
            self._keeper.touch()

    def _on_kind_chosen(self, kind: str) -> None:
        self.form.set_kind(kind)
        if self._shown.has_begun() or self._shown.edits:
            self._on_chosen()
        self.form.text.setFocus()

    def _on_escape(self) -> None:
        """Esc is the list's while it is open, and the window's else."""
        if not self.form.text.close_list():
            self.put_away()

    def _on_template_chosen(self, draft: OpenDraft) -> None:
        self.kind_bar.set_kind(draft.draft.note.kind)
        self.form.show_draft(draft, self._clock(), self.form.saved_in_meeting())
        self.form.refresh()
        if self._shown.has_begun():
            self._on_chosen()
        self.form.text.setFocus()

    def _on_kept(self, draft_id: str) -> None:
        self._shown.go_on_as(draft_id)
        at = self._clock().local()
        self.footer.state.say(self.tr("Draft kept %s") % f"{at:%H:%M}")
        if self.notice.kind() == "error":
            self.notice.hide()
        self.draft_kept.emit(draft_id)

    def _on_saved(self, draft: NoteDraft) -> None:
        self._shown.begun = False
        self.form.use_names(draft.note)
        if self._shown.edits or not self.isVisible():
            self.hide()
        else:
            self._show(self._shown.following(draft), saved=self.form.saved_in_meeting() + 1)
            self.footer.state.say(self.tr("Saved"))
        self.saved.emit(draft.id)

    def _on_keep_failed(self, error: FieldnotesError, draft: OpenDraft) -> None:
        """What the disk refused stays in sight, also when the window was closed meanwhile."""
        if not self._shown.has_begun() and not self.saving.busy:
            self._show(draft, held=True)
        self.tell_error(error)
        self.footer.state.say(self.tr("Not on disk"), good=False)

    def _on_save_failed(self, error: FieldnotesError) -> None:
        self._shown.begun = True
        if not self.isVisible():
            self.come_forward()
        self.tell_error(error)
        self.footer.state.say(self.tr("Not saved"), good=False)

    def _on_meeting_chosen(self, held: HeldMeeting | None) -> None:
        self.form.set_meeting(held, self._clock())
        if self._shown.has_begun():
            self._on_chosen()

    def _connect(self) -> None:
        self.form.edited.connect(self._on_edited)
        self.form.chosen.connect(self._on_chosen)
        self.form.moved.connect(self._on_moved)
        self.form.meeting.meeting_chosen.connect(self._on_meeting_chosen)
        self.kind_bar.kind_chosen.connect(self._on_kind_chosen)
        self.footer.marking_chosen.connect(self._on_chosen)
        self.footer.save_asked.connect(self.save)
        self._offering.resume_wanted.connect(self.resume)
        self._offering.split_wanted.connect(self.split)
        self.details.refused.connect(self.tell_error)
        self._keeper.paused.connect(self.form.refresh)
        self._keeper.paused.connect(self.before.look)
        self.before.failed.connect(self.tell_error)
        self._keeper.kept.connect(self._on_kept)
        self._keeper.failed.connect(self._on_keep_failed)
        self.saving.saved.connect(self._on_saved)
        self.saving.failed.connect(self._on_save_failed)
        self.saving.refused.connect(self.tell_error)
        self.on_keys(SAVE_KEYS, self.save)
        self.on_keys("Ctrl+Enter", self.save)
        self.templates.chosen.connect(self._on_template_chosen)
        self.on_keys("Ctrl+Shift+C", lambda: self.copy_wanted.emit(self._shown.content().draft))
        self.on_keys("Escape", self._on_escape)
        self.on_keys(SPLIT_KEYS, self.split)
