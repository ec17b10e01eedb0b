"""People and keys: one's own six words to read out, and everybody with what is known of them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import msgspec
from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from fieldnotes.desktop import theme
from fieldnotes.desktop.notice_place import NoticePlace
from fieldnotes.desktop.people.own_panel import OwnPanel
from fieldnotes.desktop.people.person_row import PersonRow
from fieldnotes.desktop.runner import Runner
from fieldnotes.desktop.when_seen import WhenSeen
from fieldnotes.desktop.widgets.buttons import button
from fieldnotes.desktop.widgets.empty_state import EmptyState
from fieldnotes.desktop.widgets.panel import Panel
from fieldnotes.desktop.widgets.rule import Rule
from fieldnotes.desktop.widgets.side_bar_model import grouped
from fieldnotes.domain.words import fold
from fieldnotes.operations.cards import card_name, save_card
from fieldnotes.operations.changes import Changes, Done
from fieldnotes.operations.notebook import Notebook
from fieldnotes.operations.people import (
    accept_person,
    forget_person,
    refuse_person,
    trust_list,
)
from fieldnotes.operations.succession import (
    TakenOver,
    confirm_new_key,
    go_on_as,
    take_over_laptop,
    went_on_from,
)
from fieldnotes.operations.team import put_on_team, send_team, take_off_team, withdraw_key
from fieldnotes.operations.who_is_who import WhoIsWho, who_is_who

T = TypeVar("T")
_WIDEST = 860
_SHOWN = 60  # rows at once; more are found by name
_FILTER_FROM = 12

_WISHES: dict[str, Callable[[Notebook, str], Done[str]]] = {
    "confirm": accept_person,
    "refuse": refuse_person,
    "forget": forget_person,
    "trust": trust_list,
    "distrust": lambda book, author: trust_list(book, author, trusted=False),
    "my-laptop": go_on_as,
    "withdraw": withdraw_key,
    "unlist": take_off_team,
}


class AskPaths(msgspec.Struct, frozen=True):
    """How the page asks where files are; tests have others. Each gets a parent and a name."""

    save: Callable[[QWidget, str], Path | None]
    folder: Callable[[QWidget], Path | None]


class PeoplePage(QScrollArea):
    """`query_chosen` carries the search for somebody's notes, `card_wanted` asks for a card."""

    query_chosen = Signal(str)
    card_wanted = Signal()

    def __init__(
        self, runner: Runner, parent: QWidget | None = None, *, ask: AskPaths | None = None
    ) -> None:
        super().__init__(parent)
        self._runner, self._ask_paths = runner, ask or AskPaths(_ask_where, _ask_folder)
        self._found: WhoIsWho | None = None
        self._unfolded = ""
        self._notice = NoticePlace(8)
        self._body = QWidget()
        self.rows: list[PersonRow] = []
        self.own: OwnPanel | None = None
        self.name = QLineEdit()
        self.name.setPlaceholderText(self.tr("Find somebody by name"))
        self.name.setAccessibleName(self.tr("Find somebody by name"))
        self.name.setClearButtonEnabled(True)
        self.read_card = button(self.tr("&Read a card…"), icon="read-in")
        self._people = QWidget()
        self._when_seen = WhenSeen(self, self._ask)
        self._lay_out()
        self.name.textChanged.connect(self._show_people)
        self.read_card.clicked.connect(self.card_wanted)
        runner.changed.connect(self._on_changed)

    def show_person(self, author: str) -> None:
        """Unfold somebody, as soon as they are read."""
        self._unfolded = author
        self._when_seen.change()

    def _ask(self) -> None:
        self._runner.ask("people", who_is_who, self._show, self._notice.tell_error)

    def _show(self, found: WhoIsWho) -> None:
        self._found = found
        own = OwnPanel(found.own, found.email, found.claims)
        own.card_wanted.connect(self._on_card_wanted)
        own.list_wanted.connect(self._on_list_wanted)
        own.laptop_wanted.connect(self._on_laptop_wanted)
        own.was_mine.connect(lambda author: self._do(lambda book: went_on_from(book, author)))
        self._column.replaceWidget(self._body, own)
        _leave(self._body)
        self._body = self.own = own
        self.name.setVisible(len(found.people) > _FILTER_FROM)
        self._show_people()

    def _show_people(self) -> None:
        if self._found is None:
            return
        wanted = fold(self.name.text())
        people = [each for each in self._found.people if wanted in fold(each.name)]
        shown = people[:_SHOWN]
        self.rows = [PersonRow(person, self._found.own.name) for person in shown]
        made = self._panel(len(people)) if self._found.people else self._nobody()
        here = any(each.hasFocus() for each in self._people.findChildren(QWidget))
        self._column.replaceWidget(self._people, made)
        _leave(self._people)
        self._people = made
        for row in self.rows:
            if row.person.author == self._unfolded:
                self._unfold(row, here)

    def _unfold(self, row: PersonRow, focus: bool) -> None:
        row.unfold()
        if focus:
            row.more.setFocus()
        QTimer.singleShot(0, row, lambda: self.ensureWidgetVisible(row))

    def _panel(self, count: int) -> QWidget:
        panel = Panel(self.tr("Everybody who is known here"))
        for number, row in enumerate(self.rows):
            if number:
                panel.body.addWidget(Rule())
            row.wished.connect(self._on_wished)
            row.listed.connect(self._on_listed)
            row.query_chosen.connect(self.query_chosen)
            panel.body.addWidget(row)
        if count > len(self.rows):
            more = self.tr("… and {n} more: find them by name")
            panel.body.addWidget(
                theme.label(more.format(n=grouped(count - len(self.rows))), ink="muted")
            )
        if not count:
            panel.body.addWidget(theme.label(self.tr("Nobody is called so."), ink="muted"))
        return panel

    def _nobody(self) -> QWidget:
        empty = EmptyState(
            "people",
            self.tr("Nobody else yet"),
            self.tr("People stand here once you have read in a file or a card of theirs."),
        )
        empty.setMinimumHeight(240)
        return empty

    # --- what is said ---

    def _on_wished(self, wish: str, author: str) -> None:
        self._unfolded = author
        if wish == "same":
            row = next(row for row in self.rows if row.person.author == author)
            old = row.old_key()
            self._do(lambda book: confirm_new_key(book, old, author))
        else:
            self._do(lambda book: _WISHES[wish](book, author))

    def _on_listed(self, author: str, region: str, language: str, email: str) -> None:
        self._unfolded = author
        self._do(lambda book: put_on_team(book, author, region, language, email))

    def _on_card_wanted(self, email: str) -> None:
        def ask(name: str) -> None:
            path = self._ask_paths.save(self, name)
            if path is not None:
                self._do(lambda book: save_card(book, path, email), self._tell_saved)

        self._runner.ask("card name", card_name, ask)

    def _on_list_wanted(self) -> None:
        path = self._ask_paths.save(self, self.tr("team-list.fieldnotes"))
        if path is not None:
            self._do(lambda book: send_team(book, path), lambda sent: self._tell_saved(sent.path))

    def _on_laptop_wanted(self) -> None:
        folder = self._ask_paths.folder(self)
        if folder is None:
            return
        task = self._runner.start(lambda book, progress: take_over_laptop(book, folder, progress))
        task.finished.connect(self._tell_taken_over)
        task.failed.connect(self._notice.tell_error)

    def _do(
        self,
        operation: Callable[[Notebook], Done[T]],
        done: Callable[[T], None] | None = None,
    ) -> None:
        self._notice.hide()
        self._runner.do(operation, done, self._notice.tell_error)

    def _tell_saved(self, path: Path) -> None:
        name = path.name
        words = self.tr("Send it to whoever should know your key.")
        self._notice.tell("success", words, lead=self.tr("{name} is saved.").format(name=name))

    def _tell_taken_over(self, taken: TakenOver) -> None:
        words = self.tr("{n} records of {name} are here, and its key goes on.")
        told = words.format(n=grouped(taken.records), name=taken.name)
        self._notice.tell("success", told, lead=self.tr("Taken over."))

    def _on_changed(self, changes: Changes) -> None:
        if changes.people:
            self._when_seen.change()

    def _lay_out(self) -> None:
        page = QWidget()
        middle = QWidget()
        middle.setMaximumWidth(_WIDEST)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(theme.label(self.tr("People and keys"), size="title", bold=True), 1)
        head.addWidget(self.read_card)
        self._column = QVBoxLayout(middle)
        self._column.setContentsMargins(32, 24, 32, 32)
        self._column.setSpacing(16)
        self._column.addLayout(head)
        self._column.addWidget(self._notice)
        self._column.addWidget(self._body)
        self._column.addWidget(self.name)
        self._column.addWidget(self._people)
        self._column.addStretch()
        self.name.hide()
        outer = QHBoxLayout(page)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(middle, 1000)
        outer.addStretch(1)
        self.setWidget(page)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(self.tr("People and keys"))
        theme.styled(page, ground="surface")
        theme.styled(self, ground="surface")


def _leave(widget: QWidget) -> None:
    widget.hide()
    widget.deleteLater()


def _ask_where(parent: QWidget, name: str) -> Path | None:
    chosen, _ = QFileDialog.getSaveFileName(
        parent, parent.tr("Where should the file go?"), str(Path.home() / name)
    )
    return Path(chosen) if chosen else None


def _ask_folder(parent: QWidget) -> Path | None:
    words = parent.tr("Where is the library of your old laptop?")
    chosen = QFileDialog.getExistingDirectory(parent, words, str(Path.home()))
    return Path(chosen) if chosen else None
