"""Two windows and two programs on one library: nobody writes over anybody, nobody waits."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from fieldnotes.desktop.capture.capture_window import CaptureWindow
from fieldnotes.desktop.runner import Runner
from fieldnotes.domain.notes import NoteDraft
from fieldnotes.domain.query import EVERYTHING
from fieldnotes.domain.query_text import parse_query
from fieldnotes.operations.checking import check_library
from fieldnotes.operations.drafts import list_drafts, save_draft
from fieldnotes.operations.housekeeping import tidy
from fieldnotes.operations.notebook import Notebook, open_notebook
from fieldnotes.operations.search import count_notes, find_notes
from tests.builders import a_note, logged

ROOT = Path(__file__).parents[2]
Opened = Callable[[], CaptureWindow]

LOGS = """
import sys
from pathlib import Path
from fieldnotes.operations.notebook import open_notebook
from tests.builders import logged
notebook = open_notebook(Path(sys.argv[1]))
for number in range(20):
    logged(notebook, text=f"{sys.argv[2]} {number}")
notebook.close()
"""
HOLDS = """
import sys
from pathlib import Path
from fieldnotes.operations.notebook import open_notebook
notebook = open_notebook(Path(sys.argv[1]))
with notebook.library.transaction():
    print("held", flush=True)
    sys.stdin.readline()
notebook.close()
"""
IMPORTS = """
import sys
from pathlib import Path
from fieldnotes.operations.intake import take_over
from fieldnotes.operations.notebook import open_notebook
notebook = open_notebook(Path(sys.argv[1]))
taken = take_over(notebook, Path(sys.argv[2]), progress=lambda done, total: (
    print("begun", flush=True) if done == 1 else None))
assert taken.result.new == int(sys.argv[3]), taken.result
notebook.close()
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    open_notebook(tmp_path / "library", "Wren Tolliver").close()
    return tmp_path / "library"


@pytest.fixture
def notebook(folder: Path) -> Iterator[Notebook]:
    opened = open_notebook(folder)
    yield opened
    opened.close()


@pytest.fixture
def opened(folder: Path, qtbot: QtBot) -> Iterator[Opened]:
    """Windows to write in, each as of a program of its own."""
    running: list[tuple[CaptureWindow, Runner]] = []

    def start() -> CaptureWindow:
        runner = Runner(folder)
        window = CaptureWindow(runner)
        running.append((window, runner))
        return window

    yield start
    for window, runner in running:
        window.close()
        runner.close()
        window.deleteLater()


def program(folder: Path, script: str, *words: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-P", "-c", script, str(folder), *words]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    pipe = subprocess.PIPE
    return subprocess.Popen(command, env=environment, stdin=pipe, stdout=pipe, text=True)


def texts(notebook: Notebook) -> list[str]:
    return sorted(view.note.text for view in find_notes(notebook, EVERYTHING, 1000).notes)


def saved(window: CaptureWindow, qtbot: QtBot) -> None:
    with qtbot.waitSignal(window.saved):
        window.save()


def test_the_same_draft_in_two_windows_ends_as_two_notes(
    opened: Opened, notebook: Notebook, qtbot: QtBot
) -> None:
    here, there = opened(), opened()
    here.new_note()
    with qtbot.waitSignal(here.draft_kept):
        qtbot.keyClicks(here.form.text, "Begun")
    there.resume(list_drafts(notebook)[0].id)
    qtbot.waitUntil(lambda: there.form.text.text() == "Begun")
    for window, words in ((here, " here."), (there, " there.")):
        with qtbot.waitSignal(window.draft_kept):
            qtbot.keyClicks(window.form.text, words)
    assert sorted(view.heading for view in list_drafts(notebook)) == ["Begun here.", "Begun there."]
    saved(here, qtbot)
    saved(there, qtbot)
    assert texts(notebook) == ["Begun here.", "Begun there."]
    assert list_drafts(notebook) == []


def test_two_programs_and_a_window_write_at_once_and_nothing_is_lost(
    opened: Opened, folder: Path, notebook: Notebook, qtbot: QtBot
) -> None:
    window = opened()
    window.new_note()
    others = [program(folder, LOGS, name) for name in ("one", "other")]
    for number in range(5):
        qtbot.keyClicks(window.form.text, f"window {number}")
        saved(window, qtbot)
    for other in others:
        other.communicate()
        assert other.returncode == 0
    tidy(notebook)
    expected = [f"{name} {number}" for name in ("one", "other") for number in range(20)]
    assert texts(notebook) == sorted(expected + [f"window {number}" for number in range(5)])
    assert check_library(notebook).problems == []


def test_who_saves_does_not_wait_for_long_work_of_another_program(
    opened: Opened, folder: Path, notebook: Notebook, qtbot: QtBot
) -> None:
    window = opened()
    window.new_note()
    with program(folder, HOLDS) as holding:
        assert holding.stdout is not None
        assert holding.stdout.readline() == "held\n"
        for number in range(3):
            qtbot.keyClicks(window.form.text, f"window {number}")
            saved(window, qtbot)
        assert holding.poll() is None
        assert texts(notebook) == ["window 0", "window 1", "window 2"]
        holding.communicate("let go\n")
    tidy(notebook)
    assert notebook.library.outbox.waiting() == []
    assert check_library(notebook).problems == []


@pytest.mark.parametrize(
    "count",
    [500, pytest.param(1_000_000, marks=[pytest.mark.long, pytest.mark.timeout(7200)])],
)
def test_who_writes_during_an_import_is_not_held_up(
    opened: Opened, folder: Path, notebook: Notebook, qtbot: QtBot, tmp_path: Path, count: int
) -> None:
    sheet = tmp_path / "notes.csv"
    rows = (f"Imported {number},Account {number % 900}\n" for number in range(count))
    sheet.write_text("text,account\n" + "".join(rows))
    window = opened()
    window.new_note()
    during = 0
    with program(folder, IMPORTS, str(sheet), str(count)) as importing:
        assert importing.stdout is not None
        assert importing.stdout.readline() == "begun\n"
        while importing.poll() is None or during < 3:
            with qtbot.waitSignal(window.draft_kept):
                qtbot.keyClicks(window.form.text, f"window {during}")
            saved(window, qtbot)
            during += 1
        assert importing.returncode == 0
    while not tidy(notebook).result:
        pass
    assert count_notes(notebook, parse_query("window")) == during
    assert count_notes(notebook, EVERYTHING) == count + during
    assert check_library(notebook).problems == []


def test_a_checkpoint_of_the_whole_log_holds_up_no_save(folder: Path, notebook: Notebook) -> None:

    for _ in range(50):
        logged(notebook)
    done: list[bool] = []

    def tidies() -> None:
        other = open_notebook(folder)
        while not done:
            tidy(other)
            time.sleep(0)
        other.close()

    thread = threading.Thread(target=tidies)
    thread.start()
    for _ in range(50):
        save_draft(notebook, NoteDraft(id=notebook.new_id(), note=a_note()))
    done.append(True)
    thread.join()
    assert len(texts(notebook)) == 100
