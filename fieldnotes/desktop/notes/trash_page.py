"""Trash: what was removed, to be put back or erased; it stays until somebody erases it."""

from __future__ import annotations

import msgspec
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QSplitter, QWidget

from fieldnotes.desktop import theme
from fieldnotes.desktop.headed_list import HeadedList, put_beside
from fieldnotes.desktop.notes import days
from fieldnotes.desktop.notes.erase_question import ask_before_erasing
from fieldnotes.desktop.notes.list_pane import count_words
from fieldnotes.desktop.notes.reader_pane import ReaderPane
from fieldnotes.desktop.notes.wording import REASONS
from fieldnotes.desktop.runner import Runner
from fieldnotes.desktop.when_seen import WhenSeen
from fieldnotes.desktop.widgets.buttons import button
from fieldnotes.desktop.widgets.empty_state import EmptyState
from fieldnotes.desktop.widgets.note_list import NoteListView
from fieldnotes.desktop.widgets.note_row import NoteRow
from fieldnotes.operations.changes import Changes
from fieldnotes.operations.notebook import Notebook
from fieldnotes.operations.notes import restore_notes
from fieldnotes.operations.promises_along import erase_notes
from fieldnotes.operations.trash import count_removed, removed_notes


class Trash(msgspec.Struct, frozen=True):
    """The notes removed last as rows, and how many there are."""

    rows: list[NoteRow]
    count: int


class TrashPage(QSplitter):
    """The list of removed notes with what can be done about them, and the reader beside it."""

    query_chosen = Signal(str)

    def __init__(self, runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._runner = runner
        self.list = NoteListView(self.tr("Removed notes"))
        self.reader = ReaderPane(runner)
        self.put_back = button(self.tr("&Put back"), "primary")
        self.erase = button(self.tr("E&rase now…"), "danger")
        self._count = theme.label(ink="muted", size="small")
        empty = EmptyState(
            "trash",
            self.tr("The trash is empty"),
            self.tr("Notes that you remove stand here until you put them back or erase them."),
        )
        self.headed = HeadedList(
            self.tr("Trash"), self.list, empty, told=self._count, acts=(self.erase, self.put_back)
        )
        self._notice = self.headed.notice
        put_beside(self, self.headed, self.reader)
        self._when_seen = WhenSeen(self, self._ask)
        self._connect()

    def _connect(self) -> None:
        self.list.current_changed.connect(self.reader.show_note)
        self.reader.left.connect(self.list.setFocus)
        self.reader.filter_wanted.connect(self.query_chosen)
        self.put_back.clicked.connect(self._on_put_back)
        self.erase.clicked.connect(self._on_erase_wanted)
        delete = QShortcut(QKeySequence(Qt.Key.Key_Delete), self.list, self._on_erase_wanted)
        delete.setContext(Qt.ShortcutContext.WidgetShortcut)
        self._runner.changed.connect(self._on_changed)

    def _ask(self) -> None:
        self._runner.ask("trash", _read_trash, self._show, self._notice.tell_error)

    def _show(self, trash: Trash) -> None:
        self._notice.hide()
        shown = len(trash.rows)
        more = self.tr("the last %d of ") % shown if trash.count > shown else ""
        self._count.setText(more + count_words(trash.count) if trash.rows else "")
        for made in (self.put_back, self.erase):
            made.setVisible(bool(trash.rows))
        self.headed.show_list(bool(trash.rows))
        self.list.notes.set_rows(trash.rows)
        if trash.rows and not self.list.current_id():
            self.list.go_to_first()
        elif trash.rows and not self.list.selected_ids():
            self.list.set_current(self.list.current_id())
        if not trash.rows:
            self.reader.show_note("")

    def _on_put_back(self) -> None:
        chosen = self.list.selected_ids()
        if chosen:
            self._runner.do(lambda book: restore_notes(book, chosen), None, self._notice.tell_error)

    def _on_erase_wanted(self) -> None:
        chosen = self.list.selected_ids()
        if chosen:
            ask_before_erasing(self, self._runner, chosen, lambda along: self._erase(chosen, along))

    def _erase(self, chosen: list[str], along: bool) -> None:
        self._runner.do(
            lambda book: erase_notes(book, chosen, along), None, self._notice.tell_error
        )

    def _on_changed(self, changes: Changes) -> None:
        if changes.notes is None or changes.notes:
            self._when_seen.change()


def _read_trash(notebook: Notebook) -> Trash:
    """Under the day on which they were removed, with the reason instead of the text."""
    now = notebook.clock()
    today = now.local().date()
    rows = []
    for view in removed_notes(notebook):
        when = days.here(view.modified, now)
        rows.append(
            NoteRow(
                id=view.id,
                kind=view.note.kind,
                title=view.note.heading,
                snippet=REASONS.get(view.removed or "", view.removed or ""),
                account=view.note.account,
                tags=view.note.tags,
                when=days.short(when, today),
                day=days.heading(when.date(), today),
            )
        )
    return Trash(rows, count_removed(notebook))
