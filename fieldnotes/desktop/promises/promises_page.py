"""Promises on a page of their own: the list at the left, one of them at the right."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from msgspec.structs import replace
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSplitter, QWidget

from fieldnotes.desktop import theme
from fieldnotes.desktop.headed_list import HeadedList, put_beside
from fieldnotes.desktop.promises import promise_lines as lines
from fieldnotes.desktop.promises.asking import Answer, Asked
from fieldnotes.desktop.promises.promise_lines import Listed, read_promises
from fieldnotes.desktop.promises.promise_list import PromiseList
from fieldnotes.desktop.promises.promise_sheet import PromiseSheet
from fieldnotes.desktop.runner import Runner
from fieldnotes.desktop.when_seen import WhenSeen
from fieldnotes.desktop.widgets.empty_state import EmptyState
from fieldnotes.domain.moments import Moment
from fieldnotes.domain.promises import State
from fieldnotes.operations import promises
from fieldnotes.operations.changes import Changes, Done
from fieldnotes.operations.notebook import Notebook

Operation = Callable[[Notebook], Done[Any]]


class PromisesPage(QSplitter):
    """`note_chosen` carries the id of the note that a promise came from."""

    note_chosen = Signal(str)
    write_wanted = Signal()

    def __init__(self, runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._runner = runner
        self._now = Moment(0)
        self._wanted = ""
        self.list = PromiseList(self.tr("Promises"))
        self.sheet = PromiseSheet()
        self.due = theme.label(ink="muted", size="small")
        self.empty = EmptyState(
            "promise",
            self.tr("No promises"),
            self.tr(
                "Write “I promised Marta the sheet by Friday” in a note, and take the promise with"
                " Alt P. It stands here until you keep it."
            ),
            self.tr("Write a note"),
        )
        self.headed = HeadedList(self.tr("Promises"), self.list, self.empty, told=self.due)
        self.notice = self.headed.notice
        put_beside(self, self.headed, self.sheet)
        self.setFocusProxy(self.list)
        self._when_seen = WhenSeen(self, self._ask)
        self._connect()

    def show_promise(self, promise_id: str) -> None:
        """Stand on this one, as soon as it is here."""
        self._wanted = promise_id
        self.list.set_current(promise_id)
        self.list.setFocus()

    def keep(self) -> None:
        """It is done."""
        if (held := self._standing()) is not None:
            self._do(lambda notebook: promises.keep_promise(notebook, held))

    def ask(self, asked: Asked) -> None:
        """Ask on the page what is needed for that."""
        line = self.list.current()
        stands = line is not None and line.view.promise.stands
        if line is not None and line.view.mine and (stands or asked is Asked.CHANGED):
            self.sheet.asking.ask(asked, line.view.promise, self._now)

    def remove(self) -> None:
        """It never was a promise."""
        line = self.list.current()
        if line is not None and line.view.mine:
            self._do(lambda notebook: promises.remove_promise(notebook, line.id))

    def reopen(self) -> None:
        """It was neither kept nor broken."""
        line = self.list.current()
        if line is not None and line.view.mine and not line.view.promise.stands:
            back = State.MOVED if line.view.promise.moves else State.OPEN
            fresh = replace(line.view.promise, state=back.value, settled=None, reason="")
            self._do(lambda notebook: promises.change_promise(notebook, line.id, fresh))

    def _standing(self) -> str | None:
        line = self.list.current()
        good = line is not None and line.view.mine and line.view.promise.stands
        return line.id if good and line is not None else None

    def _do(self, operation: Operation) -> None:
        self._runner.do(operation, None, self.notice.tell_error)

    def _on_answered(self, answer: Answer) -> None:
        held = self.list.current_id()
        match answer.asked:
            case Asked.MOVED:
                self._do(lambda book: promises.move_promise(book, held, answer.until, answer.why))
            case Asked.BROKEN:
                self._do(lambda book: promises.break_promise(book, held, answer.why))
            case Asked.CHANGED:
                self._do(lambda book: promises.change_promise(book, held, answer.promise))

    def _ask(self) -> None:
        self._runner.ask("promises", read_promises, self._show, self.notice.tell_error)

    def _show(self, listed: Listed) -> None:
        self.notice.hide()
        self._now = listed.now
        self.due.setText(lines.due_words(listed.due))
        self.headed.show_list(bool(listed.lines))
        self.list.set_lines(listed.lines)
        self.list.set_current(self._wanted)
        self._wanted = ""
        self.sheet.show_line(self.list.current())

    def _on_changed(self, changes: Changes) -> None:
        if changes.promises:
            self._when_seen.change()

    def _on_note(self) -> None:
        line = self.list.current()
        if line is not None and line.view.promise.note:
            self.note_chosen.emit(line.view.promise.note)

    def _connect(self) -> None:
        sheet = self.sheet
        self.list.current_changed.connect(lambda _id: sheet.show_line(self.list.current()))
        self.list.opened.connect(lambda _id: self.ask(Asked.CHANGED))
        sheet.kept_wanted.connect(self.keep)
        sheet.moved_wanted.connect(lambda: self.ask(Asked.MOVED))
        sheet.broken_wanted.connect(lambda: self.ask(Asked.BROKEN))
        sheet.change_wanted.connect(lambda: self.ask(Asked.CHANGED))
        sheet.removal_wanted.connect(self.remove)
        sheet.reopen_wanted.connect(self.reopen)
        sheet.note_wanted.connect(self.note_chosen)
        sheet.asking.answered.connect(self._on_answered)
        sheet.asking.left.connect(self.list.setFocus)
        self.empty.acted.connect(self.write_wanted)
        self._runner.changed.connect(self._on_changed)
        for key, slot in (
            (Qt.Key.Key_K, self.keep),
            (Qt.Key.Key_M, lambda: self.ask(Asked.MOVED)),
            (Qt.Key.Key_B, lambda: self.ask(Asked.BROKEN)),
            (Qt.Key.Key_E, lambda: self.ask(Asked.CHANGED)),
            (Qt.Key.Key_O, self._on_note),
            (Qt.Key.Key_Delete, self.remove),
        ):
            self.list.on_key(key, slot)
