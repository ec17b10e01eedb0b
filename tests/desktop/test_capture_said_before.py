"""The same thing said before, in the capture window: told quietly, judged by one key."""

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
from fieldnotes.operations.likeness import verdicts
from fieldnotes.operations.notebook import open_notebook
from tests.builders import TickingClock, a_notebook, at, got, logged
from tests.desktop.libraries import MARKETER, SELLER, a_file, write

KEY = Qt.Key
CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
QUIET = "Halden waits until spring because their new press is running at half its speed."
Opened = Callable[[Path], CaptureWindow]


@pytest.fixture
def opened(qapp: QApplication, qtbot: QtBot) -> Iterator[Opened]:
    theme.apply(qapp, "light")
    running: list[tuple[CaptureWindow, Runner]] = []

    def start(folder: Path) -> CaptureWindow:
        runner = Runner(folder, TickingClock())
        runner.crashed.connect(lambda error: pytest.fail(repr(error)))
        window = CaptureWindow(runner, clock=TickingClock())
        running.append((window, runner))
        window.new_note()
        qtbot.waitExposed(window)
        window.activateWindow()
        QApplication.processEvents()
        return window

    yield start
    for window, runner in running:
        window.close()
        runner.close()
        window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@pytest.fixture
def library(tmp_path: Path) -> Path:
    return write(tmp_path, SELLER, lambda book: logged(book, text=QUIET, happened=at("2026-01-07")))


@pytest.fixture
def window(opened: Opened, library: Path) -> CaptureWindow:
    return opened(library)


def told(window: CaptureWindow, qtbot: QtBot, text: str = QUIET) -> str:
    qtbot.keyClicks(window.form.text, text)
    qtbot.waitUntil(lambda: window.before.row.isVisible())
    return window.before.row.words()


def judged(folder: Path) -> list[bool]:
    notebook = open_notebook(folder)
    try:
        return list(verdicts(notebook).values())
    finally:
        notebook.close()


def test_what_the_owner_logged_before_is_told_with_its_day(
    window: CaptureWindow, qtbot: QtBot
) -> None:
    assert told(window, qtbot) == "You logged something like this on 7 Jan."
    assert window.form.text.hasFocus()


def test_what_a_colleague_logged_is_told_with_a_name(
    opened: Opened, qtbot: QtBot, tmp_path: Path
) -> None:
    written = at("2025-11-03")
    file = a_file(tmp_path, SELLER, lambda book: logged(book, text=QUIET, happened=written))
    marketer = a_notebook(tmp_path, MARKETER)
    got(marketer, file)
    marketer.close()
    window = opened(marketer.library.folder)
    assert told(window, qtbot) == f"{SELLER} logged something like this on 3 Nov 2025."


def test_the_text_does_not_move(window: CaptureWindow, qtbot: QtBot) -> None:
    qtbot.keyClicks(window.form.text, "Halden")
    before = window.form.text.mapTo(window, window.form.text.cursorRect().topLeft()).y()
    told(window, qtbot, QUIET.removeprefix("Halden"))
    assert window.form.text.mapTo(window, window.form.text.cursorRect().topLeft()).y() == before


def test_the_earlier_words_are_shown_and_hidden_by_one_key(
    window: CaptureWindow, qtbot: QtBot
) -> None:
    told(window, qtbot)
    row = window.before.row
    qtbot.keyClick(window.form.text, KEY.Key_W, ALT)
    assert row._text.isVisible()
    assert row._text.text() == QUIET
    qtbot.keyClick(window.form.text, KEY.Key_W, ALT)
    assert not row._text.isVisible()


@pytest.mark.parametrize(("key", "same"), [(KEY.Key_I, True), (KEY.Key_N, False)])
def test_one_key_says_whether_it_is_the_same(
    window: CaptureWindow, qtbot: QtBot, library: Path, key: Qt.Key, same: bool
) -> None:
    told(window, qtbot)
    with qtbot.waitSignal(window.before.told):
        qtbot.keyClick(window.form.text, key, ALT)
    assert not window.before.row.isVisible()
    with qtbot.waitSignal(window.saved):
        qtbot.keyClick(window, KEY.Key_Return, CTRL)
    assert judged(library) == [same]


def test_a_judged_note_is_not_told_of_again(window: CaptureWindow, qtbot: QtBot) -> None:
    told(window, qtbot)
    with qtbot.waitSignal(window.before.told):
        window.before.row.differ.click()
    qtbot.keyClicks(window.form.text, " They said so twice.")
    with qtbot.waitSignal(window.before.answered):
        window.before.look()
    assert window.before.row.words() == ""


def test_the_next_note_begins_without_it(window: CaptureWindow, qtbot: QtBot) -> None:
    told(window, qtbot)
    with qtbot.waitSignal(window.saved):
        qtbot.keyClick(window, KEY.Key_Return, CTRL)
    assert window.before.row.words() == ""


def test_it_can_be_switched_off(window: CaptureWindow, qtbot: QtBot) -> None:
    told(window, qtbot)
    window.before.follow(False)
    assert not window.before.row.isVisible()
    with qtbot.waitSignal(window.draft_kept):
        qtbot.keyClicks(window.form.text, " Again.")
    assert not window.before._later.isActive()


def test_tab_reaches_every_button_of_it(window: CaptureWindow, qtbot: QtBot) -> None:
    told(window, qtbot)
    window.before.row.unfold.setFocus()
    names = []
    for _ in range(3):
        focused = QApplication.focusWidget()
        assert focused is not None
        names.append(focused.accessibleName())
        qtbot.keyClick(focused, KEY.Key_Tab)
    assert names == ["Show", "It is the same", "Not the same"]
