"""Two notebooks for pages and dialogs: a seller's and a marketer's, each closed once it is made."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtWidgets import QApplication, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from fieldnotes.desktop.runner import Runner
from fieldnotes.domain.selections import Selection
from fieldnotes.operations.notebook import Notebook
from tests.builders import TickingClock, a_notebook, sent

SELLER, MARKETER = "Wren Tolliver", "Marketing"


def write(tmp_path: Path, name: str, write_notes: Callable[[Notebook], object]) -> Path:
    """The folder of somebody's library after `write_notes` has written into it."""
    notebook = a_notebook(tmp_path, name)
    try:
        write_notes(notebook)
        notebook.pass_on()
        return notebook.library.folder
    finally:
        notebook.close()


def a_file(
    tmp_path: Path,
    name: str,
    write_notes: Callable[[Notebook], object],
    file: str = "notes.fieldnotes",
    folder: str = "",
    **selection: object,
) -> Path:
    """A file that somebody made of everything they wrote."""
    notebook = a_notebook(tmp_path, name, folder)
    try:
        write_notes(notebook)
        path = tmp_path / file
        sent(notebook, path, Selection(**selection))  # type: ignore[arg-type]
        return path
    finally:
        notebook.close()


@contextmanager
def running(folder: Path) -> Iterator[Runner]:
    """A runner on a library, closed at the end."""
    runner = Runner(folder, TickingClock())
    try:
        yield runner
    finally:
        runner.close()


def show(qtbot: QtBot, widget: QWidget) -> None:
    """Show a widget that is closed at the end of the test."""
    qtbot.addWidget(widget)
    widget.show()
    qtbot.waitExposed(widget)
    widget.activateWindow()
    QApplication.processEvents()


def question(qtbot: QtBot) -> QMessageBox:
    """The question that is asked as soon as what it is about was read."""

    def asked() -> list[QMessageBox]:
        shown = QApplication.topLevelWidgets()
        return [each for each in shown if isinstance(each, QMessageBox) and each.isVisible()]

    qtbot.waitUntil(lambda: bool(asked()))
    return asked()[0]
