"""Trash: what was removed, to be put back or erased; it stays until somebody erases it."""

from __future__ import annotations

import msgspec
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QStackedLayout, QVBoxLayout, QWidget

from fieldnotes.desktop import theme
from fieldnotes.desktop.notes import days
from fieldnotes.desktop.notes.erase_question import ask_before_erasing
from fieldnotes.desktop.notes.list_pane import count_words
from fieldnotes.desktop.notes.reader_pane import ReaderPane
from fieldnotes.desktop.notes.wording import REASONS
from fieldnotes.desktop.notice_place import NoticePlace
from fieldnotes.desktop.runner import Runner
from fieldnotes.desktop.widgets.buttons import button
from fieldnotes.desktop.widgets.empty_state import EmptyState
from fieldnotes.desktop.widgets.note_list import NoteListView
from fieldnotes.desktop.widgets.note_row import NoteRow
from fieldnotes.desktop.widgets.rule import Rule
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
        self._stale = True
        self.list = NoteListView(self.tr("Removed notes"))
        self.reader = ReaderPane(runner)
        self.put_back = button(self.tr("&Put back"), "primary")
        self.erase = button(self.tr("E&rase now…"), "danger")
        self._count = theme.label(ink="muted", size="small")
        self._notice = NoticePlace(8)
        self._empty = EmptyState(
            "trash",
            self.tr("The trash is empty"),
            self.tr("Notes that you remove stand here until you put them back or erase them."),
        )
        self._lay_out()
        self._connect()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._ask()

    def _lay_out(self) -> None:
        left = theme.styled(QWidget(), ground="surface")
        left.setMinimumWidth(300)
        head = QHBoxLayout()
        head.setContentsMargins(16, 12, 12, 8)
        head.setSpacing(8)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(theme.label(self.tr("Trash"), size="reading", bold=True))
        words.addWidget(self._count)
        head.addLayout(words, 1)
        head.addWidget(self.erase, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self.put_back, 0, Qt.AlignmentFlag.AlignTop)
        self._pages = QStackedLayout()
        self._pages.addWidget(self.list)
        self._pages.addWidget(self._empty)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self._notice)
        column.addWidget(Rule())
        column.addLayout(self._pages, 1)
        self.addWidget(left)
        self.addWidget(self.reader)
        self.setStretchFactor(1, 1)
        self.setChildrenCollapsible(False)
        self.setHandleWidth(1)
        self.setSizes([448, 800])

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
        self._stale = False
        self._runner.ask("trash", _read_trash, self._show, self._notice.tell_error)

    def _show(self, trash: Trash) -> None:
        self._notice.hide()
        shown = len(trash.rows)
        more = self.tr("the last %d of ") % shown if trash.count > shown else ""
        self._count.setText(more + count_words(trash.count) if trash.rows else "")
        for made in (self.put_back, self.erase):
            made.setVisible(bool(trash.rows))
        self._pages.setCurrentWidget(self.list if trash.rows else self._empty)
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
            self._stale = True
            if self.isVisible():
                self._ask()


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
