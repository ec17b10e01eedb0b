"""Removing says what happens to copies, and asks for a typed yes where it is a great part."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from fieldnotes.desktop import theme
from fieldnotes.desktop.notes.removal_choice import RemovalChoice
from fieldnotes.desktop.notes.removal_words import copies_words
from fieldnotes.desktop.runner import Runner
from fieldnotes.domain.records import Reason
from fieldnotes.domain.selections import Selection
from fieldnotes.operations.notebook import Notebook
from fieldnotes.operations.removing import Removing
from tests.builders import found, logged, sent
from tests.desktop.libraries import SELLER, question, running, show, write

LOOKING = "Looking who has a copy…"


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication) -> None:
    theme.apply(qapp, "light")


@pytest.fixture
def ids() -> list[str]:
    return []


@pytest.fixture
def runner(tmp_path: Path, ids: list[str]) -> Iterator[Runner]:
    def notes(notebook: Notebook) -> None:
        for _ in range(30):
            logged(notebook)
        ids.extend(found(notebook))
        sent(notebook, tmp_path / "1.fieldnotes", Selection(recipient="Marketing"))

    with running(write(tmp_path, SELLER, notes)) as made:
        yield made


@pytest.fixture
def choice(qtbot: QtBot, runner: Runner) -> RemovalChoice:
    made = RemovalChoice(runner)
    show(qtbot, made)
    return made


def ask(qtbot: QtBot, choice: RemovalChoice, ids: list[str]) -> None:
    choice.open(ids)
    qtbot.waitUntil(lambda: choice.copies.text() != LOOKING)


def reason(choice: RemovalChoice, words: str) -> QPushButton:
    return next(b for b in choice.findChildren(QPushButton) if words in b.accessibleName())


def test_who_has_a_copy_is_said_on_the_page(
    qtbot: QtBot, choice: RemovalChoice, ids: list[str]
) -> None:
    ask(qtbot, choice, ids[:1])
    assert choice.copies.text() == (
        "Marketing has a copy, and is told the next time you send there."
    )
    assert not choice.typed.isVisible()
    assert reason(choice, "wrong").isEnabled()


def test_many_at_once_wait_for_a_typed_yes(
    qtbot: QtBot, choice: RemovalChoice, ids: list[str]
) -> None:
    ask(qtbot, choice, ids[:3])
    chosen: list[Reason] = []
    choice.chosen.connect(chosen.append)
    assert choice.typed.hasFocus()
    for words in ("wrong", "consent", "Erase"):
        assert not reason(choice, words).isEnabled()
    reason(choice, "wrong").click()
    qtbot.keyClicks(choice.typed, "ye")
    assert not reason(choice, "wrong").isEnabled()
    qtbot.keyClicks(choice.typed, "s")
    assert chosen == []
    reason(choice, "wrong").click()
    assert chosen == [Reason.WRONG]


def test_a_yes_counts_once(qtbot: QtBot, choice: RemovalChoice, ids: list[str]) -> None:
    ask(qtbot, choice, ids[:3])
    qtbot.keyClicks(choice.typed, "YES")
    reason(choice, "wrong").click()
    ask(qtbot, choice, ids[:4])
    assert not reason(choice, "wrong").isEnabled()


def test_before_it_is_known_how_many_they_are_several_wait(
    choice: RemovalChoice, ids: list[str]
) -> None:
    choice.open(ids[:2])
    assert not reason(choice, "wrong").isEnabled()
    choice.open(ids[:1])
    assert reason(choice, "wrong").isEnabled()


def test_erasing_says_it_as_well(qtbot: QtBot, choice: RemovalChoice, ids: list[str]) -> None:
    ask(qtbot, choice, ids[:1])
    reason(choice, "Erase").click()
    box = question(qtbot)
    assert "Marketing has a copy" in box.informativeText()
    box.reject()


@pytest.mark.parametrize(
    ("told", "words"),
    [
        (Removing(1, 9), "Nobody else has a copy."),
        (
            Removing(1, 9, people=("Ada", "Ines", "Wren")),
            "3 people have a copy (Ada, Ines, Wren): they are told the next time you send to them.",
        ),
        (
            Removing(1, 9, people=tuple("abcdef")),
            "6 people have a copy (a, b, c, d and 2 more): they are told the next time you send"
            " to them.",
        ),
        (
            Removing(1, 9, unnamed=True),
            "A file without a name on it went out: whoever has it hears with your next file.",
        ),
        (
            Removing(1, 9, sheets=True),
            "Sheets and pages that you made stay as they are: ask for them back.",
        ),
        (
            Removing(1, 9, own=True),
            "A file for yourself still holds it; reading it in brings nothing back.",
        ),
    ],
)
def test_it_is_said_in_plain_words(told: Removing, words: str) -> None:
    assert copies_words(told) == words
