"""The main page: the list of notes, and the one that is chosen beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSplitter

from fieldnotes.desktop.notes.list_pane import ListPane
from fieldnotes.desktop.notes.reader_pane import ReaderPane

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from fieldnotes.desktop.notes.acting import Acting
    from fieldnotes.desktop.notes.facets_pane import FacetsPane
    from fieldnotes.desktop.runner import Runner
    from fieldnotes.desktop.widgets.note_list import NoteListView


class NotesPage(QSplitter):
    """`edit_wanted` carries a note's id; `write_wanted` asks for an empty one.

    `send_wanted` carries the ids of notes to be sent, `undo_wanted` when what was done last is to
    be taken back, `several_changed` when one or more than one note is chosen from now on;
    `facets_wanted`: the counts beside the list are to be shown, or put away.
    """

    edit_wanted = Signal(str)
    undo_wanted = Signal()
    write_wanted = Signal()
    send_wanted = Signal(list)
    several_changed = Signal()
    facets_wanted = Signal()

    def __init__(self, runner: Runner, notes: NoteListView, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._runner = runner
        self._facets: FacetsPane | None = None
        self.finder = ListPane(runner, notes)
        self.reader = ReaderPane(runner)
        self._acting: Acting | None = None
        self._several = False
        self.finder.setMinimumWidth(300)
        self.addWidget(self.finder)
        self.addWidget(self.reader)
        self.setStretchFactor(1, 1)
        self.setCollapsible(0, False)
        self.setCollapsible(1, False)
        self.setHandleWidth(1)
        self.setSizes([448, 800])
        self.finder.note_chosen.connect(self.reader.show_note)
        self.finder.list.chosen_changed.connect(self._on_chosen_changed)
        self.finder.answered.connect(self._on_answered)
        self.finder.opened.connect(lambda _: self.reader.edit())
        self.finder.write_wanted.connect(self.write_wanted)
        self.reader.filter_wanted.connect(self.finder.add_filter)
        self.reader.edit_wanted.connect(self.edit_wanted)
        self.reader.undo_wanted.connect(self.undo_wanted)
        self.reader.note_wanted.connect(self.show_note)
        self.reader.left.connect(self.finder.list.setFocus)
        self.finder.bar.facets_wanted.connect(self.facets_wanted)
        self.finder.query_changed.connect(self._on_query_changed)

    def _on_answered(self) -> None:
        """The first notes are there: the keyboard goes to them, unless it is at work already."""
        self.finder.answered.disconnect(self._on_answered)
        self.reader.show_note(self.finder.list.current_id())
        if self.finder.list.currentIndex().isValid() and not self.finder.search.query():
            self.finder.list.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def several(self) -> bool:
        """Whether more notes are chosen than the one that is read, which is among them."""
        notes = self.finder.list
        here = self.reader.note_id == notes.current_id() and notes.count_selected() > 1
        return here and notes.selectionModel().isSelected(notes.currentIndex())

    def acting(self) -> Acting:
        """What acts on the chosen notes, made when it is first asked for."""
        if self._acting is None:
            from fieldnotes.desktop.notes.acting import Acting

            self._acting = made = Acting(self._runner, self.finder.list)
            self.finder.add_foot(made.told)
            self.finder.add_foot(made.bar)
            made.send_wanted.connect(self.send_wanted)
            made.copy_wanted.connect(self.reader.copy_as_text)
            made.removal_wanted.connect(self.reader.ask_removal)
        return self._acting

    @property
    def facets(self) -> FacetsPane:
        """The counts beside the list, made when they are first asked for."""
        if self._facets is None:
            from fieldnotes.desktop.notes.facets_pane import FacetsPane

            self._facets = FacetsPane(self._runner)
            self._facets.search_wanted.connect(self.finder.set_query)
            self._facets.closed.connect(self.facets_wanted)
            self._facets.hide()
            self._facets.show_search(self.finder.bar.text())
            self.insertWidget(1, self._facets)
            self.setCollapsible(1, False)
            self.setStretchFactor(1, 0)
            self.setStretchFactor(2, 1)
        return self._facets

    def show_facets(self, shown: bool) -> None:
        """Show the counts beside the list, or put them away."""
        if shown or self._facets is not None:
            self.facets.setVisible(shown)
        self.finder.bar.set_facets_shown(shown)

    def _on_query_changed(self) -> None:
        if self._facets is not None:
            self._facets.show_search(self.finder.bar.text())

    def ask_removal(self) -> None:
        """Ask why the chosen notes are removed; one that the list does not hold is read alone."""
        if self.several:
            self.acting().with_chosen(self.reader.ask_removal)
        else:
            self.reader.ask_removal()

    def ask_withdrawal(self) -> None:
        """Withdraw the chosen notes, or the one that is read."""
        if self.several:
            self.acting().with_chosen(self.reader.withdrawal_wanted.emit)
        elif self.reader.may_change:
            self.reader.withdrawal_wanted.emit([self.reader.note_id])

    def copy_as_text(self) -> None:
        """Put the chosen notes on the clipboard; one that the list does not hold alone."""
        if self.several:
            self.acting().with_chosen(self.reader.copy_as_text)
        else:
            self.reader.copy_as_text()

    def ask_for_tag(self) -> None:
        """Ask for a tag for all chosen notes."""
        self.acting().ask_for_tag()

    def show_query(self, text: str) -> None:
        """Look for these notes."""
        self.finder.set_query(text)

    def show_note(self, note_id: str) -> None:
        """Read a note, whether the list holds it or not."""
        if not self.finder.list.set_current(note_id):
            self.reader.show_note(note_id)

    def _on_chosen_changed(self, count: int) -> None:
        if (count > 1) == self._several:
            return
        self._several = count > 1
        self.several_changed.emit()
        if self._several:
            self.acting().bar.show_count(count)
