"""The promises of a note: noticed in its text, or begun by hand; each taken by a person."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from fieldnotes.desktop.capture.promise_offer import PromiseOffer
from fieldnotes.desktop.capture.promise_row import PromiseRow
from fieldnotes.domain.moments import Moment
from fieldnotes.domain.promises import Promise, PromiseDraft
from fieldnotes.domain.spoken_promises import SpokenPromise, spoken_promises


class Promising(QWidget):
    """`edited` while somebody types, `chosen` when a promise was taken or taken away.

    `counted` when a row came or went, `left` when the keyboard should go back to the text. The
    window puts `offer` where it is seen.
    """

    edited = Signal()
    chosen = Signal()
    counted = Signal()
    left = Signal()

    def __init__(self, mint: Callable[[], str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._mint, self._now = mint, Moment(0)
        self._rows: list[PromiseRow] = []
        self._refused: set[str] = set()
        self.offer = PromiseOffer()
        self.offer.taken.connect(self.take)
        self.offer.refused.connect(self._on_refused)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        self.hide()

    def show_promises(self, drafts: Iterable[PromiseDraft], known: str, now: Moment) -> None:
        """Show these, without a signal. `known`: text whose promises are not offered again."""
        self._now = now
        while self._rows:
            self._drop(self._rows[0])
        self._refused = {each.said for each in spoken_promises(known, now)}
        self._offer(None)
        for draft in drafts:
            self._add(draft)

    def drafts(self) -> tuple[PromiseDraft, ...]:
        """Those in which something is written."""
        return tuple(row.draft() for row in self._rows if not row.says_nothing())

    def look(self, text: str, now: Moment) -> None:
        """Offer the first promise of the text that was neither taken nor refused."""
        self._now = now
        taken = {row.draft().said for row in self._rows} | self._refused
        fresh = (each for each in spoken_promises(text, now) if each.said not in taken)
        self._offer(next(fresh, None))

    def take_or_begin(self) -> None:
        """Take what is offered; else write in an empty row, or take that one away again."""
        if self.offer.offered() is not None:
            self.take()
            return
        empty = next((row for row in self._rows if row.says_nothing()), None)
        if empty is None:
            self._added(PromiseDraft(id=self._mint(), promise=Promise()))
        elif empty.isAncestorOf(QApplication.focusWidget() or self):
            self._take_away(empty)
        else:
            empty.what.setFocus()

    def take(self) -> None:
        """Make a row of what is offered, to be changed as somebody likes."""
        spoken = self.offer.offered()
        if spoken is not None:
            promise = Promise(what=spoken.what, to=spoken.to, until=spoken.until)
            draft = PromiseDraft(id=self._mint(), promise=promise, said=spoken.said)
            self._offer(None)
            self._added(draft)
            self.chosen.emit()

    def rows(self) -> list[PromiseRow]:
        """The rows, from the top."""
        return list(self._rows)

    def _added(self, draft: PromiseDraft) -> None:
        self._add(draft).what.setFocus()
        self.counted.emit()

    def _add(self, draft: PromiseDraft) -> PromiseRow:
        row = PromiseRow(draft, self._now)
        row.edited.connect(self.edited)
        row.dropped.connect(lambda: self._take_away(row))
        self._rows.append(row)
        self._column.addWidget(row)
        self._show()
        return row

    def _take_away(self, row: PromiseRow) -> None:
        said = row.draft().said
        if said:
            self._refused.add(said)
        self._drop(row)
        self.counted.emit()
        self.left.emit()
        self.chosen.emit()

    def _drop(self, row: PromiseRow) -> None:
        self._rows.remove(row)
        self._column.removeWidget(row)
        row.hide()
        row.deleteLater()
        self._show()

    def _offer(self, spoken: SpokenPromise | None) -> None:
        self.offer.offer(spoken)

    def _show(self) -> None:
        self.setVisible(bool(self._rows))

    def _on_refused(self) -> None:
        spoken = self.offer.offered()
        if spoken is not None:
            self._refused.add(spoken.said)
        self._offer(None)
        self.left.emit()
