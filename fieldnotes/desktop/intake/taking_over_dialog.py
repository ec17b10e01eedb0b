"""Take over notes from another program's file: looked at, shown, and written only after a yes."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from fieldnotes.desktop import theme
from fieldnotes.desktop.intake import taking_over_words as say
from fieldnotes.desktop.looking_dialog import LookingDialog
from fieldnotes.desktop.runner import Runner
from fieldnotes.desktop.widgets.buttons import button
from fieldnotes.desktop.widgets.plain_table import PlainTable
from fieldnotes.desktop.widgets.plain_table_model import Column
from fieldnotes.desktop.widgets.side_bar_model import grouped
from fieldnotes.operations.intake import IntakePlan, TakenOver, plan_intake, take


class TakingOverDialog(LookingDialog):
    """Shows what `path` would bring; `taken` carries the TakenOver after it was done."""

    taken = Signal(object)

    def __init__(self, runner: Runner, path: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent, name="")
        self.setWindowTitle(self.tr("Take over notes"))
        self._runner, self._path = runner, path
        self._plan: IntakePlan | None = None
        self.table = PlainTable(self.tr("Notes in the file"))
        self.cancel = button(self.tr("Cancel"))
        self.go = button(self.tr("&Take over"), "primary")
        self._lay_out()
        self._look()

    def plan(self) -> IntakePlan | None:
        """What is shown, or None before the look is over."""
        return self._plan

    def _look(self) -> None:
        path = self._path
        words = self.tr("Looking at {name}").format(name=path.name)
        task = self._follow(
            self._runner.start(lambda book, progress: plan_intake(book, path, progress=progress)),
            words,
        )
        task.finished.connect(self._on_planned)

    def _on_planned(self, plan: IntakePlan) -> None:
        self._over()
        self._plan = plan
        skipped, new = say.skipped_rows(plan), say.new_rows(plan)
        self.table.fill(
            (
                Column(self.tr("Note"), 54),
                Column(self.tr("Account"), 16),
                Column(self.tr("Day"), 12),
                Column(self.tr("Tags"), 18),
            ),
            skipped,
            new,
            say.fold_words(plan),
            one_line=len(new) > say.LISTED // 2,
        )
        if new:
            self.table.toggle_fold()
        count = len(plan.takings)
        words = self.tr("&Take over {n}") if count else self.tr("&Take over")
        self.go.setText(words.format(n=grouped(count)))
        self.go.setAccessibleName(self.go.text().replace("&", ""))
        self.go.setEnabled(count > 0)
        self.go.setDefault(True)
        self.foot_words.setText(say.will_happen(plan))
        (self.go if count else self.cancel).setFocus()

    def _on_go(self) -> None:
        plan = self._plan
        if plan is None or self.is_busy():
            return
        words = self.tr("Taking over {n} notes").format(n=grouped(len(plan.takings)))
        task = self._follow(
            self._runner.start(lambda book, progress: take(book, plan, progress)), words
        )
        self._writing = True
        self.table.setEnabled(False)
        task.finished.connect(self._on_taken)

    def _on_taken(self, result: TakenOver) -> None:
        self._over()
        self.taken.emit(result)
        self.accept()

    def _on_cancelled(self) -> None:
        if self._task is not None and self._writing:
            words = self.tr("Nothing was taken over.")
            self.notice.show_message("info", words, lead=self.tr("Stopped."))
        self._over()

    def _over(self) -> None:
        super()._over()
        self.table.setEnabled(True)

    def _lay_out(self) -> None:
        self.set_heading(self.tr("Take over notes from {name}?").format(name=self._path.name))
        words = self.tr("They become notes of yours. Nothing is written until you say so.")
        self.under.addWidget(theme.label(words, ink="muted"))
        self.body.addWidget(self.table)
        self.go.setEnabled(False)
        self.set_buttons(self.cancel, self.go)
        self.cancel.clicked.connect(self.reject)
        self.go.clicked.connect(self._on_go)
