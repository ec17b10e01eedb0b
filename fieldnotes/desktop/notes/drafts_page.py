"""Drafts: what was begun and not saved, to go on with or to throw away."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from fieldnotes.desktop import icons
from fieldnotes.desktop.headed_list import HeadedList
from fieldnotes.desktop.notes.draft_rows import read_drafts
from fieldnotes.desktop.runner import Runner
from fieldnotes.desktop.when_seen import WhenSeen
from fieldnotes.desktop.widgets.buttons import button
from fieldnotes.desktop.widgets.empty_state import EmptyState
from fieldnotes.desktop.widgets.note_list import NoteListView
from fieldnotes.desktop.widgets.note_row import NoteRow
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
        self.list = NoteListView(self.tr("Drafts"))
        self.go_on = button(self.tr("&Go on writing"), "primary")
        self.throw_away = button(self.tr("&Throw away"))
        empty = EmptyState(
            "draft",
            self.tr("No drafts"),
            self.tr("Whatever you type is kept. What you did not save yet stands here."),
            self.tr("Write a note"),
        )
        acts = (self.throw_away, self.go_on)
        self.headed = HeadedList(self.tr("Drafts"), self.list, empty, acts=acts)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.headed)
        self._when_seen = WhenSeen(self, self._ask)
        self.list.opened.connect(self.resume_wanted)
        self.list.menu_wanted.connect(self._on_menu_wanted)
        self.go_on.clicked.connect(lambda: self.resume_wanted.emit(self.list.current_id()))
        self.throw_away.clicked.connect(self._on_thrown_away)
        empty.acted.connect(self.write_wanted)
        delete = QShortcut(QKeySequence(Qt.Key.Key_Delete), self.list, self._on_thrown_away)
        delete.setContext(Qt.ShortcutContext.WidgetShortcut)
        runner.changed.connect(self._on_changed)

    def _ask(self) -> None:
        self._runner.ask("drafts", read_drafts, self._show, self.headed.notice.tell_error)

    def _show(self, rows: list[NoteRow]) -> None:
        self.headed.notice.hide()
        self.list.notes.set_rows(rows)
        if rows and not self.list.current_id():
            self.list.go_to_first()
        for made in (self.go_on, self.throw_away):
            made.setVisible(bool(rows))
        self.headed.show_list(bool(rows))

    def _on_thrown_away(self) -> None:
        for draft_id in self.list.selected_ids():
            self._runner.do(partial(_forget, draft_id), None, self.headed.notice.tell_error)

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
            self._when_seen.change()


def _forget(draft_id: str, notebook: Notebook) -> Done[str]:
    return forget_draft(notebook, draft_id)
