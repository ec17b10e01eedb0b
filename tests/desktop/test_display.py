"""Without a screen the program says so instead of being ended by Qt."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from fieldnotes.desktop.display import NoDisplay, require_display

pytestmark = pytest.mark.skipif(
    sys.platform in ("win32", "darwin"), reason="there is always a screen"
)


@pytest.mark.parametrize(
    "environment",
    [
        {},
        {"DISPLAY": ":4711"},
        {"DISPLAY": ":4711", "QT_QPA_PLATFORM": "xcb"},
        {"WAYLAND_DISPLAY": "wayland-9", "XDG_RUNTIME_DIR": "/nowhere"},
    ],
)
def test_without_a_display_that_answers_no_window_is_begun(environment: Mapping[str, str]) -> None:
    with pytest.raises(NoDisplay, match="no display"):
        require_display(environment)


def test_a_display_that_answers_is_enough(tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(tmp_path / "wayland-9"))
        listening.listen()
        require_display({"WAYLAND_DISPLAY": "wayland-9", "XDG_RUNTIME_DIR": str(tmp_path)})


@pytest.mark.parametrize("environment", [{"QT_QPA_PLATFORM": "offscreen"}, {"DISPLAY": "desk:0"}])
def test_what_needs_no_screen_here_is_not_asked_for_one(environment: Mapping[str, str]) -> None:
    require_display(environment)


def test_log_without_text_and_without_a_display_is_one_sentence(tmp_path: Path) -> None:
    gone = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    environment = {name: value for name, value in os.environ.items() if name not in gone}
    said = subprocess.run(
        [sys.executable, "-m", "fieldnotes", "--library", str(tmp_path / "library"), "log"],
        env=environment,
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=False,
    )
    assert said.returncode == 1
    assert said.stderr.startswith("There is no display to show a window on. ")
    assert len(said.stderr.splitlines()) == 1
    assert not (tmp_path / "library").exists()
