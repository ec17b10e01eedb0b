"""Which one-detail rules the form follows: those of the library, or none when switched off."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from fieldnotes.desktop.capture.form import NoteForm
from fieldnotes.desktop.runner import Runner
from fieldnotes.operations.one_detail import DetailRules, detail_rules


class FollowedRules(QObject):
    """Asks for the rules beside the window. `refused`: why the company's own cannot be read."""

    refused = Signal(object)

    def __init__(self, runner: Runner, form: NoteForm) -> None:
        super().__init__(form)
        self._runner, self._form = runner, form
        self._wanted = True

    def follow(self, wanted: bool) -> None:
        """Ask for the detail that helps from now on, or for none."""
        self._wanted = wanted
        if wanted:
            self._runner.ask("capture rules", detail_rules, self._on_read)
        else:
            self._form.set_rules({})

    def _on_read(self, told: DetailRules) -> None:
        if self._wanted:
            self._form.set_rules(told.rules)
            if told.refused:
                self.refused.emit(told.refused)
