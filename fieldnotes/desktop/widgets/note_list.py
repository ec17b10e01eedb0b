"""The list of notes: one calm column that keeps its place while notes arrive."""

from __future__ import annotations

from array import array
from itertools import chain
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    Signal,
)
from PySide6.QtWidgets import QAbstractItemView

from fieldnotes.desktop.widgets.note_list_model import NoteListModel
from fieldnotes.desktop.widgets.note_row import NoteListRole, NoteRow
from fieldnotes.desktop.widgets.note_row_painting import density_of
from fieldnotes.desktop.widgets.row_view import RowView

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent
    from PySide6.QtWidgets import QWidget

__all__ = ["NoteListModel", "NoteListRole", "NoteListView", "NoteRow"]

_Index = QModelIndex | QPersistentModelIndex
_COUNTED = 10_000  # rows of a selection that are looked at one by one


class NoteListView(RowView):
    """Shows a `NoteListModel`.

    `current_changed` carries the id of the note a person stands on (empty when there is none),
    `chosen_changed` how many notes are selected, `opened` the id of one opened with Enter or a
    double click, `menu_wanted` an id and a place on the screen.
    """

    current_changed = Signal(str)
    chosen_changed = Signal(int)
    opened = Signal(str)
    menu_wanted = Signal(str, QPoint)

    def __init__(
        self,
        name: str,
        parent: QWidget | None = None,
        *,
        density: str = "comfortable",
        only_seen: bool = False,
    ) -> None:
        """`only_seen`: nobody can reach it yet, `take_hands` makes it ready for that later."""
        super().__init__(density, parent)
        self._in_sight: list[tuple[QPersistentModelIndex, int, int]] = []
        self._chosen: tuple[array[int], int] = array("q"), 0
        self._told = ""
        self.setAccessibleName(name)
        if not only_seen:
            self.take_hands()
        self.notes.rows_about_to_change.connect(self._on_rows_about_to_change)
        self.notes.rows_changed.connect(self._on_rows_changed)

    def take_hands(self) -> None:
        super().take_hands()
        self.activated.connect(self._on_activated)
        self.customContextMenuRequested.connect(self._on_menu_requested)

    def set_density(self, name: str) -> None:
        """'comfortable' or 'compact'; what stands at the top edge stays there."""
        self._on_rows_about_to_change()
        self.density, self._density = name, density_of(name)
        self._on_rows_changed()

    # --- which notes -------------------------------------------------------------------------

    def current_id(self) -> str:
        """The id of the current note; empty where there is none, or one that is not told yet."""
        index = self.currentIndex()
        return self.notes.id_at(index.row()) if index.isValid() else ""

    def selected_keys(self) -> list[int]:
        """The keys of the selected notes in the order of the list, each once."""
        ranges = sorted((part.top(), part.bottom()) for part in self._selected_parts())
        keys = chain.from_iterable(self.notes.order[top : end + 1] for top, end in ranges)
        return list(dict.fromkeys(keys))

    def selected_ids(self) -> list[str]:
        """The ids of the selected notes in the order of the list, as far as they are told."""
        rows = (self.notes.told(key) for key in self.selected_keys())
        return [row.id for row in rows if row is not None]

    def count_selected(self) -> int:
        """How many notes are selected."""
        rows = sum(part.bottom() - part.top() + 1 for part in self._selected_parts())
        return len(self.selected_keys()) if 1 < rows <= _COUNTED else rows

    def set_current(self, note_id: str) -> bool:
        """Stand on a note and bring it into sight. False when the list does not hold it."""
        row = self.notes.row_of(note_id)
        if row < 0:
            return False
        self.stand_on(row)
        return True

    def stand_on(self, row: int) -> None:
        """On this note alone: with Ctrl still held Qt would add it to what is selected."""
        alone = QItemSelectionModel.SelectionFlag.ClearAndSelect
        self.selectionModel().setCurrentIndex(self.notes.index(row), alone)

    def go_to_first(self) -> None:
        """Stand on the first note, if there is one."""
        if self.notes.rowCount():
            self.stand_on(0)
            if self._hands:
                self.scrollToTop()

    # --- what happens to it ------------------------------------------------------------------

    def dataChanged(self, first: _Index, last: _Index, roles: object = ()) -> None:
        self._ground.update()
        self._tell_current()

    def currentChanged(self, current: _Index, previous: _Index) -> None:
        super().currentChanged(current, previous)
        if not self._busy:
            self._tell_current()

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        """QListView's own lists every row that was selected, for readers of the screen."""
        QAbstractItemView.selectionChanged(self, selected, deselected)
        if self._busy:
            return
        count = self.count_selected()
        if count == 1:
            self._anchor = QPersistentModelIndex(self._selected_parts()[0].topLeft())
        self.chosen_changed.emit(count)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        from PySide6.QtCore import Qt

        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._on_activated(self.currentIndex())
        else:
            super().keyPressEvent(event)

    # --- what stays --------------------------------------------------------------------------

    def _on_rows_about_to_change(self) -> None:
        """Remember what is in sight and where, and what is selected."""
        self._busy = True
        self._in_sight = []
        keys = self.selected_keys() if self.count_selected() <= _COUNTED else []
        self._chosen = array("q", keys), self._current_key()
        y = self.verticalOffset()
        if y > 0:
            first = self._places.row_at(y)
            last = self._places.row_at(y + self._ground.height())
            for row in range(first, last + 1):
                index = QPersistentModelIndex(self.notes.index(row))
                self._in_sight.append((index, self.notes.order[row], self._places.top(row) - y))

    def _on_rows_changed(self) -> None:
        self._reckon()
        self._choose_again()
        self._busy = False
        self.updateGeometries()
        self._restore_place()
        self._ground.update()
        self._tell_current()
        self.chosen_changed.emit(self.count_selected())

    def _choose_again(self) -> None:
        """Qt keeps what is selected where rows came and went; in another order we find it anew."""
        keys, before = self._chosen
        key = self.notes.key_of(self._told) or before
        row = -1 if not key or key == self._current_key() else self.notes.row_of_key(key)
        if row < 0:
            return
        self.stand_on(row)
        if len(keys) > 1:
            wanted, select = set(keys), QItemSelectionModel.SelectionFlag.Select
            for number, key in enumerate(self.notes.order):
                if key in wanted:
                    self.selectionModel().select(self.notes.index(number), select)

    def _restore_place(self) -> None:
        for index, key, offset in self._in_sight:
            row = index.row() if index.isValid() else self.notes.row_of_key(key)
            if row >= 0:
                self.verticalScrollBar().setValue(self._places.top(row) - offset)
                return

    def _current_key(self) -> int:
        row = self.currentIndex().row()
        return self.notes.order[row] if 0 <= row < len(self.notes.order) else 0

    def _tell_current(self) -> None:
        """One that is not told yet is current as soon as it is."""
        waits = self.currentIndex().isValid() and not self.current_id()
        if not waits and self.current_id() != self._told:
            self._told = self.current_id()
            self.current_changed.emit(self._told)

    def _on_activated(self, index: QModelIndex) -> None:
        if index.isValid() and (note_id := self.notes.id_at(index.row())):
            self.opened.emit(note_id)

    def _on_menu_requested(self, place: QPoint) -> None:
        index = self.indexAt(place)
        if index.isValid() and (note_id := self.notes.id_at(index.row())):
            self.menu_wanted.emit(note_id, self._ground.mapToGlobal(place))
