"""The list of any length: its order, its headings, what stays, and the keyboard all through."""

from __future__ import annotations

import gc
import sys
from array import array
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QAccessible, QHelpEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot

from fieldnotes.desktop.main_window import MainWindow
from fieldnotes.desktop.notes.notes_page import NotesPage
from fieldnotes.desktop.widgets.note_list import NoteListView, NoteRow
from fieldnotes.desktop.widgets.note_list_model import Groups
from fieldnotes.operations.hits import Grouping, Order
from fieldnotes.operations.notebook import Notebook
from fieldnotes.operations.notes import edit_note
from fieldnotes.settings import read_settings
from tests.builders import a_note, at, logged
from tests.desktop.conftest import Opened
from tests.desktop.libraries import show

KEY = Qt.Key
SHIFT, CTRL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
MANY = 1_000_000
A_DAY = 250


def many(notebook: Notebook) -> None:
    for number in range(120):
        logged(notebook, text=f"Note {number}", account=f"Account {number % 3}")


def shown(page: NotesPage) -> list[str]:
    """The headings and titles that can be seen now."""
    view, told = page.finder.list, list[str]()
    for y in range(1, view.viewport().height(), 8):
        index = view.indexAt(QPoint(9, y))
        row = view.notes.told_at(index.row()) if index.isValid() else None
        if row is not None and row.title not in told[-1:]:
            told.append(row.title)
    return told


def headings(page: NotesPage) -> list[str]:
    notes = page.finder.list.notes
    return [notes.heading(group) for group in range(len(notes.starts()))]


def whole(page: NotesPage, qtbot: QtBot, rows: int) -> None:
    qtbot.waitUntil(lambda: page.finder.list.notes.rowCount() == rows)


# --- the whole list behind the first page ------------------------------------------------------


def test_the_whole_list_follows_the_first_page(opened: Opened, qtbot: QtBot) -> None:
    page = opened(many).notes
    whole(page, qtbot, 120)
    page.finder.list.scrollToBottom()
    qtbot.waitUntil(lambda: shown(page)[-1:] == ["Note 0"])
    bar = page.finder.list.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    qtbot.waitUntil(lambda: "Note 60" in shown(page))


def test_found_words_are_marked_far_down_as_well(opened: Opened, qtbot: QtBot) -> None:
    window = opened(many)
    window.show_query("account:x")
    window.show_query("Note")
    page = window.notes
    whole(page, qtbot, 120)
    page.finder.list.scrollToBottom()
    qtbot.waitUntil(lambda: shown(page)[-1:] == ["Note 0"])
    assert page.finder.list.notes.row(119).title_marks == ((0, 4),)


def test_a_note_changed_elsewhere_is_told_anew_where_it_stands(
    opened: Opened, qtbot: QtBot
) -> None:
    window = opened(many)
    page = window.notes
    whole(page, qtbot, 120)
    page.finder.list.scrollToBottom()
    qtbot.waitUntil(lambda: shown(page)[-1:] == ["Note 0"])
    last = page.finder.list.notes.row(119).id

    def edit(book: Notebook):  # type: ignore[no-untyped-def]
        return edit_note(book, last, a_note(text="Another end", account="Account 0"))

    window._runner.do(edit)
    qtbot.waitUntil(lambda: shown(page)[-1:] == ["Another end"])


def test_a_note_that_is_moved_in_time_stays_the_current_one(opened: Opened, qtbot: QtBot) -> None:
    window = opened(many)
    page = window.notes
    whole(page, qtbot, 120)
    moved = page.finder.list.notes.row(3).id
    page.finder.list.set_current(moved)
    window._runner.do(
        lambda book: edit_note(book, moved, a_note(text="Long ago", happened=at("2020-01-01")))
    )
    qtbot.waitUntil(lambda: page.finder.list.currentIndex().row() == 119)
    assert page.finder.list.current_id() == moved
    assert page.reader.note_id == moved


def test_what_arrives_above_moves_nothing_in_sight(opened: Opened, qtbot: QtBot) -> None:
    window = opened(many)
    page = window.notes
    whole(page, qtbot, 120)
    view = page.finder.list
    view.verticalScrollBar().setValue(4_000)
    qtbot.waitUntil(lambda: len(shown(page)) > 4)
    view.stand_on(view.indexAt(QPoint(9, 200)).row())
    QTest.keyClick(view, KEY.Key_Down, SHIFT)
    before = shown(page), view.current_id(), view.selected_ids()

    def arrive(book: Notebook):  # type: ignore[no-untyped-def]
        from fieldnotes.domain.notes import NoteDraft
        from fieldnotes.operations.notes import log_note

        return log_note(book, NoteDraft(id=book.new_id(), note=a_note(text="Fresh")))

    for rows in (121, 122):
        window._runner.do(arrive)
        whole(page, qtbot, rows)
    assert (shown(page), view.current_id(), view.selected_ids()) == before
    QTest.keyClick(view, KEY.Key_Down, SHIFT)
    assert view.selected_ids()[:2] == before[2]
    assert len(view.selected_ids()) == 3


