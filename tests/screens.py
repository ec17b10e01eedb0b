"""A screen that nobody sees, the real program on it, and hands on its keyboard."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from Xlib import XK, X
from Xlib.display import Display
from Xlib.error import BadAccess, CatchError

PATIENCE = 60
SHIFTED = "@#!^"


class Hands:
    """Press keys as a person does. `presses` counts every key, Shift, Ctrl and Alt among them."""

    def __init__(self, display: str) -> None:
        self.presses = 0
        self._environment = os.environ | {"DISPLAY": display}

    def write(self, words: str) -> None:
        """Words are not counted; the signs before names are, with the Shift they need."""
        self.presses += 2 * sum(words.count(sign) for sign in SHIFTED)
        self._do("type", "--delay", "15", words)

    def press(self, *keys: str) -> None:
        for key in keys:
            self.presses += 1 + key.count("+")
            self._do("key", key)

    def hold(self, *keys: str) -> None:
        """Press these down and keep them down."""
        for key in keys:
            self._do("keydown", key)

    def let_up(self, *keys: str) -> None:
        for key in keys:
            self._do("keyup", key)

    def go_to(self, title: str) -> bool:
        """Let a window have the keyboard; there is no window manager to do so. False: none yet."""
        found = self._do("search", "--onlyvisible", "--name", title, may_fail=True).split()
        if found:
            self._do("windowfocus", found[-1], may_fail=True)
        return bool(found)

    def sees(self, title: str) -> bool:
        """Whether a window of this name is on the screen."""
        return bool(self._do("search", "--onlyvisible", "--name", title, may_fail=True).split())

    def writes_into(self) -> str:
        """The name of the window that has the keyboard."""
        return self._do("getwindowfocus", "getwindowname", may_fail=True).strip()

    def _do(self, *words: str, may_fail: bool = False) -> str:
        done = subprocess.run(
            ["xdotool", *words],
            env=self._environment,
            capture_output=True,
            text=True,
            check=not may_fail,
            timeout=PATIENCE,
        )
        return done.stdout


@contextmanager
def a_screen() -> Iterator[str]:
    """What DISPLAY has to be to be on it. It does not begin anew when its last window goes."""
    assert shutil.which("Xvfb"), "the set-up of the tests installs xvfb and xdotool"
    reading, writing = os.pipe()
    command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1366x768x24", "-nolisten"]
    screen = subprocess.Popen(
        [*command, "tcp", "-noreset"],
        pass_fds=[writing],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(writing)
    with os.fdopen(reading) as told:
        number = told.readline().strip()
    try:
        yield f":{number}"
    finally:
        screen.terminate()
        screen.wait(PATIENCE)


@contextmanager
def a_program(display: str, library: Path, folder: Path, **environment: str) -> Iterator[Hands]:
    """The program is starting on this screen; it is ended afterwards, and no error was told."""
    private = {
        "DISPLAY": display,
        "QT_QPA_PLATFORM": "xcb",
        "XDG_RUNTIME_DIR": str(folder),
        "XDG_DATA_HOME": str(folder / "platform"),
        "FIELDNOTES_LIBRARY": str(library),
    }
    told = folder / "told"
    with told.open("w") as log:
        program = subprocess.Popen(
            [sys.executable, "-m", "fieldnotes"],
            env=os.environ | private | environment,
            cwd=Path(__file__).parents[1],
            stdout=log,
            stderr=log,
        )
    try:
        yield Hands(display)
    finally:
        program.terminate()
        program.wait(PATIENCE)
    assert "Traceback" not in told.read_text()


class OtherProgram:
    """A program of somebody else's on the same screen, with a window that may have the keyboard."""

    name = "Somebody else's program"

    def __init__(self, display: str) -> None:
        self._display = Display(display)
        screen = self._display.screen()
        self._root = screen.root
        window = self._root.create_window(10, 10, 200, 100, 0, screen.root_depth)
        window.set_wm_name(self.name)
        window.map()
        self._display.sync()

    def takes(self, key: str, held: int = X.ControlMask | X.Mod1Mask) -> bool:
        """Take a key for every program, with Ctrl and Alt. False: somebody else has it."""
        code = self._display.keysym_to_keycode(XK.string_to_keysym(key))
        refused = CatchError(BadAccess)
        self._root.grab_key(code, held, False, X.GrabModeAsync, X.GrabModeAsync, refused)
        self._display.sync()
        return refused.get_error() is None

    def gives_back(self, key: str) -> None:
        code = self._display.keysym_to_keycode(XK.string_to_keysym(key))
        self._root.ungrab_key(code, X.AnyModifier)
        self._display.sync()

    def close(self) -> None:
        self._display.close()
