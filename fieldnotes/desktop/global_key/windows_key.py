"""Windows gives a key to the thread that registers it first, and tells that thread of presses."""

from __future__ import annotations

import ctypes
import threading
from typing import TYPE_CHECKING, Any, ClassVar

from fieldnotes.desktop.global_key.way import Outcome, Standing

if TYPE_CHECKING:
    from fieldnotes.desktop.global_key.chord import Chord
    from fieldnotes.desktop.global_key.way import Pressed, Told

_ALT, _CTRL, _SHIFT, _WIN, _NO_REPEAT = 1, 2, 4, 8, 0x4000
_WM_QUIT, _WM_HOTKEY = 0x0012, 0x0312
_F1 = 0x70  # letters and digits are their own codes
_ID = 1


class WindowsKey:
    """RegisterHotKey of user32, with the message loop it needs."""

    asks: ClassVar[bool] = False

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._thread = 0
        self._over = False

    def let_go(self) -> None:
        with self._lock:
            self._over = True
            if self._thread:
                _user32().PostThreadMessageW(self._thread, _WM_QUIT, 0, 0)

    def hold(self, chord: Chord, told: Told, pressed: Pressed) -> None:
        from ctypes import wintypes

        user32, message = _user32(), wintypes.MSG()
        user32.PeekMessageW(ctypes.byref(message), None, 0, 0, 0)  # makes the thread a queue
        with self._lock:
            self._thread = threading.get_native_id()
            if self._over:
                return
        if not user32.RegisterHotKey(None, _ID, _held_with(chord), _code(chord)):
            told(Standing(Outcome.TAKEN))
            return
        told(Standing(Outcome.HELD))
        while user32.GetMessageW(ctypes.byref(message), None, 0, 0) > 0:
            if message.message == _WM_HOTKEY:
                pressed("")
        user32.UnregisterHotKey(None, _ID)


def _user32() -> Any:
    return ctypes.WinDLL("user32")  # type: ignore[attr-defined]


def _held_with(chord: Chord) -> int:
    held = zip((_CTRL, _ALT, _SHIFT, _WIN), chord[1:], strict=True)
    return _NO_REPEAT | sum(mask for mask, on in held if on)


def _code(chord: Chord) -> int:
    return _F1 + int(chord.key[1:]) - 1 if chord.is_function_key else ord(chord.key)
