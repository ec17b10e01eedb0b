"""The right half of the notes: one note to read, and what can be done with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from fieldnotes.desktop import theme
from fieldnotes.desktop.notice_place import NoticePlace
from fieldnotes.domain.records import Reason
from fieldnotes.operations.notes import edit_note
from fieldnotes.operations.several import own_of, remove_own

if TYPE_CHECKING:  # the sheet and what it reads are loaded with the first note, not the window
    from collections.abc import Sequence
    from typing import Any

    from fieldnotes.desktop.file_desk import FileDesk
    from fieldnotes.desktop.notes.copying import Copying
    from fieldnotes.desktop.notes.reading import Reading
    from fieldnotes.desktop.notes.removal_choice import RemovalChoice
    from fieldnotes.desktop.notes.sheet import Sheet
    from fieldnotes.desktop.runner import Runner
    from fieldnotes.domain.notes import Note
    from fieldnotes.errors import FieldnotesError
    from fieldnotes.operations.changes import Changes, Done
    from fieldnotes.operations.several import Several

WIDEST = 760
_UNDO_SHOWN = 30_000
_SAID = 4_000
_BURST = 150  # ms: who goes on to another note within that is not reading yet


class ReaderPane(QScrollArea):
    """Shows a note by its id and keeps it up to date. `shown` when the note or its state changed.

    `filter_wanted` carries the filter behind a name, `edit_wanted` the id of the note; `left` when
    the keyboard is to go back to the list, `undo_wanted` when a removal is to be taken back,
    `note_wanted` carries another note to read, `where_wanted` one of which somebody asks where it
    went, `withdrawal_wanted` ids to withdraw everywhere.
    """

    filter_wanted = Signal(str)
    edit_wanted = Signal(str)
    undo_wanted = Signal()
    note_wanted = Signal(str)
    where_wanted = Signal(str)
    withdrawal_wanted = Signal(list)
    shown = Signal()
    left = Signal()

    def __init__(self, runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._runner = runner
        self._id = self._asked = ""
        self._removing: tuple[str, ...] = ()
        self._reading: Reading | None = None
        self._body: QWidget = QWidget()
        self._undo_notice, self._notice = NoticePlace(), NoticePlace()
        self._removal: RemovalChoice | None = None
        self._copier: Copying | None = None
        self._desk: FileDesk | None = None
        self._burst = QTimer(self, singleShot=True, interval=_BURST)
        self._said = QTimer(self, singleShot=True, interval=_SAID)
        self._offered = QTimer(self, singleShot=True, interval=_UNDO_SHOWN)
        self._lay_out()
        self._burst.timeout.connect(self._read_last)
        self._said.timeout.connect(self._notice.hide)
        self._offered.timeout.connect(self._undo_notice.hide)
        self._undo_notice.acted.connect(self._on_undo_pressed)
        runner.done.connect(self._on_done)
        runner.changed.connect(self._on_changed)

    @property
    def reading(self) -> Reading | None:
        """What is shown."""
        return self._reading

    @property
    def note_id(self) -> str:
        """Which note is shown, or will be as soon as it is read; '' for none."""
        return self._id

    @property
    def may_change(self) -> bool:
        """Whether the note that is shown is the owner's and still there."""
        view = self._reading.view if self._reading else None
        return view is not None and view.mine and not view.removed

    @property
    def may_withdraw(self) -> bool:
        """Whether the note that is shown carries a consent that the owner may withdraw."""
        given = self._reading.view.note.consent if self._reading else None
        return self.may_change and given is not None and not given.withdrawn

    @property
    def in_meeting(self) -> bool:
        """Whether the note that is shown belongs to a meeting."""
        meeting = self._reading.view.note.meeting if self._reading else None
        return meeting is not None and bool(meeting.id)

    def show_note(self, note_id: str) -> None:
        """Show another note; '' shows none. Of many in a row the first and the last are read."""
        if note_id != self._id:
            self._notice.hide()
            if self._removal is not None:
                self._removal.hide()
        self._id = note_id
        if not note_id:
            self._show_none()
        elif not self._burst.isActive():
            self._ask()
        self._burst.start()

    def _read_last(self) -> None:
        if self._id and self._asked != self._id:
            self._ask()

    def edit(self) -> None:
        """Ask for a window to change the note in."""
        if self.may_change:
            self.edit_wanted.emit(self._id)

    def ask_removal(self, note_ids: Sequence[str] = ()) -> None:
        """Ask on the page why these notes are removed; without any, the one that is shown."""
        if self.may_change or len(note_ids) > 1:
            self._removing = tuple(note_ids) or (self._id,)
            self._removal_choice().open(self._removing)
            self.verticalScrollBar().setValue(0)

    def show_versions(self) -> None:
        """Show every saved version of the note, and the way back to any."""
        if self._reading:
            from fieldnotes.desktop.notes.versions_dialog import VersionsDialog

            dialog = VersionsDialog(self._runner, self._id, self.window())
            dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            dialog.show()

    def ask_where(self) -> None:
        """Ask where the note that is shown went."""
        if self._reading:
            self.where_wanted.emit(self._id)

    def copy_as_text(self, note_ids: Sequence[str] = ()) -> None:
        """Put these notes, or else the one that is shown, on the clipboard as plain text."""
        if self._reading:
            self._copying().copy_notes(tuple(note_ids) or (self._id,))

    def copy_meeting(self) -> None:
        """The same with every note of the meeting that the shown one belongs to."""
        if self._reading:
            self._copying().copy_meeting(self._id)

    def _copying(self) -> Copying:
        if self._copier is None:
            from fieldnotes.desktop.notes.copying import Copying

            self._copier = Copying(self._runner, self._notice, self)
            self._notice.acted.connect(self._copier.copy_rest)
        self._said.stop()
        self.verticalScrollBar().setValue(0)
        return self._copier

    def _lay_out(self) -> None:
        page = QWidget()
        self._column = QVBoxLayout(page)
        self._column.setContentsMargins(32, 20, 32, 32)
        self._column.setSpacing(12)
        for widget in (self._undo_notice, self._notice):
            widget.setMaximumWidth(WIDEST)
            self._column.addWidget(widget)
        self._column.addWidget(self._body)
        self.setWidget(page)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(self.tr("The chosen note"))
        self.setMinimumWidth(360)
        theme.styled(page, ground="surface")
        theme.styled(self, ground="surface")

    def _removal_choice(self) -> RemovalChoice:
        if self._removal is None:
            from fieldnotes.desktop.notes.removal_choice import RemovalChoice

            self._removal = RemovalChoice(self._runner)
            self._removal.setMaximumWidth(WIDEST)
            self._removal.chosen.connect(self._on_reason_chosen)
            self._removal.erasing_chosen.connect(self._on_erasing_chosen)
            self._removal.left.connect(self.left)
            self._removal.everywhere_wanted.connect(self.withdrawal_wanted)
            self._column.insertWidget(2, self._removal)
        return self._removal

    def _ask(self) -> None:
        from fieldnotes.desktop.notes.reading import read_note

        note_id = self._asked = self._id
        self._runner.ask("note", lambda book: read_note(book, note_id), self._show, self._fail)

    def _show(self, reading: Reading) -> None:
        from fieldnotes.desktop.notes.state_notices import state_notices

        another = self._reading is None or self._reading.view.id != reading.view.id
        self._reading = reading
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        for told in state_notices(reading, page):
            told.setMaximumWidth(WIDEST)
            column.addWidget(told)
        if len(reading.twice) > 1:
            from fieldnotes.desktop.notes.versions_panel import VersionsPanel

            versions = VersionsPanel(reading)
            versions.setMaximumWidth(WIDEST)
            versions.kept.connect(self._on_version_kept)
            column.addWidget(versions)
        column.addWidget(self._sheet(reading))
        if reading.linked:
            column.addWidget(self._linked(reading))
        column.addStretch(1)
        self._put(page)
        if another:
            self.verticalScrollBar().setValue(0)
        self.shown.emit()

    def _sheet(self, reading: Reading) -> Sheet:
        from fieldnotes.desktop.notes.sheet import Sheet

        sheet = Sheet(reading)
        sheet.setMaximumWidth(WIDEST)
        sheet.filter_wanted.connect(self.filter_wanted)
        sheet.edit_wanted.connect(self.edit)
        sheet.copy_wanted.connect(lambda: self.copy_as_text())
        sheet.versions_wanted.connect(self.show_versions)
        sheet.where_wanted.connect(self.ask_where)
        sheet.removal_wanted.connect(lambda: self.ask_removal())
        sheet.consent_toggled.connect(self._on_consent_toggled)
        if sheet.files is not None:
            self._file_desk().serve(sheet.files, reading.files)
        return sheet

    def _linked(self, reading: Reading) -> QWidget:
        from fieldnotes.desktop.notes.linked_notes import LinkedNotes

        linked = LinkedNotes(reading)
        linked.setMaximumWidth(WIDEST)
        linked.note_wanted.connect(self.note_wanted)
        linked.parted.connect(self._on_parted)
        return linked

    def _on_parted(self, other: str) -> None:
        from fieldnotes.operations.likeness import say_different

        note_id, told = self._id, self.tr("Remembered: the two are not the same.")
        self._runner.do(
            lambda book: say_different(book, note_id, other),
            lambda _: self._say(told),
            self._fail,
            self,
        )

    def _file_desk(self) -> FileDesk:
        if self._desk is None:
            from fieldnotes.desktop.file_desk import FileDesk

            self._desk = FileDesk(self._runner, "files of the note", self)
            self._desk.failed.connect(self._fail)
            self._desk.saved.connect(lambda name: self._say(self.tr("Saved as %s.") % name))
        return self._desk

    def _show_none(self) -> None:
        self._reading = None
        from fieldnotes.desktop.widgets.empty_state import EmptyState

        words = self.tr("Choose a note in the list to read it here.")
        self._put(EmptyState("note", self.tr("No note chosen"), words))
        self.shown.emit()

    def _put(self, body: QWidget) -> None:
        old, self._body = self._body, body
        self._column.replaceWidget(old, body)
        old.hide()
        old.deleteLater()

    def _say(self, words: str) -> None:
        self._notice.tell("success", words)
        self._said.start()

    def _fail(self, error: FieldnotesError) -> None:
        self._said.stop()
        self._notice.tell_error(error)

    def _on_reason_chosen(self, reason: Reason) -> None:
        note_ids = self._removing
        heading = self._reading.view.note.heading if self._reading else ""

        def done(result: Several) -> None:
            alone = len(note_ids) == 1
            count = self.tr("1 note") if result.changed == 1 else self.tr("%d notes")
            words = heading if alone else count.replace("%d", str(result.changed))
            one = self.tr("1 is somebody else’s and stays.")
            theirs = self.tr("%d are other people’s and stay.") % result.others
            theirs = one if result.others == 1 else theirs
            if result.others:
                words = f"{words}. {theirs}"
            if not result.changed:
                self._undo_notice.tell("info", theirs, lead=self.tr("Nothing was removed."))
            else:
                lead, action = self.tr("Removed:"), self.tr("&Undo")
                self._undo_notice.tell("info", words, lead=lead, action=action)
            self._offered.start()
            self.shown.emit()

        self._runner.do(lambda book: remove_own(book, note_ids, reason), done, self._fail, self)

    def _on_erasing_chosen(self, along: bool) -> None:
        from fieldnotes.operations.promises_along import erase_notes

        note_ids = self._removing

        def done(_: int) -> None:
            words = self.tr("The last words go from the files as soon as nobody types.")
            self._undo_notice.tell("info", words, lead=self.tr("Erasing…"))
            self._offered.start()
            self.shown.emit()

        self._runner.do(
            lambda book: erase_notes(book, own_of(book, note_ids), along), done, self._fail, self
        )

    def _on_done(self, done: Done[Any]) -> None:
        """What is offered to be undone is the last thing that was done, or nothing."""
        if done.undo is not None or done.changes.touches(self._removing):
            self._undo_notice.hide()

    def _on_undo_pressed(self) -> None:
        self._undo_notice.hide()
        self.undo_wanted.emit()

    def withdraw_consent(self) -> None:
        """The customer of the win that is shown does not want it told any more."""
        if self.may_withdraw:
            self._on_consent_toggled(False)

    def _on_consent_toggled(self, given: bool) -> None:
        from fieldnotes.operations.consent import give_consent_back, withdraw_consent

        note_id = self._id
        act = give_consent_back if given else withdraw_consent
        told = self.tr("The consent counts again.")
        if not given:
            told = self.tr("Consent withdrawn. The next file tells whoever has the note.")
        self._runner.do(
            lambda book: act(book, note_id), lambda _: self._say(told), self._fail, self
        )

    def _on_version_kept(self, note: Note) -> None:
        note_id = self._id
        self._runner.do(
            lambda book: edit_note(book, note_id, note),
            lambda _: self._say(self.tr("Settled. The other version stays in the history.")),
            self._fail,
            self,
        )

    def _on_changed(self, changes: Changes) -> None:
        if self._id and (changes.touches((self._id,)) or changes.sendings or changes.likenesses):
            self._ask()