# --- arranged otherwise ------------------------------------------------------------------------


def test_notes_stand_together_by_what_a_person_chooses(opened: Opened, qtbot: QtBot) -> None:
    page = opened(many).notes
    whole(page, qtbot, 120)
    for grouping, words in (
        (Grouping.ACCOUNT, ["Account 0", "Account 1", "Account 2"]),
        (Grouping.KIND, ["Other notes"]),
        (Grouping.COMPETITOR, ["No competitor"]),
        (Grouping.MONTH, ["March 2026"]),
        (Grouping.NONE, []),
        (Grouping.MEETING, [f"Account {n}  ·  Monday, 2 March" for n in (2, 1, 0)]),
        (Grouping.DAY, ["Monday, 2 March"]),
    ):
        page.finder._arranging.group_by(grouping)
        qtbot.waitUntil(lambda words=words: headings(page) == words)
    assert page.finder._arranging.text() == "By day ▾"


def test_the_note_that_is_read_stays_in_sight_in_another_order(
    opened: Opened, qtbot: QtBot
) -> None:
    page = opened(many).notes
    whole(page, qtbot, 120)
    current = page.finder.list.current_id()
    page.finder._arranging.sort_by(Order.OLDEST)
    qtbot.waitUntil(lambda: page.finder.list.currentIndex().row() == 119)
    assert page.finder.list.current_id() == current
    qtbot.waitUntil(lambda: shown(page)[-1:] == ["Note 119"])
    page.finder.list.go_to_first()
    qtbot.waitUntil(lambda: shown(page)[:1] == ["Note 0"])
    assert "Oldest first" in page.finder._arranging.text()


def test_who_stands_far_down_stays_there_under_other_headings(opened: Opened, qtbot: QtBot) -> None:
    page = opened(many).notes
    whole(page, qtbot, 120)
    page.finder.list.stand_on(100)
    qtbot.waitUntil(lambda: page.finder.list.current_id() != "")
    current = page.finder.list.current_id()
    told = [current]
    page.finder.list.current_changed.connect(told.append)
    page.finder._arranging.group_by(Grouping.MONTH)
    qtbot.waitUntil(lambda: headings(page) == ["March 2026"])
    assert page.finder.list.currentIndex().row() == 100
    assert set(told) == {current}
    assert "Note 19" in shown(page)


def test_the_choices_are_offered_with_the_one_in_force_ticked(opened: Opened) -> None:
    button = opened(many).notes.finder._arranging
    button.group_by(Grouping.ACCOUNT)
    menu = button.open()
    ticked = [action.text() for action in menu.actions() if action.isChecked()]
    assert ticked == ["By account", "Newest first", "Comfortable"]
    menu.close()


def test_rows_stand_closer_and_are_so_at_the_next_start(opened: Opened, qtbot: QtBot) -> None:
    window = opened(many)
    before = len(shown(window.notes))
    window.notes.finder._arranging.set_density("compact")
    qtbot.waitUntil(lambda: len(shown(window.notes)) > before + 3)
    window.close()
    assert read_settings().density == "compact"
    assert MainWindow(read_settings()).list.density == "compact"


def test_a_sent_note_says_so_in_words(opened: Opened, qtbot: QtBot, tmp_path) -> None:  # type: ignore[no-untyped-def]
    from tests.builders import sent

    def write_and_send(notebook: Notebook) -> None:
        logged(notebook, text="Went out")
        sent(notebook, tmp_path / "out.fieldnotes")

    view = opened(write_and_send).list
    index = view.notes.index(0)
    assert "sent" in index.data(Qt.ItemDataRole.AccessibleTextRole).split(", ")
    place = view.visualRect(index).center()
    port = view.viewport()
    tip = QHelpEvent(QEvent.Type.ToolTip, place, port.mapToGlobal(place))
    QApplication.sendEvent(port, tip)
    assert QToolTip.text() == "Sent"
    QToolTip.hideText()


# --- a million rows ----------------------------------------------------------------------------


@pytest.fixture
def million(qtbot: QtBot, qapp: QApplication) -> Iterator[NoteListView]:
    view = NoteListView("Notes")
    starts = array("q", range(0, MANY, A_DAY))
    view.notes.set_order(array("q", range(MANY, 0, -1)), Groups(starts, lambda at: f"Day {at}"))
    view.resize(448, 600)
    view.seen.connect(
        lambda first, last: told(view, first, last), Qt.ConnectionType.QueuedConnection
    )
    show(qtbot, view)
    view.go_to_first()
    yield view
    view.close()
    gc.collect()


def told(view: NoteListView, first: int, last: int) -> None:
    if keys := view.notes.missing(first, last):
        rows = [NoteRow(f"n{k}", "note", f"Title {k}", place=k) for k in keys]
        view.notes.fill(rows, keys)


