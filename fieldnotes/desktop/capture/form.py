"""Everything between the kinds and the footer: it shows an open draft and gives it back."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from msgspec.structs import replace
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from fieldnotes.desktop import theme
from fieldnotes.desktop.capture.also_noted import AlsoNoted
from fieldnotes.desktop.capture.beside_row import BesideRow
from fieldnotes.desktop.capture.field_rows import FLUSH_LEFT, FieldRows
from fieldnotes.desktop.capture.fields import KIND_ROWS, KNOWN_ROWS
from fieldnotes.desktop.capture.files_editor import FilesEditor
from fieldnotes.desktop.capture.meeting_line import MeetingLine
from fieldnotes.desktop.capture.more_fields import MoreFields
from fieldnotes.desktop.capture.note_values import understood, unread_day, values_of, with_values
from fieldnotes.desktop.capture.one_detail_row import OneDetailRow
from fieldnotes.desktop.capture.promising import Promising
from fieldnotes.desktop.capture.quotes_editor import QUOTE_KEYS, QuotesEditor
from fieldnotes.desktop.capture.template_fields import TemplateFields
from fieldnotes.desktop.capture.text_editor import TextEditor
from fieldnotes.desktop.widgets.buttons import button
from fieldnotes.desktop.widgets.chips import ChipRow
from fieldnotes.desktop.widgets.panel import FieldGrid
from fieldnotes.desktop.widgets.primary_button import key_words
from fieldnotes.domain.drafts import (
    InlineName,
    OpenDraft,
    Sign,
    account_after,
    names_of,
    plain_text,
)
from fieldnotes.domain.meetings import HeldMeeting
from fieldnotes.domain.moments import Moment
from fieldnotes.domain.notes import CONTACT_PRIVATE, Kind, Meeting, Note, NoteDraft
from fieldnotes.domain.one_detail import Rules, missing_detail
from fieldnotes.domain.spoken_times import say_time, time_in

if TYPE_CHECKING:
    from fieldnotes.desktop.capture.completion import Names

_LISTS = {
    Sign.COMPETITOR: "competitors",
    Sign.PRODUCT: "products",
    Sign.TAG: "tags",
}


class NoteForm(QWidget):
    """`edited` while somebody types, `chosen` when something was pressed, `moved`: the cursor."""

    edited = Signal()
    chosen = Signal()
    moved = Signal()

    def __init__(self, mint: Callable[[], str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._mint = mint
        self._draft = OpenDraft(draft=NoteDraft(id="", note=Note()))
        self._now = Moment(0)
        self._saved = 0
        self._values: dict[str, str] = {}
        self._accounts: list[str] = []
        self._extras: list[InlineName] = []
        self.meeting = MeetingLine()
        self.text = TextEditor()
        self.text.set_hint(self.tr("What did you hear?   @account   #tag   !competitor   ^product"))
        self.extra_names = ChipRow(role="accent", removable=True)
        self.quotes = QuotesEditor(mint)
        self.files = FilesEditor()
        self.kinds = {kind: FieldRows(rows) for kind, rows in KIND_ROWS.items()}
        self.add_quote = button(self.tr("Add a quote"), "link")
        self.add_quote.setStyleSheet(FLUSH_LEFT)
        self.add_quote.setToolTip(key_words(QUOTE_KEYS))
        self._no_quote = FieldGrid()
        self._no_quote.add(self.tr("Their words"), self.add_quote)
        self.known = FieldRows(KNOWN_ROWS)
        self.also = AlsoNoted()
        words = self.tr("This day cannot be read. Write it like 2027-03-31.")
        self._unread = theme.label(words, ink="amber_text", size="small")
        self._unread.setContentsMargins(144, 0, 0, 0)
        self.detail = OneDetailRow()
        self.promises = Promising(mint)
        self._rules: Rules = {}
        self.beside = BesideRow()
        self.more = MoreFields(mint)
        self._template = TemplateFields(self.text, self.kinds, self.more.rows)
        self._lay_out()
        self._connect()

    def show_draft(self, draft: OpenDraft, now: Moment, saved: int) -> None:
        """Show a draft; `saved` is how many notes its meeting has."""
        self._draft, self._now, self._saved = draft, now, saved
        self._template.show(draft.template)
        note = self._template.shown(draft.draft.note)
        self.text.write(draft.text, draft.names, draft.cursor)
        self._accounts = self._accounts_named()
        inline = {(name.sign, name.name) for name in draft.names}
        self._extras = [
            name
            for name in names_of(note)
            if name.sign in _LISTS and (name.sign, name.name) not in inline
        ]
        self._show_extras()
        self.quotes.set_quotes(note.quotes)
        self.files.set_files(note.attachments, draft.draft.marks)
        self._values = values_of(note, now)
        self.more.set_values(self._values)
        self.more.contacts.set_contacts(note.contacts, draft.draft.marks)
        self.more.show_time_read(True)
        for rows in (*self.kinds.values(), self.known):
            rows.set_values(self._values)
        self._show_kind(note.kind)
        self.detail.begin(draft.asked)
        self.meeting.show_note(note, now, saved)
        known = note.text if draft.draft.settles else ""
        self.promises.show_promises(draft.promises, known, now)

    def draft(self) -> OpenDraft:
        """The draft as it is now."""
        self.text.tell()
        text, names = self.text.text(), self.text.inline_names()
        before = self._draft.draft
        note = replace(
            with_values(before.note, self._all_values(), self._now, self._mint),
            text=plain_text(text, names),
            quotes=self.quotes.quotes(),
            attachments=self.files.files(),
            contacts=self.more.contacts.contacts(),
            **{field: self._names(sign, field, names) for sign, field in _LISTS.items()},
        )
        fresh = replace(before, note=self._template.saved(note), marks=self._marks())
        self._draft = replace(
            self._draft,
            draft=fresh,
            text=text,
            names=names,
            cursor=self.text.textCursor().position(),
            promises=self.promises.drafts(),
            asked=self.detail.state(),
        )
        return self._draft

    def set_names(self, names: Names) -> None:
        """What the text completes."""
        self.text.names = names

    def set_rules(self, rules: Rules) -> None:
        """By which one detail is asked for."""
        self._rules = rules
        self.refresh()

    def follows_rules(self) -> bool:
        """Whether any detail is ever asked for."""
        return bool(self._rules)

    def use_names(self, note: Note) -> None:
        """The names of a note that was saved come first the next time."""
        for name in names_of(note):
            if known := self.text.names.get(Sign(name.sign)):
                known.use(name.name)

    def set_kind(self, kind: str) -> None:
        """Show the fields of another kind; what was typed is kept, shared fields are shared."""
        self._values = self._all_values()
        self._draft = _with_note(self._draft, replace(self._note(), kind=kind))
        self._show_kind(kind)
        self.refresh()

    def set_happened(self, when: Moment) -> None:
        """The note is about now: it was opened a while ago, but only now somebody writes."""
        line = self.more.rows.line("happened")
        if line.text() != self._values["happened"]:
            return  # that is what they write
        self._now = when
        self._draft = _with_note(self._draft, replace(self._note(), happened=when))
        self._values["happened"] = say_time(when, False, when)
        line.setText(self._values["happened"])

    def set_meeting(self, held: HeldMeeting | None, now: Moment) -> None:
        """Move the note to another meeting, or to a new one of now."""
        note = self.draft().draft.note
        if held is None:
            note = replace(note, meeting=None, happened=now, whole_day=False)
        else:
            meeting = held.meeting
            note = replace(note, meeting=meeting, account=meeting.account or note.account)
            note = replace(note, happened=held.happened, whole_day=held.first.whole_day)
            note = replace(note, place=held.first.place or note.place)
        self._saved = held.notes if held else 0
        self._rebase(note, now)

    def refresh(self) -> None:
        """Say the meeting anew and look whether a detail is missing."""
        note = self.draft().draft.note
        self.meeting.show_note(note, self._now, self._saved)
        self.more.show_time_read(understood(self._values_of_when(), self._now))
        self._unread.setVisible(note.kind == Kind.WIN and unread_day(note))
        edits = bool(self._draft.draft.settles)
        self.detail.ask(None if edits else missing_detail(note, self._rules), note.kind)
        self.meeting.ask_day(self._told_day(note))
        self.promises.look(note.text, self._now)

    def saved_in_meeting(self) -> int:
        """How many notes the meeting has."""
        return self._saved

    def begin_quote(self) -> None:
        """Write a quote; what is selected in the text are its words."""
        selected = self.text.textCursor().hasSelection() and self.text.hasFocus()
        self.quotes.begin(self.text.selected_words() if selected else "")

    def take_extra_out(self, words: str) -> None:
        """Somebody took a name away that stands outside the text."""
        self._extras = [name for name in self._extras if f"{name.sign}{name.name}" != words]
        self._show_extras()
        self.chosen.emit()

    def _told_day(self, note: Note) -> str:
        """The day that the text tells, while nobody said when it was: 'yesterday', 'last Tue'."""
        nobody_said = self._values_of_when() == self._values.get("happened") and not note.whole_day
        found = time_in(note.text, self._now) if nobody_said and note.meeting is None else None
        return found[0] if found else ""

    def _on_day_taken(self, words: str) -> None:
        self.more.rows.line("happened").setText(words)
        self.refresh()
        self.chosen.emit()
        self.text.setFocus()

    def _rebase(self, note: Note, now: Moment) -> None:
        self._now = now
        self._draft = _with_note(self._draft, note)
        self._values = values_of(note, now)
        self.more.set_values(self._values)
        self.meeting.show_note(note, now, self._saved)

    def _note(self) -> Note:
        return self._draft.draft.note

    def _all_values(self) -> dict[str, str]:
        shown = self.kinds[_kind(self._note().kind)].values()
        return self._values | shown | self.known.values() | self.more.values()

    def _values_of_when(self) -> str:
        return self.more.rows.line("happened").text()

    def _names(self, sign: Sign, field: str, inline: tuple[InlineName, ...]) -> tuple[str, ...]:
        """The names of one sign in the order they had, new ones last."""
        held = dict.fromkeys(each.name for each in (*self._extras, *inline) if each.sign == sign)
        kept = [name for name in getattr(self._note(), field) if name in held]
        return tuple(dict.fromkeys([*kept, *held]))

    def _marks(self) -> dict[str, str]:
        """The marks of other fields stay; those of contacts follow the ticks."""
        private = tuple(f".{part}" for part in CONTACT_PRIVATE)
        others = {
            name: mark
            for name, mark in self._draft.draft.marks.items()
            if not (name.startswith("contacts.") and name.endswith(private))
        }
        return self.files.marks(others | self.more.contacts.marks())

    def _accounts_named(self) -> list[str]:
        return [each.name for each in self.text.inline_names() if each.sign == Sign.ACCOUNT]

    def _on_text_edited(self) -> None:
        before, self._accounts = self._accounts, self._accounts_named()
        line = self.more.rows.line("account")
        meeting = self._note().meeting or Meeting(id="")
        account = account_after(line.text(), before, self._accounts, meeting.account)
        if account != line.text():
            line.setText(account)
            self.meeting.show_note(self.draft().draft.note, self._now, self._saved)
        self.edited.emit()

    def _show_kind(self, kind: str) -> None:
        for each, rows in self.kinds.items():
            if each == kind:
                rows.set_values(self._values)
            rows.setVisible(each == kind and bool(KIND_ROWS[each]))
        self.more.show_for(kind)
        self._unread.hide()
        self.also.show_note(replace(self._note(), kind=kind), self._now.local().date())

    def _on_also_dropped(self, name: str) -> None:
        gone = [each for each in self._values if each == name or each.startswith(f"{name}.")]
        self._values |= dict.fromkeys(gone, "")
        for rows in self.kinds.values():
            rows.set_values(dict.fromkeys(gone, ""))
        self.also.show_note(self.draft().draft.note, self._now.local().date())
        self.chosen.emit()

    def _show_extras(self) -> None:
        self.extra_names.set_texts(f"{name.sign}{name.name}" for name in self._extras)
        self.extra_names.setVisible(bool(self._extras))

    def _on_counted(self) -> None:
        """A quote came or went."""
        self._no_quote.setVisible(not self.quotes.blocks())

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(12)
        column.addWidget(self.meeting)
        column.addWidget(self.text, 1)
        rows = (self._no_quote, *self.kinds.values(), self._unread, self.also, self.known)
        beside = (self.beside, self.promises, self.more)
        for part in (self.extra_names, self.quotes, self.files, *rows, *beside):
            column.addWidget(part)
        self.more.hide()
        self._unread.hide()
        self.extra_names.hide()

    def _connect(self) -> None:
        self.text.edited.connect(self._on_text_edited)
        self.text.moved.connect(self.moved)
        self.meeting.day_taken.connect(self._on_day_taken)
        self.extra_names.removed.connect(self.take_extra_out)
        self.quotes.edited.connect(self.edited)
        self.quotes.left.connect(self.text.setFocus)
        self.quotes.counted.connect(self._on_counted)
        self.beside.promise_wanted.connect(self.promises.take_or_begin)
        self.files.edited.connect(self.chosen)
        self.promises.edited.connect(self.edited)
        self.promises.chosen.connect(self.chosen)
        self.promises.left.connect(self.text.setFocus)
        self.add_quote.clicked.connect(self.begin_quote)
        self.also.dropped.connect(self._on_also_dropped)
        for rows in (*self.kinds.values(), self.known):
            rows.edited.connect(self.edited)
            rows.chosen.connect(self.chosen)
        self.more.edited.connect(self.edited)
        self.more.chosen.connect(self.chosen)


def _with_note(draft: OpenDraft, note: Note) -> OpenDraft:
    return replace(draft, draft=replace(draft.draft, note=note))


def _kind(written: str) -> Kind:
    return Kind(written) if written in set(Kind) else Kind.NOTE
