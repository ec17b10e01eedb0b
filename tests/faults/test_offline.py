"""No network is ever assumed: the whole journey opens not one internet socket."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
INTERNET = re.compile(r"AF_INET6?\b")


def test_the_whole_journey_works_without_a_network_and_never_asks_for_one(tmp_path: Path) -> None:
    assert shutil.which("strace"), "the set-up of the tests installs strace"
    trace = tmp_path / "trace"
    played = _played(
        ["strace", "-f", "-qq", "-e", "trace=socket,connect", "-o", str(trace)],
        tmp_path / "out",
        tmp_path,
    )
    assert "all is well" in played
    assert "pictures of the window" in played
    sockets = trace.read_text("utf-8", errors="replace").splitlines()
    assert [line for line in sockets if INTERNET.search(line)] == []


def test_a_socket_would_have_been_seen(tmp_path: Path) -> None:
    trace = tmp_path / "trace"
    asked = "import socket; socket.socket(socket.AF_INET, socket.SOCK_DGRAM)"
    command = ["strace", "-f", "-qq", "-e", "trace=socket", "-o", str(trace)]
    subprocess.run([*command, sys.executable, "-c", asked], check=True)
    assert INTERNET.search(trace.read_text("utf-8"))


def _played(around: list[str], out: Path, folder: Path) -> str:
    command = [*_without_network(), *around, sys.executable, "-P", "-m", "fieldnotes", "demo"]
    done = subprocess.run(
        [*command, "--out", str(out)],
        capture_output=True,
        text=True,
        cwd=folder,
        env=_environment(folder),
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def _without_network() -> list[str]:
    """A network namespace of its own where the system lets us; the trace counts anyway."""
    for wanted in (["unshare", "--net"], ["unshare", "--map-root-user", "--net"]):
        tried = subprocess.run([*wanted, "true"], capture_output=True, check=False)
        if tried.returncode == 0:
            return wanted
    return []


def _environment(folder: Path) -> dict[str, str]:
    import os

    return {
        **os.environ,
        "QT_QPA_PLATFORM": "offscreen",
        "FIELDNOTES_MACHINE": str(folder / "machine"),
        "HOME": str(folder),
        "PYTHONPATH": str(ROOT),
    }