def test_the_keyboard_goes_through_a_million_rows(million: NoteListView, qtbot: QtBot) -> None:
    at = lambda: million.currentIndex().row()  # noqa: E731
    for key, row in (
        (KEY.Key_Down, 1),
        (KEY.Key_PageDown, 8),
        (KEY.Key_End, MANY - 1),
        (KEY.Key_Up, MANY - 2),
        (KEY.Key_PageUp, MANY - 9),
        (KEY.Key_Home, 0),
        (KEY.Key_Up, 0),
    ):
        QTest.keyClick(million, key)
        assert at() == row
        assert million.viewport().rect().contains(million.visualRect(million.currentIndex()))
    QTest.keyClick(million, KEY.Key_End)
    qtbot.waitUntil(lambda: million.current_id() == "n1")


def test_only_what_was_seen_is_ever_told(million: NoteListView, qtbot: QtBot) -> None:
    QTest.keyClick(million, KEY.Key_End)
    qtbot.waitUntil(lambda: million.current_id() == "n1")
    assert len(million.notes.missing(0, MANY)) > MANY - 60


def test_shift_and_ctrl_choose_several(million: NoteListView) -> None:
    QTest.keyClick(million, KEY.Key_Down, SHIFT)
    QTest.keyClick(million, KEY.Key_PageDown, SHIFT)
    assert million.count_selected() == million.currentIndex().row() + 1
    QTest.keyClick(million, KEY.Key_Home, SHIFT)
    assert million.count_selected() == 1
    QTest.keyClick(million, KEY.Key_Down, CTRL)
    QTest.keyClick(million, KEY.Key_Down, CTRL)
    QTest.keyClick(million, KEY.Key_Space, CTRL)
    assert million.selected_keys() == [MANY, MANY - 2]


def test_a_million_are_chosen_at_once_and_one_that_arrives_is_not(million: NoteListView) -> None:
    QTest.keyClick(million, KEY.Key_A, CTRL)
    assert million.count_selected() == MANY
    order = array("q", [MANY + 1]) + million.notes.order
    million.notes.set_order(order, Groups(array("q", [0]), lambda _: "Today"))
    assert million.notes.rowCount() == MANY + 1
    assert million.count_selected() == MANY
    assert not million.selectionModel().isSelected(million.notes.index(0))


def test_no_row_is_asked_for_choosing_all(million: NoteListView) -> None:
    asked: list[str] = []
    sys.setprofile(lambda frame, event, _: asked.append(frame.f_code.co_name))
    try:
        QTest.keyClick(million, KEY.Key_A, CTRL)
    finally:
        sys.setprofile(None)
    assert million.count_selected() == MANY
    assert asked.count("rowCount") < 100


def test_the_mouse_chooses_one_a_run_or_some(million: NoteListView) -> None:
    port, left = million.viewport(), Qt.MouseButton.LeftButton

    def click(row: int, keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.mouseClick(port, left, keys, million.visualRect(million.notes.index(row)).center())

    click(1)
    click(4, SHIFT)
    assert million.selected_keys() == [MANY - 1, MANY - 2, MANY - 3, MANY - 4]
    click(2, CTRL)
    assert million.selected_keys() == [MANY - 1, MANY - 3, MANY - 4]
    click(3)
    assert million.selected_keys() == [MANY - 3]
    QTest.mouseClick(port, left, pos=QPoint(20, 10))  # the heading
    assert million.selected_keys() == [MANY - 3]


def test_a_heading_is_no_row(million: NoteListView) -> None:
    assert not million.indexAt(QPoint(20, 10)).isValid()
    assert million.indexAt(QPoint(20, 40)).row() == 0
    second_day = million.visualRect(million.notes.index(A_DAY))
    first_day = million.visualRect(million.notes.index(A_DAY - 1))
    assert second_day.top() - first_day.bottom() - 1 == 32


def test_readers_of_the_screen_reach_any_row_without_walking(
    million: NoteListView, qtbot: QtBot
) -> None:
    seen = QAccessible.queryAccessibleInterface(million)
    assert seen.role() == QAccessible.Role.List
    assert seen.childCount() == MANY
    QTest.keyClick(million, KEY.Key_End)
    qtbot.waitUntil(lambda: million.current_id() == "n1")
    last = seen.child(MANY - 1)
    assert last.text(QAccessible.Text.Name) == f"note, Title 1, Day {MANY // A_DAY - 1}"
    assert million.viewport().rect().contains(million.visualRect(million.notes.index(MANY - 1)))
    assert seen.child(5).text(QAccessible.Text.Name).endswith("Day 0")


def test_a_row_that_has_gone_is_not_asked_for_again(million: NoteListView) -> None:
    key = million.notes.order[500_000]
    assert million.notes.missing(500_000, 500_000) == [key]
    million.notes.fill([], [key])
    assert million.notes.missing(500_000, 500_000) == []


def test_the_heading_stays_at_the_top_edge(million: NoteListView, qtbot: QtBot) -> None:
    million.verticalScrollBar().setValue(40 + 100 * 80)
    qtbot.waitUntil(lambda: bool(million.notes.told_at(101)))
    edge = million.viewport().grab().toImage()
    right = edge.width() - 4
    ground = edge.pixelColor(right, 5)
    assert edge.pixelColor(right, 31) != ground  # the line below the heading
    inked = [x for x in range(16, 80) if edge.pixelColor(x, 18) != ground]
    assert inked
