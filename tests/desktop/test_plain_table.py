"""A calm table shows a long word on several lines, and says where it leaves something out."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication, QStyleOptionViewItem
from pytestqt.qtbot import QtBot

from fieldnotes.desktop import theme
from fieldnotes.desktop.widgets import plain_table_delegate
from fieldnotes.desktop.widgets.long_words import breakable
from fieldnotes.desktop.widgets.plain_table import PlainTable
from fieldnotes.desktop.widgets.plain_table_model import Cell, Column, TableRow
from tests.desktop.libraries import show

NAME = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerk"


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication) -> None:
    theme.apply(qapp, "light")


def height(qtbot: QtBot, *cells: Cell) -> int:
    table = PlainTable("Notes")
    table.resize(300, 300)
    table.fill([Column("x", 1) for _ in cells], [TableRow((cells,))])
    show(qtbot, table)
    hint = table.itemDelegate().sizeHint(QStyleOptionViewItem(), table.model().index(0, 0))
    return hint.height()


def test_a_word_wider_than_its_column_goes_on_below(qtbot: QtBot) -> None:
    short = height(qtbot, Cell("Halvard"), Cell("Norden"))
    line = QFontMetrics(theme.font()).height()
    assert height(qtbot, Cell("Halvard"), Cell(NAME)) >= short + 2 * line


def test_words_go_below_a_chip_that_leaves_no_room(qtbot: QtBot) -> None:
    beside = height(qtbot, Cell("Halvard"), Cell("Yes", chip="on"))
    assert height(qtbot, Cell("Halvard"), Cell("Yes", chip="ask before use")) > beside


def test_a_word_is_broken_where_it_does_not_fit_and_no_letter_is_lost() -> None:
    broken = breakable(f"{NAME} GmbH", lambda word: len(word) <= 20)
    assert broken.replace("\u200b", "") == f"{NAME} GmbH"
    assert max(map(len, broken.replace(" ", "\u200b").split("\u200b"))) == 20


def test_very_many_words_end_with_a_sign_that_there_are_more() -> None:
    assert plain_table_delegate._words(Cell("word " * 200)).endswith("word…")


def test_a_chip_stands_in_the_middle_of_its_line(qtbot: QtBot) -> None:
    metrics = QFontMetrics(theme.font())
    line = QRect(0, 40, 200, metrics.height())
    box = plain_table_delegate._chip_box(Cell(chip="Known sender"), line, metrics)
    assert abs(box.center().y() - line.center().y()) <= 1
