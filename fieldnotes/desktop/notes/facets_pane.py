"""Counts beside the list: how many of the found notes are of each kind, account, tag, …"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from fieldnotes.desktop import theme
from fieldnotes.desktop.notes.facet_filters import MONTH, state_of, turned
from fieldnotes.desktop.notes.query_chips import typed_query
from fieldnotes.desktop.notes.wording import KIND_PLURALS
from fieldnotes.desktop.notice_place import NoticePlace
from fieldnotes.desktop.widgets.buttons import icon_button
from fieldnotes.desktop.widgets.facet_list import FacetList, FacetRow
from fieldnotes.desktop.widgets.rule import Rule
from fieldnotes.desktop.widgets.side_bar_model import grouped
from fieldnotes.domain.notes import Kind
from fieldnotes.operations.facets import FAMILIES, count_facets, make_facets_ready

if TYPE_CHECKING:
    from PySide6.QtGui import QShowEvent

    from fieldnotes.desktop.runner import Runner
    from fieldnotes.errors import FieldnotesError
    from fieldnotes.operations.changes import Changes
    from fieldnotes.operations.facets import Facets

_REST = 120  # ms without a key before anything is counted
_WIDTH = 212
_PATIENCE = 300  # ms until it says that it is still counting


class FacetsPane(QWidget):
    """`search_wanted` carries the search with a filter more or less. Asks only while it is shown.

    Under a search the columns of all notes have to be in memory: they are taken there beside the
    window as soon as the pane is first shown.
    """

    search_wanted = Signal(str)
    closed = Signal()

    def __init__(self, runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._runner = runner
        self._text = ""
        self._stale, self._ready = True, False
        self.list = FacetList(self.tr("Counts"))
        self._state = theme.label(self.tr("Counts"), ink="muted", size="small")
        self._notice = NoticePlace(8)
        self._rest = QTimer(self, singleShot=True, interval=_REST)
        self._patience = QTimer(self, singleShot=True, interval=_PATIENCE)
        self._lay_out()
        self._rest.timeout.connect(self._ask)
        self._patience.timeout.connect(self._on_patience_ended)
        self.list.picked.connect(self._on_picked)
        self.list.menu_wanted.connect(self._show_menu)
        runner.changed.connect(self._on_changed)

    def show_search(self, text: str) -> None:
        """Count what this search finds."""
        self._text = text
        self._ask_soon()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._ready:
            self._runner.ask("columns", make_facets_ready, self._on_ready, self._fail)
        if self._stale:
            self._ask()

    def sizeHint(self) -> QSize:
        return QSize(_WIDTH, 400)

    def _lay_out(self) -> None:
        close = icon_button("close", self.tr("Close the counts"), self.tr("Close (Ctrl+Shift+E)"))
        close.clicked.connect(self.closed)
        head = QHBoxLayout()
        head.setContentsMargins(16, 14, 8, 6)
        head.addWidget(self._state, 1)
        head.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self._notice)
        column.addWidget(Rule())
        column.addWidget(self.list, 1)
        self.setMinimumWidth(168)
        self.setFocusProxy(self.list)
        theme.styled(self, ground="surface")

    def _ask_soon(self) -> None:
        self._stale = True
        if self.isVisible():
            self._rest.start()

    def _ask(self) -> None:
        query = typed_query(self._text)
        self._patience.start()
        if query.terms and not self._ready:
            return  # what is counted under a search comes once the columns are there
        self._stale = False
        text = self._text
        self._runner.ask(
            "facets",
            lambda book: count_facets(book, query),
            lambda found: self._show(text, found),
            self._fail,
        )

    def _on_patience_ended(self) -> None:
        """Counts of what was looked for before would speak against the list beside them."""
        self._state.setText(self.tr("Counting…"))
        self.list.facets.set_rows(())

    def _on_ready(self, _: bool) -> None:
        self._ready = True
        if self._stale:
            self._ask()

    def _show(self, text: str, found: Facets) -> None:
        self._patience.stop()
        self._notice.hide()
        self._state.setText(self.tr("Counts") if found.total else self.tr("Nothing to count"))
        rows: list[str | FacetRow] = []
        for family in FAMILIES:
            shown = self._rows_of(family, text, found)
            if shown:
                rows += [self._heading(family, found.more[family]), *shown]
        self.list.facets.set_rows(rows)

    def _rows_of(self, family: str, text: str, found: Facets) -> list[FacetRow]:
        values = found.by_family[family]
        most = max((value.notes for value in values), default=0) or 1
        rows = [
            FacetRow(
                family,
                value.name,
                _label(family, value.name),
                value.notes,
                value.notes / most,
                value.name if family == "kind" and value.name in set(Kind) else "",
                state_of(text, family, value.name),
            )
            for value in values
        ]
        return sorted(rows, key=lambda row: not row.state)

    def _heading(self, family: str, more: int) -> str:
        words = {
            "kind": self.tr("Kind"),
            "account": self.tr("Account"),
            "competitor": self.tr("Competitor"),
            "tag": self.tr("Tag"),
            "stage": self.tr("Stage"),
            MONTH: self.tr("Month"),
        }
        left = self.tr("{n} more").format(n=grouped(more))
        return f"{words[family]} · {left}" if more else words[family]

    def _fail(self, error: FieldnotesError) -> None:
        self._patience.stop()
        self._state.setText(self.tr("Counts"))
        self._notice.tell_error(error)

    def _on_picked(self, family: str, name: str, out: bool) -> None:
        self.search_wanted.emit(turned(self._text, family, name, out=out))

    def _show_menu(self, family: str, name: str, place: QPoint) -> None:
        state = state_of(self._text, family, name)
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        only = self.tr("Take it away") if state else self.tr("Only these")
        menu.addAction(only, partial(self._on_picked, family, name, False))
        if state != "out":
            menu.addAction(self.tr("Not these"), partial(self._on_picked, family, name, True))
        menu.popup(place)

    def _on_changed(self, changes: Changes) -> None:
        if changes.notes is None or changes.notes or changes.drafts:
            self._ask_soon()


def _label(family: str, name: str) -> str:
    if family == "kind" and name in set(Kind):
        return KIND_PLURALS[Kind(name)]
    return name
