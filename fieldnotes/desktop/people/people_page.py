"""People and keys: one's own six words to read out, and everybody whose notes are here."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from fieldnotes.desktop import theme
from fieldnotes.desktop.notice_place import NoticePlace
from fieldnotes.desktop.runner import Runner
from fieldnotes.desktop.widgets.buttons import button
from fieldnotes.desktop.widgets.chips import ChipRole
from fieldnotes.desktop.widgets.empty_state import EmptyState
from fieldnotes.desktop.widgets.panel import Panel
from fieldnotes.desktop.widgets.person_badge import KeyWords, PersonBadge
from fieldnotes.desktop.widgets.rule import Rule
from fieldnotes.domain.people import IN_WORDS, Standing
from fieldnotes.domain.query_text import quoted
from fieldnotes.operations.changes import Changes
from fieldnotes.operations.people import KnownPerson, people_known

_WIDEST = 760
_ROLES: dict[Standing, ChipRole] = {
    Standing.MYSELF: "grey",
    Standing.KNOWN: "green",
    Standing.MET: "amber",
    Standing.NEW: "amber",
    Standing.OTHER_KEY: "red",
}


class PeoplePage(QScrollArea):
    """`query_chosen` carries the search for somebody's notes."""

    query_chosen = Signal(str)

    def __init__(self, runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._runner = runner
        self._stale = True
        self._notice = NoticePlace(8)
        self._body = QWidget()
        page = QWidget()
        self._column = QVBoxLayout(page)
        self._column.setContentsMargins(32, 24, 32, 32)
        self._column.setSpacing(16)
        self._column.addWidget(theme.label(self.tr("People and keys"), size="title", bold=True))
        self._column.addWidget(self._notice)
        self._column.addWidget(self._body)
        self._column.addStretch()
        self.setWidget(page)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(self.tr("People and keys"))
        theme.styled(page, ground="surface")
        theme.styled(self, ground="surface")
        runner.changed.connect(self._on_changed)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._ask()

    def _ask(self) -> None:
        self._stale = False
        self._runner.ask("people", people_known, self._show, self._notice.tell_error)

    def _show(self, people: list[KnownPerson]) -> None:
        body = QWidget()
        body.setMaximumWidth(_WIDEST)
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        for person in people[:1]:
            column.addWidget(self._own(person))
        column.addWidget(self._others(people[1:]))
        old, self._body = self._body, body
        self._column.replaceWidget(old, body)
        old.hide()
        old.deleteLater()

    def _own(self, person: KnownPerson) -> Panel:
        panel = Panel(self.tr("You"))
        panel.body.addWidget(PersonBadge(person.name))
        words = theme.label(
            self.tr(
                "Others recognise your files by these six words. When somebody reads in your"
                " first file, read the words out to them, best on the phone."
            ),
            ink="muted",
        )
        words.setWordWrap(True)
        panel.body.addWidget(words)
        panel.body.addWidget(KeyWords(person.words))
        return panel

    def _others(self, people: list[KnownPerson]) -> QWidget:
        if not people:
            empty = EmptyState(
                "people",
                self.tr("Nobody else yet"),
                self.tr("People stand here once you have read in a file of theirs."),
            )
            empty.setMinimumHeight(240)
            return empty
        panel = Panel(self.tr("Everybody whose notes are here"))
        for number, person in enumerate(people):
            if number:
                panel.body.addWidget(Rule())
            panel.body.addLayout(self._row(person))
        return panel

    def _row(self, person: KnownPerson) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(12)
        detail = " ".join(person.words)
        sign, role = IN_WORDS[person.standing], _ROLES[person.standing]
        row.addWidget(PersonBadge(person.name, detail, sign, role), 1)
        show = button(self.tr("Show notes"), "link")
        show.setAccessibleName(self.tr("Show notes by %s") % person.name)
        show.clicked.connect(lambda: self.query_chosen.emit(f"author:{quoted(person.name)}"))
        row.addWidget(show)
        return row

    def _on_changed(self, changes: Changes) -> None:
        if changes.people:
            self._stale = True
            if self.isVisible():
                self._ask()
