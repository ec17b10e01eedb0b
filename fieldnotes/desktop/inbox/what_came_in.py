"""What came in: a batch at a glance, by competitor, objection, win and sender."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from fieldnotes.desktop import theme
from fieldnotes.desktop.inbox import came_in_lines as lines
from fieldnotes.desktop.inbox.folder_watch import FolderWatch
from fieldnotes.desktop.inbox.offers import Offers
from fieldnotes.desktop.runner import Runner
from fieldnotes.desktop.when_seen import WhenSeen
from fieldnotes.desktop.widgets.buttons import button
from fieldnotes.desktop.widgets.empty_state import EmptyState
from fieldnotes.desktop.widgets.line_list import Line, LineList
from fieldnotes.desktop.widgets.page_states import PageStates
from fieldnotes.desktop.widgets.rule import Rule
from fieldnotes.desktop.widgets.sections import FactsPage, Numbers, Section
from fieldnotes.desktop.widgets.side_bar import SideBar, SideBarSection
from fieldnotes.desktop.widgets.side_bar_model import grouped
from fieldnotes.operations.arrivals import CameIn, what_came_in
from fieldnotes.operations.changes import Changes

_LIST = 232


class WhatCameInPage(QWidget):
    """`note_chosen` carries the id of a note, `query_chosen` a search for the notes of a line,
    `look_wanted` files that wait to be read in.
    """

    note_chosen = Signal(str)
    query_chosen = Signal(str)
    look_wanted = Signal(object)

    def __init__(
        self, runner: Runner, watch: FolderWatch | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.offers = Offers(watch or FolderWatch(runner, self))
        self.offers.look_wanted.connect(self.look_wanted)
        self._runner = runner
        self._batch: str | None = None
        self._found: CameIn | None = None
        self.batches = SideBar(self.tr("Files read in before"))
        self.facts = FactsPage()
        self.numbers = Numbers(self.tr("How much came in"))
        self.all_notes = button("", "link")
        self.undo = button(self.tr("Undo this reading in…"), "link")
        self.kept = button(self.tr("What was kept, and why…"), "link")
        self.competitors = LineList(self.tr("By competitor"))
        self.concerns = LineList(self.tr("By objection"))
        self.wins = LineList(self.tr("Wins"))
        self.senders = LineList(self.tr("By sender"))
        self._sections: dict[LineList, Section] = {}
        self._when_seen = WhenSeen(self, lambda: self.show_batch(self._batch), asked=True)
        self._lay_out()
        self._connect()
        self.show_batch(None)

    def show_batch(self, batch: str | None) -> None:
        """Show what a batch brought; None is the last one."""
        self._batch = batch
        self.states.wait()
        self._runner.ask(
            "what came in",
            lambda notebook: what_came_in(notebook, batch),
            self._on_found,
            self.states.show_error,
        )

    def came_in(self) -> CameIn | None:
        """What is shown."""
        return self._found

    def _on_found(self, found: CameIn) -> None:
        self._found = found
        if found.here is None:
            self.states.show_empty()
            return
        entries = tuple(lines.batch_entry(each) for each in found.batches)
        self.batches.set_sections([SideBarSection(self.tr("Read in before"), entries)])
        self.batches.set_current(found.here.batch)
        self.facts.set_heading(self.tr("What came in"), lines.when_and_whom(found.here))
        self.numbers.set_numbers(lines.numbers(found))
        words = self.tr("Show all {n} notes").format(n=grouped(found.notes))
        self.all_notes.setText(words if found.notes != 1 else self.tr("Show the note"))
        self.all_notes.setAccessibleName(self.all_notes.text())
        for made in (self.all_notes, self.undo):
            made.setVisible(found.here.undone is None)
        self.kept.setVisible(found.here.explained)
        self._show(self.competitors, lines.competitors(found))
        self._show(self.concerns, lines.concerns(found))
        self._show(self.wins, lines.wins(found))
        self._show(self.senders, lines.senders(found))
        self.states.show_content()

    def _show(self, shown: LineList, told: list[Line]) -> None:
        shown.set_lines(told)
        self._sections[shown].setVisible(bool(told))

    def _on_changed(self, changes: Changes, initiator: object) -> None:
        if changes.notes is None or changes.notes or changes.people:
            self._when_seen.change()

    def _on_chosen(self, key: str) -> None:
        if key.startswith(lines.NOTE):
            self.note_chosen.emit(key.removeprefix(lines.NOTE))
        else:
            self.query_chosen.emit(key)

    def _on_all_notes(self) -> None:
        if self._found is not None:
            self.query_chosen.emit(self._found.query)

    def _on_undo(self) -> None:
        from fieldnotes.desktop.inbox.undoing_dialog import UndoingDialog

        if self._found is not None and self._found.here is not None:
            UndoingDialog(self._runner, self._found.here, self).open()

    def _on_kept(self) -> None:
        from fieldnotes.desktop.inbox.kept_dialog import KeptDialog

        if self._found is not None and self._found.here is not None:
            KeptDialog(self._runner, self._found.here, self).open()

    def _connect(self) -> None:
        for shown in self._sections:
            shown.chosen.connect(self._on_chosen)
        self.all_notes.clicked.connect(self._on_all_notes)
        self.undo.clicked.connect(self._on_undo)
        self.kept.clicked.connect(self._on_kept)
        self.batches.chosen.connect(self.show_batch)
        self.states.trouble.acted.connect(lambda: self.show_batch(self._batch))
        self._runner.changed.connect(self._on_changed)

    def _lay_out(self) -> None:
        self.facts.top.addWidget(self.numbers)
        link = QHBoxLayout()
        link.setContentsMargins(-4, 0, 0, 0)  # the words of a link begin where the others do
        link.addWidget(self.all_notes)
        link.addSpacing(8)
        link.addWidget(self.undo)
        link.addWidget(self.kept)
        link.addStretch()
        self.facts.top.addLayout(link)
        hint = self.tr("How the answers worked, where somebody said it.")
        for side, shown, heading, told in (
            (self.facts.left, self.competitors, self.tr("By competitor"), ""),
            (self.facts.left, self.concerns, self.tr("By objection"), hint),
            (self.facts.right, self.wins, self.tr("Wins"), ""),
            (self.facts.right, self.senders, self.tr("By sender"), ""),
        ):
            section = self._sections[shown] = Section(heading, told)
            section.body.addWidget(shown)
            side.addWidget(section)
        for made in (self.all_notes, self.undo, self.kept, *self._sections.values()):
            made.hide()  # until it is known what they tell
        self.batches.setFixedWidth(_LIST)
        theme.styled(self.batches, ground="surface")
        theme.styled(self.batches.list, ground="surface")
        content = QWidget()
        row = QHBoxLayout(content)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.batches)
        row.addWidget(Rule(upright=True))
        row.addWidget(self.facts, 1)
        empty = EmptyState(
            "inbox",
            self.tr("Nothing came in yet"),
            self.tr(
                "When you read in a file of notes, this page shows what it brought: by competitor,"
                " by objection, by win and by sender."
            ),
        )
        self.states = PageStates(content, empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.offers)
        column.addWidget(self.states, 1)
        theme.styled(self, ground="surface")
