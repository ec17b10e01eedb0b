"""A seller with a keyboard and no mouse: the real window under X, driven by real key presses."""

from __future__ import annotations

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
from tests.screens import PATIENCE, Hands, a_program, a_screen

AGAIN = 3.0  # seconds after which a key is pressed once more


@pytest.fixture
def display() -> Iterator[str]:
    with a_screen() as shown:
        yield shown


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
    with a_program(display, library, tmp_path) as at_work:
        yield at_work


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
