"""Undo a reading in: what would become of each note is listed first, and what stayed afterwards."""

from __future__ import annotations

import msgspec
from PySide6.QtCore import QCoreApplication, QSize
from PySide6.QtWidgets import QVBoxLayout, QWidget

from fieldnotes.desktop import theme
from fieldnotes.desktop.inbox.came_in_lines import when_and_whom
from fieldnotes.desktop.inbox.preview_sections import named
from fieldnotes.desktop.looking_dialog import LookingDialog
from fieldnotes.desktop.runner import Runner, Task
from fieldnotes.desktop.widgets.buttons import button
from fieldnotes.desktop.widgets.plain_table import PlainTable
from fieldnotes.desktop.widgets.plain_table_model import Cell, Column, TableRow
from fieldnotes.desktop.widgets.side_bar_model import grouped
from fieldnotes.domain.batches import TakenBack, Why
from fieldnotes.operations.arrivals import BatchRead
from fieldnotes.operations.undoing_imports import look_at_undoing, undo_import

_WIDE = 640
_SIZE = QSize(720, 520)
SHOWN = 2_000  # notes that are taken back, told one by one


class UndoingDialog(LookingDialog):
    """Says what undoing `batch` would do, does it when asked to, and shows what was kept."""

    def __init__(self, runner: Runner, batch: BatchRead, parent: QWidget | None = None) -> None:
        super().__init__(_tr("Undo this reading in?"), parent)
        self._runner, self._batch = runner, batch
        self.words = QWidget()
        self.counts = theme.label(bold=True)
        self.table = PlainTable(_tr("What becomes of the notes"))
        self.cancel = button(_tr("Cancel"))
        self.go = button(_tr("&Undo the reading in"), "danger")
        self.close_it = button(_tr("Close"), "primary")
        self._lay_out()
        self.resize(_SIZE)
        self.cancel.clicked.connect(self.reject)
        self.go.clicked.connect(self._on_go)
        self.close_it.clicked.connect(self.accept)
        self._look()

    def _look(self) -> None:
        batch = self._batch.batch
        task = self._start(
            lambda notebook, progress: look_at_undoing(notebook, batch, progress),
            _counted("Looking at 1 note", "Looking at {n} notes", self._batch.records),
        )
        task.finished.connect(lambda found: self._on_looked(task, found))

    def _on_looked(self, task: Task, found: TakenBack) -> None:
        if task is not self._task:
            return  # somebody left meanwhile
        self._over()
        self.counts.setText(_will_happen(found))
        self.table.fill(*rows_of(found, _tr("What would happen")), one_line=True)
        self.table.setVisible(bool(found.back or found.left))
        self.go.setEnabled(True)
        self.cancel.setFocus()  # what takes something away is not one key away

    def _on_go(self) -> None:
        if self.is_busy():
            return
        batch = self._batch.batch
        task = self._start(
            lambda notebook, progress: undo_import(notebook, batch, progress),
            _counted("Taking back 1 note", "Taking back {n} notes", self._batch.records),
        )
        self._writing = True
        task.finished.connect(self._on_taken_back)

    def _start(self, work: object, words: str) -> Task:
        self.go.setEnabled(False)
        return self._follow(self._runner.start(work), words)  # type: ignore[arg-type]

    def _on_taken_back(self, taken: TakenBack) -> None:
        self._over()
        if not taken.left:
            self.accept()
            return
        self.set_heading(what_came_of_it(taken))
        stayed = msgspec.structs.replace(taken, back=())
        self.table.fill(*rows_of(stayed, why_kept()), one_line=True)
        self.words.hide()
        self.foot_words.setText(_tr("You can read the same files in again at any time."))
        self.set_buttons(self.close_it)
        self.close_it.setFocus()

    def _on_cancelled(self) -> None:
        if self._writing:
            self.notice.show_message("info", _tr("Nothing was taken back."), lead=_tr("Stopped."))
            self.go.setEnabled(True)
        self._over()

    def _lay_out(self) -> None:
        self.under.addWidget(theme.label(when_and_whom(self._batch), ink="muted"))
        column = QVBoxLayout(self.words)
        column.setContentsMargins(24, 16, 24, 12)
        column.setSpacing(8)
        said = _tr(
            "What only these files brought goes again; updated notes are as they were before. What"
            " another file brought as well, what you wrote about or passed on, and removals stay."
        )
        for line in (theme.label(said), self.counts):
            line.setWordWrap(True)
            line.setMaximumWidth(_WIDE)
            column.addWidget(line)
        page = QWidget()
        below = QVBoxLayout(page)
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(0)
        below.addWidget(self.words)
        below.addWidget(self.table, 1)
        self.body.addWidget(page)
        self.table.hide()
        self.go.setEnabled(False)
        self.foot_words.setText(_tr("You can read the same files in again at any time."))
        self.set_buttons(self.cancel, self.go)


def why_kept() -> str:
    """Above the reasons."""
    return _tr("Why it was kept")


def why(reason: Why) -> str:
    """The reason why something stayed, as a sentence."""
    return _tr(_WHY[reason])


def rows_of(told: TakenBack, heading: str) -> tuple[tuple[Column, ...], list[TableRow]]:
    """What failed and what stays with its reason, then what goes; and how many more there are."""
    columns = (Column(_tr("Note"), 60), Column(heading, 40))
    stays = sorted(told.left, key=lambda each: each.why is not Why.DAMAGED)
    rows = [_row(named(each.heading, each.removed_by), why(each.why)) for each in stays]
    goes, as_before = _tr("Goes again"), _tr("As it was before")
    rows += [
        _row(named(each.heading), goes if each.goes else as_before) for each in told.back[:SHOWN]
    ]
    listed = len(told.left) + len(told.back[:SHOWN])
    more = told.kept + told.failed + (told.reversed if told.back else 0) - listed
    if more > 0:
        rows.append(_row(_tr("… and {n} more").format(n=grouped(more)), ""))
    return columns, rows


def _row(heading: str, becomes: str) -> TableRow:
    return TableRow(((Cell(heading), Cell(becomes, ink="muted")),))


def _will_happen(told: TakenBack) -> str:
    """'12 go or are as before, 3 are kept, 0 failed' before it is done."""
    went = _counted("1 note is taken back", "{n} notes are taken back", told.reversed)
    parts = [went, _counted("1 is kept", "{n} are kept", told.kept)]
    if told.failed:
        parts.append(_tr("{n} cannot be").format(n=grouped(told.failed)))
    return ", ".join(parts) + "."


def what_came_of_it(taken: TakenBack) -> str:
    """'12 notes were taken back, 3 were kept', once it is done."""
    went = _counted("1 note was taken back", "{n} notes were taken back", taken.reversed)
    parts = [went, _counted("1 was kept", "{n} were kept", taken.kept)]
    if taken.failed:
        parts.append(_tr("{n} failed").format(n=grouped(taken.failed)))
    return ", ".join(parts)


_WHY = {
    Why.OTHERS: "Another file brought it as well",
    Why.NEWER: "Another file brought a newer version",
    Why.MINE: "It is yours",
    Why.CITED: "Something that you wrote refers to it",
    Why.PASSED_ON: "You passed it on",
    Why.REMOVED: "Removals stay",
    Why.DAMAGED: "It is damaged: check the library",
}


def _counted(one: str, many: str, count: int) -> str:
    return _tr(one if count == 1 else many).format(n=grouped(count))


def _tr(words: str) -> str:
    return QCoreApplication.translate("UndoingDialog", words)
