"""Withdraw notes everywhere: why, who is told, one confirmation, then a file for each of them."""

from __future__ import annotations

from pathlib import Path

import msgspec
from PySide6.QtCore import QSize
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QLineEdit,
    QRadioButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from fieldnotes.desktop import theme
from fieldnotes.desktop.bundles import withdrawing_words as words
from fieldnotes.desktop.bundles.handing_over import HandingOver, Hands
from fieldnotes.desktop.bundles.opening_choice import who_opens
from fieldnotes.desktop.bundles.withdrawn_step import WithdrawnStep
from fieldnotes.desktop.runner import Progress, Runner, Task
from fieldnotes.desktop.widgets.buttons import button
from fieldnotes.desktop.widgets.flow_layout import FlowLayout
from fieldnotes.desktop.widgets.framed_dialog import FramedDialog
from fieldnotes.desktop.widgets.plain_table import PlainTable
from fieldnotes.domain.records import Reason
from fieldnotes.errors import FieldnotesError
from fieldnotes.operations.changes import Done
from fieldnotes.operations.notebook import Notebook
from fieldnotes.operations.removing import Removing, removing
from fieldnotes.operations.withdrawing import (
    Withdrawal,
    Withdrawn,
    plan_withdrawal,
    withdraw,
)

HANDS = Hands()
_SIZE = QSize(900, 640)
_MANY = 400  # rows that are shown on one line each


class _Looked(msgspec.Struct, frozen=True):
    plan: Withdrawal
    told: Removing


