"""A key that Windows gives: what is said to it, played back as its documentation has it."""

from __future__ import annotations

from queue import SimpleQueue
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from fieldnotes.desktop.global_key import windows_key
from fieldnotes.desktop.global_key.global_key import GlobalKey, way_here
from fieldnotes.desktop.global_key.way import Outcome
from fieldnotes.desktop.global_key.windows_key import WindowsKey

CTRL_ALT_NO_REPEAT = 0x0002 | 0x0001 | 0x4000
QUIT, HOTKEY = 0x0012, 0x0312


class User32:
    """One queue of messages, and one key that somebody has already."""

    def __init__(self) -> None:
        self.messages: SimpleQueue[int] = SimpleQueue()
        self.held: set[tuple[int, int]] = set()

    def PeekMessageW(self, *_: Any) -> int:
        return 0

    def RegisterHotKey(self, window: None, number: int, held: int, key: int) -> int:
        if chr(key) == "7":
            return 0
        self.held.add((held, key))
        return 1

    def UnregisterHotKey(self, window: None, number: int) -> int:
        self.held.clear()
        return 1

    def GetMessageW(self, message: Any, *_: Any) -> int:
        message._obj.message = self.messages.get()
        return int(message._obj.message != QUIT)

    def PostThreadMessageW(self, thread: int, message: int, *_: Any) -> int:
        self.messages.put(message)
        return 1


@pytest.fixture
def user32(monkeypatch: pytest.MonkeyPatch) -> User32:
    played = User32()
    monkeypatch.setattr(windows_key, "_user32", lambda: played)
    return played


def test_a_press_is_heard_until_the_key_is_given_back(qtbot: QtBot, user32: User32) -> None:
    key = GlobalKey(way_here("windows", {}))
    key.take("Ctrl+Alt+F")
    qtbot.waitUntil(lambda: key.standing.outcome is Outcome.HELD)
    assert user32.held == {(CTRL_ALT_NO_REPEAT, ord("F"))}
    with qtbot.waitSignal(key.pressed):
        user32.messages.put(HOTKEY)
    key.close()
    assert not user32.held


def test_function_keys_have_numbers_of_their_own(qtbot: QtBot, user32: User32) -> None:
    key = GlobalKey(WindowsKey)
    key.take("Meta+Shift+F9")
    qtbot.waitUntil(lambda: key.standing.outcome is Outcome.HELD)
    assert user32.held == {(0x0008 | 0x0004 | 0x4000, 0x78)}
    key.close()


def test_a_key_that_another_program_has_is_told(qtbot: QtBot, user32: User32) -> None:
    key = GlobalKey(WindowsKey)
    key.take("Ctrl+Alt+7")
    qtbot.waitUntil(lambda: key.standing.outcome is Outcome.TAKEN)
    key.close()
