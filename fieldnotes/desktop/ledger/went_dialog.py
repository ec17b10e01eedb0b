"""Where one note went: who has which version, who lacks the newest, who was told of a removal."""

from __future__ import annotations

import msgspec
from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QWidget

from fieldnotes.desktop import theme
from fieldnotes.desktop.ledger import ledger_words as words
from fieldnotes.desktop.runner import Runner
from fieldnotes.desktop.widgets.buttons import button
from fieldnotes.desktop.widgets.empty_state import EmptyState
from fieldnotes.desktop.widgets.framed_dialog import FramedDialog
from fieldnotes.desktop.widgets.plain_table import PlainTable
from fieldnotes.domain.moments import Moment
from fieldnotes.errors import FieldnotesError
from fieldnotes.operations.changes import Changes
from fieldnotes.operations.notebook import Notebook
from fieldnotes.operations.where_it_went import WhereItWent, where_it_went

_SIZE = QSize(860, 460)


class _Found(msgspec.Struct, frozen=True):
    went: WhereItWent
    now: Moment


class WentDialog(FramedDialog):
    """Stays up to date. `send_wanted` and `withdrawal_wanted` carry the id of the note."""

    send_wanted = Signal(list)
    withdrawal_wanted = Signal(list)

    def __init__(self, runner: Runner, note_id: str, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Where this note went"), parent)
        self._runner, self._id = runner, note_id
        self._left = False
        self._title = theme.label(ink="muted")
        self._title.setWordWrap(True)
        self.under.addWidget(self._title)
        self.table = PlainTable(self.tr("Who has this note"))
        self.nowhere = EmptyState(
            "not-sent",
            self.tr("It went nowhere yet"),
            self.tr("Nobody else has this note."),
        )
        self.body.addWidget(self.table)
        self.body.addWidget(self.nowhere)
        self.send = button(self.tr("&Send it…"))
        self.withdraw = button(self.tr("&Withdraw everywhere…"), "danger")
        self.close_it = button(self.tr("Close"), "primary")
        self.send.clicked.connect(lambda: self._go(self.send_wanted))
        self.withdraw.clicked.connect(lambda: self._go(self.withdrawal_wanted))
        self.close_it.clicked.connect(self.accept)
        self.set_buttons(self.close_it)
        self.resize(_SIZE.boundedTo(self.sizeHint()))
        runner.changed.connect(self._on_changed)
        self._ask()

    def done(self, result: int) -> None:
        self._left = True
        super().done(result)

    def _ask(self) -> None:
        note_id = self._id

        def look(notebook: Notebook) -> _Found:
            return _Found(where_it_went(notebook, note_id), notebook.clock())

        self._runner.ask("where it went", look, self._show, self._fail)

    def _show(self, found: _Found) -> None:
        if self._left:
            return
        went = found.went
        self._title.setText(went.heading or self.tr("(erased)"))
        columns, rows = words.went_rows(went, found.now)
        self.table.fill(columns, rows)
        self.body.setCurrentWidget(self.table if rows else self.nowhere)
        lacking = sum(not each.newest and not each.sheet for each in went.went)
        self.foot_words.setText(self._lack_words(went, lacking))
        buttons = [self.send] if went.mine and not went.removed else []
        if rows and went.mine and (not went.removed or lacking):
            buttons.append(self.withdraw)
        self.set_buttons(*buttons, self.close_it)
        (self.table if rows else self.close_it).setFocus()

    def _lack_words(self, went: WhereItWent, lacking: int) -> str:
        if not lacking:
            return ""
        one, many = (
            self.tr("1 of them lacks the newest version."),
            self.tr("{n} of them lack the newest version."),
        )
        if went.removed:
            one = self.tr("It is removed here; 1 of them was not told.")
            many = self.tr("It is removed here; {n} of them were not told.")
        return (one if lacking == 1 else many).format(n=lacking)

    def _go(self, signal: object) -> None:
        self.accept()
        signal.emit([self._id])  # type: ignore[attr-defined]

    def _fail(self, error: FieldnotesError) -> None:
        if not self._left:
            self.notice.show_message("error", error.next_step, lead=error.happened)

    def _on_changed(self, changes: Changes) -> None:
        if not self._left and (changes.touches((self._id,)) or changes.sendings):
            self._ask()