class WithdrawingDialog(FramedDialog):
    """`note_ids`: notes to withdraw, or removed ones of which somebody is to be told.

    `hands` hand files on, and ask for the folder where they go. `handing.folder_chosen` carries it.
    """

    def __init__(
        self,
        runner: Runner,
        note_ids: list[str],
        parent: QWidget | None = None,
        *,
        team_folder: str = "",
        hands: Hands = HANDS,
    ) -> None:
        super().__init__(self.tr("Withdraw everywhere"), parent)
        self._runner, self._ids, self._hands = runner, list(note_ids), hands
        self._looked: _Looked | None = None
        self._task: Task | None = None
        self._left = False
        self.handing = HandingOver(runner, team_folder, hands, self)
        self.reasons = QButtonGroup(self)
        self.table = PlainTable(self.tr("What leaves"))
        self.typed = QLineEdit()
        self._why_typed = theme.label()
        self._note = theme.label(ink="muted")
        self._why = QWidget()
        self.done_step = WithdrawnStep(self.handing)
        self.cancel = button(self.tr("Cancel"))
        self.go = button(self.tr("&Withdraw everywhere…"), "danger")
        self.close_it = button(self.tr("Close"), "primary")
        self._lay_out()
        self.resize(_SIZE.boundedTo(self.sizeHint()))
        self._connect()
        self._ask()

    def plan(self) -> Withdrawal | None:
        """What is shown."""
        return self._looked.plan if self._looked else None

    def reason(self) -> Reason:
        """Why they go."""
        return list(Reason)[self.reasons.checkedId()]

    def cancel_work(self) -> None:
        if self._task is not None:
            self._task.cancel()

    def done(self, result: int) -> None:
        self._left = True
        super().done(result)

    # --- looking -----------------------------------------------------------------------------

    def _ask(self) -> None:
        ids, reason = self._ids, self.reason()

        def look(notebook: Notebook) -> _Looked:
            plan = plan_withdrawal(notebook, ids, reason)
            return _Looked(plan, removing(notebook, [each.id for each in plan.removed]))

        self.go.setEnabled(False)
        self._runner.ask("withdrawal", look, self._show, self._fail)

    def _show(self, looked: _Looked) -> None:
        if self._left:
            return
        self._looked = looked
        plan = looked.plan
        self._why.setVisible(bool(plan.removed))
        self.set_heading(words.heading(plan))
        self._fill(plan)
        mass = looked.told.mass
        typed = words.mass(looked.told)
        self._why_typed.setText(typed)
        self.typed.setAccessibleName(typed)
        self._yes.setVisible(mass)
        self._follow()

    def _fill(self, plan: Withdrawal) -> None:
        columns, rows = words.rows(plan)
        self.table.setVisible(bool(rows))
        self.table.fill(columns, rows, one_line=len(rows) > _MANY)
        self._note.setText(words.note(plan))
        doing = self.tr("&Withdraw everywhere…") if plan.removed else self.tr("&Make the files…")
        self.go.setText(doing if plan.letters else self.tr("&Remove"))
        self.go.setAccessibleName(self.go.text().replace("&", ""))

    def _follow(self) -> None:
        looked = self._looked
        said = self.typed.text().strip().casefold() == words.yes().casefold()
        wanted = looked is not None and bool(looked.plan.removed or looked.plan.letters)
        self.go.setVisible(wanted)
        self.go.setEnabled(wanted and looked is not None and (said or not looked.told.mass))

    # --- doing -------------------------------------------------------------------------------

    def _on_go(self) -> None:
        looked = self._looked
        if looked is None or self.is_busy():
            return
        folder: Path | None = Path()
        if looked.plan.letters:
            folder = self._hands.ask_place(self)
        if folder is None:
            return
        plan, place = looked.plan, folder

        def work(notebook: Notebook, progress: Progress) -> Done[Withdrawn]:
            return withdraw(notebook, plan, place, progress)

        self._task = task = self._runner.start(work)
        self.notice.hide()
        self.body.setEnabled(False)
        self.show_progress(self.tr("Making the files"))
        task.progressed.connect(self.set_progress)
        task.finished.connect(self._on_withdrawn)
        task.failed.connect(self._fail)
        task.cancelled.connect(self._on_cancelled)

    def _on_withdrawn(self, result: Withdrawn) -> None:
        self._over()
        if not result.files:
            self.accept()
            return
        self.set_heading(self.tr("Now hand the files over"))
        self._note.setText(self.tr("Who was not told stays listed under “What went where”."))
        told = [
            (whom, sent, who_opens(self, sent.locked, whom.name)) for whom, sent in result.files
        ]
        self.done_step.show_files(told)
        self.body.setCurrentWidget(self.done_step)
        self.foot_words.setText("")
        self.set_buttons(self.close_it)
        self.close_it.setFocus()

    def _on_cancelled(self) -> None:
        self._over()
        told = self.tr("What was not told yet is listed under “What went where”.")
        self.notice.show_message("info", told, lead=self.tr("Stopped."))
        self._ask()

    def _fail(self, error: FieldnotesError) -> None:
        if not self._left:
            self._over()
            self.notice.show_message("error", error.next_step, lead=error.happened)

    def _over(self) -> None:
        self._task = None
        self.body.setEnabled(True)
        self.end_progress()

    # --- all steps ---------------------------------------------------------------------------

    def _connect(self) -> None:
        self.reasons.idClicked.connect(lambda _: self._ask())
        self.typed.textChanged.connect(lambda _: self._follow())
        self.cancel.clicked.connect(self.reject)
        self.go.clicked.connect(self._on_go)
        self.close_it.clicked.connect(self.accept)
        self.handing.begun.connect(self.notice.hide)
        self.handing.failed.connect(self._fail)

    def _lay_out(self) -> None:
        called = {
            Reason.WRONG: self.tr("&I was wrong"),
            Reason.CONSENT: self.tr("Customer withdrew &consent"),
            Reason.ERASE: self.tr("&Erase: no word stays here, or with them"),
        }
        flow = FlowLayout(self._why, gap=16, line_gap=8)
        for at, reason in enumerate(Reason):
            choice = QRadioButton(called[reason])
            choice.setChecked(reason is Reason.WRONG)
            self.reasons.addButton(choice, at)
            flow.addWidget(choice)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self._why.setSizePolicy(policy)
        self.typed.setMaximumWidth(120)
        self._yes = QWidget()
        row = QHBoxLayout(self._yes)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self._why_typed)
        row.addWidget(self.typed)
        row.addStretch()
        self._yes.hide()
        self._note.setWordWrap(True)
        self.under.addWidget(self._note)
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        asked = QVBoxLayout()
        asked.setContentsMargins(24, 12, 24, 12)
        asked.setSpacing(8)
        for widget in (self._why, self._yes):
            asked.addWidget(widget)
        column.addLayout(asked)
        column.addWidget(self.table, 1)
        column.addStretch()
        self.body.addWidget(page)
        self.body.addWidget(self.done_step)
        self.set_buttons(self.cancel, self.go)
