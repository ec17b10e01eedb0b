"""Not sent yet: the owner's notes that nobody else has as they are now."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QStackedLayout, QVBoxLayout, QWidget

from fieldnotes.desktop import theme
from fieldnotes.desktop.notes.list_pane import count_words
from fieldnotes.desktop.notes.reader_pane import ReaderPane
from fieldnotes.desktop.notes.rows import Unsent, read_unsent
from fieldnotes.desktop.notice_place import NoticePlace
from fieldnotes.desktop.runner import Runner
from fieldnotes.desktop.widgets.buttons import button
from fieldnotes.desktop.widgets.empty_state import EmptyState
from fieldnotes.desktop.widgets.note_list import NoteListView
from fieldnotes.desktop.widgets.rule import Rule
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
        self._stale = True
        self.list = NoteListView(self.tr("Notes that were not sent yet"))
        self.reader = ReaderPane(runner)
        self.send = button(self.tr("Send &these…"), "primary")
        self._count = theme.label(ink="muted", size="small")
        self._notice = NoticePlace(8)
        self._empty = EmptyState(
            "not-sent",
            self.tr("Everything is sent"),
            self.tr("Notes stand here from when you write them until a file with them is made."),
        )
        self._lay_out()
        self.list.current_changed.connect(self.reader.show_note)
        self.list.opened.connect(self.edit_wanted)
        self.reader.edit_wanted.connect(self.edit_wanted)
        self.reader.undo_wanted.connect(self.undo_wanted)
        self.reader.left.connect(self.list.setFocus)
        self.reader.filter_wanted.connect(self.query_chosen)
        self.reader.note_wanted.connect(self.reader.show_note)
        self.send.clicked.connect(self.send_wanted)
        runner.changed.connect(self._on_changed)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._ask()

    def _lay_out(self) -> None:
        left = theme.styled(QWidget(), ground="surface")
        left.setMinimumWidth(300)
        head = QHBoxLayout()
        head.setContentsMargins(16, 12, 12, 8)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(theme.label(self.tr("Not sent yet"), size="reading", bold=True))
        words.addWidget(self._count)
        head.addLayout(words, 1)
        head.addWidget(self.send, 0, Qt.AlignmentFlag.AlignTop)
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

    def _ask(self) -> None:
        self._stale = False
        self._runner.ask("not sent", read_unsent, self._show, self._notice.tell_error)

    def _show(self, unsent: Unsent) -> None:
        self._notice.hide()
        shown, count = len(unsent.rows), count_words(unsent.total)
        more = self.tr("the newest %d of ") % shown if unsent.total > shown else ""
        self._count.setText(more + count)
        self.send.setVisible(bool(unsent.rows))
        self._pages.setCurrentWidget(self.list if unsent.rows else self._empty)
        self.list.notes.set_rows(unsent.rows)
        if unsent.rows and not self.list.current_id():
            self.list.go_to_first()
        elif unsent.rows and not self.list.selected_ids():
            self.list.set_current(self.list.current_id())
        if not unsent.rows:
            self.reader.show_note("")

    def _on_changed(self, changes: Changes) -> None:
        if changes.notes is None or changes.notes or changes.sendings:
            self._stale = True
            if self.isVisible():
                self._ask()
