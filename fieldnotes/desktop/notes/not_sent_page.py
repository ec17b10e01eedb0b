"""Not sent yet: the owner's notes that nobody else has as they are now."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSplitter, QWidget

from fieldnotes.desktop import theme
from fieldnotes.desktop.headed_list import HeadedList, put_beside
from fieldnotes.desktop.notes.list_pane import count_words
from fieldnotes.desktop.notes.reader_pane import ReaderPane
from fieldnotes.desktop.notes.rows import Unsent, read_unsent
from fieldnotes.desktop.runner import Runner
from fieldnotes.desktop.when_seen import WhenSeen
from fieldnotes.desktop.widgets.buttons import button
from fieldnotes.desktop.widgets.empty_state import EmptyState
from fieldnotes.desktop.widgets.note_list import NoteListView
from fieldnotes.operations.changes import Changes


class NotSentPage(QSplitter):
    """A list with a way to send what is in it, and the reader beside it."""

    send_wanted = Signal()
    edit_wanted = Signal(str)
    undo_wanted = Signal()
    query_chosen = Signal(str)

    def __init__(self, runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._runner = runner
        self.list = NoteListView(self.tr("Notes that were not sent yet"))
        self.reader = ReaderPane(runner)
        self.send = button(self.tr("Send &these…"), "primary")
        self._count = theme.label(ink="muted", size="small")
        empty = EmptyState("not-sent", self.tr("Nothing to send"), self._what_stands_here())
        self.headed = HeadedList(
            self.tr("Not sent yet"), self.list, empty, told=self._count, acts=(self.send,)
        )
        self._notice = self.headed.notice
        put_beside(self, self.headed, self.reader)
        self._when_seen = WhenSeen(self, self._ask)
        self.list.current_changed.connect(self.reader.show_note)
        self.list.opened.connect(self.edit_wanted)
        self.reader.edit_wanted.connect(self.edit_wanted)
        self.reader.undo_wanted.connect(self.undo_wanted)
        self.reader.left.connect(self.list.setFocus)
        self.reader.filter_wanted.connect(self.query_chosen)
        self.reader.note_wanted.connect(self.reader.show_note)
        self.send.clicked.connect(self.send_wanted)
        runner.changed.connect(self._on_changed)

    def _ask(self) -> None:
        self._runner.ask("not sent", read_unsent, self._show, self._notice.tell_error)

    def _show(self, unsent: Unsent) -> None:
        self._notice.hide()
        shown, count = len(unsent.rows), count_words(unsent.total)
        more = self.tr("the newest %d of ") % shown if unsent.total > shown else ""
        self._count.setText(more + count)
        self.send.setVisible(bool(unsent.rows))
        title = self.tr("Everything is sent") if unsent.sent_before else self.tr("Nothing to send")
        self.headed.empty.show_words("not-sent", title, self._what_stands_here())
        self.headed.show_list(bool(unsent.rows))
        self.list.notes.set_rows(unsent.rows)
        if unsent.rows and not self.list.current_id():
            self.list.go_to_first()
        elif unsent.rows and not self.list.selected_ids():
            self.list.set_current(self.list.current_id())
        if not unsent.rows:
            self.reader.show_note("")

    def _what_stands_here(self) -> str:
        return self.tr(
            "Notes stand here from when you write them until a file with them is made. What is"
            " marked “Only me” stays with you."
        )

    def _on_changed(self, changes: Changes) -> None:
        if changes.notes is None or changes.notes or changes.sendings:
            self._when_seen.change()
