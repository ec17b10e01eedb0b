"""The program as it runs, on libraries in a folder of the test; nothing of it may stay behind."""

from __future__ import annotations

import gc
import os
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from fieldnotes.desktop.main_window import MainWindow
from fieldnotes.desktop.program import Program
from fieldnotes.desktop.single_instance import Message
from fieldnotes.operations.notebook import Notebook
from tests.builders import TickingClock, at
from tests.desktop.libraries import SELLER, write

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # no window on anybody's screen

TODAY = at("2026-03-21T18:00:00+01:00")  # a Saturday

Starter = Callable[..., Program]
Opened = Callable[..., MainWindow]


@pytest.fixture(autouse=True)
def _no_thread_is_left() -> Iterator[None]:
    before = set(threading.enumerate())
    yield
    left = [thread for thread in threading.enumerate() if thread not in before]
    for thread in left:
        thread.join(timeout=5)
    assert not [thread.name for thread in left if thread.is_alive()]


@pytest.fixture(autouse=True)
def _platform_folders_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "platform"))


@pytest.fixture
def start(qapp: QApplication, qtbot: QtBot) -> Iterator[Starter]:
    """Starts the program on a folder, as often as it is called, and waits until it is ready."""
    running: list[Program] = []

    def begin(folder: Path, message: Message = Message()) -> Program:  # noqa: B008
        program = Program(qapp, folder, TickingClock(TODAY))
        running.append(program)
        with qtbot.waitSignal(program.ready):
            program.start(message)
        return program

    yield begin
    for program in running:
        program.close()
        program.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    gc.collect()


@pytest.fixture
def opened(start: Starter, tmp_path: Path) -> Opened:
    """Writes notes into the seller's library and opens the main window on it."""

    def open_on(write_notes: Callable[[Notebook], object] = lambda notebook: None) -> MainWindow:
        window = start(write(tmp_path, SELLER, write_notes)).window
        assert window is not None
        return window

    return open_on
