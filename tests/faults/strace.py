"""Faults at chosen system calls of a running process: `strace --inject` on a library's files."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

CALLS = ("pwrite64", "fdatasync")
DATABASES = ("drafts.db", "library.db", "blobs.db")


def files_of(folder: Path) -> list[str]:
    """The files of a library that are written by pwrite64 and fdatasync."""
    return [str(folder / name) + end for name in DATABASES for end in ("", "-wal")]


@contextmanager
def traced(pid: int, folder: Path, what: str | None, log: Path) -> Iterator[subprocess.Popen[str]]:
    """Follow a process, and do `what` (`signal=SIGKILL:when=3`, `error=EIO`) at its CALLS.

    Fails where strace is missing or not allowed: nothing was proved then.
    """
    assert shutil.which("strace"), "the set-up of the tests installs strace"
    command = ["strace", "-f", "-p", str(pid), "-o", str(log), "-e", f"trace={','.join(CALLS)}"]
    for file in files_of(folder):
        command += ["-P", file]
    if what:
        command += ["-e", f"inject={','.join(CALLS)}:{what}"]
    tracer = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    assert tracer.stderr is not None
    said = tracer.stderr.readline()
    while "attached" not in said:
        assert said, "strace is not allowed to follow processes on this machine"
        assert "not permitted" not in said.lower(), said
        said = tracer.stderr.readline()
    try:
        yield tracer
    finally:
        tracer.terminate()
        tracer.communicate()


def calls_in(log: Path) -> int:
    """How many calls were seen."""
    return sum(f"{call}(" in line for line in log.read_text().splitlines() for call in CALLS)
