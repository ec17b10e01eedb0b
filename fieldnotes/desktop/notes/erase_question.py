"""The one more question before something is erased for good."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QCheckBox, QMessageBox

from fieldnotes.desktop.notes.removal_words import copies_words
from fieldnotes.operations.promises_along import promises_made_with
from fieldnotes.operations.removing import Removing, removing

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtWidgets import QWidget

    from fieldnotes.desktop.runner import Runner
    from fieldnotes.operations.notebook import Notebook


def ask_before_erasing(
    parent: QWidget, runner: Runner, note_ids: Sequence[str], erase: Callable[[bool], None]
) -> None:
    """Call `erase` once somebody says that these notes are to go for good.

    It is told whether what was promised there goes, too: asked only where something was.
    """

    def look(notebook: Notebook) -> tuple[int, Removing]:
        return len(promises_made_with(notebook, note_ids)), removing(notebook, note_ids)

    runner.ask(
        "promises made with notes",
        look,
        partial(_ask, parent, len(note_ids), erase),
        lambda _: _ask(parent, len(note_ids), erase, (0, None)),
    )


def _ask(
    parent: QWidget,
    count: int,
    erase: Callable[[bool], None],
    told: tuple[int, Removing | None],
) -> None:
    promises, copies = told
    box = QMessageBox(parent.window())
    box.setIcon(QMessageBox.Icon.Warning)
    box.setTextFormat(Qt.TextFormat.PlainText)
    several = _tr("Erase these %d notes for good?") % count
    box.setText(several if count > 1 else _tr("Erase this note for good?"))
    words = _tr("Every version and file is deleted here. This cannot be undone.")
    if copies is not None:
        words = f"{words}\n\n{copies_words(copies)}"
    if promises:
        stays = _tr("What you promised there stays on your list, in its own words.")
        words = f"{words}\n\n{stays}"
        box.setCheckBox(_promises_as_well(box, promises))
    box.setInformativeText(words)
    button = box.addButton(_tr("Erase"), QMessageBox.ButtonRole.DestructiveRole)
    box.addButton(QMessageBox.StandardButton.Cancel)
    box.setDefaultButton(QMessageBox.StandardButton.Cancel)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    button.clicked.connect(lambda: erase(bool(promises) and box.checkBox().isChecked()))
    box.open()


def _promises_as_well(box: QMessageBox, count: int) -> QCheckBox:
    one = _tr("Erase the &promise made there as well")
    many = _tr("Erase the %d &promises made there as well")
    return QCheckBox(many % count if count > 1 else one, box)  # a parent, or it is gone at once


def _tr(words: str) -> str:
    return QCoreApplication.translate("EraseQuestion", words)
