"""Ctrl+Z across notes in the window: what the menu says is what is undone."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from fieldnotes.desktop.main_window import MainWindow
from fieldnotes.desktop.notes.removal_choice import RemovalChoice
from fieldnotes.domain.records import Reason
from fieldnotes.operations.notebook import Notebook, open_notebook
from fieldnotes.operations.notes import edit_note, remove_note, restore_note
from tests.builders import TickingClock, a_note, logged
from tests.desktop.conftest import Opened

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


_WHY = ("Why remove this note?", "Why remove these %d notes?")


class WindowsSeen(QObject):
    """Every window that came up, were it for a moment."""

    def __init__(self) -> None:
        super().__init__()
        self.names: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.names.append(type(watched).__name__)
        return False


def front(window: MainWindow, qtbot: QtBot) -> None:
    """Shortcuts are heard by the window in front alone."""
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)


def six_notes(notebook: Notebook) -> None:
    for number in range(6):
        logged(notebook, text=f"Note {number}")


def action(window: MainWindow, beginning: str) -> QAction:
    edit = window.menus["&Edit"].actions()
    return next(a for a in edit if a.text().replace("&", "").startswith(beginning))


def remove_the_first(window: MainWindow, qtbot: QtBot, count: int) -> None:
    view = window.notes.finder.list
    qtbot.waitUntil(lambda: window.notes.reader.reading is not None)
    for row in range(count):
        index = view.notes.index(row)
        view.selectionModel().select(index, view.selectionModel().SelectionFlag.Select)
    window.menus["&Note"].actions()[-1].trigger()
    choice = window.notes.reader.findChild(RemovalChoice)
    assert choice is not None
    assert choice.accessibleName() == _WHY[count > 1] % (count if count > 1 else ())
    if count > 1:
        qtbot.waitUntil(choice.typed.isVisible)
        qtbot.keyClicks(choice.typed, "yes")
    next(b for b in choice.findChildren(QPushButton) if "wrong" in b.text()).click()


def rows_of(window: MainWindow) -> int:
    return window.notes.finder.list.notes.rowCount()


def key(widget: Any, letter: Qt.Key, modifier: Any) -> None:
    QTest.keyClick(widget, letter, modifier)


def test_ctrl_z_brings_five_deleted_notes_back_and_redo_deletes_them_again(
    opened: Opened, qtbot: QtBot
) -> None:
    window = opened(six_notes)
    front(window, qtbot)
    remove_the_first(window, qtbot, 5)
    qtbot.waitUntil(lambda: rows_of(window) == 1)
    assert "Removed: 5 notes" in window.notes.reader._undo_notice.words()
    assert action(window, "Undo").text() == "&Undo delete of 5 notes"
    key(window.notes.finder.list, Qt.Key.Key_Z, CTRL)
    qtbot.waitUntil(lambda: rows_of(window) == 6)
    assert not action(window, "Undo").isEnabled()
    assert action(window, "Redo").text() == "Red&o delete of 5 notes"
    key(window.notes.finder.list, Qt.Key.Key_Z, CTRL | SHIFT)
    qtbot.waitUntil(lambda: rows_of(window) == 1)
    assert action(window, "Undo").isEnabled()


def test_a_field_that_somebody_types_in_keeps_its_own_undo(opened: Opened, qtbot: QtBot) -> None:
    window = opened(six_notes)
    front(window, qtbot)
    remove_the_first(window, qtbot, 2)
    qtbot.waitUntil(lambda: rows_of(window) == 4)
    window.notes.finder.search.select_all()
    field = window.notes.finder.search.focusProxy()
    assert field is not None
    qtbot.keyClicks(field, "Note")
    qtbot.waitUntil(lambda: window.notes.finder.query() == "Note")
    key(field, Qt.Key.Key_Z, CTRL)
    qtbot.waitUntil(lambda: window.notes.finder.query() == "")
    assert action(window, "Undo").text() == "&Undo delete of 2 notes"
    assert rows_of(window) == 4


def test_what_cannot_be_undone_any_more_is_said_on_the_page(opened: Opened, qtbot: QtBot) -> None:
    window = opened(six_notes)
    front(window, qtbot)
    removed = window.notes.finder.list.notes.row(0).id
    remove_the_first(window, qtbot, 1)
    qtbot.waitUntil(lambda: rows_of(window) == 5)
    other = open_notebook(window._runner._folder, clock=TickingClock())
    restore_note(other, removed)
    edit_note(other, removed, a_note(text="Changed elsewhere"))
    other.close()
    action(window, "Undo").trigger()
    qtbot.waitUntil(lambda: "changed or erased since" in window.notice.words())


def test_reading_a_removed_note_opens_no_window_for_a_moment(
    opened: Opened, qtbot: QtBot, qapp: QApplication
) -> None:
    removed: list[str] = []

    def one_removed(notebook: Notebook) -> None:
        removed.append(logged(notebook))
        remove_note(notebook, removed[0], Reason.WRONG)
        logged(notebook)

    window = opened(one_removed)
    seen = WindowsSeen()
    qapp.installEventFilter(seen)
    window.show_note(removed[0])
    reader = window.notes.reader
    qtbot.waitUntil(lambda: reader.reading is not None and reader.reading.view.id == removed[0])
    qapp.removeEventFilter(seen)
    assert seen.names == []


def test_going_to_a_note_while_ctrl_is_held_chooses_that_note_alone(
    opened: Opened, qtbot: QtBot
) -> None:
    window = opened(six_notes)
    front(window, qtbot)
    view = window.notes.finder.list
    QTest.keyPress(view, Qt.Key.Key_Z, CTRL)
    view.set_current(view.notes.row(3).id)
    assert view.selected_ids() == [view.notes.row(3).id]
    view.go_to_first()
    assert view.selected_ids() == [view.notes.row(0).id]
    QTest.keyRelease(view, Qt.Key.Key_Z, Qt.KeyboardModifier.NoModifier)
