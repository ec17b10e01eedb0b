"""The notes of a list as rows: few ones at once, or the order of all and rows where one looks."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Signal

from fieldnotes.desktop.widgets.note_row import NoteListRole, NoteRow
from fieldnotes.desktop.widgets.row_changes import differences
from fieldnotes.desktop.widgets.row_places import RowPlaces

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from PySide6.QtCore import QObject

    from fieldnotes.desktop.widgets.row_changes import Change

_Index = QModelIndex | QPersistentModelIndex
_OWN_KEYS = 1 << 62  # above every place of a note
_KEPT = 4_000  # rows that were seen before


class Groups(NamedTuple):
    """`starts`: the row at which each group begins; `heading`: the words of a group."""

    starts: array[int]
    heading: Callable[[int], str]


class NoteListModel(QAbstractListModel):
    """Rows in, rows shown: it knows no database and never sorts.

    Every row has a key: the place of its note where that is told, else a number of its own.
    `set_rows` shows these rows and no more. `set_order` shows as many rows as there are keys;
    those that were not told yet are `missing` until `fill` brings them.
    """

    rows_about_to_change = Signal()
    rows_changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.order = array("q")
        self._count = 0
        self._rows: dict[int, NoteRow] = {}
        self._key_of: dict[str, int] = {}
        self._stale: set[int] = set()
        self._gone: set[int] = set()
        self._next_key = _OWN_KEYS
        self._groups = _groups([])
        self._kind_words: dict[str, str] = {}

    def set_kind_words(self, words: dict[str, str]) -> None:
        """What a screen reader says for each kind, such as {'win': 'Win'}."""
        self._kind_words = dict(words)

    def set_rows(self, rows: Sequence[NoteRow]) -> None:
        """Show these rows. Rows that stay keep their index, so selection and place stay as well."""
        before = self._rows
        order = array("q", [self._key(row) for row in rows])
        self._rows, self._stale = dict(zip(order, rows, strict=True)), set()
        self._key_of = {row.id: key for key, row in self._rows.items()}
        self._show(order, _groups(rows), differences(self.order, order))
        for number, key in enumerate(order):
            if before.get(key, rows[number]) != rows[number]:
                here = self.index(number)
                self.dataChanged.emit(here, here)

    def set_order(
        self,
        order: array[int],
        groups: Groups,
        rows: Iterable[NoteRow] = (),
        *,
        anew: bool = False,
        changes: Sequence[Change] | None = None,
    ) -> None:
        """Show as many rows, some of them told at once; `anew`: forget the others that were.

        `changes`: the way from the order that is shown now, where it is known.
        """
        if anew:
            self._rows, self._key_of, self._stale = {}, {}, set()
        self._take(rows)
        self._show(order, groups, differences(self.order, order) if changes is None else changes)

    def fill(self, rows: Iterable[NoteRow], asked: Sequence[int] = ()) -> None:
        """Take rows for keys of the order. What was `asked` for and is not among them has gone."""
        self._stale.difference_update(asked)
        self._take(rows)
        self._gone.update(key for key in asked if key not in self._rows)
        if self._count:
            self.dataChanged.emit(self.index(0), self.index(self._count - 1))

    def missing(self, first: int, last: int) -> list[int]:
        """The keys of rows between two that were not told yet, or may have changed since."""
        known, gone, stale = self._rows, self._gone, self._stale
        keys = self.order[max(first, 0) : last + 1]
        return [key for key in keys if key in stale or (key not in known and key not in gone)]

    def may_have_changed(self, ids: Iterable[str] | None) -> None:
        """These rows, or all of them, are shown until `fill` brings them anew."""
        if ids is None:
            self._stale.update(self._rows)
        else:
            self._stale.update(self._key_of[each] for each in ids if each in self._key_of)

    def stands_at(self, note_id: str, key: int) -> None:
        """A note that may not be told yet has this key."""
        self._key_of[note_id] = key

    def row(self, number: int) -> NoteRow:
        """The row with this number, from 0. It was told already."""
        return self._rows[self.order[number]]

    def told_at(self, number: int) -> NoteRow | None:
        """The same; None where it was not told yet."""
        return self._rows.get(self.order[number]) if number < len(self.order) else None

    def told(self, key: int) -> NoteRow | None:
        """The row with this key; None where it was not told yet."""
        return self._rows.get(key)

    def id_at(self, number: int) -> str:
        """The id of the note in this row; '' where it was not told yet."""
        row = self.told_at(number)
        return row.id if row is not None else ""

    def key_of(self, note_id: str) -> int:
        """The key of a note; 0 where it was not told."""
        return self._key_of.get(note_id, 0)

    def row_of(self, note_id: str) -> int:
        """The number of the first row with this id, or -1."""
        key = self._key_of.get(note_id)
        return -1 if key is None else self.row_of_key(key)

    def row_of_key(self, key: int) -> int:
        """The number of the first row with this key, or -1."""
        try:
            return self.order.index(key)
        except ValueError:
            return -1

    def starts(self) -> array[int]:
        """The rows above which a heading stands."""
        return self._groups.starts

    def heading(self, group: int) -> str:
        """The words above a group."""
        return self._groups.heading(group)

    def rowCount(self, parent: _Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else self._count

    def data(self, index: _Index, role: int = NoteListRole.SHOWN) -> object:
        if not index.isValid():
            return None
        row = self.told_at(index.row())
        match role:
            case NoteListRole.SHOWN:
                return row.title if row else ""
            case NoteListRole.SPOKEN:
                return self._spoken(row, index.row()) if row else self.tr("Loading")
            case NoteListRole.TIP:
                return self._sign_words(row) if row else None
            case NoteListRole.ROW:
                return row
            case NoteListRole.ID:
                return row.id if row else ""
            case _:
                return None

    def _take(self, rows: Iterable[NoteRow]) -> None:
        """The last looked at is forgotten last."""
        for row in rows:
            self._rows.pop(row.place, None)
            self._rows[row.place] = row
            self._key_of[row.id] = row.place
            self._stale.discard(row.place)
        while len(self._rows) > _KEPT:
            key = next(iter(self._rows))
            self._key_of.pop(self._rows.pop(key).id, None)

    def _key(self, row: NoteRow) -> int:
        key = row.place or self._key_of.get(row.id)
        if not key:
            self._next_key += 1
        return key or self._next_key

    def _show(self, order: array[int], groups: Groups, changes: Sequence[Change]) -> None:
        """From below, so that the numbers above hold; what is asked meanwhile is the old order."""
        self.rows_about_to_change.emit()
        nowhere = QModelIndex()
        for at, gone, come in reversed(changes):
            if gone:
                self.beginRemoveRows(nowhere, at, at + gone - 1)
                self._count -= gone
                self.endRemoveRows()
            if come:
                self.beginInsertRows(nowhere, at, at + come - 1)
                self._count += come
                self.endInsertRows()
        self.order, self._groups, self._gone = order, groups, set()
        self.rows_changed.emit()

    def _spoken(self, row: NoteRow, number: int) -> str:
        kind = self._kind_words.get(row.kind, row.kind)
        places = RowPlaces(self._count, 1, 1, self.starts())
        group = places.group_of(number)
        heading = self.heading(group) if group >= 0 else row.day
        when = f"{heading} {row.when}".strip()
        parts = [kind, row.title, row.account, row.author, when, *_signs(self, row)]
        return ", ".join(part for part in parts if part)

    def _sign_words(self, row: NoteRow) -> str | None:
        """What the small signs of a row mean."""
        words = " · ".join(_signs(self, row))
        return words[:1].upper() + words[1:] or None


def _signs(model: NoteListModel, row: NoteRow) -> list[str]:
    signs = (
        (row.draft, model.tr("draft")),
        (row.edited_twice, model.tr("edited twice")),
        (row.sent, model.tr("sent")),
        (row.masked, model.tr("something hidden")),
    )
    return [words for on, words in signs if on]


def _groups(rows: Sequence[NoteRow]) -> Groups:
    """The rows say themselves under which heading they stand."""
    starts, words, before = array("q"), [], ""
    for number, row in enumerate(rows):
        if row.day and row.day != before:
            starts.append(number)
            words.append(row.day)
        before = row.day
    return Groups(starts, words.__getitem__)
