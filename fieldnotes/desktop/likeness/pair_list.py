"""The list of pairs: one Tab stop, with keys that judge the pair somebody stands on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import (
    QAbstractListModel,
    QCoreApplication,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from fieldnotes.desktop.widgets.day_words import day_words, short_day
from fieldnotes.desktop.widgets.two_line_list import COUNT, UNDER, TwoLineList
from fieldnotes.domain.views import NoteView
from fieldnotes.operations.said_before import LikePair

_Index = QModelIndex | QPersistentModelIndex
_PLAIN = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)


class PairModel(QAbstractListModel):
    """Pairs, each by the heading of its later note."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pairs: list[LikePair] = []
        self._today = date.min

    def set_pairs(self, pairs: Sequence[LikePair], today: date) -> None:
        """Show these in place of what was there."""
        self.beginResetModel()
        self._pairs, self._today = list(pairs), today
        self.endResetModel()

    def at(self, row: int) -> LikePair:
        """The pair of a row."""
        return self._pairs[row]

    def row_of(self, ids: tuple[str, str] | None) -> int:
        """The row of these two notes, or -1."""
        rows = (row for row, pair in enumerate(self._pairs) if pair.ids == ids)
        return next(rows, -1)

    def take(self, row: int) -> None:
        """This one was judged."""
        self.beginRemoveRows(QModelIndex(), row, row)
        del self._pairs[row]
        self.endRemoveRows()

    def rowCount(self, parent: _Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._pairs)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        pair = self._pairs[index.row()]
        said: dict[int, str] = {
            Qt.ItemDataRole.DisplayRole: pair.later.note.heading,
            COUNT: f"{int(pair.share * 100)} %",
            UNDER: " · ".join(origin(view, self._today) for view in (pair.later, pair.earlier)),
        }
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(said.values())
        return said.get(role)


class PairList(TwoLineList):
    """`chosen` carries the pair that somebody stands on, or None."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.setAccessibleName(self.tr("Notes that say the same"))
        self.pairs = PairModel(self)
        self.setModel(self.pairs)
        self._keys: dict[Qt.Key, Callable[[], object]] = {}
        self._quiet = False
        self.selectionModel().currentChanged.connect(self._on_current_changed)
        self.on_key(Qt.Key.Key_J, lambda: self.step(1))
        self.on_key(Qt.Key.Key_K, lambda: self.step(-1))

    def set_pairs(self, pairs: Sequence[LikePair], today: date) -> None:
        """Show these; whoever stands on one keeps standing there, or near it."""
        here, row = self.current(), max(0, self.currentIndex().row())
        self._quiet = True
        self.pairs.set_pairs(pairs, today)
        self._quiet = False
        found = self.pairs.row_of(here.ids) if here else -1
        self._go_to(found if found >= 0 else row)

    def current(self) -> LikePair | None:
        """The pair that somebody stands on."""
        index = self.currentIndex()
        return self.pairs.at(index.row()) if index.isValid() else None

    def take(self, ids: tuple[str, str]) -> None:
        """This pair was judged: the next one comes."""
        row = self.pairs.row_of(ids)
        if row >= 0:
            self._quiet = True
            self.pairs.take(row)
            self._quiet = False
            self._go_to(row)

    def step(self, rows: int) -> None:
        """Go so many pairs further."""
        self._go_to(self.currentIndex().row() + rows)

    def on_key(self, key: Qt.Key, slot: Callable[[], object]) -> None:
        """Call `slot` on this key alone; while the list has the keyboard, it is nobody else's."""
        self._keys[key] = slot

    def event(self, event: QEvent) -> bool:
        asked = event.type() == QEvent.Type.ShortcutOverride
        if asked and isinstance(event, QKeyEvent) and self._slot(event) is not None:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if (slot := self._slot(event)) is not None:
            slot()
        else:
            super().keyPressEvent(event)

    def _slot(self, event: QKeyEvent) -> Callable[[], object] | None:
        return self._keys.get(Qt.Key(event.key())) if event.modifiers() in _PLAIN else None

    def _go_to(self, row: int) -> None:
        last = self.pairs.rowCount() - 1
        index = self.pairs.index(min(max(row, 0), last)) if last >= 0 else QModelIndex()
        self._quiet = True
        self.setCurrentIndex(index)
        self._quiet = False
        self.chosen.emit(self.current())

    def _on_current_changed(self, _index: QModelIndex) -> None:
        if not self._quiet:
            self.chosen.emit(self.current())


def origin(view: NoteView, today: date) -> str:
    """'You, 3 Nov' or 'Ana Ruiz, 3 Nov 2025'."""
    who = QCoreApplication.translate("PairList", "You") if view.mine else view.author_name
    when = view.happened.local().date()
    return f"{who}, {short_day(when) if when.year == today.year else day_words(when)}"
