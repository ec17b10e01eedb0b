"""The left half of the notes: a search box, how many there are, and the list itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from fieldnotes.desktop import theme
from fieldnotes.desktop.notes.grouping_button import GroupingButton
from fieldnotes.desktop.notes.query_chips import split_query, typed_query
from fieldnotes.desktop.notes.rows import count_hits, find_rows
from fieldnotes.desktop.notes.wording import KIND_NAMES
from fieldnotes.desktop.notice_place import NoticePlace
from fieldnotes.desktop.widgets.rule import Rule
from fieldnotes.desktop.widgets.search_box import SearchBox
from fieldnotes.desktop.widgets.side_bar_model import grouped
from fieldnotes.domain.query import Query
from fieldnotes.domain.query_text import parse_query
from fieldnotes.operations.search import CAP, PAGE

if TYPE_CHECKING:
    from fieldnotes.desktop.notes.rows import Rows
    from fieldnotes.desktop.runner import Runner
    from fieldnotes.desktop.widgets.empty_state import EmptyState
    from fieldnotes.desktop.widgets.note_list import NoteListView
    from fieldnotes.errors import FieldnotesError
    from fieldnotes.operations.changes import Changes

PATIENCE = 200  # ms before a page says that it is still looking
_MOST_AGAIN = 500


class ListPane(QWidget):
    """Finds notes while somebody types, page by page.

    `query_changed` carries the whole query, `answered` follows each answer, and `nothing_shown`
    those without a row: what failed, or found nothing.
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
        self._below: int | None = None
        self._looking = self._fresh = False
        self.search = SearchBox(self.tr("Search your notes"))
        self.list = notes
        self.list.notes.set_kind_words({kind.value: name for kind, name in KIND_NAMES.items()})
        self._count = theme.label(ink="muted", size="small")
        self._grouping = GroupingButton()
        self._notice = NoticePlace()
        self._empty: EmptyState | None = None
        self._patience = QTimer(self, singleShot=True, interval=PATIENCE)
        self._lay_out()
        self._connect()
        self._look()

    def query(self) -> str:
        """The whole query as a person would type it."""
        return self.search.query()

    def set_query(self, text: str) -> None:
        """Look for something else; every filter becomes a chip."""
        self.search.set_query_parts(*split_query(text, finished=True))
        self._look()
        self.query_changed.emit(self.query())

    def add_filter(self, part: str) -> None:
        """Narrow the search by one more filter, unless it stands there already."""
        if part not in parse_query(self.query()).parts:
            self.set_query(f"{self.query()} {part}")

    def refresh(self) -> None:
        """Ask again for as many rows as are shown; the place in the list stays."""
        self._ask(max(PAGE, min(self.list.notes.rowCount(), _MOST_AGAIN)))

    def step(self, by: int) -> None:
        """Stand on the note so many rows further down."""
        row = self.list.currentIndex().row() + by
        if 0 <= row < self.list.notes.rowCount():
            self.list.setCurrentIndex(self.list.notes.index(row))

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(4, 4, 0, 0)
        head.addWidget(self._count, 1)
        head.addWidget(self._grouping)
        top = QVBoxLayout()
        top.setContentsMargins(12, 10, 12, 6)
        top.setSpacing(2)
        top.addWidget(self.search)
        top.addLayout(head)
        top.addWidget(self._notice)
        self._pages = QStackedLayout()
        self._pages.addWidget(self.list)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(Rule())
        column.addLayout(self._pages, 1)
        theme.styled(self, ground="surface")

    def _connect(self) -> None:
        self.search.text_edited.connect(self._on_text_edited)
        self.search.submitted.connect(self._on_submitted)
        self.search.left_downwards.connect(self._on_left_downwards)
        self.list.current_changed.connect(self.note_chosen)
        self.list.opened.connect(self.opened)
        self.list.menu_wanted.connect(self.menu_wanted)
        self.list.notes.more_wanted.connect(self._on_more_wanted)
        self._grouping.chosen.connect(self.refresh)
        self._patience.timeout.connect(lambda: self._count.setText(self.tr("Looking…")))
        self._runner.changed.connect(self._on_changed)

    def _typed(self) -> str:
        return " ".join([*(chip.text for chip in self.search.tokens()), self.search.free_text()])

    def _look(self) -> None:
        """Ask for what the box says now, from the top."""
        query = typed_query(self._typed())
        self._fresh = self._fresh or query != self._query
        self._query = query
        self._ask(PAGE)

    def _ask(self, limit: int) -> None:
        query, grouping = self._query, self._grouping.value
        self._looking = True
        self._patience.start()
        self._runner.ask(
            "list", lambda book: find_rows(book, query, grouping, limit), self._show, self._fail
        )
        self._runner.ask("count", lambda book: count_hits(book, query), self._show_count)

    def _show(self, found: Rows) -> None:
        self._looking = False
        self._below = found.below
        self._notice.hide()
        self.list.notes.set_rows(found.rows, more=found.below is not None)
        if found.rows:
            self._pages.setCurrentWidget(self.list)
            if self._fresh or not self.list.current_id():
                self.list.go_to_first()
            elif not self.list.selected_ids():  # the chosen one has gone, the next one moved up
                self.list.set_current(self.list.current_id())
        else:
            self._show_empty()
            self.nothing_shown.emit()
        self._fresh = False
        self.answered.emit()

    def _show_count(self, count: int) -> None:
        self._patience.stop()
        self._count.setText(count_words(count))

    def _fail(self, error: FieldnotesError) -> None:
        self._looking = False
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

    def _on_text_edited(self) -> None:
        self.search.set_query_parts(*split_query(self._typed()))
        self._look()
        self.query_changed.emit(self.query())

    def _on_submitted(self) -> None:
        self.set_query(self._typed())
        self._on_left_downwards()

    def _on_left_downwards(self) -> None:
        if self.list.notes.rowCount():
            self.list.setFocus(Qt.FocusReason.TabFocusReason)

    def _on_more_wanted(self) -> None:
        if self._looking or self._below is None:
            return
        query, grouping, below = self._query, self._grouping.value, self._below
        self._runner.ask(
            "list", lambda book: find_rows(book, query, grouping, PAGE, below), self._append
        )

    def _append(self, found: Rows) -> None:
        self._below = found.below
        self.list.notes.append_rows(found.rows, more=found.below is not None)

    def _on_empty_acted(self) -> None:
        if self.query():
            self.set_query("")
        else:
            self.write_wanted.emit()

    def _on_changed(self, changes: Changes) -> None:
        if changes.notes is None or changes.notes:
            self.refresh()


def count_words(count: int) -> str:
    """How many notes, as it is said above the list."""
    if count > CAP:
        return f"{grouped(CAP)}+ notes"
    return "1 note" if count == 1 else f"{grouped(count)} notes"
