"""The card comes at the press of a key while another program has the keyboard: under a real X."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from fieldnotes.operations.notebook import open_notebook
from tests.builders import TickingClock, logged
from tests.screens import PATIENCE, Hands, OtherProgram, a_program, a_screen

CARD, DIALOG, MAIN = "What worked", "A key for every program", "^Fieldnotes"
AGAIN = 3.0  # seconds after which a key is pressed once more: the program may not listen yet


@pytest.fixture
def display() -> Iterator[str]:
    with a_screen() as shown:
        yield shown


@pytest.fixture
def other(display: str) -> Iterator[OtherProgram]:
    program = OtherProgram(display)
    yield program
    program.close()


@pytest.fixture
def library(tmp_path: Path) -> Path:
    notebook = open_notebook(tmp_path / "library", "Wren Tolliver", TickingClock())
    logged(notebook, kind="objection", answer="One sum", worked="yes", competitors=("Kolvik",))
    notebook.close()
    return tmp_path / "library"


def wait(qtbot: QtBot, until: Callable[[], bool]) -> None:
    qtbot.waitUntil(until, timeout=1000 * PATIENCE)


def press_until(
    qtbot: QtBot, hands: Hands, window: str, keys: str, until: Callable[[], bool]
) -> None:
    """Press keys in a window, and again where nothing came of it."""
    pressed = -AGAIN

    def is_so() -> bool:
        nonlocal pressed
        if until():
            return True
        if time.monotonic() - pressed > AGAIN and hands.go_to(window):
            hands.press(*keys.split())
            pressed = time.monotonic()
        return False

    wait(qtbot, is_so)


def test_the_card_has_the_keyboard_after_the_key_was_pressed_in_another_program(
    display: str, other: OtherProgram, library: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    with a_program(display, library, tmp_path) as hands:
        has_it = lambda: hands.writes_into().startswith(CARD)  # noqa: E731
        press_until(qtbot, hands, other.name, "ctrl+alt+f", has_it)
        assert not other.takes("f")
        hands.write("kolvik")
        hands.press("Escape")
        wait(qtbot, lambda: not hands.sees(CARD))
    wait(qtbot, lambda: other.takes("f"))


def test_keys_chosen_in_the_program_work_from_then_on_and_those_before_do_not(
    display: str, other: OtherProgram, library: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    with a_program(display, library, tmp_path) as hands:
        press_until(qtbot, hands, MAIN, "alt+e p", lambda: hands.sees(DIALOG))
        wait(qtbot, lambda: hands.writes_into().startswith(DIALOG))
        # the key before is free once another one is held; to try that one would be to take it
        press_until(qtbot, hands, DIALOG, "Tab ctrl+alt+j", lambda: other.takes("f"))
        hands.press("Escape")
        has_it = lambda: hands.writes_into().startswith(CARD)  # noqa: E731
        press_until(qtbot, hands, other.name, "ctrl+alt+j", has_it)
        assert not other.takes("j")
