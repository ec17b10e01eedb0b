"""Drafts: what was begun and not saved, to go on with or to throw away."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QStackedLayout, QVBoxLayout, QWidget

from fieldnotes.desktop import icons, theme
from fieldnotes.desktop.notes.draft_rows import read_drafts
from fieldnotes.desktop.notice_place import NoticePlace
from fieldnotes.desktop.runner import Runner
from fieldnotes.desktop.widgets.buttons import button
from fieldnotes.desktop.widgets.empty_state import EmptyState
from fieldnotes.desktop.widgets.note_list import NoteListView
from fieldnotes.desktop.widgets.note_row import NoteRow
from fieldnotes.desktop.widgets.rule import Rule
from fieldnotes.operations.changes import Changes, Done
from fieldnotes.operations.drafts import forget_draft
from fieldnotes.operations.notebook import Notebook


class DraftsPage(QWidget):
    """`resume_wanted` carries the id of a draft; `write_wanted` asks for an empty note."""

    resume_wanted = Signal(str)
    write_wanted = Signal()

    def __init__(self, runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._runner = runner
        self._stale = True
        self.list = NoteListView(self.tr("Drafts"))
        self.go_on = button(self.tr("&Go on writing"), "primary")
        self.throw_away = button(self.tr("&Throw away"))
        self._notice = NoticePlace(8)
        self._empty = EmptyState(
            "draft",
            self.tr("No drafts"),
            self.tr("Whatever you type is kept. What you did not save yet stands here."),
            self.tr("Write a note"),
        )
        self._lay_out()
        self.list.opened.connect(self.resume_wanted)
        self.list.menu_wanted.connect(self._on_menu_wanted)
        self.go_on.clicked.connect(lambda: self.resume_wanted.emit(self.list.current_id()))
        self.throw_away.clicked.connect(self._on_thrown_away)
        self._empty.acted.connect(self.write_wanted)
        delete = QShortcut(QKeySequence(Qt.Key.Key_Delete), self.list, self._on_thrown_away)
        delete.setContext(Qt.ShortcutContext.WidgetShortcut)
        runner.changed.connect(self._on_changed)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._ask()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(16, 12, 12, 8)
        head.setSpacing(8)
        head.addWidget(theme.label(self.tr("Drafts"), size="reading", bold=True), 1)
        head.addWidget(self.throw_away)
        head.addWidget(self.go_on)
        self._pages = QStackedLayout()
        self._pages.addWidget(self.list)
        self._pages.addWidget(self._empty)
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self._notice)
        column.addWidget(Rule())
        column.addLayout(self._pages, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addLayout(column)
        theme.styled(self, ground="surface")

    def _ask(self) -> None:
        self._stale = False
        self._runner.ask("drafts", read_drafts, self._show, self._notice.tell_error)

    def _show(self, rows: list[NoteRow]) -> None:
        self._notice.hide()
        self.list.notes.set_rows(rows)
        if rows and not self.list.current_id():
            self.list.go_to_first()
        for made in (self.go_on, self.throw_away):
            made.setVisible(bool(rows))
        self._pages.setCurrentWidget(self.list if rows else self._empty)

    def _on_thrown_away(self) -> None:
        for draft_id in self.list.selected_ids():
            self._runner.do(partial(_forget, draft_id), None, self._notice.tell_error)

    def _on_menu_wanted(self, draft_id: str, place: QPoint) -> None:
        menu = QMenu(self)
        go_on = menu.addAction(icons.icon("draft"), self.tr("Go on writing"))
        go_on.triggered.connect(lambda: self.resume_wanted.emit(draft_id))
        away = menu.addAction(icons.icon("trash"), self.tr("Throw away"))
        away.triggered.connect(self._on_thrown_away)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(place)

    def _on_changed(self, changes: Changes) -> None:
        if changes.drafts:
            self._stale = True
            if self.isVisible():
                self._ask()


def _forget(draft_id: str, notebook: Notebook) -> Done[str]:
    return forget_draft(notebook, draft_id)
