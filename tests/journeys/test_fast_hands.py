"""A seller with a keyboard and no mouse: the real window under X, driven by real key presses."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from fieldnotes.domain.notes import Note
from fieldnotes.domain.query import EVERYTHING
from fieldnotes.domain.views import NoteView
from fieldnotes.operations.notebook import open_notebook
from fieldnotes.operations.search import find_notes
from tests.builders import TickingClock, logged

PATIENCE = 60
AGAIN = 3.0  # seconds after which a key is pressed once more
SHIFTED = "@#!^"


class Hands:
    """Press keys as a person does. `presses` counts every key, Shift, Ctrl and Alt among them."""

    def __init__(self, display: str) -> None:
        self.presses = 0
        self._environment = os.environ | {"DISPLAY": display}

    def write(self, words: str) -> None:
        """Words are not counted; the signs before names are, with the Shift they need."""
        self.presses += 2 * sum(words.count(sign) for sign in SHIFTED)
        self._do("type", "--delay", "15", words)

    def press(self, *keys: str) -> None:
        for key in keys:
            self.presses += 1 + key.count("+")
            self._do("key", key)

    def go_to(self, title: str) -> bool:
        """Let a window have the keyboard; there is no window manager to do so. False: none yet."""
        found = self._do("search", "--onlyvisible", "--name", title, may_fail=True).split()
        if found:
            self._do("windowfocus", found[-1], may_fail=True)
        return bool(found)

    def _do(self, *words: str, may_fail: bool = False) -> str:
        done = subprocess.run(
            ["xdotool", *words],
            env=self._environment,
            capture_output=True,
            text=True,
            check=not may_fail,
            timeout=PATIENCE,
        )
        return done.stdout


@pytest.fixture
def display() -> Iterator[str]:
    """A screen that nobody sees."""
    assert shutil.which("Xvfb"), "the set-up of the tests installs xvfb and xdotool"
    reading, writing = os.pipe()
    command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1366x768x24", "-nolisten"]
    screen = subprocess.Popen(
        [*command, "tcp"], pass_fds=[writing], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    os.close(writing)
    with os.fdopen(reading) as told:
        number = told.readline().strip()
    yield f":{number}"
    screen.terminate()
    screen.wait(PATIENCE)


@pytest.fixture
def library(tmp_path: Path) -> Path:
    notebook = open_notebook(tmp_path / "library", "Wren Tolliver", TickingClock())
    for _time in range(2):
        logged(
            notebook,
            account="Halden Foods",
            tags=["pricing", "discount", "legal"],
            competitors=("Kolvik",),
        )
    notebook.close()
    return tmp_path / "library"


@pytest.fixture
def hands(display: str, library: Path, tmp_path: Path) -> Iterator[Hands]:
    """The program is starting."""
    private = {
        "DISPLAY": display,
        "QT_QPA_PLATFORM": "xcb",
        "XDG_RUNTIME_DIR": str(tmp_path),
        "XDG_DATA_HOME": str(tmp_path / "platform"),
        "FIELDNOTES_LIBRARY": str(library),
    }
    told = tmp_path / "told"
    with told.open("w") as log:
        program = subprocess.Popen(
            [sys.executable, "-m", "fieldnotes"],
            env=os.environ | private,
            cwd=Path(__file__).parents[2],
            stdout=log,
            stderr=log,
        )
    yield Hands(display)
    program.terminate()
    program.wait(PATIENCE)
    assert "Traceback" not in told.read_text()


def saved(library: Path, count: int, qtbot: QtBot) -> Note:
    """Wait until so many notes are in the library; returns the one that was saved last."""

    def views() -> list[NoteView]:
        notebook = open_notebook(library)
        try:
            return find_notes(notebook, EVERYTHING).notes
        finally:
            notebook.close()

    qtbot.waitUntil(lambda: len(views()) == count, timeout=1000 * PATIENCE)
    return max(views(), key=lambda view: view.created.ms).note


def test_an_objection_and_the_next_note_of_its_meeting_are_written_without_a_mouse(
    hands: Hands, library: Path, qtbot: QtBot
) -> None:
    pressed = [-AGAIN]

    def opened() -> bool:
        """The first window is seen before it listens: nobody counts what it did not hear.

        A press is not repeated before it can have been answered: presses would only queue up.
        """
        if hands.go_to("New note"):
            return hands.presses > 0
        if time.monotonic() - pressed[0] > AGAIN and hands.go_to("Fieldnotes"):
            hands.presses = 0
            hands.press("ctrl+n")
            pressed[0] = time.monotonic()
        return False

    qtbot.waitUntil(opened, timeout=1000 * PATIENCE)
    hands.press("ctrl+2")
    hands.write("They say we are too expensive. @hal")
    hands.press("Return")
    hands.write("compares us with !kol")
    hands.press("Return")
    hands.write("and wants a year free #pri")
    hands.press("Return")
    hands.write("#dis")
    hands.press("Return", "ctrl+apostrophe")
    hands.write("Why would I pay you in year one?")
    hands.press("Tab")
    hands.write("CFO")
    hands.press("alt+s", "5", "ctrl+Return")
    first = saved(library, 3, qtbot)
    assert first.kind == "objection"
    assert first.text == (
        "They say we are too expensive. Halden Foods compares us with Kolvik"
        " and wants a year free pricing discount"
    )
    assert (first.account, first.competitors) == ("Halden Foods", ("Kolvik",))
    assert (first.tags, first.stage) == (("pricing", "discount"), "proposal")
    assert [(quote.text, quote.role) for quote in first.quotes] == [
        ("Why would I pay you in year one?", "CFO")
    ]
    assert hands.presses <= 30

    hands.presses = 0
    hands.press("ctrl+2")
    hands.write("Their lawyers need a month. #leg")
    hands.press("Return", "ctrl+Return")
    second = saved(library, 4, qtbot)
    assert (second.kind, second.tags) == ("objection", ("legal",))
    assert (second.account, second.meeting) == ("Halden Foods", first.meeting)
    assert hands.presses <= 12
