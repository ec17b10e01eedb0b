"""Whether there is a screen for a window: Qt ends the whole program where it finds none."""

from __future__ import annotations

import os
import re
import socket
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from fieldnotes.errors import FieldnotesError

_NEEDS_NONE = ("offscreen", "minimal", "vnc", "linuxfb", "eglfs")
_X11 = re.compile(r"(?:unix)?:(\d+)(?:\.\d+)?$")


class NoDisplay(FieldnotesError):
    """There is no screen on which a window could be shown."""


def require_display(environment: Mapping[str, str] = os.environ) -> None:
    """Raises NoDisplay where a window cannot be shown. Only X11 and Wayland can be without one."""
    if sys.platform in ("win32", "darwin"):
        return
    if environment.get("QT_QPA_PLATFORM", "").partition(":")[0] in _NEEDS_NONE:
        return
    if not (_wayland_answers(environment) or _x11_answers(environment.get("DISPLAY", ""))):
        raise NoDisplay(
            "There is no display to show a window on.",
            "Start it on a desktop, or give the note as text: fieldnotes log TEXT.",
        )


def _wayland_answers(environment: Mapping[str, str]) -> bool:
    name = environment.get("WAYLAND_DISPLAY", "")
    return bool(name) and _listens(str(Path(environment.get("XDG_RUNTIME_DIR", "")) / name))


def _x11_answers(display: str) -> bool:
    """A display of another machine is taken at its word: no network is asked."""
    local = _X11.match(display)
    if local is None:
        return bool(display)
    path = f"/tmp/.X11-unix/X{local[1]}"
    return _listens(path) or _listens(f"\0{path}")


def _listens(path: str) -> bool:
    with suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as knocking:
        knocking.settimeout(1)
        knocking.connect(path)
        return True
    return False
