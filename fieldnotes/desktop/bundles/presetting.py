"""Between the first step of sending and the presets that the library keeps."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from fieldnotes.desktop.bundles.choosing_step import ChoosingStep
from fieldnotes.desktop.runner import Runner
from fieldnotes.errors import FieldnotesError
from fieldnotes.operations import presets
from fieldnotes.operations.changes import Changes, Done
from fieldnotes.operations.notebook import Notebook


class Presetting(QObject):
    """Offers presets, clicks one together, and keeps, renames and forgets them."""

    def __init__(
        self,
        runner: Runner,
        step: ChoosingStep,
        failed: Callable[[FieldnotesError], None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._runner, self._step, self._failed = runner, step, failed
        row = step.presets
        row.chosen.connect(self._on_chosen)
        row.save_wanted.connect(self._on_save)
        row.rename_wanted.connect(self._on_rename)
        row.remove_wanted.connect(self._on_remove)
        runner.changed.connect(self._on_changed)
        self._ask()

    def _ask(self) -> None:
        self._runner.ask("presets", presets.presets, self._step.presets.show_presets, self._failed)

    def _on_chosen(self, preset: presets.Preset) -> None:
        self._step.choose(preset.wanted)

    def _on_save(self, name: str) -> None:
        wanted = self._step.wanted()
        self._do(lambda notebook: presets.save_preset(notebook, name, wanted), self.tr("Saved."))

    def _on_rename(self, name: str, new: str) -> None:
        self._do(lambda notebook: presets.rename_preset(notebook, name, new), self.tr("Renamed."))

    def _on_remove(self, name: str) -> None:
        self._do(lambda notebook: presets.remove_preset(notebook, name), self.tr("Removed."))

    def _do(self, operation: Callable[[Notebook], Done[str]], words: str) -> None:
        def done(name: str) -> None:
            self._step.presets.set_name(name)
            self._step.presets.say(words)

        self._runner.do(operation, done, self._failed, self)

    def _on_changed(self, changes: Changes, _: object) -> None:
        if changes.sendings:
            self._ask()
