"""A win in the reader says whether it may be told, and its author takes the consent back there."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from fieldnotes.desktop.main_window import MainWindow
from fieldnotes.desktop.notes.sheet import Sheet
from fieldnotes.desktop.widgets.chips import Chip
from fieldnotes.domain.notes import Consent
from fieldnotes.operations.notebook import Notebook
from tests.builders import logged
from tests.desktop.conftest import Opened
from tests.desktop.test_main_window import actions
from tests.desktop.test_notes_page import read, words_on

GIVEN = Consent(
    who="Petra K., CFO", wording="Running before lunch", named=True, channels=("web", "talk")
)


def shown(opened: Opened, qtbot: QtBot, consent: Consent | None, kind: str = "win") -> MainWindow:
    def write(notebook: Notebook) -> None:
        logged(notebook, kind=kind, text="They signed.", consent=consent)

    window = opened(write)
    read(window, qtbot)
    return window


def chips(window: MainWindow) -> list[str]:
    sheet = window.notes.reader.findChild(Sheet)
    return [chip.text() for chip in sheet.findChildren(Chip)][1:] if sheet else []


@pytest.mark.parametrize(
    ("consent", "state"),
    [
        (None, "ask the customer before use"),
        (Consent(who="CFO", named=True), "valid"),
        (Consent(who="CFO", until="2027-03-31"), "valid until 2027-03-31"),
        (
            Consent(who="CFO", until="2026-03-20"),
            "ended on 2026-03-20: ask the customer before use",
        ),
        (Consent(who="CFO", withdrawn="2026-01-01"), "withdrawn on 2026-01-01: do not use"),
    ],
)
def test_a_win_says_whether_it_may_be_told(
    opened: Opened, qtbot: QtBot, consent: Consent | None, state: str
) -> None:
    assert chips(shown(opened, qtbot, consent)) == [state]


def test_a_consent_stands_on_one_line(opened: Opened, qtbot: QtBot) -> None:
    window = shown(opened, qtbot, GIVEN)
    line = "With their name  ·  agreed by Petra K., CFO  ·  web, talk  ·  “Running before lunch”"
    sheet = window.notes.reader.findChild(Sheet)
    assert sheet is not None
    assert line in words_on(sheet).splitlines()


def test_a_consent_is_withdrawn_and_given_back_in_the_reader(opened: Opened, qtbot: QtBot) -> None:
    window = shown(opened, qtbot, GIVEN)
    press(window, "Customer withdrew it")
    qtbot.waitUntil(lambda: chips(window) == ["withdrawn on 2026-03-21: do not use"])
    press(window, "Not withdrawn")
    qtbot.waitUntil(lambda: chips(window) == ["valid"])


def test_the_action_withdraws_where_somebody_agreed(opened: Opened, qtbot: QtBot) -> None:
    window = shown(opened, qtbot, GIVEN)
    (withdraw,) = (each for each in actions(window) if "withdrew" in each.text())
    qtbot.waitUntil(withdraw.isEnabled)
    withdraw.trigger()
    qtbot.waitUntil(lambda: chips(window) == ["withdrawn on 2026-03-21: do not use"])
    assert not withdraw.isEnabled()


def test_a_win_that_became_an_objection_shows_its_consent_as_also_noted(
    opened: Opened, qtbot: QtBot
) -> None:
    window = shown(opened, qtbot, GIVEN, kind="objection")
    sheet = window.notes.reader.findChild(Sheet)
    assert sheet is not None
    assert "May we tell it? Valid" in words_on(sheet).splitlines()


def press(window: MainWindow, words: str) -> None:
    sheet = window.notes.reader.findChild(Sheet)
    assert sheet is not None
    (found,) = (each for each in sheet.findChildren(QPushButton) if each.text() == words)
    found.click()
