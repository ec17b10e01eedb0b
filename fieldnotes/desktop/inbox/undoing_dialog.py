"""Undo a reading in: what would go is said first, what stayed and why is listed afterwards."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QSize, Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from fieldnotes.desktop import theme
from fieldnotes.desktop.inbox.came_in_lines import when_and_whom
from fieldnotes.desktop.runner import Runner, Task
from fieldnotes.desktop.widgets.buttons import button
from fieldnotes.desktop.widgets.framed_dialog import FramedDialog
from fieldnotes.desktop.widgets.plain_table import PlainTable
from fieldnotes.desktop.widgets.plain_table_model import Cell, Column, TableRow
from fieldnotes.desktop.widgets.side_bar_model import grouped
from fieldnotes.domain.batches import TakenBack, Why
from fieldnotes.errors import FieldnotesError
from fieldnotes.operations.arrivals import BatchRead
from fieldnotes.operations.undoing_imports import undo_import

_WIDE = 640
_SIZE = QSize(680, 400)


class UndoingDialog(FramedDialog):
    """Asks whether to undo `batch`, does it, and shows what was kept."""

    def __init__(self, runner: Runner, batch: BatchRead, parent: QWidget | None = None) -> None:
        super().__init__(_tr("Undo this reading in?"), parent)
        self._runner, self._batch = runner, batch
        self._task: Task | None = None
        self.table = PlainTable(_tr("What was kept"))
        self.cancel = button(_tr("Cancel"))
        self.go = button(_tr("&Undo the reading in"), "danger")
        self.close_it = button(_tr("Close"), "primary")
        self._lay_out()
        self.resize(_SIZE.boundedTo(self.sizeHint()))
        self.cancel.clicked.connect(self.reject)
        self.go.clicked.connect(self._on_go)
        self.close_it.clicked.connect(self.accept)

    def cancel_work(self) -> None:
        if self._task is not None:
            self._task.cancel()

    def _on_go(self) -> None:
        if self.is_busy():
            return
        batch = self._batch.batch
        task = self._task = self._runner.start(
            lambda notebook, progress: undo_import(notebook, batch, progress)
        )
        self.notice.hide()
        self.show_progress(_tr("Taking back {n} notes").format(n=grouped(self._batch.notes)))
        task.progressed.connect(self.set_progress)
        task.finished.connect(self._on_taken_back)
        task.failed.connect(self._on_failed)
        task.cancelled.connect(self._on_cancelled)

    def _on_taken_back(self, taken: TakenBack) -> None:
        self.end_progress()
        if not taken.left:
            self.accept()
            return
        self.set_heading(_told(taken))
        columns = (Column(_tr("Kept"), 60), Column(_tr("Why"), 40))
        rows = [
            TableRow(((Cell(each.heading or _tr("(hidden)")), Cell(why(each.why), ink="muted")),))
            for each in taken.left
        ]
        self.table.fill(columns, rows, one_line=len(rows) > 400)
        self.body.setCurrentWidget(self.table)
        self.foot_words.setText(_tr("You can read the same files in again at any time."))
        self.set_buttons(self.close_it)
        self.close_it.setFocus()

    def _on_failed(self, error: FieldnotesError) -> None:
        self.end_progress()
        self.notice.show_message("error", error.next_step, lead=error.happened)

    def _on_cancelled(self) -> None:
        self.end_progress()
        self.notice.show_message("info", _tr("Nothing was taken back."), lead=_tr("Stopped."))

    def _lay_out(self) -> None:
        self.under.addWidget(theme.label(when_and_whom(self._batch), ink="muted"))
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        column.setAlignment(Qt.AlignmentFlag.AlignTop)
        for words in (
            _tr("What only these files brought goes again; updated notes are as they were before."),
            _tr("What another file brought as well, what you wrote about or passed on, and"
                " removals stay. They are listed afterwards, each with its reason."),
        ):  # fmt: skip
            line = theme.label(words)
            line.setWordWrap(True)
            line.setMaximumWidth(_WIDE)
            column.addWidget(line)
        self.body.addWidget(page)
        self.body.addWidget(self.table)
        self.foot_words.setText(_tr("You can read the same files in again at any time."))
        self.set_buttons(self.cancel, self.go)


def why(reason: Why) -> str:
    """The reason why something stayed, as a sentence."""
    return _tr(_WHY[reason])


def _told(taken: TakenBack) -> str:
    kept = taken.kept + taken.failed
    went = _tr("1 note was taken back") if taken.reversed == 1 else _tr("{n} notes were taken back")
    stayed = _tr("1 was kept") if kept == 1 else _tr("{n} were kept")
    return f"{went.format(n=grouped(taken.reversed))}, {stayed.format(n=grouped(kept))}"


_WHY = {
    Why.OTHERS: "Another file brought it as well",
    Why.NEWER: "Another file brought a newer version",
    Why.MINE: "It is yours",
    Why.CITED: "Something that you wrote refers to it",
    Why.PASSED_ON: "You passed it on",
    Why.REMOVED: "Removals stay",
    Why.DAMAGED: "It is damaged: check the library",
}


def _tr(words: str) -> str:
    return QCoreApplication.translate("UndoingDialog", words)
