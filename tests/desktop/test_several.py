"""Several notes chosen: the bar below the list, and what it does to all of them."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from fieldnotes.desktop.bundles.sending_dialog import SendingDialog
from fieldnotes.desktop.main_window import MainWindow
from fieldnotes.desktop.notes.acting import Acting
from fieldnotes.desktop.notes.removal_choice import RemovalChoice
from fieldnotes.domain.records import Reason
from fieldnotes.operations.notebook import Notebook
from tests.builders import got, logged
from tests.desktop.conftest import Opened, Starter
from tests.desktop.libraries import SELLER, a_file, write
from tests.desktop.test_undoing import WindowsSeen

KEY = Qt.Key
SHIFT, CTRL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


def six(notebook: Notebook) -> None:
    for number in range(6):
        logged(notebook, text=f"Note {number}", tags=["old"] if number < 5 else [])


def choose(window: MainWindow, qtbot: QtBot, count: int) -> Acting:
    """The first so many notes, with the keyboard."""
    view = window.list
    qtbot.waitUntil(lambda: window.notes.reader.reading is not None)
    for _ in range(count - 1):
        QTest.keyClick(view, KEY.Key_Down, SHIFT)
    assert view.count_selected() == count
    return window.notes.acting()


def tags(window: MainWindow) -> list[tuple[str, ...]]:
    model = window.list.notes
    return [model.row(number).tags for number in range(model.rowCount())]


def undo(window: MainWindow) -> None:
    window.menus["&Edit"].actions()[0].trigger()


def test_the_bar_is_there_while_more_than_one_note_is_chosen(opened: Opened, qtbot: QtBot) -> None:
    window = opened(six)
    acting = choose(window, qtbot, 3)
    assert acting.bar.isVisible()
    assert acting.bar.words() == "3 notes chosen"
    acting.bar.cross.click()
    assert not acting.bar.isVisible()
    assert window.list.count_selected() == 1


def test_the_bar_comes_up_in_the_window_and_opens_none(
    opened: Opened, qtbot: QtBot, qapp: QApplication
) -> None:
    window = opened(six)
    seen = WindowsSeen()
    qapp.installEventFilter(seen)
    choose(window, qtbot, 3).bar.tag.click()
    qapp.removeEventFilter(seen)
    assert seen.names == []


def test_a_tag_is_added_to_all_and_taken_back_in_one_step(opened: Opened, qtbot: QtBot) -> None:
    window = opened(six)
    bar = choose(window, qtbot, 3).bar
    bar.tag.click()
    assert bar.field.hasFocus()
    QTest.keyClicks(bar.field, "#Renewal")
    QTest.keyClick(bar.field, KEY.Key_Return)
    qtbot.waitUntil(lambda: tags(window)[0] == ("Renewal",))
    assert tags(window) == [("Renewal",), *[("old", "Renewal")] * 2, *[("old",)] * 3]
    qtbot.waitUntil(lambda: window.notes.acting().told.words() == "Tagged #Renewal: 3 notes.")
    assert window.list.count_selected() == 3
    assert window.focusWidget() is window.list
    undo(window)
    qtbot.waitUntil(lambda: tags(window) == [(), *[("old",)] * 5])


def test_a_tag_is_taken_off_where_it_is(opened: Opened, qtbot: QtBot) -> None:
    window = opened(six)
    bar = choose(window, qtbot, 3).bar
    bar.tag.click()
    QTest.keyClicks(bar.field, "OLD")
    bar.take_off.click()
    qtbot.waitUntil(lambda: tags(window) == [(), (), (), *[("old",)] * 3])
    told = "Taken off #OLD: 2 notes. 1 had it so already."
    qtbot.waitUntil(lambda: window.notes.acting().told.words() == told)


def test_escape_leaves_the_tag_and_goes_back_to_the_list(opened: Opened, qtbot: QtBot) -> None:
    window = opened(six)
    bar = choose(window, qtbot, 2).bar
    bar.tag.click()
    QTest.keyClick(bar.field, KEY.Key_Escape)
    assert not bar.field.isVisible()
    assert window.focusWidget() is window.list


def test_one_note_is_tagged_from_the_menu_as_well(opened: Opened, qtbot: QtBot) -> None:
    window = opened(six)
    choose(window, qtbot, 1)
    entry = next(a for a in window.menus["&Note"].actions() if "ta&g" in a.text())
    entry.trigger()
    bar = window.notes.acting().bar
    assert bar.words() == "1 note chosen"
    QTest.keyClicks(bar.field, "alone")
    bar.add.click()
    qtbot.waitUntil(lambda: tags(window)[0] == ("alone",))
    assert not bar.isVisible()


def test_who_may_see_them_is_said_for_all(opened: Opened, qtbot: QtBot) -> None:
    window = opened(six)
    bar = choose(window, qtbot, 2).bar
    bar.see.click()
    menu = bar.findChild(QMenu)
    assert menu is not None
    only_me = next(action for action in menu.actions() if action.text() == "Only me")
    only_me.trigger()
    menu.close()
    told = "Who may see it: 2 notes."
    qtbot.waitUntil(lambda: window.notes.acting().told.words() == told)
    window.show_query("see:me")
    qtbot.waitUntil(lambda: window.list.notes.rowCount() == 2)


def test_just_these_are_sent(opened: Opened, qtbot: QtBot) -> None:
    window = opened(six)
    bar = choose(window, qtbot, 2).bar
    bar.send.click()
    dialog = window.findChild(SendingDialog)
    assert dialog is not None
    assert not dialog.choosing.tags.isVisible()
    qtbot.waitUntil(lambda: dialog.foot_words.text() == "2 notes")
    dialog.check.click()
    qtbot.waitUntil(lambda: dialog.plan() is not None)
    plan = dialog.plan()
    assert plan is not None
    assert sorted(item.heading for item in plan.items) == ["Note 4", "Note 5"]
    dialog.close()


def test_they_are_copied_together(opened: Opened, qtbot: QtBot) -> None:
    window = opened(six)
    bar = choose(window, qtbot, 2).bar
    bar.copy.click()
    qtbot.waitUntil(lambda: "Note 4" in QApplication.clipboard().text())
    assert "Note 5" in QApplication.clipboard().text()


def test_what_was_never_in_sight_is_removed_as_well(opened: Opened, qtbot: QtBot) -> None:
    def many(notebook: Notebook) -> None:
        for number in range(140):
            logged(notebook, text=f"Note {number}")

    window = opened(many)
    qtbot.waitUntil(lambda: window.list.notes.rowCount() == 140)
    QTest.keyClick(window.list, KEY.Key_A, CTRL)
    assert len(window.list.selected_ids()) < 140
    bar = window.notes.acting().bar
    assert bar.words() == "140 notes chosen"
    bar.remove.click()
    choice = lambda: window.notes.reader.findChild(RemovalChoice)  # noqa: E731
    qtbot.waitUntil(lambda: choice() is not None and choice().isVisible())
    choice().chosen.emit(Reason.WRONG)
    qtbot.waitUntil(lambda: window.list.notes.rowCount() == 0)
    undo(window)
    qtbot.waitUntil(lambda: window.list.notes.rowCount() == 140)


def test_notes_of_others_stay_and_that_is_said(
    start: Starter, tmp_path: Path, qtbot: QtBot
) -> None:
    def theirs(notebook: Notebook) -> None:
        logged(notebook, text="Theirs")
        logged(notebook, text="Theirs as well")

    file = a_file(tmp_path, "Ines Carvalho", theirs)

    def both(notebook: Notebook) -> None:
        logged(notebook, text="Mine")
        got(notebook, file)

    window = start(write(tmp_path, SELLER, both)).window
    assert window is not None
    bar = choose(window, qtbot, 3).bar
    bar.tagged.emit("seen")
    told = "Tagged #seen: 1 note. 2 are other people’s and stay as they are."
    qtbot.waitUntil(lambda: window.notes.acting().told.words() == told)
    window.notes.ask_removal()
    choice = window.notes.reader.findChild(RemovalChoice)
    assert choice is not None
    choice.chosen.emit(Reason.WRONG)
    qtbot.waitUntil(lambda: window.list.notes.rowCount() == 2)
    assert "2 are other people’s and stay." in window.notes.reader._undo_notice.words()


def test_too_many_are_not_changed_and_that_is_said(opened: Opened, qtbot: QtBot) -> None:
    window = opened(six)
    acting = choose(window, qtbot, 2)
    asked: list[list[str]] = []
    window.list.selected_keys = lambda: list(range(1_001))  # type: ignore[method-assign]
    acting.with_chosen(asked.append)
    assert asked == []
    assert acting.told.words() == "Too many notes are chosen. Choose at most 1,000."
