"""Starts the window: who came first, which library, first start or main window.

Nothing of the program is imported at the top, so that the clock of a cold start begins in `run`.
"""

from __future__ import annotations

import gc
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from PySide6.QtWidgets import QApplication

    from fieldnotes.desktop.main_window import MainWindow


def run(folder: Path, files: Sequence[Path] = (), capture: bool = False) -> int:
    """Show the window on the library in `folder` and stay until it is closed. The exit code.

    Where a window is open on it already, that one is raised and takes `files` and `capture`.
    """
    _hurry()
    from PySide6.QtCore import Qt

    from fieldnotes.desktop.program import Program
    from fieldnotes.desktop.single_instance import Message, SingleInstance

    app = application()
    single = SingleInstance(folder, app)
    message = Message(tuple(str(file.absolute()) for file in files), capture)
    if not single.first and single.hand_over(message):
        return 0
    program = Program(app, folder)
    single.received.connect(program.receive)
    if single.first:
        program.ready.connect(single.listen, Qt.ConnectionType.SingleShotConnection)
    program.start(message)
    try:
        return app.exec()
    finally:
        program.close()
        single.close()


def build(folder: Path) -> tuple[QApplication, MainWindow]:
    """The application and a main window on a library that is there; its owner closes it."""
    _hurry()
    from fieldnotes.desktop.program import Program

    app = application()
    program = Program(app, folder)
    return app, program.open(folder)


def application() -> QApplication:
    """The one QApplication, dressed as the settings say."""
    from PySide6.QtCore import QLocale
    from PySide6.QtWidgets import QApplication

    from fieldnotes.desktop import theme

    app = QApplication.instance()
    if not isinstance(app, QApplication):
        # Named here, Qt makes its style by itself; asked later, it would hand the style to Python.
        app = QApplication([*sys.argv[:1], "-style", "fusion"])
        app.setProperty(theme.FUSION, True)
        app.setApplicationName("fieldnotes")
        app.setApplicationDisplayName("Fieldnotes")
        app.setDesktopFileName("fieldnotes")
        # Numbers and days as this country writes them, in the language of the program.
        QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.system().territory()))
    return app


def _hurry() -> None:
    """Look for garbage only once the first rows are painted: a sixth of the start went there."""
    gc.disable()
    # Imports are dearer once Qt is there: it looks into each of them.
    import fieldnotes.operations.search  # noqa: F401
