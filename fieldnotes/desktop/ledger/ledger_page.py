"""What went where: files that were made and that came, what is lacking, and who was not told."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from fieldnotes.desktop import theme
from fieldnotes.desktop.ledger import ledger_words as words
from fieldnotes.desktop.ledger.file_panel import FilePanel
from fieldnotes.desktop.runner import Runner
from fieldnotes.desktop.when_seen import WhenSeen
from fieldnotes.desktop.widgets.choice_pills import Choice, ChoicePills
from fieldnotes.desktop.widgets.empty_state import EmptyState
from fieldnotes.desktop.widgets.notice import Notice
from fieldnotes.desktop.widgets.page_states import PageStates
from fieldnotes.desktop.widgets.plain_table import PlainTable
from fieldnotes.desktop.widgets.rule import Rule
from fieldnotes.operations.changes import Changes
from fieldnotes.operations.ledger import Made
from fieldnotes.operations.what_went_where import (
    Contents,
    WhatWentWhere,
    contents_of,
    contents_that_came,
    what_went_where,
)

_MANY = 400  # rows that are shown on one line each


class LedgerPage(QWidget):
    """`note_chosen` carries the id of a note, `batch_chosen` what was read in together,
    `again_wanted` the row of a file to send again, `show_wanted` a file to show where it lies,
    `withdrawal_wanted` ids of removed notes of which somebody has to be told.
    """

    note_chosen = Signal(str)
    batch_chosen = Signal(str)
    again_wanted = Signal(int)
    show_wanted = Signal(object)
    withdrawal_wanted = Signal(list)

    def __init__(self, runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._runner = runner
        self._found: WhatWentWhere | None = None
        self.notices: list[Notice] = []
        self.ways = ChoicePills(
            self.tr("Which way"),
            (
                Choice("made", self.tr("Sent"), "accent"),
                Choice("came", self.tr("Came in"), "accent"),
            ),
            needed=True,
        )
        self.ways.set_value("made")
        self.table = PlainTable(self.tr("Files"))
        self.file = FilePanel()
        self._when_seen = WhenSeen(self, self._ask)
        self._lay_out()
        self._connect()

    def found(self) -> WhatWentWhere | None:
        """What is shown."""
        return self._found

    def _ask(self) -> None:
        self.states.wait()
        self._runner.ask("ledger", what_went_where, self._show, self.states.show_error)

    def _show(self, found: WhatWentWhere) -> None:
        self._found = found
        self._show_notices(found)
        if not found.made and not found.came:
            self.states.show_empty()
            return
        if not found.made or not found.came:
            self.ways.set_value("made" if found.made else "came")
        self.ways.setVisible(bool(found.made and found.came))
        self._fill()
        self.states.show_content()

    def _fill(self) -> None:
        """The files of the way that is chosen; the one that was stood on is found again."""
        if self._found is None:
            return
        found, before = self._found, self._key()
        if self.ways.value() == "came":
            columns, rows = words.came_rows(found.came, found.now)
        else:
            columns, rows = words.made_rows(found.made, found.now)
        self.table.fill(columns, rows, one_line=len(rows) > _MANY)
        at = next((at for at, row in enumerate(rows) if row.key == before), 0)
        self.table.setCurrentIndex(self.table.rows.index(at, 0))
        self._on_stood()

    def _key(self) -> str:
        here = self.table.currentIndex()
        row = self.table.rows.row(here.row()) if here.isValid() else None
        return row.key if row is not None else ""

    def _show_notices(self, found: WhatWentWhere) -> None:
        for each in self.notices:
            each.hide()
            each.deleteLater()
        self.notices = []
        lacking = [each for each in found.open if not each.whom.own]
        if lacking:
            ids = list(dict.fromkeys(note.id for each in lacking for note in each.notes))
            notice = self._say("warn", *words.open_words(lacking), self.tr("&Tell them…"))
            notice.acted.connect(lambda: self.withdrawal_wanted.emit(ids))
        if found.gaps:
            self._say("info", *words.gaps_words(found.gaps))
        if found.unfinished:
            self._say("info", *words.unfinished_words(found.unfinished))

    def _say(self, kind: str, lead: str, sentence: str, action: str = "") -> Notice:
        notice = Notice(closable=False)
        self._said.addWidget(notice)
        notice.show_message(kind, sentence, lead=lead, action=action)  # type: ignore[arg-type]
        self.notices.append(notice)
        return notice

    def _on_stood(self) -> None:
        key = self._key()
        if not key or self._found is None:
            self.file.clear()
            return
        number = int(key.split(":")[1])
        if key.startswith(words.MADE):
            made = next(each for each in self._found.made if each.no == number)
            self.file.show_made(made)
            self._ask_contents(key, lambda book: contents_of(book, number))
        else:
            came = next(each for each in self._found.came if each.no == number)
            self.file.show_came(came)
            self._ask_contents(key, lambda book: contents_that_came(book, number))

    def _ask_contents(self, key: str, question: object) -> None:
        def answered(found: Contents) -> None:
            if self._key() == key:
                self.file.show_contents(found)

        self._runner.ask("file", question, answered, self.states.show_error)  # type: ignore[arg-type]

    def _on_again(self, made: Made) -> None:
        self.again_wanted.emit(made.no)

    def _on_changed(self, changes: Changes) -> None:
        if changes.notes is None or changes.notes or changes.sendings or changes.people:
            self._when_seen.change()

    def _connect(self) -> None:
        self.ways.changed.connect(self._fill)
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._on_stood())
        self.file.table.chosen.connect(self.note_chosen)
        self.file.again_wanted.connect(self._on_again)
        self.file.show_wanted.connect(self.show_wanted)
        self.file.batch_wanted.connect(self.batch_chosen)
        self.states.trouble.acted.connect(self._when_seen.ask)
        self._runner.changed.connect(self._on_changed)

    def _lay_out(self) -> None:
        theme.styled(self, ground="surface")
        head = QHBoxLayout()
        head.setContentsMargins(24, 12, 24, 12)
        head.addWidget(theme.label(self.tr("What went where"), size="title", bold=True), 1)
        head.addWidget(self.ways, 0, Qt.AlignmentFlag.AlignVCenter)
        self._said = QVBoxLayout()
        self._said.setSpacing(8)
        told = QVBoxLayout()
        told.setContentsMargins(24, 0, 24, 12)
        told.addLayout(self._said)
        panes = QSplitter(Qt.Orientation.Horizontal)
        panes.addWidget(self.table)
        panes.addWidget(self.file)
        panes.setStretchFactor(0, 3)
        panes.setStretchFactor(1, 2)
        panes.setChildrenCollapsible(False)
        panes.setHandleWidth(1)
        panes.setSizes([740, 400])
        empty = EmptyState(
            "send",
            self.tr("Nothing went anywhere yet"),
            self.tr("Every file that you make or read in stands here, with what was in it."),
        )
        self.states = PageStates(panes, empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addLayout(told)
        column.addWidget(Rule())
        column.addWidget(self.states, 1)
        self.setFocusProxy(self.table)
