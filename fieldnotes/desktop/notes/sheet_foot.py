"""The box below a note: how often it changed, where it went."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtWidgets import QGridLayout, QWidget

from fieldnotes.desktop import theme
from fieldnotes.desktop.notes import days
from fieldnotes.desktop.notes.reading import Reading
from fieldnotes.desktop.widgets.buttons import button
from fieldnotes.desktop.widgets.panel import Panel
from fieldnotes.domain.markings import Marking
from fieldnotes.domain.moments import Moment

_AS_TEXT = (
    "QPushButton { padding: 0; border: none } QPushButton:focus { text-decoration: underline }"
)
_SENDINGS = 3


class SheetFoot(Panel):
    """Up to two columns with a heading each; a column with nothing to say is left out.

    `versions_wanted` and `where_wanted` ask for more of the one and the other.
    """

    versions_wanted = Signal()
    where_wanted = Signal()

    def __init__(self, reading: Reading, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._reading = reading
        self.setAccessibleName(self.tr("History and where it went"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(32)
        grid.setVerticalSpacing(4)
        for number, (heading, widgets) in enumerate(self._columns()):
            grid.addWidget(theme.label(heading, ink="muted", size="small", bold=True), 0, number)
            for row, widget in enumerate(widgets, start=1):
                grid.addWidget(widget, row, number, Qt.AlignmentFlag.AlignTop)
            grid.setColumnStretch(number, 1)
        self.body.addLayout(grid)

    def _columns(self) -> list[tuple[str, list[QWidget]]]:
        found: list[tuple[str, list[QWidget]]] = [
            (self.tr("History"), list(self._versions())),
        ]
        if self._reading.view.mine:
            found.append((self.tr("Sent"), self._sent()))
        return found

    def _versions(self) -> Iterator[QWidget]:
        yield _words(self._history())
        if self._reading.kept > 1:
            yield _link(self.tr("What changed"), self.versions_wanted)

    def _history(self) -> str:
        view, kept = self._reading.view, self._reading.kept
        when = self._told(view.modified)
        if kept == 1:
            return self.tr("Written {when}").format(when=when)
        who = self.tr("you") if view.mine else view.author_name
        words = self.tr("{count} versions, last by {who} {when}")
        return words.format(count=kept, who=who, when=when)

    def _sent(self) -> list[QWidget]:
        files, view = self._reading.sent, self._reading.view
        newest = sorted(files, key=lambda each: each.at.ms, reverse=True)[:_SENDINGS]
        lines = [
            self.tr("to {whom}, {when}").format(
                whom=each.recipient or self.tr("somebody"), when=self._told(each.at)
            )
            for each in newest
        ]
        if not lines:
            private = view.marking == Marking.RED
            lines = [self.tr("It stays with you") if private else self.tr("Not sent yet")]
        elif not view.sent:
            lines.append(self.tr("Changed since: not sent yet"))
        shown = [_words(line) for line in lines]
        if files:
            shown.append(_link(self.tr("Where it went"), self.where_wanted))
        return shown

    def _told(self, moment: Moment) -> str:
        now = self._reading.now
        return days.told(days.here(moment, now), now.local().date())


def _link(text: str, wanted: SignalInstance) -> QWidget:
    made = button(text, "link")
    made.setStyleSheet(_AS_TEXT)
    made.clicked.connect(wanted)
    return made


def _words(text: str) -> QWidget:
    made = theme.label(text)
    made.setWordWrap(True)
    made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return made
