"""Promises in the capture window: noticed while typing, taken by one key, never by themselves."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from fieldnotes.desktop import theme
from fieldnotes.desktop.capture.capture_window import CaptureWindow
from fieldnotes.desktop.runner import Runner
from fieldnotes.domain.promises import PromiseView
from fieldnotes.domain.query import EVERYTHING
from fieldnotes.operations.drafts import list_drafts
from fieldnotes.operations.notebook import open_notebook
from fieldnotes.operations.promises import list_promises
from fieldnotes.operations.search import find_notes
from tests.builders import TickingClock, logged

KEY = Qt.Key
CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
SAID = "Too dear. I promised Marta the ROI sheet by Friday."  # the clock stands on a Monday


@pytest.fixture
def library(tmp_path: Path, qapp: QApplication) -> Iterator[Path]:
    theme.apply(qapp, "light")
    notebook = open_notebook(tmp_path / "library", "Wren Tolliver", TickingClock())
    logged(notebook, account="Halden Foods")
    notebook.close()
    yield tmp_path / "library"
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


Opened = Callable[[], CaptureWindow]


@pytest.fixture
def opened(library: Path, qtbot: QtBot) -> Iterator[Opened]:
    running: list[tuple[CaptureWindow, Runner]] = []

    def end() -> None:
        for window, runner in running:
            window.close()
            runner.close()
            window.deleteLater()
        running.clear()

    def start() -> CaptureWindow:
        end()
        runner = Runner(library, TickingClock())
        runner.crashed.connect(lambda error: pytest.fail(repr(error)))
        window = CaptureWindow(runner, clock=TickingClock())
        running.append((window, runner))
        return window

    yield start
    end()


@pytest.fixture
def window(opened: Opened, qtbot: QtBot) -> CaptureWindow:
    made = opened()
    made.new_note()
    qtbot.waitExposed(made)
    made.activateWindow()
    QApplication.processEvents()
    return made


def noticed(window: CaptureWindow, qtbot: QtBot, words: str = SAID) -> None:
    qtbot.keyClicks(window.form.text, words)
    qtbot.waitUntil(lambda: window.form.promises.offer.words() != "")


def saved(window: CaptureWindow, qtbot: QtBot) -> None:
    with qtbot.waitSignal(window.saved):
        qtbot.keyClick(window, KEY.Key_Return, CTRL)


def promises(folder: Path) -> list[PromiseView]:
    notebook = open_notebook(folder)
    try:
        return list_promises(notebook)
    finally:
        notebook.close()


def notes(folder: Path) -> int:
    notebook = open_notebook(folder)
    try:
        return len(find_notes(notebook, EVERYTHING).notes)
    finally:
        notebook.close()


def test_a_promise_in_the_text_is_offered_in_place(window: CaptureWindow, qtbot: QtBot) -> None:
    noticed(window, qtbot)
    assert window.form.promises.offer.words() == "the ROI sheet  ·  to Marta  ·  by Fri 6 Mar"


def test_nothing_is_taken_by_itself(window: CaptureWindow, qtbot: QtBot, library: Path) -> None:
    noticed(window, qtbot)
    saved(window, qtbot)
    assert promises(library) == []
    assert notes(library) == 2


def test_one_key_takes_it_and_it_is_saved_with_the_note(
    window: CaptureWindow, qtbot: QtBot, library: Path
) -> None:
    noticed(window, qtbot, f"@Halden Foods {SAID}")
    qtbot.keyClick(window, KEY.Key_P, ALT)
    (row,) = window.form.promises.rows()
    assert row.what.hasFocus()
    assert (row.to.text(), row.until.text()) == ("Marta", "Friday")
    saved(window, qtbot)
    (view,) = promises(library)
    assert (view.promise.what, view.promise.to) == ("the ROI sheet", "Marta")
    assert (view.promise.until, view.promise.account) == ("2026-03-06", "Halden Foods")
    assert view.promise.note
    assert view.promise.meeting
    assert view.marking == "red"


def test_a_taken_promise_is_changed_before_it_is_saved(
    window: CaptureWindow, qtbot: QtBot, library: Path
) -> None:
    noticed(window, qtbot)
    qtbot.keyClick(window, KEY.Key_P, ALT)
    (row,) = window.form.promises.rows()
    row.until.clear()
    qtbot.keyClicks(row.until, "12.3. 15:00")
    assert row.read_day() == "by Thu 12 Mar, 15:00"
    qtbot.keyClicks(row.depends_on, "finance")
    saved(window, qtbot)
    (view,) = promises(library)
    assert (view.promise.until, view.promise.depends_on) == ("2026-03-12T15:00", "finance")


def test_a_taken_or_refused_promise_is_not_offered_again(
    window: CaptureWindow, qtbot: QtBot
) -> None:
    noticed(window, qtbot)
    qtbot.mouseClick(window.form.promises.offer.later, Qt.MouseButton.LeftButton)
    window.form.refresh()
    assert window.form.promises.offer.words() == ""
    noticed(window, qtbot, " I owe Jonas a call.")
    qtbot.keyClick(window, KEY.Key_P, ALT)
    window.form.refresh()
    assert window.form.promises.offer.words() == ""


def test_the_key_without_an_offer_writes_a_promise_by_hand(
    window: CaptureWindow, qtbot: QtBot, library: Path
) -> None:
    qtbot.keyClick(window, KEY.Key_P, ALT)
    (row,) = window.form.promises.rows()
    qtbot.keyClicks(row.what, "Call back")
    saved(window, qtbot)
    (view,) = promises(library)
    assert (view.promise.what, view.promise.note) == ("Call back", "")
    assert notes(library) == 1
    assert window.form.promises.rows() == []


def test_the_key_in_an_empty_row_takes_it_away_again(window: CaptureWindow, qtbot: QtBot) -> None:
    qtbot.keyClick(window, KEY.Key_P, ALT)
    QApplication.processEvents()
    qtbot.keyClick(window, KEY.Key_P, ALT)
    assert window.form.promises.rows() == []
    assert window.form.text.hasFocus()


def test_a_day_that_cannot_be_read_says_so_and_its_words_are_kept(
    window: CaptureWindow, qtbot: QtBot, library: Path
) -> None:
    qtbot.keyClick(window, KEY.Key_P, ALT)
    (row,) = window.form.promises.rows()
    qtbot.keyClicks(row.what, "Call back")
    qtbot.keyClicks(row.until, "when it rains")
    assert "not a day" in row.read_day()
    saved(window, qtbot)
    assert promises(library)[0].promise.until == "when it rains"


def test_promises_come_back_after_the_program_ended(
    window: CaptureWindow, opened: Opened, qtbot: QtBot
) -> None:
    noticed(window, qtbot)
    with qtbot.waitSignal(window.draft_kept):
        qtbot.keyClick(window, KEY.Key_P, ALT)
    again = opened()
    again.restore_open()
    qtbot.waitUntil(lambda: again.form.promises.rows() != [])
    (row,) = again.form.promises.rows()
    assert (row.what.text(), row.until.text()) == ("the ROI sheet", "Friday")
    again.form.refresh()
    assert again.form.promises.offer.words() == ""


def test_a_promise_alone_is_kept_as_a_draft(
    window: CaptureWindow, qtbot: QtBot, library: Path
) -> None:
    qtbot.keyClick(window, KEY.Key_P, ALT)
    with qtbot.waitSignal(window.draft_kept):
        qtbot.keyClicks(window.form.promises.rows()[0].what, "Call back")
    notebook = open_notebook(library)
    assert len(list_drafts(notebook)) == 1
    notebook.close()


def test_editing_a_note_offers_only_what_is_new(
    window: CaptureWindow, qtbot: QtBot, library: Path
) -> None:
    noticed(window, qtbot)
    with qtbot.waitSignal(window.saved) as kept:
        qtbot.keyClick(window, KEY.Key_Return, CTRL)
    window.edit(kept.args[0])
    qtbot.waitUntil(lambda: "Marta" in window.form.text.text())
    window.form.refresh()
    assert window.form.promises.offer.words() == ""


def test_every_control_of_a_promise_has_a_name(window: CaptureWindow, qtbot: QtBot) -> None:
    noticed(window, qtbot)
    assert window.form.promises.offer.accessibleName().startswith("A promise? the ROI sheet")
    qtbot.keyClick(window, KEY.Key_P, ALT)
    (row,) = window.form.promises.rows()
    names = [part.accessibleName() for part in (row.what, row.to, row.until, row.depends_on)]
    assert names == ["What you promised", "To whom", "Until when", "Depends on"]
    assert row.drop.accessibleName() == "Take this promise away"
