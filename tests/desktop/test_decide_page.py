"""What reading in asks and tells, row by row."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from fieldnotes.desktop import theme
from fieldnotes.desktop.inbox.decision_rows import OtherKeyRow
from fieldnotes.desktop.inbox.questions import OtherKey, Told
from fieldnotes.desktop.inbox.told_rows import told_row
from tests.desktop.libraries import SELLER


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication) -> None:
    theme.apply(qapp, "light")


@pytest.mark.parametrize(
    ("notes", "accepted", "words"),
    [
        (1, False, "1 note waits until you have compared the words."),
        (2, False, "2 notes wait until you have compared the words."),
        (1, True, "1 note will be read in."),
    ],
)
def test_one_note_is_told_in_the_singular(
    qtbot: QtBot, notes: int, accepted: bool, words: str
) -> None:
    row = OtherKeyRow(OtherKey("key", SELLER, ("one",) * 6, (), notes, accepted))
    qtbot.addWidget(row)
    assert row.detail.endswith(words)


def test_one_more_note_is_told_in_the_singular(qtbot: QtBot) -> None:
    row = told_row(Told("edited_twice", "", "", 1))
    qtbot.addWidget(row)
    assert row.heading == "1 more note"
