"""Send notes in three steps: choose, check before sending, done."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QWidget

from fieldnotes.desktop import theme
from fieldnotes.desktop.bundles.checking_step import CheckingStep
from fieldnotes.desktop.bundles.choosing_step import ChoosingStep
from fieldnotes.desktop.bundles.done_step import DoneStep
from fieldnotes.desktop.bundles.handing_over import HandingOver, Hands
from fieldnotes.desktop.bundles.looking import Looking
from fieldnotes.desktop.bundles.opening_choice import who_opens
from fieldnotes.desktop.bundles.presetting import Presetting
from fieldnotes.desktop.bundles.sending_summary import summary
from fieldnotes.desktop.runner import Progress, Runner, Task
from fieldnotes.desktop.widgets.buttons import button
from fieldnotes.desktop.widgets.chips import Chip
from fieldnotes.desktop.widgets.flow_layout import FlowLayout
from fieldnotes.desktop.widgets.framed_dialog import FramedDialog
from fieldnotes.desktop.widgets.side_bar_model import grouped
from fieldnotes.domain.shapes import Shape
from fieldnotes.errors import FieldnotesError
from fieldnotes.operations.changes import Done
from fieldnotes.operations.choosing import Choices, choices
from fieldnotes.operations.covers import suggested_name
from fieldnotes.operations.notebook import Notebook
from fieldnotes.operations.other_shapes import send_as
from fieldnotes.operations.passphrases import random_words
from fieldnotes.operations.personal_data import Pointed
from fieldnotes.operations.sending import Sent, send
from fieldnotes.operations.sending_plans import SendingPlan, plan_sending

AskPath = Callable[[str], Path | None]
HANDS = Hands()


class SendingDialog(FramedDialog):
    """`query` as in the search box begins the choice, `notes` (ids) are all there is to it.

    `sent` carries what was made.

    `ask_path` gets a file name and says where the file goes, or None; `hands` hand it on; `undo`
    takes back what changed notes last. `handing.folder_chosen` carries the team folder.
    """

    sent = Signal(object)

    wished = QSize(1056, 1000)

    def __init__(
        self,
        runner: Runner,
        query: str = "",
        parent: QWidget | None = None,
        *,
        notes: tuple[str, ...] = (),
        ask_path: AskPath | None = None,
        team_folder: str = "",
        hands: Hands = HANDS,
        undo: Callable[[], None] | None = None,
    ) -> None:
        super().__init__("", parent)
        self.setWindowTitle(self.tr("Create file to send"))
        self._runner = runner
        self._ask_path = ask_path or self._ask_with_dialog
        self._left = False
        self._task: Task | None = None
        self._plan: SendingPlan | None = None
        self._name = ""
        self._total = 0
        self._unchecked = 0
        self._looking = Looking(runner, undo, self)
        self.choosing = ChoosingStep(query, notes=notes)
        self._presetting = Presetting(runner, self.choosing, self._on_failed, self)
        self.checking = CheckingStep()
        self.handing = HandingOver(runner, team_folder, hands, self)
        self.done_step = DoneStep(self.handing)
        for step in (self.choosing, self.checking, self.done_step):
            self.body.addWidget(step)
        self._sub = QWidget()
        self._sub_flow = FlowLayout(self._sub, gap=5)
        self.under.addWidget(self._sub)
        self.check = button(self.tr("Check &before sending"), "primary")
        self.back = button(self.tr("&Back"))
        self.create_file = button(self.tr("Create &file to send"), "primary")
        self.cancel = button(self.tr("Cancel"))
        self.close_it = button(self.tr("Close"))
        self._connect()
        self.begin()

    def begin(self) -> None:
        """The first step."""
        self._go_choose()
        self._ask_choices()

    def plan(self) -> SendingPlan | None:
        """What the second step shows."""
        return self._plan

    def cancel_work(self) -> None:
        if self._task is not None:
            self._task.cancel()

    def done(self, result: int) -> None:
        self._left = True
        self._looking.leave()
        super().done(result)

    # --- choosing ----------------------------------------------------------------------------

    def _go_choose(self) -> None:
        self._looking.leave()
        picked = len(self.choosing.wanted().notes)
        several = self.tr("Send these {n} notes").format(n=grouped(picked))
        one = self.tr("Send this note")
        heading = self.tr("Choose what to send") if not picked else several
        self.set_heading(one if picked == 1 else heading)
        self._say([self.tr("Nothing is sent yet: you will see everything before it leaves.")])
        self.body.setCurrentWidget(self.choosing)
        self.set_buttons(self.cancel, self.check)
        self.check.setDefault(True)
        (self.choosing.recipient if picked else self.choosing.words).setFocus()
        self._say_total()

    def _ask_choices(self) -> None:
        wanted = self.choosing.wanted()
        self._runner.ask(
            "what to send",
            lambda notebook: choices(notebook, wanted),
            self._on_choices,
            self._on_failed,
        )

    def _on_choices(self, found: Choices) -> None:
        if not self._left:
            since = self.choosing.wanted().since_last
            self._total = found.total + (found.removals if since else 0)
            self.choosing.show_choices(found)
            self._say_total()

    def _say_total(self) -> None:
        if self.body.currentWidget() is self.choosing:
            one = self.tr("1 note")
            many = self.tr("{n} notes").format(n=grouped(self._total))
            self.foot_words.setText(one if self._total == 1 else many)
            self.check.setEnabled(self._total > 0 or self.choosing.wanted().promises)

    # --- checking ----------------------------------------------------------------------------

    def planner(self) -> Callable[[Notebook, Progress], tuple[SendingPlan, str]]:
        """What looks at every note beside the window, and says how the file could be called."""
        wanted = self.choosing.wanted()

        def look(notebook: Notebook, progress: Progress) -> tuple[SendingPlan, str]:
            selection = wanted.selection(notebook.clock().local().date())
            plan = plan_sending(notebook, selection, progress)
            return plan, suggested_name(notebook, selection.recipient, selection.shape)

        return look

    def _on_check(self) -> None:
        task = self._runner.start(self.planner())
        self._start(task, self.tr("Looking at every note"), self._on_planned)

    def _on_planned(self, found: tuple[SendingPlan, str]) -> None:
        self._plan, self._name = found
        self.checking.show_plan(self._plan)
        self.checking.look_at_these.show_searching()
        self._looking.begin(self._plan)
        self.set_heading(self.tr("Check before sending"))
        self._say_summary()
        self.body.setCurrentWidget(self.checking)
        self.set_buttons(self.back, self.create_file)
        self._unchecked = 0
        self._follow_looking()
        self.create_file.setDefault(True)
        nothing = self.tr("Nothing of it may be sent: go back and choose something else.")
        self.foot_words.setText(self._name if self._plan.records else nothing)
        (self.checking.title if self.checking.title.isVisible() else self.checking.table).setFocus()

    def _say_summary(self) -> None:
        if self._plan is not None and self.body.currentWidget() is not self.done_step:
            self._say(summary(self._plan, self.checking.opening.sentence()))
            self._follow_looking()

    def _ask_words(self) -> None:
        self._runner.ask("six words", random_words, self.checking.opening.set_words)

    def _on_found(self, finds: list[Pointed]) -> None:
        self.checking.look_at_these.show_finds(finds)
        self._unchecked = len(finds)
        self._follow_looking()

    def _on_planned_again(self, plan: SendingPlan) -> None:
        self._plan = plan
        self.checking.show_notes(plan)
        self._say_summary()

    def _follow_looking(self) -> None:
        """The button says how much nobody looked at; a plan that is not true makes no file."""
        words = self.tr("Create &file to send")
        if self._unchecked:
            words = self.tr("{words} ({n} not looked at)").format(
                words=words, n=grouped(self._unchecked)
            )
        self.create_file.setText(words)
        self.create_file.setAccessibleName(words.replace("&", ""))
        ready = self._looking.true and self.checking.opening.is_ready()
        self.create_file.setEnabled(ready and self._plan is not None and bool(self._plan.records))

    # --- making ------------------------------------------------------------------------------

    def maker(self, plan: SendingPlan, path: Path) -> Callable[[Notebook, Progress], Done[Sent]]:
        """What makes the file beside the window."""
        title, note = self.checking.title.text().strip(), self.checking.note.text().strip()
        opening = self.checking.opening
        unsealed, words = opening.locked() == "open", opening.passphrase()

        def make(notebook: Notebook, progress: Progress) -> Done[Sent]:
            if plan.selection.shape is not Shape.BUNDLE:
                return send_as(notebook, plan, path, progress)
            return send(
                notebook, plan, path, title, note, progress, unsealed=unsealed, passphrase=words
            )

        return make

    def _on_create(self) -> None:
        plan = self._plan
        path = self._ask_path(self._name)
        if plan is not None and path is not None:
            task = self._runner.start(self.maker(plan, path))
            self._start(task, self.tr("Making the file"), self._on_sent)

    def _on_sent(self, result: Sent) -> None:
        assert self._plan is not None
        names = ", ".join(card.name for card in self._plan.sealed_for)
        self.show_ready(result, who_opens(self, result.locked, names))
        self.sent.emit(result)

    def show_ready(self, result: Sent, who_opens: str) -> None:
        """The last step. `who_opens`: who can read the file, in one sentence."""
        self._looking.leave()
        self.set_heading(self.tr("The file is ready"))
        self._say([self.tr("Attach it to an e-mail, or put it where your team looks.")])
        self.done_step.show_sent(result, who_opens)
        self.body.setCurrentWidget(self.done_step)
        self.foot_words.setText("")
        self.set_buttons(self.close_it)
        self.done_step.mail.setFocus()

    def _ask_with_dialog(self, name: str) -> Path | None:
        chosen, _ = QFileDialog.getSaveFileName(
            self,
            self.tr("Where should the file go?"),
            str(Path.home() / name),
            self.tr("Notes to send ({endings})").format(endings=f"*{Path(name).suffix}"),
        )
        return Path(chosen) if chosen else None

    # --- all steps ---------------------------------------------------------------------------

    def _connect(self) -> None:
        self.choosing.changed.connect(self._ask_choices)
        self.check.clicked.connect(self._on_check)
        self.back.clicked.connect(self._go_choose)
        self.create_file.clicked.connect(self._on_create)
        self.checking.opening.changed.connect(self._say_summary)
        self.checking.opening.words_wanted.connect(self._ask_words)
        self.handing.begun.connect(self.notice.hide)
        self.handing.failed.connect(self._on_failed)
        self.cancel.clicked.connect(self.reject)
        self.close_it.clicked.connect(self.accept)
        judged = self.checking.look_at_these
        judged.hide_wanted.connect(self._looking.hide)
        judged.fine_wanted.connect(self._looking.find_fine)
        self._looking.found.connect(self._on_found)
        self._looking.planned.connect(self._on_planned_again)
        self._looking.changed.connect(self._follow_looking)
        self._looking.failed.connect(self._on_failed)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Undo), self, self._looking.undo)

    def _start(self, task: Task, words: str, finished: Callable[..., None]) -> None:
        self._task = task
        self.notice.hide()
        self.show_progress(words)
        self.body.setEnabled(False)
        task.progressed.connect(self.set_progress)
        task.finished.connect(self._on_over)
        task.finished.connect(finished)
        task.cancelled.connect(self._on_over)
        task.failed.connect(self._on_failed)

    def _on_over(self) -> None:
        self._task = None
        self.body.setEnabled(True)
        self.end_progress()

    def _on_failed(self, error: FieldnotesError) -> None:
        if not self._left:
            self._on_over()
            self.notice.show_message("error", error.next_step, lead=error.happened)

    def _say(self, parts: list[str | Chip]) -> None:
        self._sub_flow.clear()
        for part in parts:
            shown = theme.label(part, ink="muted") if isinstance(part, str) else part
            self._sub_flow.addWidget(shown)
