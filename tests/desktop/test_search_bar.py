"""The search box in the window: what it offers, what it says, and its chips."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from fieldnotes.desktop.main_window import MainWindow
from fieldnotes.desktop.notes.search_bar import SearchBar
from fieldnotes.desktop.widgets.chips import Chip
from fieldnotes.operations.notebook import Notebook
from tests.builders import logged
from tests.desktop.conftest import Opened


def some_notes(notebook: Notebook) -> None:
    for number in range(4):
        logged(
            notebook, account="Halden Foods", tags=["industry:food", "pricing"][: 1 + number % 2]
        )
    logged(notebook, kind="win", account="Kolvik", tags=["industry:steel"], stage="proposal")


def bar_of(window: MainWindow) -> SearchBar:
    return window.notes.finder.bar


def write(qtbot: QtBot, bar: SearchBar, words: str) -> None:
    bar.box.field.setFocus()
    qtbot.keyClicks(bar.box.field, words)


def offered(qtbot: QtBot, bar: SearchBar, *names: str) -> None:
    qtbot.waitUntil(lambda: [offer.name for offer in bar.offers()] == list(names))


def press(qtbot: QtBot, bar: SearchBar, *keys: Qt.Key) -> None:
    for key in keys:
        qtbot.keyClick(bar.box.field, key)


def chips(bar: SearchBar) -> list[str]:
    return [chip.text for chip in bar.box.tokens()]


def test_a_filter_is_completed_and_then_its_name(opened: Opened, qtbot: QtBot) -> None:
    bar = bar_of(opened(some_notes))
    write(qtbot, bar, "acc")
    offered(qtbot, bar, "account:")
    press(qtbot, bar, Qt.Key.Key_Tab)
    assert bar.box.free_text() == "account:"
    offered(qtbot, bar, "Halden Foods", "Kolvik")
    assert [offer.notes for offer in bar.offers()] == [4, 1]
    press(qtbot, bar, Qt.Key.Key_Down, Qt.Key.Key_Return)
    assert chips(bar) == ['account:"Halden Foods"']
    assert bar.box.free_text() == ""


def test_a_misspelt_name_is_found(opened: Opened, qtbot: QtBot) -> None:
    bar = bar_of(opened(some_notes))
    write(qtbot, bar, "account:haldn")
    offered(qtbot, bar, "Halden Foods")
    press(qtbot, bar, Qt.Key.Key_Return)
    assert chips(bar) == ['account:"Halden Foods"']


def test_a_family_of_tags_is_offered_as_a_whole(opened: Opened, qtbot: QtBot) -> None:
    bar = bar_of(opened(some_notes))
    write(qtbot, bar, "tag:ind")
    offered(qtbot, bar, "industry:food", "industry:*", "industry:steel")
    press(qtbot, bar, Qt.Key.Key_Down, Qt.Key.Key_Tab)
    assert chips(bar) == ["tag:industry:*"]


def test_values_that_are_fixed_are_offered(opened: Opened, qtbot: QtBot) -> None:
    bar = bar_of(opened(some_notes))
    for words, names in (
        ("kind:wi", ["win"]),
        ("stage:", ["proposal"]),
        ("has:q", ["quote"]),
        ("see:comp", ["company"]),
        ("after:last 90", []),
        ("after:last", ["last week", "last 7 days", "last month"]),
        ("author:wren", ["Wren Tolliver"]),
    ):
        bar.put("")
        write(qtbot, bar, words)
        qtbot.waitUntil(
            lambda names=names: [offer.name for offer in bar.offers()][: len(names)] == names  # type: ignore[misc]
        )


def test_keys_that_type_are_never_taken(opened: Opened, qtbot: QtBot) -> None:
    bar = bar_of(opened(some_notes))
    write(qtbot, bar, "on")
    offered(qtbot, bar, "on:")
    write(qtbot, bar, " time")
    assert bar.text() == "on time"
    press(qtbot, bar, Qt.Key.Key_Return)
    assert bar.text() == "on time"


def test_esc_closes_the_list_first_and_then_empties_the_box(opened: Opened, qtbot: QtBot) -> None:
    bar = bar_of(opened(some_notes))
    write(qtbot, bar, "acc")
    offered(qtbot, bar, "account:")
    press(qtbot, bar, Qt.Key.Key_Escape)
    assert (bar.offers(), bar.text()) == ([], "acc")
    press(qtbot, bar, Qt.Key.Key_Escape)
    assert bar.text() == ""


def test_a_row_is_taken_with_the_mouse(opened: Opened, qtbot: QtBot) -> None:
    bar = bar_of(opened(some_notes))
    write(qtbot, bar, "kind:")
    qtbot.waitUntil(lambda: len(bar.offers()) == 6)
    popup = bar.window().findChild(type(bar._popup))  # type: ignore[arg-type]
    qtbot.mouseClick(popup, Qt.MouseButton.LeftButton, pos=QPoint(30, 20))
    assert chips(bar) == ["kind:note"]


def test_a_trouble_is_told_once_the_cursor_has_left_it(opened: Opened, qtbot: QtBot) -> None:
    bar = bar_of(opened(some_notes))
    write(qtbot, bar, "price after:20x")
    assert bar.trouble.text() == ""
    write(qtbot, bar, " ")
    assert bar.trouble.text().startswith("“20x” is no time")
    assert bar.box.field.underlined() == ((6, 15),)
    press(qtbot, bar, Qt.Key.Key_Left, Qt.Key.Key_Backspace)
    assert bar.trouble.isHidden()


def test_a_trouble_is_told_after_a_pause(opened: Opened, qtbot: QtBot) -> None:
    bar = bar_of(opened(some_notes))
    write(qtbot, bar, "(price")
    qtbot.waitUntil(lambda: bar.trouble.text() == "This bracket is not closed.")


def test_what_is_wrong_is_searched_all_the_same(opened: Opened, qtbot: QtBot) -> None:
    window = opened(some_notes)
    write(qtbot, bar_of(window), "kind:wim night ")
    qtbot.waitUntil(lambda: window.notes.finder.list.notes.rowCount() == 0)
    assert chips(bar_of(window)) == []


def test_a_group_of_filters_is_one_chip(opened: Opened, qtbot: QtBot) -> None:
    bar = bar_of(opened(some_notes))
    write(qtbot, bar, "tag:a OR tag:b ")
    assert chips(bar) == ["tag:a OR tag:b"]
    write(qtbot, bar, "night OR tag:c ")
    assert (chips(bar), bar.box.free_text()) == (["tag:a OR tag:b"], "night OR tag:c ")


def test_words_in_the_middle_keep_the_cursor(opened: Opened, qtbot: QtBot) -> None:
    bar = bar_of(opened(some_notes))
    write(qtbot, bar, "night shift")
    bar.box.field.setCursorPosition(6)
    write(qtbot, bar, "tag:a late ")
    assert (chips(bar), bar.box.free_text()) == (["tag:a"], "night late shift")
    assert bar.box.field.cursor() == len("night late ")


def test_a_chip_is_taken_up_as_text(opened: Opened, qtbot: QtBot) -> None:
    bar = bar_of(opened(some_notes))
    bar.put("tag:a tag:b night")
    chip = bar.box.findChildren(Chip)[0]
    chip.clicked.emit()
    assert (chips(bar), bar.box.free_text()) == (["tag:b"], "tag:a night")
    write(qtbot, bar, "c ")
    assert (chips(bar), bar.box.free_text()) == (["tag:b", "tag:ac"], "night")


def test_a_chip_is_turned_round(opened: Opened, qtbot: QtBot) -> None:
    bar = bar_of(opened(some_notes))
    bar.put("tag:a OR tag:b")
    for label, after in (("Not this", "-(tag:a OR tag:b)"), ("Only this", "tag:a OR tag:b")):
        bar.box.chip_menu_wanted.emit(0, QPoint(10, 10))
        menu = bar.findChildren(QMenu)[-1]
        turn = next(each for each in menu.findChildren(QAction) if each.text() == label)
        turn.trigger()
        menu.close()
        assert chips(bar) == [after]
