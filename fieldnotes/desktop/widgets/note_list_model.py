"""The notes of a list as rows: pages arrive below, new notes above, and every row keeps its id."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Signal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QObject

    from fieldnotes.domain.glances import Span

_Index = QModelIndex | QPersistentModelIndex


class NoteRow(NamedTuple):
    """One note as the list shows it. `day` is the heading it stands under, `when` the short time.

    `author` is empty for one's own notes. Spans count in the characters of title and snippet.
    """

    id: str
    kind: str
    title: str
    snippet: str = ""
    account: str = ""
    tags: tuple[str, ...] = ()
    when: str = ""
    author: str = ""
    day: str = ""
    title_marks: tuple[Span, ...] = ()
    snippet_marks: tuple[Span, ...] = ()
    edited_twice: bool = False
    sent: bool = False
    masked: bool = False
    draft: bool = False


class NoteListRole(IntEnum):
    """What a view, a reader of the screen or a test asks the model for.

    The first two are Qt's own numbers: to name them would load all of its enumerations.
    """

    SHOWN = 0
    SPOKEN = 11
    ROW = 0x0101
    ID = 0x0102
    STARTS_DAY = 0x0103


class _Change(NamedTuple):
    """How to get from the old rows to the new: `kept` rows above and below a changed middle."""

    above: int
    below: int
    gone: int
    come: Sequence[NoteRow] = ()


class NoteListModel(QAbstractListModel):
    """Rows in, rows shown: it knows no database and never sorts.

    `more_wanted` asks for the next page, once until `append_rows` or `set_rows` has answered.
    """

    more_wanted = Signal()
    rows_about_to_change = Signal()
    rows_changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[NoteRow] = []
        self._row_of: dict[str, int] = {}
        self._more = False
        self._asked = False
        self._kind_words: dict[str, str] = {}

    def set_kind_words(self, words: dict[str, str]) -> None:
        """What a screen reader says for each kind, such as {'win': 'Win'}."""
        self._kind_words = dict(words)

    def set_rows(self, rows: Sequence[NoteRow], *, more: bool = False) -> None:
        """Show these rows. Rows that stay keep their index, so selection and place stay as well."""
        self.rows_about_to_change.emit()
        self._more, self._asked = more, False
        change = _difference(self._rows, rows)
        self._remove(change)
        self._insert(change.above, change.come)
        self._refresh(rows)
        self.rows_changed.emit()

    def append_rows(self, rows: Sequence[NoteRow], *, more: bool) -> None:
        """Add the next page below; `more` tells whether yet another can be asked for."""
        self._more, self._asked = more, False
        fresh = [row for row in rows if row.id not in self._row_of]
        self._insert(len(self._rows), fresh)

    def update_row(self, row: NoteRow) -> None:
        """Show a row anew where it is; an unknown id is ignored."""
        number = self._row_of.get(row.id)
        if number is None or self._rows[number] == row:
            return
        self._rows[number] = row
        here = self.index(number)
        self.dataChanged.emit(here, here)

    def row(self, number: int) -> NoteRow:
        """The row with this number, from 0."""
        return self._rows[number]

    def row_of(self, note_id: str) -> int:
        """The number of the row with this id, or -1."""
        return self._row_of.get(note_id, -1)

    def starts_day(self, number: int) -> bool:
        """Whether a heading stands above this row."""
        day = self._rows[number].day
        return bool(day) and (number == 0 or self._rows[number - 1].day != day)

    def rowCount(self, parent: _Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def canFetchMore(self, parent: _Index) -> bool:
        return not parent.isValid() and self._more and not self._asked

    def fetchMore(self, parent: _Index) -> None:
        if self.canFetchMore(parent):
            self._asked = True
            self.more_wanted.emit()

    def data(self, index: _Index, role: int = NoteListRole.SHOWN) -> object:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        match role:
            case NoteListRole.SHOWN:
                return row.title
            case NoteListRole.SPOKEN:
                return self._spoken(row)
            case NoteListRole.ROW:
                return row
            case NoteListRole.ID:
                return row.id
            case NoteListRole.STARTS_DAY:
                return self.starts_day(index.row())
            case _:
                return None

    def _spoken(self, row: NoteRow) -> str:
        signs = (
            (row.draft, self.tr("draft")),
            (row.edited_twice, self.tr("edited twice")),
            (row.sent, self.tr("sent")),
            (row.masked, self.tr("something hidden")),
        )
        kind = self._kind_words.get(row.kind, row.kind)
        parts = [kind, row.title, row.account, row.author, f"{row.day} {row.when}".strip()]
        parts += [word for on, word in signs if on]
        return ", ".join(part for part in parts if part)

    def _remove(self, change: _Change) -> None:
        if change.gone:
            first = change.above
            self.beginRemoveRows(QModelIndex(), first, first + change.gone - 1)
            del self._rows[first : first + change.gone]
            self._number_rows()
            self.endRemoveRows()

    def _insert(self, at: int, rows: Sequence[NoteRow]) -> None:
        if rows:
            self.beginInsertRows(QModelIndex(), at, at + len(rows) - 1)
            self._rows[at:at] = rows
            self._number_rows()
            self.endInsertRows()

    def _refresh(self, rows: Sequence[NoteRow]) -> None:
        """Say which of the rows that stayed are written otherwise now."""
        for number, row in enumerate(rows):
            if self._rows[number] is not row and self._rows[number] != row:
                self._rows[number] = row
                here = self.index(number)
                self.dataChanged.emit(here, here)

    def _number_rows(self) -> None:
        self._row_of = {row.id: number for number, row in enumerate(self._rows)}


def _difference(old: Sequence[NoteRow], new: Sequence[NoteRow]) -> _Change:
    shorter = min(len(old), len(new))
    above = 0
    while above < shorter and old[above].id == new[above].id:
        above += 1
    below = 0
    while below < shorter - above and old[-1 - below].id == new[-1 - below].id:
        below += 1
    return _Change(above, below, len(old) - above - below, new[above : len(new) - below])
