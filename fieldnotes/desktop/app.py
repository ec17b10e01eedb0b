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

    from fieldnotes.desktop.first_look import Ahead
    from fieldnotes.desktop.main_window import MainWindow
    from fieldnotes.desktop.program import Program


def run(
    folder: Path, files: Sequence[Path] = (), capture: bool = False, flip: str | None = None
) -> int:
    """Show the window on the library in `folder` and stay until it is closed. The exit code.

    Where a window is open on it already, that one takes `files`, `capture` or `flip`.
    """
    ahead = _hurry(folder)
    app = application()
    from fieldnotes.desktop.program import Program
    from fieldnotes.desktop.single_instance import Message, SingleInstance

    single = SingleInstance(folder, app)
    message = Message(tuple(str(file.absolute()) for file in files), capture, flip)
    if not single.first and single.hand_over(message):
        return 0
    program = Program(app, folder, second=not single.first)
    single.received.connect(program.receive)
    if single.first:
        program.ready.connect(single.listen)
    program.ready.connect(lambda: _hear_the_end(app, program))
    program.start(message, ahead.take() if ahead else None)
    try:
        return app.exec()
    finally:
        program.close()
        single.close()


def build(folder: Path) -> tuple[QApplication, MainWindow]:
    """The application and a main window on a library that is there; its owner closes it."""
    ahead = _hurry(folder)
    app = application()
    from fieldnotes.desktop.program import Program

    program = Program(app, folder)
    first = ahead.take() if ahead else None
    return app, program.show_first(first) if first else program.open(folder)


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


def _hear_the_end(app: QApplication, program: Program) -> None:
    """From now on something may be typed that a log-out or a signal must not lose."""
    from fieldnotes.desktop.session_end import SessionEnd

    if app.findChild(SessionEnd) is None:
        SessionEnd(app).keep.connect(program.keep_typed)


def _hurry(folder: Path) -> Ahead | None:
    """Read the first page ahead, and look for garbage only once it is painted.

    A sixth of the start went into looking for garbage.
    """
    gc.disable()
    from fieldnotes.desktop.first_look import look_ahead

    ahead = look_ahead(folder)
    # Imports are dearer once Qt is there: it looks into each of them.
    import fieldnotes.desktop.tokens
    import fieldnotes.domain.glances
    import fieldnotes.domain.moments
    import fieldnotes.settings  # noqa: F401

    return ahead
