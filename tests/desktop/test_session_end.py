"""A log-out or a signal keeps what is being typed, and the window comes back with it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from fieldnotes.desktop.session_end import SessionEnd
from fieldnotes.operations.drafts import list_drafts, open_draft
from fieldnotes.operations.notebook import open_notebook
from tests.desktop.conftest import Starter
from tests.desktop.libraries import SELLER, write

ROOT = Path(__file__).parents[2]

TYPES = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from fieldnotes.desktop import app, program

def type_something(started):
    capture = started._commands.writing.capture()
    capture.new_note()
    QTest.keyClicks(capture.form.text, "They wait.")
    print("typed", flush=True)

start = program.Program.start
def start_and_type(self, *given):
    self.ready.connect(lambda: QTimer.singleShot(0, lambda: type_something(self)))
    start(self, *given)
program.Program.start = start_and_type
sys.exit(app.run(Path(sys.argv[1])))
"""


@pytest.mark.parametrize("sent", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_a_signal_ends_the_program_and_keeps_the_last_letter(
    tmp_path: Path, sent: signal.Signals
) -> None:
    folder = write(tmp_path, SELLER, lambda notebook: None)
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", TYPES, str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as typing:
        assert typing.stdout is not None
        assert typing.stdout.readline() == "typed\n"
        typing.send_signal(sent)
        assert typing.wait(60) == 0
    notebook = open_notebook(folder)
    came_back = open_draft(notebook)
    notebook.close()
    assert came_back is not None
    assert came_back.text == "They wait."


def test_the_end_of_the_session_waits_until_the_draft_is_on_disk(
    start: Starter, tmp_path: Path, qapp: QApplication, qtbot: QtBot
) -> None:
    folder = write(tmp_path, SELLER, lambda notebook: None)
    program = start(folder)
    assert program._commands is not None
    capture = program._commands.writing.capture()
    capture.new_note()
    qtbot.keyClicks(capture.form.text, "They wait.")
    ending = SessionEnd(qapp)
    ending.keep.connect(program.keep_typed)
    ending.keep.emit()
    notebook = open_notebook(folder)
    kept = [draft.heading for draft in list_drafts(notebook)]
    notebook.close()
    ending.close()
    assert signal.getsignal(signal.SIGTERM) is signal.SIG_DFL
    assert kept == ["They wait."]
