"""What reading in asks and tells, row by row."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from fieldnotes.desktop import theme
from fieldnotes.desktop.inbox.decide_page import DecidePage
from fieldnotes.desktop.inbox.decision_rows import OtherKeyRow
from fieldnotes.desktop.inbox.edited_twice_row import EditedTwiceRow
from fieldnotes.desktop.inbox.questions import OtherKey, Told
from fieldnotes.desktop.inbox.told_rows import told_row
from fieldnotes.desktop.widgets.difference_text import DifferenceText
from fieldnotes.domain.notes import Note
from fieldnotes.operations.import_plans import Twice
from tests.builders import at
from tests.desktop.libraries import SELLER, show


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


TWICE = Twice(
    "They built a sheet",
    SELLER,
    Note(text="They built a sheet in 2019 and like it. The CFO pays."),
    Note(text="They built a sheet in 2020. Two people repair it."),
    (at("2026-03-02T09:06:10"), at("2026-03-02T09:06:50")),
    here=(True, False),
)


def test_of_two_versions_it_is_told_which_is_here_and_which_is_newer(qtbot: QtBot) -> None:
    row = EditedTwiceRow(TWICE)
    show(qtbot, row)
    row.compare.click()
    told = [label.text() for label in row.findChildren(QLabel)]
    assert "Here: changed 2 Mar 2026, 09:06:10" in told
    assert "In the file: changed 2 Mar 2026, 09:06:50, newer" in told


def test_both_versions_keep_their_spaces_and_begin_at_the_same_height(qtbot: QtBot) -> None:
    row = EditedTwiceRow(TWICE)
    row.resize(700, 400)
    show(qtbot, row)
    row.compare.click()
    one, other = row.findChildren(DifferenceText)
    assert one.toPlainText() == TWICE.one.text
    assert other.toPlainText() == TWICE.other.text
    qtbot.waitUntil(lambda: one.y() == other.y() > 0)


def test_what_is_compared_scrolls_into_view(qtbot: QtBot) -> None:
    page = DecidePage()
    page.resize(600, 260)
    above = [Told("gap", "3", SELLER) for _ in range(3)]
    page.show_rows([], [*above, Told("edited_twice", "They built", SELLER, twice=TWICE)])
    show(qtbot, page)
    row = page.rows()[-1]
    assert isinstance(row, EditedTwiceRow)
    row.compare.click()
    qtbot.waitUntil(lambda: page._scroll.verticalScrollBar().value() > 0)
    assert not row.visibleRegion().isEmpty()
