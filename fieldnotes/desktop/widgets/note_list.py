"""The list of notes: one calm column that keeps its place while notes arrive."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QSize,
    Signal,
)
from PySide6.QtWidgets import QListView

from fieldnotes.desktop.widgets.note_list_delegate import NoteListDelegate
from fieldnotes.desktop.widgets.note_list_model import NoteListModel, NoteListRole, NoteRow

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QPaintEvent
    from PySide6.QtWidgets import QWidget

__all__ = ["NoteListDelegate", "NoteListModel", "NoteListRole", "NoteListView", "NoteRow"]

_Index = QModelIndex | QPersistentModelIndex


class NoteListView(QListView):
    """Shows a `NoteListModel`.

    `painted` after each paint with rows in it; `current_changed` carries the id of the note a
    person stands on (empty when there is none), `opened` the id of one opened with Enter or a
    double click, `menu_wanted` an id and a place on the screen.
    """

    painted = Signal()
    current_changed = Signal(str)
    opened = Signal(str)
    menu_wanted = Signal(str, QPoint)

    def __init__(
        self,
        name: str,
        parent: QWidget | None = None,
        *,
        model: NoteListModel | None = None,
        only_seen: bool = False,
    ) -> None:
        """`only_seen`: nobody can reach it yet, `take_hands` makes it ready for that later."""
        super().__init__(parent)
        self.notes = NoteListModel(self)
        self._anchor: tuple[str, int] | None = None
        self._told = ""
        self._busy = False
        self._look_at = NoteListDelegate(self)
        self.setModel(self.notes)
        self.setItemDelegate(self._look_at)
        self.setAccessibleName(name)
        self.setFrameStyle(0)
        if not only_seen:
            self.take_hands()
        self.notes.rows_about_to_change.connect(self._on_rows_about_to_change)
        self.notes.rows_changed.connect(self._on_rows_changed)

    def take_hands(self) -> None:
        """Set up what mouse and keyboard need."""
        from PySide6.QtCore import Qt

        self.setSelectionMode(QListView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.verticalScrollBar().setSingleStep(40)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setMouseTracking(True)
        self.activated.connect(self._on_activated)
        self.customContextMenuRequested.connect(self._on_menu_requested)

    def current_id(self) -> str:
        """The id of the current note, or an empty text."""
        index = self.currentIndex()
        return self.notes.row(index.row()).id if index.isValid() else ""

    def selected_ids(self) -> list[str]:
        """The ids of the selected notes in the order of the list."""
        rows = sorted(index.row() for index in self.selectedIndexes())
        return [self.notes.row(row).id for row in rows]

    def set_current(self, note_id: str) -> bool:
        """Stand on a note and bring it into sight. False when the list does not hold it."""
        row = self.notes.row_of(note_id)
        if row < 0:
            return False
        self._stand_on(row)
        return True

    def go_to_first(self) -> None:
        """Stand on the first note, if there is one."""
        if self.notes.rowCount():
            self._stand_on(0)
            self.scrollToTop()

    def set_headings(self, shown: bool) -> None:
        """Group by day, or show one plain list."""
        self._look_at.set_headings(shown)
        self.setUniformItemSizes(not shown)
        self.scheduleDelayedItemsLayout()

    def currentChanged(self, current: _Index, previous: _Index) -> None:
        super().currentChanged(current, previous)
        if not self._busy:
            self._tell_current()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.notes.rowCount():
            self.painted.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        from PySide6.QtCore import Qt

        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._on_activated(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        return QSize(448, 480)

    def _stand_on(self, row: int) -> None:
        """On this note alone: with Ctrl still held Qt would add it to what is selected."""
        alone = QItemSelectionModel.SelectionFlag.ClearAndSelect
        self.selectionModel().setCurrentIndex(self.notes.index(row), alone)

    def _on_activated(self, index: QModelIndex) -> None:
        if index.isValid():
            self.opened.emit(self.notes.row(index.row()).id)

    def _on_menu_requested(self, place: QPoint) -> None:
        index = self.indexAt(place)
        if index.isValid():
            note_id = self.notes.row(index.row()).id
            self.menu_wanted.emit(note_id, self.viewport().mapToGlobal(place))

    def _on_rows_about_to_change(self) -> None:
        """Remember which note stands at the top edge, and how far it is scrolled out."""
        self._busy = True
        top = self.indexAt(QPoint(8, 1))
        scrolled = self.verticalScrollBar().value() > 0
        self._anchor = None
        if top.isValid() and scrolled:
            self._anchor = (self.notes.row(top.row()).id, self.visualRect(top).top())

    def _on_rows_changed(self) -> None:
        self._busy = False
        if self._told and not self.current_id():
            self.set_current(self._told)
        self._restore_place()
        self._tell_current()

    def _restore_place(self) -> None:
        if self._anchor is None:
            return
        note_id, offset = self._anchor
        row = self.notes.row_of(note_id)
        if row >= 0:
            self.executeDelayedItemsLayout()
            moved = self.visualRect(self.notes.index(row)).top() - offset
            self.verticalScrollBar().setValue(self.verticalScrollBar().value() + moved)

    def _tell_current(self) -> None:
        if self.current_id() != self._told:
            self._told = self.current_id()
            self.current_changed.emit(self._told)
