"""What undoing a reading in left as it was, and why, at any time afterwards."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QSize
from PySide6.QtWidgets import QWidget

from fieldnotes.desktop import theme
from fieldnotes.desktop.inbox.came_in_lines import when_and_whom
from fieldnotes.desktop.inbox.undoing_dialog import rows_of, what_came_of_it, why_kept
from fieldnotes.desktop.runner import Runner
from fieldnotes.desktop.widgets.buttons import button
from fieldnotes.desktop.widgets.framed_dialog import FramedDialog
from fieldnotes.desktop.widgets.plain_table import PlainTable
from fieldnotes.domain.batches import TakenBack
from fieldnotes.errors import FieldnotesError
from fieldnotes.operations.arrivals import BatchRead
from fieldnotes.operations.undoing_imports import what_stayed

_SIZE = QSize(720, 520)


class KeptDialog(FramedDialog):
    """The notes of `batch`, which was undone, each with the reason."""

    def __init__(self, runner: Runner, batch: BatchRead, parent: QWidget | None = None) -> None:
        super().__init__(_tr("What was kept"), parent)
        self.table = PlainTable(why_kept())
        self.close_it = button(_tr("Close"), "primary")
        self.under.addWidget(theme.label(when_and_whom(batch), ink="muted"))
        self.body.addWidget(self.table)
        self.set_buttons(self.close_it)
        self.close_it.clicked.connect(self.accept)
        self.resize(_SIZE)
        runner.ask(
            "what was kept", lambda book: what_stayed(book, batch.batch), self._show, self._fail
        )

    def _show(self, taken: TakenBack) -> None:
        self.set_heading(what_came_of_it(taken))
        self.table.fill(*rows_of(taken, why_kept()), one_line=True)

    def _fail(self, error: FieldnotesError) -> None:
        self.notice.show_message("error", error.next_step, lead=error.happened)


def _tr(words: str) -> str:
    return QCoreApplication.translate("UndoingDialog", words)
