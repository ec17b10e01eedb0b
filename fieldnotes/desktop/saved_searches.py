"""Saved searches in the side bar: shown, counted when nothing else is asked, and changed."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtWidgets import QMenu

from fieldnotes.desktop.contents import SAVED
from fieldnotes.desktop.notes.query_chips import settle
from fieldnotes.desktop.notes.rows import count_hits
from fieldnotes.desktop.widgets.side_bar_model import grouped
from fieldnotes.domain.query_text import parse_query
from fieldnotes.operations import saved_searches as operations
from fieldnotes.operations.search import CAP

if TYPE_CHECKING:
    from collections.abc import Callable

    from fieldnotes.desktop.main_window import MainWindow
    from fieldnotes.desktop.runner import Runner
    from fieldnotes.domain.saved_searches import SavedView
    from fieldnotes.operations.changes import Changes, Done
    from fieldnotes.operations.notebook import Notebook

_IDLE = 500  # ms after the last key and the last change
_LONGEST = 60


class SavedSearches(QObject):
    """`undo_wanted` when a removal is to be taken back."""

    undo_wanted = Signal()

    def __init__(self, window: MainWindow, runner: Runner) -> None:
        super().__init__(window)
        self._window, self._runner = window, runner
        self._searches: list[SavedView] = []
        self._waiting: list[SavedView] = []
        self._to_rename = ""
        self._removed = False
        self._idle = QTimer(self, singleShot=True, interval=_IDLE)
        self._idle.timeout.connect(self._count_all)
        bar, finder = window.side_bar, window.notes.finder
        bar.moved.connect(self._on_moved)
        bar.renamed.connect(self._on_renamed)
        bar.removed.connect(self._on_removed)
        bar.menu_wanted.connect(self._show_menu)
        finder.query_changed.connect(self._on_query_changed)
        finder.bar.save_wanted.connect(self.turn)
        window.notice.acted.connect(self._on_acted)
        runner.changed.connect(self._on_changed)
        self._ask()

    def save(self) -> None:
        """Save what is looked for, and let a person name it; a saved one is renamed."""
        query = self._query()
        known = self._saved(query)
        if known is not None:
            self._window.side_bar.rename(SAVED + known.id)
        elif query:
            self._to_rename = query
            self._do(lambda book: operations.save_search(book, name_for(query), query))

    def turn(self) -> None:
        """Save what is looked for, or take it away from the saved ones."""
        known = self._saved(self._query())
        if known is None:
            self.save()
        else:
            self._on_removed(SAVED + known.id)

    def _query(self) -> str:
        return self._window.notes.finder.query()

    def _saved(self, query: str) -> SavedView | None:
        return next((each for each in self._searches if each.search.query == query), None)

    def _do(self, operation: Callable[[Notebook], Done[str]]) -> None:
        self._runner.do(operation, None, self._window.notice.tell_error)

    # --- showing and counting ---

    def _ask(self) -> None:
        self._runner.ask("saved searches", operations.list_searches, self._show)

    def _show(self, searches: list[SavedView]) -> None:
        if searches != self._searches:
            self._searches = searches
            self._window.set_saved(searches)
        self._mark()
        self._idle.start()
        fresh = self._saved(self._to_rename) if self._to_rename else None
        if fresh is not None:
            self._to_rename = ""
            self._window.side_bar.rename(SAVED + fresh.id)

    def _mark(self) -> None:
        query = self._query()
        self._window.notes.finder.bar.set_saved(bool(query), self._saved(query) is not None)

    def _count_all(self) -> None:
        self._waiting = list(self._searches)
        self._count_next()

    def _count_next(self) -> None:
        """One after the other, so that nothing else waits for long."""
        if not self._waiting:
            return
        view = self._waiting.pop(0)
        query = parse_query(view.search.query)

        def show(count: int) -> None:
            words = f"{grouped(CAP)}+" if count > CAP else count
            self._window.side_bar.set_count(SAVED + view.id, words)
            self._count_next()

        self._runner.ask("saved counts", lambda book: count_hits(book, query), show)

    def _on_query_changed(self) -> None:
        self._mark()
        self._count_later()

    def _count_later(self) -> None:
        if self._waiting:  # what is being counted gives way
            self._waiting.clear()
            self._runner.ask("saved counts", lambda book: None, lambda _: None)
        self._idle.start()

    def _on_changed(self, changes: Changes) -> None:
        if changes.searches or changes.notes is None:
            self._ask()
        if changes.notes is None or changes.notes:
            self._count_later()

    # --- changing ---

    def _on_moved(self, key: str, place: int) -> None:
        self._do(lambda book: operations.move_search(book, key.removeprefix(SAVED), place))

    def _on_renamed(self, key: str, name: str) -> None:
        self._do(lambda book: operations.rename_search(book, key.removeprefix(SAVED), name))

    def _on_removed(self, key: str) -> None:
        self._runner.do(
            lambda book: operations.remove_search(book, key.removeprefix(SAVED)),
            self._tell_removed,
            self._window.notice.tell_error,
        )

    def _tell_removed(self, _: str) -> None:
        self._removed = True
        words = self.tr("The saved search is gone; the notes stay.")
        self._window.notice.tell("info", words, action=self.tr("Undo"))

    def _on_acted(self) -> None:
        if self._removed:
            self._removed = False
            self._window.notice.hide()
            self.undo_wanted.emit()

    def _show_menu(self, key: str, place: QPoint) -> None:
        keys = [SAVED + view.id for view in self._searches]
        if key not in keys:
            return
        at = keys.index(key)
        menu = QMenu(self._window)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(self.tr("&Rename"), partial(self._window.side_bar.rename, key))
        up = menu.addAction(self.tr("Move &up"), partial(self._on_moved, key, at - 1))
        down = menu.addAction(self.tr("Move &down"), partial(self._on_moved, key, at + 1))
        up.setEnabled(at > 0)
        down.setEnabled(at < len(keys) - 1)
        menu.addAction(self.tr("&Take away"), partial(self._on_removed, key))
        menu.popup(place)


def name_for(query: str) -> str:
    """A name for a search until its owner gives a better one: what its chips and words say."""
    settled = settle(query)
    words = ", ".join([*(chip.label for chip in settled.chips), *filter(None, [settled.words])])
    return words if len(words) <= _LONGEST else f"{words[: _LONGEST - 1].rstrip()}…"
