"""The window to write a note down: from Ctrl+N to a saved note without the mouse."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import TYPE_CHECKING

from msgspec.structs import replace
from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QWidget

from fieldnotes.desktop.capture.attaching import Attaching
from fieldnotes.desktop.capture.beside_row import TEMPLATE_KEYS
from fieldnotes.desktop.capture.capture_frame import CaptureFrame
from fieldnotes.desktop.capture.detail_rules import FollowedRules
from fieldnotes.desktop.capture.draft_keeper import DraftKeeper
from fieldnotes.desktop.capture.footer import SAVE_KEYS
from fieldnotes.desktop.capture.promise_offer import PROMISE_KEYS
from fieldnotes.desktop.capture.quotes_editor import QUOTE_KEYS
from fieldnotes.desktop.capture.said_before_row import DIFFER_KEYS, SAME_KEYS, SHOW_KEYS
from fieldnotes.desktop.capture.saying_before import SayingBefore
from fieldnotes.desktop.capture.templating import Templating
from fieldnotes.desktop.capture.type_ahead import TypeAhead
from fieldnotes.desktop.runner import Runner
from fieldnotes.desktop.widgets.notice import NoticeKind
from fieldnotes.desktop.widgets.primary_button import key_words
from fieldnotes.domain.drafts import DraftView, OpenDraft, Sign, nothing_written
from fieldnotes.domain.markings import DEFAULT, marking, strictest
from fieldnotes.domain.meetings import HeldMeeting, next_note
from fieldnotes.domain.notes import Note, NoteDraft
from fieldnotes.errors import FieldnotesError, IncompleteDraft
from fieldnotes.operations.changes import Changes
from fieldnotes.operations.drafts import (
    draft_to_edit,
    list_drafts,
    open_draft,
    read_draft,
    save_draft,
    settle,
)
from fieldnotes.operations.meetings import recent_meetings
from fieldnotes.operations.notebook import Clock, Notebook, new_id, now
from fieldnotes.operations.promises import finish, save_with_promises
from fieldnotes.operations.search import names_to_complete

if TYPE_CHECKING:
    from fieldnotes.desktop.widgets.known_names import KnownNames
    from fieldnotes.domain.calendars import Encounter

_PLACE = "capture"
SPLIT_KEYS = "Alt+R"
_SPLIT = "split"
_ROUGH_LINES = 3
_NAMES_MS = 2_000  # others' notes come in batches: their names are read once, afterwards


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
        self._runner, self._clock = runner, clock
        super().__init__(self._mint, parent)
        self._draft = self._empty(Note())
        self._begun = self._edits = self._saving = self._leaving = False
        self._offered = ""
        self._keeper = DraftKeeper(runner, self._to_keep, self)
        self._ahead = TypeAhead(self.form.text)
        self.details = FollowedRules(runner, self.form)
        self.templates = Templating(runner, self, self._content)
        self.attaching = Attaching(runner, self._content, self)
        self.before = SayingBefore(runner, self._content, clock, self)
        self.add_row(self.before.row)
        self._asking = QTimer(self, singleShot=True, interval=_NAMES_MS)
        self._connect()
        self._ask_names()
        self.details.follow(True)

    def new_note(self, account: str = "") -> None:
        """Show an empty note; what was being typed is kept as a draft."""
        empty = self.isVisible() and not self._has_begun() and not self._edits
        if self._saving or (empty and not account):
            self.come_forward()
            return
        self._put_aside()
        self._show(self._empty(Note(account=account)))
        self._keeper.read(list_drafts, self._offer_draft)

    def begin_debrief(self, met: Encounter) -> None:
        """Show an empty note about a meeting of the calendar; what was typed is kept."""
        if self._saving:
            self.come_forward()
            return
        self._put_aside()
        self._show(self._empty(met.begun(self._mint)), saved=met.notes)

    def split(self) -> None:
        """Review what is written here as several notes; its draft holds what is not taken."""
        if self._saving or self._edits or not self._has_begun():
            return
        self.form.text.finish_word()
        draft = self._content()
        self._put_aside()
        self._draft = self._empty(Note())
        self.hide()
        self.split_wanted.emit(draft)

    def edit(self, note_id: str) -> None:
        """Show a saved note of the owner's, or the draft of its next version."""
        self._ask_for(lambda notebook: draft_to_edit(notebook, note_id))

    def resume(self, draft_id: str) -> None:
        """Go on with a draft where it was left."""
        if self.isVisible() and self._draft.draft.id == draft_id:
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
        if not self._saving:
            self._put_aside()
            self._draft = self._empty(Note())
            self._keeper.begin(self._draft)
        self.hide()

    def save(self) -> None:
        """Save what is written, then stay in the meeting for its next note."""
        if self._saving:
            return
        if self.attaching.busy:  # the note is saved with what is on its way
            self.attaching.then(self.save)
            return
        if self._edits and not self._has_begun():
            self.hide()
            return
        self.form.text.finish_word()
        draft = self._content()
        try:
            finish(draft)
        except IncompleteDraft as error:
            self.tell_error(error)
            return
        self._saving = True
        self._ahead.hold()
        self._keeper.hold_off()
        held = self._keeper.held

        def saved(note: NoteDraft) -> None:
            self._keeper.let_go(held)
            self._on_saved(note)

        self.footer.state.say(self.tr("Saving…"), good=False)
        self._runner.do(
            lambda notebook: save_with_promises(
                notebook, draft, lambda fresh: save_draft(notebook, fresh, held)
            ),
            done=saved,
            failed=self._on_save_failed,
            initiator=self,
        )
        self._runner.do(settle)

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
        self._draft = draft = self._keeper.newest(draft)
        self._edits = bool(draft.draft.settles)
        self._begun = held
        self._keeper.begin(draft)
        self.before.begin(draft.draft.id)
        self.notice.hide()
        self.footer.show_more(False)
        self.kind_bar.set_kind(draft.draft.note.kind)
        self.form.show_draft(draft, self._clock(), saved)
        self.footer.who.set_marking(draft.draft.marking)
        self.footer.show_saving_of(self._edits)
        self.footer.state.say("")
        self.just_met.allow(not (held or self._edits or draft.draft.note.meeting))
        title = self.tr("Edit note") if self._edits else self.tr("New note")
        self.setWindowTitle(f"{title} – Fieldnotes")
        self.come_forward()

    def _has_begun(self) -> bool:
        """Whether somebody wrote, a moment ago or before."""
        self.form.text.tell()
        return self._begun

    def _empty(self, note: Note) -> OpenDraft:
        note = replace(note, happened=note.happened or self._clock())
        return OpenDraft(draft=NoteDraft(id=self._mint(), note=note), place=_PLACE)

    def _content(self) -> OpenDraft:
        told = self.form.draft()
        fresh = replace(told.draft, marking=self.footer.who.marking())
        return replace(told, draft=fresh)

    def _to_keep(self) -> OpenDraft | None:
        """None when nothing is left of a new note."""
        draft = self._content()
        if not self._begun or (nothing_written(draft) and not self._edits):
            return None
        return replace(draft, open=self.isVisible() and not self._leaving)

    def _put_aside(self) -> None:
        """What is typed becomes a draft among the others."""
        if not self._saving and self._has_begun():
            self._leaving = True
            self._keeper.keep_for_good()
            self._leaving = self._begun = False
        self.attaching.leave()

    def _ask_for(self, question: Callable[[Notebook], OpenDraft]) -> None:
        def show(draft: OpenDraft) -> None:
            self._put_aside()
            self._show(draft, held=draft.changed > 0)

        def failed(error: FieldnotesError) -> None:
            if not self.isVisible():
                self._show(self._empty(Note()))
            self.tell_error(error)

        self._keeper.read(question, show, failed)

    def _offer_draft(self, drafts: list[DraftView]) -> None:
        kept = [each for each in drafts if each.place == _PLACE and not each.edits]
        kept = [each for each in kept if each.id != self._draft.draft.id]
        if not kept or self._has_begun():
            return
        self._offered = kept[0].id
        heading = kept[0].heading or self.tr("without text")
        lead = self.tr("Not finished yet:")
        self.notice.show_message("info", heading, lead=lead, action=self.tr("Go on with it"))

    def tell(self, kind: NoticeKind, words: str, lead: str = "", action: str = "") -> None:
        """Say this in place of what was said."""
        self._offered = ""
        self.notice.show_message(kind, words, lead=lead, action=action)

    def tell_error(self, error: FieldnotesError) -> None:
        """Say what happened and what to do next."""
        self.tell("error", error.next_step, lead=error.happened)

    def _on_edited(self) -> None:
        if not self._begun:
            self._begun = True
            if not self._edits and self._draft.draft.note.meeting is None:
                self.form.set_happened(self._clock())
        self.just_met.allow(False)
        self.footer.state.say(self.tr("Keeping the draft…"), good=False)
        self._keeper.touch()
        if self.notice.kind() != "error":
            self.notice.hide()

    def _on_chosen(self) -> None:
        self._on_edited()
        self._keeper.keep()

    def _on_moved(self) -> None:
        if self._begun and not self._saving:
            self._keeper.touch()

    def _on_kind_chosen(self, kind: str) -> None:
        self.form.set_kind(kind)
        if self._has_begun() or self._edits:
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
        if self._has_begun():
            self._on_chosen()
        self.form.text.setFocus()

    def _on_kept(self, draft_id: str) -> None:
        if draft_id != self._draft.draft.id:  # another window went on with the same draft
            fresh = replace(self._draft.draft, id=draft_id)
            self._draft = replace(self._draft, draft=fresh)
        at = self._clock().local()
        self.footer.state.say(self.tr("Draft kept %s") % f"{at:%H:%M}")
        if self.notice.kind() == "error":
            self.notice.hide()
        self.draft_kept.emit(draft_id)

    def _on_saved(self, draft: NoteDraft) -> None:
        self._saving = False
        edited = self._edits
        count = self.form.saved_in_meeting() + 1
        self._begun = False
        self.form.use_names(draft.note)
        if edited or not self.isVisible():
            self.hide()
        else:
            # a stricter choice holds for the whole meeting, a looser one for one note
            strict = strictest([DEFAULT, marking(draft.marking)])
            following = self._empty(next_note(draft.note))
            following = replace(following, draft=replace(following.draft, marking=strict.value))
            self._show(following, saved=count)
            self.footer.state.say(self.tr("Saved"))
        self.saved.emit(draft.id)
        self._ahead.release()

    def _on_keep_failed(self, error: FieldnotesError, draft: OpenDraft) -> None:
        """What the disk refused stays in sight, also when the window was closed meanwhile."""
        if not self._has_begun() and not self._saving:
            self._show(draft, held=True)
        self.tell_error(error)
        self.footer.state.say(self.tr("Not on disk"), good=False)

    def _on_save_failed(self, error: FieldnotesError) -> None:
        self._saving = False
        self._begun = True
        if not self.isVisible():
            self.come_forward()
        self.tell_error(error)
        self.footer.state.say(self.tr("Not saved"), good=False)
        self._ahead.release()
        self._keeper.touch()

    def _on_crashed(self, error: Exception) -> None:
        if self._saving:
            happened = self.tr("The note could not be saved.")
            self._on_save_failed(FieldnotesError(happened, self.tr("Your text is still here.")))

    def _on_pasted(self, text: str) -> None:
        """Several lines: they could be rough notes."""
        if len([line for line in text.split("\n") if line.strip()]) < _ROUGH_LINES or self._edits:
            return
        self._offered = _SPLIT
        words = self.tr("Review them one by one; what you do not take stays a draft.")
        lead = self.tr("Several notes?")
        action = f"{self.tr('Split them')}  ({key_words(SPLIT_KEYS)})"
        self.notice.show_message("info", words, lead=lead, action=action)

    def _on_notice_acted(self) -> None:
        if self._offered == _SPLIT:
            self.split()
        elif self._offered:
            self.resume(self._offered)

    def _on_changed(self, changes: Changes, initiator: object) -> None:
        if initiator is not self and (changes.notes is None or changes.notes):
            self._asking.start()

    def _on_meeting_chosen(self, held: HeldMeeting | None) -> None:
        self.form.set_meeting(held, self._clock())
        if self._has_begun():
            self._on_chosen()

    def _ask_meetings(self) -> None:
        def offer(meetings: list[HeldMeeting]) -> None:
            self.form.meeting.offer(meetings, self._clock())

        self._runner.ask("capture meetings", recent_meetings, offer)

    def _ask_names(self) -> None:
        self._runner.ask("capture names", _known_names, self.form.set_names)

    def _mint(self) -> str:
        return new_id(self._clock(), os.urandom(10))

    def _connect(self) -> None:
        self.form.edited.connect(self._on_edited)
        self.form.chosen.connect(self._on_chosen)
        self.form.moved.connect(self._on_moved)
        self.form.meeting.change_asked.connect(self._ask_meetings)
        self.form.meeting.meeting_chosen.connect(self._on_meeting_chosen)
        self.kind_bar.kind_chosen.connect(self._on_kind_chosen)
        self.footer.marking_chosen.connect(self._on_chosen)
        self.footer.save_asked.connect(self.save)
        self.notice.acted.connect(self._on_notice_acted)
        self.details.refused.connect(self.tell_error)
        self._asking.timeout.connect(self._ask_names)
        self._keeper.paused.connect(self.form.refresh)
        self._keeper.paused.connect(self.before.look)
        self.before.told.connect(self.footer.state.say)
        self.before.failed.connect(self.tell_error)
        self.before.row.left.connect(self.form.text.setFocus)
        self.on_keys(SHOW_KEYS, lambda: self.before.press(lambda row: row.unfold.toggle()))
        self.on_keys(SAME_KEYS, lambda: self.before.press(lambda row: row.link.click()))
        self.on_keys(DIFFER_KEYS, lambda: self.before.press(lambda row: row.differ.click()))
        self._keeper.kept.connect(self._on_kept)
        self._keeper.failed.connect(self._on_keep_failed)
        self._runner.changed.connect(self._on_changed)
        self._runner.crashed.connect(self._on_crashed)
        self.on_keys(SAVE_KEYS, self.save)
        self.on_keys("Ctrl+Enter", self.save)
        self.on_keys(QUOTE_KEYS, self.form.begin_quote)
        self.templates.chosen.connect(self._on_template_chosen)
        self.form.beside.template_wanted.connect(self.templates.open)
        self.on_keys(TEMPLATE_KEYS, self.templates.open)
        self.on_keys(PROMISE_KEYS, self.form.promises.take_or_begin)
        self.on_keys("Ctrl+Shift+C", lambda: self.copy_wanted.emit(self._content().draft))
        self.on_keys("Escape", self._on_escape)
        self.on_keys(SPLIT_KEYS, self.split)
        self.form.text.pasted.connect(self._on_pasted)


def _known_names(notebook: Notebook) -> dict[Sign, KnownNames]:
    from fieldnotes.desktop.widgets.known_names import KnownNames

    return {sign: KnownNames(names_to_complete(notebook, sign.family)) for sign in Sign}
