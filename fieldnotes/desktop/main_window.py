"""The main window: it frames the pages and goes from one to the other, nothing else."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMainWindow

from fieldnotes.desktop.widgets.note_list import NoteListView

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent
    from PySide6.QtWidgets import QWidget

    from fieldnotes.desktop.contents import Counts
    from fieldnotes.desktop.runner import Runner
    from fieldnotes.desktop.widgets.note_row import NoteRow
    from fieldnotes.desktop.widgets.side_bar import SideBar
    from fieldnotes.domain.saved_searches import SavedView
    from fieldnotes.operations.changes import Changes
    from fieldnotes.settings import Settings

_SIZE = (1366, 820)
_SIDE_WIDTH, _LIST_WIDTH = 216, 448
_ABOVE, _BELOW = 110, 28  # what stands over and under the list in a window that is new


class MainWindow(QMainWindow):
    """Side bar, pages, status line. What it asks for is carried out by `Commands`.

    It begins as its list alone, so that the first rows are seen early, and is whole after
    `furnish`. `painted` comes once, after the list was painted with its first rows or has none to
    show; `page_wanted` carries the key of a page that was not built yet; `closed` when a person
    closed the window.
    """

    painted = Signal()
    closed = Signal()
    write_wanted = Signal()
    edit_wanted = Signal(str)
    page_wanted = Signal(str)
    files_dropped = Signal(list)
    own_notes_wanted = Signal()

    def __init__(self, settings: Settings, *, samples: bool = False) -> None:
        super().__init__()
        self.samples = samples
        self._settings = settings
        self._built: dict[str, QWidget] = {}
        self._saved: tuple[SavedView, ...] = ()
        self._side = settings.side
        self._behind: list[str] = []  # where the words of the status line lead
        self._furnished = self._was_painted = False
        self.setWindowTitle("Fieldnotes")
        self._take_place(settings)
        self.list = NoteListView(self.tr("Notes"), self, density=settings.density, only_seen=True)
        self.list.setGeometry(self._list_box(settings))
        self.list.painted.connect(self._on_painted)

    def show_first(self, rows: Sequence[NoteRow]) -> None:
        """Show these rows before there is anything else."""
        self.list.notes.set_rows(rows)
        self.list.go_to_first()

    def furnish(self, runner: Runner) -> None:
        """Build everything around the list."""
        from PySide6.QtWidgets import QStackedWidget

        from fieldnotes.desktop import contents
        from fieldnotes.desktop.notes.notes_page import NotesPage
        from fieldnotes.desktop.notice_place import NoticePlace
        from fieldnotes.desktop.widgets.status_line import StatusLine

        self._runner = runner
        self.list.take_hands()
        self.notes = NotesPage(runner, self.list)
        self.notice = NoticePlace(12)
        self.side_bar = self._make_side_bar(self._settings.side)
        self.status = StatusLine(self.tr("Press Ctrl K for anything"))
        self._pages = QStackedWidget()
        self._pages.addWidget(self.notes)
        self._lay_out(self._settings)
        self._connect()
        self.menus = {title: self.menuBar().addMenu(self.tr(title)) for title in contents.MENUS}
        self.setAcceptDrops(True)
        self.status.set_state(self.tr("Saved on this laptop"))
        self._furnished = True
        self._count()

    @property
    def page(self) -> QWidget:
        """The page that is shown."""
        return self._pages.currentWidget() or self.notes

    def page_key(self) -> str:
        """The key of the page that is shown; the notes are 'all', whatever is looked for."""
        from fieldnotes.desktop import contents

        shown = self.page
        return next((key for key, page in self._built.items() if page is shown), contents.ALL)

    def go_to(self, key: str) -> None:
        """Go to an entry of the side bar."""
        from fieldnotes.desktop import contents
        from fieldnotes.domain.notes import Kind

        if key in set(Kind):
            self.show_query(f"kind:{key}")
        elif key == contents.ALL:
            self.show_query("")
        elif key in (saved := self._saved_queries()):
            self.show_query(saved[key])
        elif key in self._built:
            self._show(key, self._built[key])
        else:
            self.page_wanted.emit(key)

    def add_page(self, key: str, page: QWidget) -> None:
        """Take in a page that `page_wanted` asked for, and show it."""
        self._built[key] = page
        self._pages.addWidget(page)
        self._show(key, page)

    def show_query(self, query: str) -> None:
        """Show the notes that this search finds."""
        self._show_notes(query)
        self.notes.show_query(query)

    def show_note(self, note_id: str) -> None:
        """Read a note on the notes page."""
        self._show_notes(self.notes.finder.query())
        self.notes.show_note(note_id)

    def show_notes(self) -> None:
        """Go to the notes, with whatever is looked for there."""
        self._show_notes(self.notes.finder.query())

    def search(self) -> None:
        """Put the keyboard into the search box."""
        self._show_notes(self.notes.finder.query())
        self.notes.finder.search.select_all()

    def set_side(self, side: str) -> None:
        """Put the pages in the order for who sells, markets or does both."""
        self._side = side
        self._show_sections()
        self._count()

    def set_saved(self, searches: Sequence[SavedView]) -> None:
        """Show these saved searches below the pages."""
        self._saved = tuple(searches)
        self._show_sections()
        if self.page is self.notes:
            self._on_query_changed(self.notes.finder.query())

    def _show_sections(self) -> None:
        from fieldnotes.desktop import contents

        pages = contents.sections(self._side)
        self.side_bar.set_sections(pages + contents.saved_section(self._saved))

    def _saved_queries(self) -> dict[str, str]:
        from fieldnotes.desktop import contents

        return {contents.SAVED + view.id: view.search.query for view in self._saved}

    def add_bar(self, bar: QWidget) -> None:
        """Put a bar for long work above the page."""
        self._right.insertWidget(1, bar)

    def place(self, settings: Settings) -> Settings:
        """The settings with where the window stands and how wide its panes are."""
        panes = (self._panes.sizes()[0], self.notes.sizes()[0])
        found = QRect(self.list.mapTo(self, self.list.rect().topLeft()), self.list.size())
        return settings._replace(
            window=_told(self.normalGeometry()),
            panes=panes,
            maximized=self.isMaximized(),
            list_box=_told(found) if self.list.isVisible() else settings.list_box,
            density=self.list.density,
        )

    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
        self.closed.emit()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        urls = event.mimeData().urls()
        paths = [Path(url.toLocalFile()) for url in urls if url.isLocalFile()]
        event.acceptProposedAction()
        self.files_dropped.emit(paths)

    def _make_side_bar(self, side: str) -> SideBar:
        from fieldnotes.desktop import contents
        from fieldnotes.desktop.widgets.side_bar import PrimaryButton, SideBar

        button = PrimaryButton(self.tr("New note"), "Ctrl+N")
        button.clicked.connect(self.write_wanted)
        bar = SideBar(self.tr("Pages"), button)
        bar.set_sections(contents.sections(side))
        bar.set_current(contents.ALL)
        bar.setMinimumWidth(176)
        return bar

    def _lay_out(self, settings: Settings) -> None:
        from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

        from fieldnotes.desktop import theme

        right = QWidget()
        self._right = QVBoxLayout(right)
        self._right.setContentsMargins(0, 0, 0, 0)
        self._right.setSpacing(0)
        self._right.addWidget(self.notice)
        self._right.addWidget(self._pages, 1)
        self._panes = QSplitter()
        self._panes.addWidget(self.side_bar)
        self._panes.addWidget(right)
        self._panes.setStretchFactor(1, 1)
        self._panes.setChildrenCollapsible(False)
        self._panes.setHandleWidth(1)
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._panes, 1)
        column.addWidget(self.status)
        self.setCentralWidget(theme.styled(whole, ground="surface"))
        side, wide = _widths(settings)
        self._panes.setSizes([side, self.width() - side])
        self.notes.setSizes([wide, self.width() - side - wide])

    def _take_place(self, settings: Settings) -> None:
        room = QGuiApplication.primaryScreen().availableSize()
        self.resize(QSize(*_SIZE).boundedTo(room))
        if settings.window and _on_a_screen(QRect(*settings.window)):
            self.setGeometry(QRect(*settings.window))
        if settings.maximized:
            from PySide6.QtCore import Qt

            self.setWindowState(Qt.WindowState.WindowMaximized)

    def _list_box(self, settings: Settings) -> QRect:
        """Where the list will stand in the whole window; it stood there before, most often."""
        if settings.list_box:
            return QRect(*settings.list_box)
        side, wide = _widths(settings)
        return QRect(side + 1, _ABOVE, wide, self.height() - _ABOVE - _BELOW)

    def _connect(self) -> None:
        self.side_bar.chosen.connect(self.go_to)
        self.status.clicked.connect(self._on_status_clicked)
        self.notes.finder.nothing_shown.connect(self._on_painted)
        self.notes.finder.query_changed.connect(self._on_query_changed)
        self.notes.edit_wanted.connect(self.edit_wanted)
        self.notes.write_wanted.connect(self.write_wanted)
        self._runner.changed.connect(self._on_changed)

    def _on_painted(self) -> None:
        if not self._was_painted:
            self._was_painted = True
            QTimer.singleShot(0, self.painted.emit)

    def _show_notes(self, query: str) -> None:
        from fieldnotes.desktop import contents

        self._show(contents.key_of_query(query, self._saved_queries()), self.notes)

    def _show(self, key: str, page: QWidget) -> None:
        self.side_bar.set_current(key)
        self._pages.setCurrentWidget(page)

    def _count(self) -> None:
        from fieldnotes.desktop import contents

        self._runner.ask("counts", contents.read_counts, self._show_counts)

    def _show_counts(self, counts: Counts) -> None:
        for key, count in counts.by_key.items():
            self.side_bar.set_count(key, count)
        self._say_status(counts)

    def _say_status(self, counts: Counts) -> None:
        from fieldnotes.desktop import contents
        from fieldnotes.desktop.widgets.side_bar_model import grouped

        unsent, due = counts.unsent, counts.due
        match unsent:
            case 0:
                words = self.tr("Everything is sent") if counts.sent else self.tr("Nothing to send")
            case 1:
                words = self.tr("1 note not sent yet")
            case _:
                words = self.tr("%s notes not sent yet") % grouped(unsent)
        samples = [self.tr("Sample notes: go back to your own")] if self.samples else []
        promises = [contents.due_words(due)] if due else []
        self._behind = [contents.NOT_SENT, *([contents.PROMISES] if due else [])]
        self.status.set_texts([words, *promises, *samples])

    def _on_status_clicked(self, number: int) -> None:
        if number < len(self._behind):
            self.go_to(self._behind[number])
        else:
            self.own_notes_wanted.emit()

    def _on_query_changed(self, query: str) -> None:
        from fieldnotes.desktop import contents

        self.side_bar.set_current(contents.key_of_query(query, self._saved_queries()))

    def _on_changed(self, changes: Changes) -> None:
        self._count()


def _on_a_screen(box: QRect) -> bool:
    """Whether enough of the window would be seen; a screen may have gone since."""
    screens: Iterable[QRect] = (s.availableGeometry() for s in QGuiApplication.screens())
    return any(screen.intersected(box).width() > 200 for screen in screens)


def _widths(settings: Settings) -> tuple[int, int]:
    """Of the side bar and of the list."""
    side, wide = settings.panes if len(settings.panes) == 2 else (_SIDE_WIDTH, _LIST_WIDTH)
    return side, wide


def _told(box: QRect) -> tuple[int, int, int, int]:
    return box.x(), box.y(), box.width(), box.height()
