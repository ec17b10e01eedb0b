"""The left half of the notes: a search box, how many there are, and the list itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from fieldnotes.desktop import theme
from fieldnotes.desktop.notes.arranging_button import ArrangingButton
from fieldnotes.desktop.notes.listing import all_rows, first_rows, rows_at
from fieldnotes.desktop.notes.query_chips import typed_query
from fieldnotes.desktop.notes.rows import count_hits
from fieldnotes.desktop.notes.search_bar import SearchBar
from fieldnotes.desktop.notes.wording import KIND_NAMES
from fieldnotes.desktop.notice_place import NoticePlace
from fieldnotes.desktop.widgets.rule import Rule
from fieldnotes.desktop.widgets.side_bar_model import grouped
from fieldnotes.domain.query import Query
from fieldnotes.domain.query_text import parse_query
from fieldnotes.operations.search import CAP

if TYPE_CHECKING:
    from collections.abc import Callable

    from fieldnotes.desktop.notes.listing import Listing
    from fieldnotes.desktop.runner import Runner
    from fieldnotes.desktop.widgets.empty_state import EmptyState
    from fieldnotes.desktop.widgets.note_list import NoteListView
    from fieldnotes.desktop.widgets.note_row import NoteRow
    from fieldnotes.errors import FieldnotesError
    from fieldnotes.operations.changes import Changes

PATIENCE = 200  # ms before a page says that it is still looking
_REST = 120  # ms without a key before all hits are looked for
_AT_ONCE = 40  # rows


class ListPane(QWidget):
    """Finds notes while somebody types: the first rows, and when typing rests the order of all.

    From then on rows are asked for where somebody looks.

    `query_changed` carries the whole query, `answered` follows each answer, and `nothing_shown`
    those without a row: what failed, or found nothing. `whole`: the list is that of all hits.
    """

    note_chosen = Signal(str)
    opened = Signal(str)
    menu_wanted = Signal(str, QPoint)
    query_changed = Signal(str)
    write_wanted = Signal()
    answered = Signal()
    nothing_shown = Signal()

    def __init__(self, runner: Runner, notes: NoteListView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._runner = runner
        self._query = Query(())
        self._turn = 0  # counts what was looked for, so that an answer to something else is known
        self._fresh = self._anew = self._loading = False
        self.whole = False  # the order of all hits is known
        self.bar = SearchBar(runner, self.tr("Search your notes"))
        self.search = self.bar.box
        self.list = notes
        self.list.notes.set_kind_words({kind.value: name for kind, name in KIND_NAMES.items()})
        self._count = theme.label(ink="muted", size="small")
        self._arranging = ArrangingButton(notes.density)
        self._notice = NoticePlace()
        self._empty: EmptyState | None = None
        self._patience = QTimer(self, singleShot=True, interval=PATIENCE)
        self._rest = QTimer(self, singleShot=True, interval=_REST)
        self._lay_out()
        self._connect()
        self._look()

    def query(self) -> str:
        """The whole query as a person would type it."""
        return self.search.query()

    def set_query(self, text: str) -> None:
        """Look for something else; every filter becomes a chip."""
        self.bar.put(text)
        self._look()
        self.query_changed.emit(self.query())

    def add_filter(self, part: str) -> None:
        """Narrow the search by one more filter, unless it stands there already."""
        if part not in parse_query(self.query()).parts:
            self.set_query(f"{self.query()} {part}")

    def refresh(self) -> None:
        """Ask again for what is shown; the place in the list stays."""
        self._ask()

    def add_foot(self, widget: QWidget) -> None:
        """Put something below the list."""
        self._column.addWidget(widget)

    def step(self, by: int) -> None:
        """Stand on the note so many rows further down."""
        row = self.list.currentIndex().row() + by
        if 0 <= row < self.list.notes.rowCount():
            self.list.stand_on(row)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(4, 4, 0, 0)
        head.addWidget(self._count, 1)
        head.addWidget(self._arranging)
        top = QVBoxLayout()
        top.setContentsMargins(12, 10, 12, 6)
        top.setSpacing(2)
        top.addWidget(self.bar)
        top.addLayout(head)
        top.addWidget(self._notice)
        self._pages = QStackedLayout()
        self._pages.addWidget(self.list)
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(Rule())
        column.addLayout(self._pages, 1)
        theme.styled(self, ground="surface")

    def _connect(self) -> None:
        self.bar.edited.connect(self._on_edited)
        self.bar.submitted.connect(self._on_submitted)
        self.bar.left_downwards.connect(self._on_left_downwards)
        self.list.current_changed.connect(self.note_chosen)
        self.list.opened.connect(self.opened)
        self.list.menu_wanted.connect(self.menu_wanted)
        self.list.seen.connect(self._on_seen)
        self._arranging.chosen.connect(self._on_arranged)
        self._arranging.density_chosen.connect(self.list.set_density)
        self._rest.timeout.connect(self._ask_all)
        self._patience.timeout.connect(lambda: self._count.setText(self.tr("Looking…")))
        self._runner.changed.connect(self._on_changed)

    def _look(self) -> None:
        """Ask for what the box says now, from the top."""
        query = typed_query(self.bar.text())
        if query != self._query:
            self._fresh = self._anew = True
            self._runner.ask("order", lambda book: None, lambda _: None)  # what is under way stops
        self._query = query
        self._ask()

    def _ask(self) -> None:
        """The first rows where they are found at once; the order of all follows."""
        self._turn += 1
        self._patience.start()
        query, arranged, same = self._query, self._arranging.value, self.whole and not self._anew
        self._rest.stop()
        if not arranged.by_pages or (self._anew and not self._fresh):
            self._ask_all()  # arranged otherwise: what a person stands on is not on the first page
            return
        before, stands = self.list.notes.order, self.list.current_id()
        self._runner.ask(
            "list",
            lambda book: first_rows(book, query, arranged, before, stands, same=same),
            self._answer(self._show_first),
            self._fail,
        )

    def _ask_all(self) -> None:
        query, arranged, stands = self._query, self._arranging.value, self.list.current_id()
        before = self.list.notes.order
        self._runner.ask(
            "order",
            lambda book: all_rows(book, query, arranged, before, stands),
            self._answer(self._show),
            self._fail,
        )

    def _answer(self, show: Callable[[Listing], None]) -> Callable[[Listing], None]:
        """What was looked for before says nothing any more."""
        turn = self._turn
        return lambda found: show(found) if turn == self._turn else None

    def _show_first(self, found: Listing) -> None:
        if not found.settled:
            self._ask_all()
            return
        self._show(found)
        if not found.whole:
            query = self._query
            self._runner.ask("count", lambda book: count_hits(book, query), self._show_count)
            self._rest.start()

    def _show(self, found: Listing) -> None:
        notes = self.list.notes
        self._notice.hide()
        self.whole = (self.whole and not self._anew) or found.whole
        if found.stands is not None:
            notes.stands_at(*found.stands)
        changes = found.changes if found.before is notes.order else None
        notes.set_order(found.order, found.groups, found.rows, anew=self._anew, changes=changes)
        arranged_anew, self._anew = self._anew and not self._fresh, False
        if found.total is not None:
            self._show_count(found.total, exact=True)
        if len(found.order):
            self._pages.setCurrentWidget(self.list)
            if self._fresh or not self.list.currentIndex().isValid():
                self.list.go_to_first()
            elif not self.list.count_selected():  # the chosen one has gone, the next one moved up
                self.list.stand_on(self.list.currentIndex().row())
            elif arranged_anew:
                self.list.scrollTo(self.list.currentIndex())
        else:
            self._show_empty()
            self.nothing_shown.emit()
        self._fresh = False
        self.answered.emit()

    def _on_seen(self, first: int, last: int) -> None:
        """Ask for rows that are in sight, then for those around; one question at a time."""
        notes = self.list.notes
        around = last - first + 1
        wanted = notes.missing(first, last) or notes.missing(first - around, last + 2 * around)
        if self._loading or not wanted:
            return
        self._loading = True
        query, arranged, places = self._query, self._arranging.value, wanted[:_AT_ONCE]

        def fill(rows: list[NoteRow]) -> None:
            self._loading = False
            if (query, arranged) == (self._query, self._arranging.value) and not self._anew:
                notes.fill(rows, places)

        def failed(error: FieldnotesError) -> None:
            self._loading = False
            self._notice.tell_error(error)

        self._runner.ask("rows", lambda book: rows_at(book, places, query, arranged), fill, failed)

    def _on_arranged(self) -> None:
        self._anew = True
        self._ask()

    def _show_count(self, count: int, *, exact: bool = False) -> None:
        self._patience.stop()
        self._count.setText(count_words(count, exact=exact))

    def _fail(self, error: FieldnotesError) -> None:
        self._patience.stop()
        self._count.clear()
        self._notice.tell_error(error)
        self.nothing_shown.emit()

    def _show_empty(self) -> None:
        if self._empty is None:
            from fieldnotes.desktop.widgets.empty_state import EmptyState

            self._empty = EmptyState("all-notes", "", "")
            self._empty.acted.connect(self._on_empty_acted)
            self._pages.addWidget(self._empty)
        if self.query():
            self._empty.show_words(
                "search",
                self.tr("Nothing found"),
                self.tr("No note has all of this. Take a word or a filter away."),
                self.tr("Show all notes"),
            )
        else:
            self._empty.show_words(
                "all-notes",
                self.tr("No notes yet"),
                self.tr("What you hear in meetings stands here, newest first. Two lines do."),
                self.tr("Write the first note"),
            )
        self._pages.setCurrentWidget(self._empty)

    def _on_edited(self) -> None:
        self._look()
        self.query_changed.emit(self.query())

    def _on_submitted(self) -> None:
        self._on_edited()
        self._on_left_downwards()

    def _on_left_downwards(self) -> None:
        if self.list.notes.rowCount():
            self.list.setFocus(Qt.FocusReason.TabFocusReason)

    def _on_empty_acted(self) -> None:
        if self.query():
            self.set_query("")
        else:
            self.write_wanted.emit()

    def _on_changed(self, changes: Changes) -> None:
        if changes.notes is None or changes.notes:
            self.list.notes.may_have_changed(changes.notes)
            self.refresh()


def count_words(count: int, *, exact: bool = False) -> str:
    """How many notes, as it is said above the list; not `exact`: counted up to a thousand."""
    if count > CAP and not exact:
        return f"{grouped(CAP)}+ notes"
    return "1 note" if count == 1 else f"{grouped(count)} notes"
