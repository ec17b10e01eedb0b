"""The first page of a preview: what needs a decision on top, what is only told below."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from fieldnotes.desktop import theme
from fieldnotes.desktop.inbox.decision_rows import (
    AllNewRow,
    NewSenderRow,
    OtherKeyRow,
    PreviewRow,
    SpellingRow,
    left_out_row,
)
from fieldnotes.desktop.inbox.edited_twice_row import EditedTwiceRow
from fieldnotes.desktop.inbox.questions import (
    LeftOut,
    Locked,
    ManyRemovals,
    NewSender,
    OtherKey,
    Question,
    Removed,
    Spelling,
    Told,
)
from fieldnotes.desktop.inbox.told_rows import removed_row, told_row
from fieldnotes.desktop.inbox.typed_rows import LockedRow, RemovalsRow
from fieldnotes.desktop.widgets.empty_state import EmptyState
from fieldnotes.operations.import_plans import Twice

MANY = 3  # new senders that can be accepted together


class DecidePage(QStackedWidget):
    """`sender_decided(author, yes)`, `all_accepted(authors)`, `removals_decided(yes)` and
    `passphrase_typed(passphrase)`,
    `spelling_decided(same, yes)`."""

    sender_decided = Signal(str, bool)
    all_accepted = Signal(object)
    removals_decided = Signal(bool)
    passphrase_typed = Signal(str)
    spelling_decided = Signal(object, bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: list[PreviewRow] = []
        self._nothing = EmptyState(
            "success",
            self.tr("Nothing to decide"),
            self.tr("Everything is from somebody you know, and signed by them."),
        )
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.addWidget(self._nothing)
        self.addWidget(self._scroll)

    def show_rows(
        self, asked: list[Question], told: list[Told], gone: Sequence[Removed] = ()
    ) -> None:
        """Show these in place of what was there, `gone` on top; the place scrolled to is kept."""
        place = self._scroll.verticalScrollBar().value()
        stood = next((row.about for row in self._rows if _has_focus(row)), "")
        page = theme.styled(QWidget(), ground="surface")
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(0)
        self._rows = [removed_row(each) for each in gone]
        self._rows += [*self._together(asked), *(self._row(question) for question in asked)]
        for row in self._rows:
            column.addWidget(row)
        if told:
            words = self.tr("For your information")
            heading = theme.label(words, ink="muted", size="small", bold=True)
            heading.setContentsMargins(16, 16, 16, 4)
            column.addWidget(heading)
        for each in told:
            row = self._edited_twice(each.twice) if each.twice else told_row(each)
            self._rows.append(row)
            column.addWidget(row)
        column.addStretch()
        self._scroll.setWidget(page)
        self._scroll.verticalScrollBar().setValue(place)
        self.setCurrentWidget(self._scroll if self._rows else self._nothing)
        if stood and self._rows:
            here = (row for row in self._rows if row.about == stood)
            next(here, self._rows[0]).take_focus()

    def rows(self) -> list[PreviewRow]:
        """The rows that are shown."""
        return list(self._rows)

    def _edited_twice(self, twice: Twice) -> PreviewRow:
        row = EditedTwiceRow(twice)
        row.opened.connect(lambda: QTimer.singleShot(0, row, lambda: self._bring_into_view(row)))
        return row

    def _bring_into_view(self, row: PreviewRow) -> None:
        """Its end first, then its heading, which matters more."""
        bar, height = self._scroll.verticalScrollBar(), self._scroll.viewport().height()
        place = min(max(bar.value(), row.geometry().bottom() - height), row.y())
        bar.setValue(place)

    def _together(self, asked: list[Question]) -> list[PreviewRow]:
        """One row to accept many new senders at once."""
        new = [x.author for x in asked if isinstance(x, NewSender) and not x.accepted]
        if len(new) < MANY:
            return []
        row = AllNewRow(len(new))
        row.decided.connect(lambda: self.all_accepted.emit(frozenset(new)))
        return [row]

    def _row(self, question: Question) -> PreviewRow:
        match question:
            case NewSender():
                new = NewSenderRow(question)
                new.decided.connect(self.sender_decided)
                return new
            case OtherKey():
                other = OtherKeyRow(question)
                other.decided.connect(self.sender_decided)
                return other
            case ManyRemovals():
                removals = RemovalsRow(question)
                removals.decided.connect(self.removals_decided)
                return removals
            case Locked():
                locked = LockedRow(question)
                locked.opened.connect(self.passphrase_typed)
                return locked
            case Spelling():
                spelling = SpellingRow(question)
                spelling.decided.connect(self.spelling_decided)
                return spelling
            case LeftOut():
                return left_out_row(question)


def _has_focus(row: QWidget) -> bool:
    return any(child.hasFocus() for child in row.findChildren(QWidget))
