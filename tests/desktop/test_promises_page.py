"""The page of promises: what is due on top, and what became of each said by one key."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from fieldnotes.desktop import contents
from fieldnotes.desktop.accounts.accounts_page import AccountsPage
from fieldnotes.desktop.main_window import MainWindow
from fieldnotes.desktop.promises.promises_page import PromisesPage
from fieldnotes.desktop.widgets.line_list import LineButton
from fieldnotes.domain.promises import Promise, PromiseDraft, PromiseView
from fieldnotes.operations.notebook import Notebook, open_notebook
from fieldnotes.operations.promises import keep_promise, list_promises, make_promise
from tests.builders import logged
from tests.desktop.conftest import Opened

KEY = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier


def promised(notebook: Notebook, what: str, until: str = "", **fields: Any) -> str:
    promise = Promise(what=what, until=until, **fields)
    return make_promise(notebook, PromiseDraft(id=notebook.new_id(), promise=promise)).result


def some(notebook: Notebook) -> None:
    """Today is Saturday, 21 March 2026."""
    note = logged(notebook, account="Halden Foods")
    promised(notebook, "late", "2026-03-20", account="Halden Foods", to="Marta", note=note)
    promised(notebook, "today", "2026-03-21")
    promised(notebook, "tomorrow", "2026-03-22")
    promised(notebook, "in April", "2026-04-01")
    promised(notebook, "some day", depends_on="finance")
    keep_promise(notebook, promised(notebook, "done"))


@pytest.fixture
def window(opened: Opened, qtbot: QtBot) -> Iterator[MainWindow]:
    made = opened(some)
    made.go_to(contents.PROMISES)
    made.activateWindow()
    page(made).list.setFocus()
    qtbot.waitUntil(lambda: whats(made) != [])
    yield made
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def page(window: MainWindow) -> PromisesPage:
    assert isinstance(window.page, PromisesPage)
    return window.page


def whats(window: MainWindow) -> list[str]:
    shown = page(window).list.promises
    return [shown.at(row).view.promise.what for row in range(shown.rowCount())]


def press(window: MainWindow, qtbot: QtBot, key: Qt.Key) -> None:
    qtbot.keyClick(page(window).list, key)


def stored(window: MainWindow, tmp_path: Path, what: str) -> PromiseView:
    notebook = open_notebook(tmp_path / "wren-tolliver")
    try:
        return next(each for each in list_promises(notebook) if each.promise.what == what)
    finally:
        notebook.close()


def test_promises_stand_in_groups_with_the_most_urgent_on_top(window: MainWindow) -> None:
    assert whats(window) == ["late", "today", "tomorrow", "in April", "some day", "done"]
    shown = page(window).list.promises
    role = Qt.ItemDataRole.AccessibleTextRole
    told = [str(shown.data(shown.index(row), role)).split(",")[0] for row in range(6)]
    assert told == ["Overdue", "Today", "This week", "Later", "No day", "Kept and broken"]


def test_the_side_bar_and_the_status_line_count_those_that_are_due(
    window: MainWindow, qtbot: QtBot
) -> None:
    qtbot.waitUntil(lambda: "2 promises due" in window.status.accessibleName())
    entry = window.side_bar.list.model()
    rows = [entry.index(row, 0) for row in range(entry.rowCount())]
    told = [str(entry.data(index, Qt.ItemDataRole.AccessibleTextRole)) for index in rows]
    assert "Promises, 2" in told
    assert page(window).due.text() == "2 due"


def test_the_words_of_the_status_line_lead_to_the_page(opened: Opened, qtbot: QtBot) -> None:
    window = opened(some)
    qtbot.waitUntil(lambda: "2 promises due" in window.status.accessibleName())
    window.status.clicked.emit(1)
    assert isinstance(window.page, PromisesPage)


def test_one_key_keeps_a_promise_and_the_next_one_is_stood_on(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    press(window, qtbot, KEY.Key_K)
    qtbot.waitUntil(lambda: whats(window)[0] == "today")
    assert stored(window, tmp_path, "late").promise.state == "kept"


def test_moving_asks_for_the_day_and_the_reason_in_place(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    press(window, qtbot, KEY.Key_M)
    asking = page(window).sheet.asking
    assert asking.lines["until"].hasFocus()
    assert not asking.save.isEnabled()
    qtbot.keyClicks(asking.lines["until"], "next Friday")
    assert asking.read_day() == "by Fri 27 Mar"
    qtbot.keyClicks(asking.lines["why"], "finance is late")
    qtbot.keyClick(asking.lines["why"], KEY.Key_Return)
    qtbot.waitUntil(lambda: page(window).sheet.under.text() == "Moved  ·  by Fri 27 Mar")
    promise = stored(window, tmp_path, "late").promise
    assert [(m.before, m.until, m.why) for m in promise.moves] == [
        ("2026-03-20", "2026-03-27", "finance is late")
    ]
    assert page(window).list.hasFocus()


def test_breaking_asks_why(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    press(window, qtbot, KEY.Key_B)
    asking = page(window).sheet.asking
    qtbot.keyClicks(asking.lines["why"], "no budget")
    qtbot.keyClick(asking.lines["why"], KEY.Key_Return)
    qtbot.waitUntil(lambda: whats(window)[0] == "today")
    promise = stored(window, tmp_path, "late").promise
    assert (promise.state, promise.reason) == ("broken", "no budget")


def test_escape_leaves_the_question_and_nothing_changes(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    press(window, qtbot, KEY.Key_B)
    qtbot.keyClick(page(window).sheet.asking.lines["why"], KEY.Key_Escape)
    assert page(window).list.hasFocus()
    assert stored(window, tmp_path, "late").promise.state == "open"


def test_enter_changes_what_a_promise_says(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    press(window, qtbot, KEY.Key_Return)
    asking = page(window).sheet.asking
    assert asking.lines["to"].text() == "Marta"
    asking.lines["what"].clear()
    assert not asking.save.isEnabled()
    qtbot.keyClicks(asking.lines["what"], "the sheet")
    qtbot.keyClick(asking.lines["what"], KEY.Key_Return)
    qtbot.waitUntil(lambda: whats(window)[0] == "the sheet")
    promise = stored(window, tmp_path, "the sheet").promise
    assert (promise.until, promise.account) == ("2026-03-20", "Halden Foods")


def test_delete_takes_a_promise_away_and_ctrl_z_brings_it_back(
    window: MainWindow, qtbot: QtBot
) -> None:
    press(window, qtbot, KEY.Key_Delete)
    qtbot.waitUntil(lambda: "late" not in whats(window))
    qtbot.keyClick(window, KEY.Key_Z, CTRL)
    qtbot.waitUntil(lambda: "late" in whats(window))


def test_ctrl_z_takes_back_what_became_of_it(window: MainWindow, qtbot: QtBot) -> None:
    press(window, qtbot, KEY.Key_K)
    qtbot.waitUntil(lambda: whats(window)[0] == "today")
    qtbot.keyClick(window, KEY.Key_Z, CTRL)
    qtbot.waitUntil(lambda: whats(window)[0] == "late")


def test_a_kept_promise_can_stand_again(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    page(window).list.setCurrentIndex(page(window).list.promises.index(5))
    press(window, qtbot, KEY.Key_B)  # nothing to break
    assert page(window).sheet.asking.isHidden()
    page(window).sheet.reopen.click()
    qtbot.waitUntil(lambda: page(window).sheet.under.text() == "Open")
    assert stored(window, tmp_path, "done").promise.state == "open"


def test_a_promise_leads_to_its_note(window: MainWindow, qtbot: QtBot) -> None:
    assert page(window).sheet.open_note.isVisible()
    press(window, qtbot, KEY.Key_O)
    assert window.page is window.notes


def test_a_page_without_promises_says_what_would_be_here(opened: Opened, qtbot: QtBot) -> None:
    window = opened()
    window.go_to(contents.PROMISES)
    qtbot.waitUntil(page(window).empty.isVisible)
    assert page(window).due.text() == "Nothing is due"
    assert "promise due" not in window.status.accessibleName()


def test_an_accounts_page_shows_the_promises_that_stand_and_leads_to_them(
    opened: Opened, qtbot: QtBot
) -> None:
    window = opened(some)
    window.go_to(contents.ACCOUNTS)
    accounts = window.page
    assert isinstance(accounts, AccountsPage)

    def promise_lines() -> list[LineButton]:
        shown = [line for each in accounts.account.lists() for line in each.buttons()]
        return [each for each in shown if each.line.key.startswith("promise:")]

    qtbot.waitUntil(lambda: promise_lines() != [])
    (line,) = promise_lines()
    assert line.line.read == "late, overdue, to Marta  ·  by Fri 20 Mar"
    line.click()
    qtbot.waitUntil(lambda: isinstance(window.page, PromisesPage))
    qtbot.waitUntil(lambda: page(window).sheet.title.text() == "late")


def test_a_long_list_scrolls_to_its_end(opened: Opened, qtbot: QtBot) -> None:
    def many(notebook: Notebook) -> None:
        for number in range(60):
            promised(notebook, f"promise {number}", f"2026-04-{number % 28 + 1:02}")

    window = opened(many)
    window.go_to(contents.PROMISES)
    qtbot.waitUntil(lambda: len(whats(window)) == 60)
    shown = page(window).list
    shown.verticalScrollBar().setValue(shown.verticalScrollBar().maximum())
    QApplication.processEvents()
    painted = shown.indexAt(shown.viewport().rect().center())
    assert painted.row() > 40


def test_every_control_of_the_page_has_a_name(window: MainWindow, qtbot: QtBot) -> None:
    press(window, qtbot, KEY.Key_M)
    controls = [
        each
        for each in page(window).findChildren(QWidget)
        if each.focusPolicy() & Qt.FocusPolicy.TabFocus and each.isVisible()
    ]
    assert len(controls) > 8
    assert [each for each in controls if not each.accessibleName()] == []
