"""Send a file again that did not arrive: the one that is still there, or its notes as they are."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QWidget

from fieldnotes.desktop.bundles.handing_over import Hands
from fieldnotes.desktop.bundles.sending_dialog import HANDS, AskPath, SendingDialog
from fieldnotes.desktop.runner import Progress, Runner
from fieldnotes.desktop.widgets.buttons import button
from fieldnotes.desktop.widgets.side_bar_model import grouped
from fieldnotes.operations.changes import Done
from fieldnotes.operations.covers import suggested_name
from fieldnotes.operations.notebook import Notebook
from fieldnotes.operations.sending import Sent
from fieldnotes.operations.sending_again import Again, plan_again, send_again
from fieldnotes.operations.sending_plans import SendingPlan


class SendingAgainDialog(SendingDialog):
    """Begins with the last look at what was in the file with this row of the ledger."""

    def __init__(
        self,
        runner: Runner,
        no: int,
        parent: QWidget | None = None,
        *,
        ask_path: AskPath | None = None,
        team_folder: str = "",
        hands: Hands = HANDS,
        undo: Callable[[], None] | None = None,
    ) -> None:
        self._no = no
        self._again: Again | None = None
        self._looked: list[Again] = []
        self.use_file = button("")
        super().__init__(
            runner,
            "",
            parent,
            notes=("",),
            ask_path=ask_path,
            team_folder=team_folder,
            hands=hands,
            undo=undo,
        )
        self.setWindowTitle(self.tr("Send again"))
        self.use_file.clicked.connect(self._on_use_file)

    def again(self) -> Again | None:
        """What sending it again would do."""
        return self._again

    def begin(self) -> None:
        """There is nothing to choose."""
        self.set_heading(self.tr("Send again"))
        self.body.setCurrentWidget(self.checking)
        self.set_buttons(self.cancel)
        self._on_check()

    def planner(self) -> Callable[[Notebook, Progress], tuple[SendingPlan, str]]:
        """Looks at the notes of the file as they are now."""
        no, looked = self._no, self._looked

        def look(notebook: Notebook, progress: Progress) -> tuple[SendingPlan, str]:
            again = plan_again(notebook, no, progress)
            looked.append(again)
            selection = again.plan.selection
            return again.plan, suggested_name(notebook, selection.recipient, selection.shape)

        return look

    def maker(self, plan: SendingPlan, path: Path) -> Callable[[Notebook, Progress], Done[Sent]]:
        """Makes the same file, or one in its place where something changed."""
        again, opening = self._again, self.checking.opening
        assert again is not None
        return partial(
            _make,
            again=again.with_plan(plan),
            path=path,
            unsealed=opening.locked() == "open",
            passphrase=opening.passphrase(),
        )

    def _on_planned(self, found: tuple[SendingPlan, str]) -> None:
        self._again = again = self._looked[-1]
        super()._on_planned(found)
        number = again.made.number
        heading = self.tr("Send number {n} again") if number else self.tr("Make the file again")
        self.set_heading(heading.format(n=number))
        self.checking.hide_words()
        self._tell(again)
        there = again.file is not None
        if again.file is not None:
            self.use_file.setText(self.tr("&Use the file that is still there"))
            self.use_file.setAccessibleName(self.use_file.text().replace("&", ""))
        self.set_buttons(self.cancel, *([self.use_file] if there else []), self.create_file)
        (self.use_file if there and again.same else self.checking.table).setFocus()

    def _tell(self, again: Again) -> None:
        if again.same:
            words = self.tr("It becomes the very same file, so it may arrive twice.")
            self.notice.show_message("success", words, lead=self.tr("Nothing changed since."))
            return
        parts = []
        if again.changed:
            one, many = self.tr("1 note changed since."), self.tr("{n} notes changed since.")
            parts.append((one if again.changed == 1 else many).format(n=grouped(again.changed)))
        if again.removed:
            one, many = self.tr("1 was removed since."), self.tr("{n} were removed since.")
            parts.append((one if again.removed == 1 else many).format(n=grouped(again.removed)))
        lead = " ".join(parts) or self.tr("What goes along changed since.")
        words = self.tr("All go as they are now, in a file with a number of its own.")
        if not again.made.number:
            words = self.tr("All go as they are now.")
        self.notice.show_message("warn", words, lead=lead)

    def _on_use_file(self) -> None:
        """Hand over what lies there; nothing new is made."""
        again = self._again
        if again is not None and again.file is not None:
            hidden = sum(1 for item in again.plan.sent if item.hidden)
            kept = len(again.plan.items) - len(again.plan.sent)
            self.notice.hide()
            self.show_ready(Sent(again.file, again.manifest, hidden, kept), who_opens="")


def _make(
    notebook: Notebook,
    progress: Progress,
    *,
    again: Again,
    path: Path,
    unsealed: bool,
    passphrase: str,
) -> Done[Sent]:
    return send_again(notebook, again, path, progress, unsealed=unsealed, passphrase=passphrase)
