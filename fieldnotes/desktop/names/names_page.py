"""Names and tags: every account, competitor, product and tag, and what each one means."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from fieldnotes.desktop import theme
from fieldnotes.desktop.names import name_lines as lines
from fieldnotes.desktop.names.look_alike_bar import LookAlikeBar
from fieldnotes.desktop.names.name_list import NameList
from fieldnotes.desktop.names.name_view import ALSO, MERGE, RENAME, NameView
from fieldnotes.desktop.notice_place import NoticePlace
from fieldnotes.desktop.runner import Runner
from fieldnotes.desktop.when_seen import WhenSeen
from fieldnotes.desktop.widgets.empty_state import EmptyState
from fieldnotes.desktop.widgets.page_states import PageStates
from fieldnotes.desktop.widgets.rule import Rule
from fieldnotes.errors import FieldnotesError
from fieldnotes.operations import vocabulary
from fieldnotes.operations.changes import Changes, Done
from fieldnotes.operations.look_alikes import LookAlike, look_alikes
from fieldnotes.operations.names import NameLine, NamePage, list_names, name_page
from fieldnotes.operations.notebook import Notebook
from fieldnotes.operations.vocabulary import Step

_LIST = 344
_Verb = Callable[[Notebook], Done[Step]]
_Said = Callable[[Notebook, str, str, str], Done[Step]]


class _Found(msgspec.Struct, frozen=True):
    family: str
    names: list[NameLine]


class NamesPage(QWidget):
    """`note_chosen` carries the id of a note, `query_chosen` a search for the notes of a line.

    `undo_wanted` when what was done last is to be taken back.
    """

    note_chosen = Signal(str)
    query_chosen = Signal(str)
    undo_wanted = Signal()

    def __init__(self, runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._runner = runner
        self._wanted = ""
        self.names = NameList()
        self.name = NameView()
        self.look_alikes = LookAlikeBar()
        self.notice = NoticePlace()
        self._when_seen = WhenSeen(self, self._ask)
        self._lay_out()
        self._connect()

    def show_name(self, family: str, name: str = "") -> None:
        """Show a family, and a name of it whichever of its names that is."""
        self.names.set_family(family)
        self._wanted = name
        self._when_seen.ask()

    def _ask(self) -> None:
        family = self.names.family()
        self.states.wait()
        self._runner.ask(
            "names",
            lambda book: _Found(family, list_names(book, family)),
            self._on_listed,
            self.states.show_error,
        )
        self._runner.ask(
            "look-alikes", lambda book: look_alikes(book, family), self.look_alikes.set_pairs
        )

    def _on_listed(self, found: _Found) -> None:
        self.names.set_names(found.names)
        self.name.set_known([each.name for each in found.names])
        self.states.show_content()
        wanted = self._wanted or self.names.current()
        if wanted or found.names:
            self._open(wanted or found.names[0].name)
        else:
            self.page_states.show_empty()

    def _open(self, name: str) -> None:
        family = self.names.family()
        self._wanted = ""
        self.page_states.wait()
        self._runner.ask(
            "name", lambda book: name_page(book, family, name), self._on_page, self._on_no_page
        )

    def _on_page(self, page: NamePage) -> None:
        self.names.set_current(page.name)
        self.name.show_page(page)
        self.page_states.show_content()

    def _on_no_page(self, error: FieldnotesError) -> None:
        self.page_states.show_empty()

    def _on_said(self, what: str, given: str) -> None:
        page = self.name.page()
        if page is None:
            return
        family, name = page.family, page.name
        verb, told = self._verbs()[what]
        self._do(lambda book: verb(book, family, name, given), told.format(name=name, given=given))

    def _verbs(self) -> dict[str, tuple[_Said, str]]:
        """What can be said of a name and another one, and the sentence afterwards."""
        return {
            RENAME: (
                vocabulary.rename_name,
                self.tr("{name} is called {given} now. No note was touched."),
            ),
            MERGE: (
                vocabulary.merge_names,
                self.tr("{name} means {given} now. No note was touched."),
            ),
            ALSO: (
                vocabulary.also_called,
                self.tr("{given} means {name} now. No note was touched."),
            ),
        }

    def _on_taken_away(self, alias: str) -> None:
        page = self.name.page()
        if page is not None:
            family, name = page.family, page.name
            told = self.tr("{given} stands for itself again.").format(given=alias)
            self._do(lambda book: vocabulary.not_called(book, family, name, alias), told)

    def _on_same(self, pair: LookAlike) -> None:
        family = self.names.family()
        told = self.tr("{name} means {into} now. No note was touched.")
        self._do(
            lambda book: vocabulary.merge_names(book, family, pair.name, pair.into),
            told.format(name=pair.name, into=pair.into),
        )

    def _on_apart(self, pair: LookAlike) -> None:
        family = self.names.family()
        told = self.tr("Remembered: {into} and {name} are not the same.")
        self._do(
            lambda book: vocabulary.not_the_same(book, family, pair.into, pair.name),
            told.format(name=pair.name, into=pair.into),
        )

    def _do(self, verb: _Verb, told: str) -> None:
        """Say something about names; afterwards stand on what it is called now."""

        def done(step: Step) -> None:
            self.notice.tell("success", told, action=self.tr("&Undo"))
            self._wanted = step.name
            self._when_seen.ask()

        self._runner.do(verb, done, self.notice.tell_error, self)

    def _on_chosen(self, key: str) -> None:
        if key.startswith(lines.NOTE):
            self.note_chosen.emit(key.removeprefix(lines.NOTE))
        else:
            self.query_chosen.emit(key)

    def _on_undo(self) -> None:
        self.notice.hide()
        self.undo_wanted.emit()

    def _on_changed(self, changes: Changes, initiator: object) -> None:
        if initiator is not self and (changes.notes is None or changes.notes):
            self._when_seen.change()

    def _connect(self) -> None:
        self.names.chosen.connect(self._open)
        self.names.family_changed.connect(lambda _: self._when_seen.ask())
        self.name.chosen.connect(self._on_chosen)
        self.name.said.connect(self._on_said)
        self.name.taken_away.connect(self._on_taken_away)
        self.look_alikes.same.connect(self._on_same)
        self.look_alikes.apart.connect(self._on_apart)
        self.notice.acted.connect(self._on_undo)
        self.states.trouble.acted.connect(self._when_seen.ask)
        self._runner.changed.connect(self._on_changed)

    def _lay_out(self) -> None:
        none = EmptyState(
            "tag",
            self.tr("No name chosen"),
            self.tr(
                "Names stand here once notes carry them: @account, !competitor, ^product and #tag"
                " while you write."
            ),
        )
        self.page_states = PageStates(self.name, none)
        self.names.setFixedWidth(_LIST)
        right = QVBoxLayout()
        right.setSpacing(0)
        above = QVBoxLayout()
        above.setContentsMargins(24, 12, 24, 0)
        above.setSpacing(8)
        above.addWidget(self.notice)
        above.addWidget(self.look_alikes)
        right.addLayout(above)
        right.addWidget(self.page_states, 1)
        content = QWidget()
        row = QHBoxLayout(content)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.names)
        row.addWidget(Rule(upright=True))
        row.addLayout(right, 1)
        self.states = PageStates(content, EmptyState("tag", self.tr("No names yet"), ""))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.states)
        theme.styled(self, ground="surface")
        self.setFocusProxy(self.names.view)
