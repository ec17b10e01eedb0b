"""A list whose rows stand where arithmetic says, of any length.

A QListView in what the keyboard, the mouse and a reader of the screen see of it; but where its
rows stand is reckoned (`row_places`) and what is in sight is painted by itself, as QListView lays
out every row there is: two seconds for a million.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QItemSelectionRange,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Signal,
)
from PySide6.QtGui import QPainter, QPalette
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from fieldnotes.desktop import paint, theme
from fieldnotes.desktop.widgets.item_state import ItemState, mouse_in
from fieldnotes.desktop.widgets.note_list_model import NoteListModel
from fieldnotes.desktop.widgets.note_row_painting import density_of, draw_heading, draw_row
from fieldnotes.desktop.widgets.row_places import RowPlaces

if TYPE_CHECKING:
    from PySide6.QtCore import Qt
    from PySide6.QtGui import QMouseEvent, QPaintEvent, QRegion

_Index = QModelIndex | QPersistentModelIndex


class RowView(QListView):
    """Paints the rows of a `NoteListModel` and tells Qt where they stand.

    `painted` after each paint with rows in it, `seen` with the first and the last of them.
    """

    painted = Signal()
    seen = Signal(int, int)

    def __init__(self, density: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.notes = NoteListModel(self)
        self.density = density
        self._density = density_of(density)
        self._places = RowPlaces(0, self._density.row, self._density.heading)
        self._anchor = QPersistentModelIndex()
        self._busy, self._hands = True, False  # busy: nobody is told of what Qt does meanwhile
        self._ground = QWidget()
        self._ground.setBackgroundRole(QPalette.ColorRole.Base)
        self._ground.setAutoFillBackground(True)
        self.setViewport(self._ground)
        self.setModel(self.notes)
        self.setFrameStyle(0)
        self._busy = False

    def take_hands(self) -> None:
        """Set up what mouse and keyboard need."""
        from PySide6.QtCore import Qt

        self._hands = True
        self.setSelectionMode(QListView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setMouseTracking(True)
        self.updateGeometries()

    # --- where they stand --------------------------------------------------------------------

    def visualRect(self, index: _Index) -> QRect:
        if not index.isValid():
            return QRect()
        top = self._places.top(index.row()) - self.verticalOffset()
        return QRect(0, top, self._ground.width(), self._places.row)

    def indexAt(self, point: QPoint) -> QModelIndex:
        y = point.y() + self.verticalOffset()
        if not 0 <= y < self._places.height or self._places.on_heading(y):
            return QModelIndex()
        return self.notes.index(self._places.row_at(y))

    def horizontalOffset(self) -> int:
        return 0

    def verticalOffset(self) -> int:
        return self.verticalScrollBar().value() if self._hands else 0

    def scrollTo(
        self, index: _Index, hint: QListView.ScrollHint = QListView.ScrollHint.EnsureVisible
    ) -> None:
        if not index.isValid() or self._busy or not self._hands:
            return
        covered = self._places.heading if len(self._places.starts) else 0
        head, top = self._places.head(index.row()), self._places.top(index.row())
        end, bar, room = top + self._places.row, self.verticalScrollBar(), self._ground.height()
        if hint == QListView.ScrollHint.PositionAtCenter:
            bar.setValue(top + (self._places.row - room) // 2)
        elif hint == QListView.ScrollHint.PositionAtTop or top - covered < bar.value():
            bar.setValue(min(head, top - covered))
        elif end > bar.value() + room:
            bar.setValue(end - room)

    def moveCursor(
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        last = self.notes.rowCount() - 1
        here, move = self.currentIndex().row(), QListView.CursorAction
        page = max(1, (self._ground.height() - self._places.heading) // self._places.row)
        steps = {
            move.MoveUp: -1,
            move.MovePrevious: -1,
            move.MoveDown: 1,
            move.MoveNext: 1,
            move.MovePageUp: -page,
            move.MovePageDown: page,
            move.MoveHome: -here,
            move.MoveEnd: last - here,
        }
        wanted = here + steps.get(action, 0) if here >= 0 else 0
        return self.notes.index(max(0, min(wanted, last))) if last >= 0 else QModelIndex()

    def setSelection(self, rect: QRect, command: QItemSelectionModel.SelectionFlag) -> None:
        """With Shift from where the selection began, also when rows have come in between."""
        places, y = self._places, self.verticalOffset()
        first, last = places.row_at(rect.top() + y), places.row_at(rect.bottom() + y)
        extends = command & QItemSelectionModel.SelectionFlag.Current
        if extends and self._anchor.isValid() and self.state() != self.State.DragSelectingState:
            first, last = sorted((self._anchor.row(), self.currentIndex().row()))
        elif first == last:
            self._anchor = QPersistentModelIndex(self.notes.index(first))
        if 0 <= first <= last:
            rows = QItemSelection(self.notes.index(first), self.notes.index(last))
            self.selectionModel().select(rows, command)

    def selectAll(self) -> None:
        """At once: QListView's own asks every row whether it is hidden."""
        if count := self.notes.rowCount():
            rows = QItemSelection(self.notes.index(0), self.notes.index(count - 1))
            every = QItemSelectionModel.SelectionFlag.ClearAndSelect
            self.selectionModel().select(rows, every)

    def visualRegionForSelection(self, selection: QItemSelection) -> QRegion:
        from PySide6.QtGui import QRegion

        y, found = self.verticalOffset(), QRegion()
        for part in _parts(selection):
            top, end = self._places.top(part.top()), self._places.top(part.bottom())
            first = max(top - y, 0)
            last = min(end + self._places.row - y, self._ground.height())
            if first < last:
                found += QRect(0, first, self._ground.width(), last - first)
        return found

    # --- what Qt calls when something has changed --------------------------------------------

    def doItemsLayout(self) -> None:
        if not self._busy:
            self._reckon()
            QAbstractItemView.doItemsLayout(self)

    def updateGeometries(self) -> None:
        if not self._hands:
            return
        bar, room = self.verticalScrollBar(), self._ground.height()
        bar.setRange(0, max(0, self._places.height - room))
        bar.setPageStep(max(1, room - self._places.heading))
        bar.setSingleStep(40)

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        self._ground.update()

    def keyboardSearch(self, search: str) -> None:
        """Letters look for nothing: there are too many rows to be asked one by one."""

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A heading is nothing to choose, and clears no choice either."""
        if self.indexAt(event.position().toPoint()).isValid():
            super().mousePressEvent(event)

    def sizeHint(self) -> QSize:
        return QSize(448, 480)

    # --- painting ----------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        places, y = self._places, self.verticalOffset()
        if not places.rows:
            return
        area = event.rect()
        first, last = places.row_at(area.top() + y), places.row_at(area.bottom() + y)
        painter = QPainter(self._ground)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_rows(painter, first, last, y)
        self._paint_top_heading(painter, y)
        painter.end()
        self.painted.emit()
        self.seen.emit(places.row_at(y), places.row_at(y + self._ground.height()))

    def _paint_rows(self, painter: QPainter, first: int, last: int, y: int) -> None:
        places, wide = self._places, self._ground.width()
        chosen, focused, mouse = self.selectionModel(), self.hasFocus(), mouse_in(self)
        current = self.currentIndex().row()
        for number in range(first, last + 1):
            rect = QRect(0, places.top(number) - y, wide, places.row)
            if places.starts_group(number):
                above = QRect(0, rect.top() - places.heading, wide, places.heading)
                draw_heading(painter, above, self.notes.heading(places.group_of(number)))
            on = chosen.isSelected(self.notes.index(number))
            under = mouse is not None and rect.contains(mouse)
            state = ItemState(on, focused and number == current, under)
            draw_row(painter, rect, self.notes.told_at(number), state, self._density)

    def _paint_top_heading(self, painter: QPainter, y: int) -> None:
        """The heading of what is at the top edge stays there, until the next one pushes it out."""
        group = self._places.group_at(y)
        if y <= 0 or group < 0:
            return
        bottom = self._places.heading
        if group + 1 < len(self._places.starts):
            following = self._places.head(self._places.starts[group + 1])
            bottom = min(bottom, following - y)
        wide, tokens = self._ground.width(), theme.current()
        rect = QRect(0, bottom - self._places.heading, wide, self._places.heading)
        paint.fill(painter, rect, tokens.surface)
        draw_heading(painter, rect, self.notes.heading(group))
        paint.fill(painter, QRect(0, bottom - 1, wide, 1), tokens.line)

    def _reckon(self) -> None:
        starts, density = self.notes.starts(), self._density
        self._places = RowPlaces(self.notes.rowCount(), density.row, density.heading, starts)

    def _selected_parts(self) -> list[QItemSelectionRange]:
        return _parts(self.selectionModel().selection())


def _parts(selection: QItemSelection) -> list[QItemSelectionRange]:
    """Runs of rows, however long."""
    return [selection.at(number) for number in range(selection.count())]
