"""Between the last look and the library: what was found, what is hidden, and the plan after it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Signal

from fieldnotes.desktop.runner import Runner
from fieldnotes.domain.promises import TYPE as PROMISE
from fieldnotes.errors import FieldnotesError
from fieldnotes.operations.changes import Changes
from fieldnotes.operations.hiding import hide, look_again
from fieldnotes.operations.personal_data import PersonalData, Pointed, find_fine
from fieldnotes.operations.sending_plans import SendingPlan


class Looking(QObject):
    """Keeps a plan true while its notes change. A file is made of a plan only while it is `true`.

    `found` carries what is to be looked at, `planned` a plan that is true again, `changed` that
    `true` may be another by now.
    """

    found = Signal(object)
    planned = Signal(object)
    changed = Signal()
    failed = Signal(object)

    def __init__(
        self,
        runner: Runner,
        undo: Callable[[], None] | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._runner, self._undo = runner, undo
        self._data = PersonalData()
        self._plan: SendingPlan | None = None
        self._stale: set[str] = set()
        self._writing = 0
        self._steps = 0
        runner.changed.connect(self._on_changed)

    @property
    def true(self) -> bool:
        """Whether the plan says what its notes say."""
        return not self._stale and not self._writing

    def begin(self, plan: SendingPlan) -> None:
        """Look through a plan that was just made."""
        self._plan, self._stale, self._steps = plan, set(), 0
        self._look()

    def leave(self) -> None:
        """Nobody looks any more."""
        self._plan = None
        self._stale.clear()

    def hide(self, finds: Sequence[Pointed]) -> None:
        """Save versions that say less."""
        self._write(lambda notebook: hide(notebook, finds))

    def find_fine(self, finds: Sequence[Pointed]) -> None:
        """They may go as they are."""
        self._write(lambda notebook: find_fine(notebook, finds))

    def undo(self) -> None:
        """Take back what was judged last on this page, and nothing from before it."""
        if self._undo is not None and self._steps:
            self._steps -= 1
            self._undo()

    def _write(self, operation: Callable[..., object]) -> None:
        self._writing += 1
        self.changed.emit()

        def done(_: object) -> None:
            self._steps += 1
            over()

        def failed(error: FieldnotesError) -> None:
            over()
            self.failed.emit(error)

        def over() -> None:
            self._writing -= 1
            self.changed.emit()
            if self.true and self._plan is not None:
                self._look()

        self._runner.do(operation, done, failed, self)  # type: ignore[arg-type]

    def _on_changed(self, changes: Changes, _: object) -> None:
        if self._plan is None:
            return
        stale = {item.id for item in self._plan.items if _is_touched(item.id, item.kind, changes)}
        if stale:
            self._plan_again(stale)
        elif changes.sendings:
            self._look()

    def _plan_again(self, stale: set[str]) -> None:
        plan = self._plan
        assert plan is not None
        self._stale |= stale  # a question that is overtaken is never answered
        self.changed.emit()

        def planned(again: SendingPlan) -> None:
            if self._plan is not None:
                self._plan, self._stale = again, set()
                self.planned.emit(again)
                self.changed.emit()
                self._look()

        self._runner.ask(
            "look again", lambda notebook: look_again(notebook, plan), planned, self._fail
        )

    def _look(self) -> None:
        plan, data = self._plan, self._data
        assert plan is not None

        def wanted() -> bool:
            return self._plan is plan and not self._runner.closed

        def found(finds: list[Pointed]) -> None:
            if self._plan is plan and self.true:  # else what is written now is looked at after
                self.found.emit(finds)

        self._runner.ask(
            "look at these", lambda notebook: data.look(notebook, plan, wanted), found, self._fail
        )

    def _fail(self, error: FieldnotesError) -> None:
        if self._plan is not None:
            self.failed.emit(error)


def _is_touched(record_id: str, kind: str, changes: Changes) -> bool:
    return changes.touches([record_id]) or (changes.promises and kind == PROMISE)
