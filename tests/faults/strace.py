"""Faults at chosen system calls of a running process: `strace --inject` on a library's files.

A build of the engine syncs by fsync or by fdatasync, so both are followed.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

CALLS = ("pwrite64", "fsync", "fdatasync")
FILE_CALLS = (*CALLS, "write", "rename", "renameat", "renameat2", "unlink", "ftruncate", "mkdir")
_CALL = re.compile(rf"\b({'|'.join(FILE_CALLS)})\(")
DATABASES = ("drafts.db", "library.db", "blobs.db")


def files_of(folder: Path) -> list[str]:
    """The files of a library that are written and synced by CALLS."""
    return [str(folder / name) + end for name in DATABASES for end in ("", "-wal")]


@contextmanager
def traced(
    pid: int, folder: Path, what: str | None, log: Path, also: Sequence[Path] = ()
) -> Iterator[subprocess.Popen[str]]:
    """Follow a process at its CALLS, and do `what` (`fsync:signal=SIGKILL:when=3`, see `calls_in`).

    `also`: further files and folders, which are followed at FILE_CALLS.
    Fails where strace is missing or not allowed: nothing was proved then.
    """
    assert shutil.which("strace"), "the set-up of the tests installs strace"
    calls = ",".join(FILE_CALLS if also else CALLS)
    command = ["strace", "-f", "-p", str(pid), "-o", str(log), "-e", f"trace={calls}"]
    for file in (*files_of(folder), *map(str, also)):
        command += ["-P", file]
    if what:
        command += ["-e", f"inject={what}"]
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


def calls_in(log: Path) -> list[tuple[str, int]]:
    """Each call that was seen, in order: its name, and which of that name it was (from 1 on)."""
    names = [_CALL.search(line) for line in log.read_text().splitlines()]
    seen: Counter[str] = Counter()
    calls = []
    for name in (found[1] for found in names if found):
        seen[name] += 1
        calls.append((name, seen[name]))
    return calls


_MAKING = "open,openat,creat,truncate,mkdir,mkdirat,mknod,mknodat,rename,renameat,renameat2,link"
_MAKING += ",linkat,symlink,symlinkat,unlink,unlinkat,rmdir,chmod,fchmodat"
_WRITES = re.compile(r"O_WRONLY|O_RDWR|O_CREAT|O_TRUNC")
_NAMED = re.compile(r'(?:<([^>]*)>, )?"((?:[^"\\]|\\.)*)"')


def places_written(
    command: Sequence[str], environment: Mapping[str, str], log: Path, folder: Path
) -> tuple[set[Path], subprocess.CompletedProcess[str]]:
    """Every file and folder that a command, run in `folder`, made, opened to write, or renamed.

    A temporary file that never has a name is none.
    """
    assert shutil.which("strace"), "the set-up of the tests installs strace"
    ran = subprocess.run(
        ["strace", "-f", "-qq", "-y", "-s", "4096", "-o", log, "-e", f"trace={_MAKING}", *command],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    written: set[Path] = set()
    for line in log.read_text().splitlines():
        call = line.split(" ", 1)[1].lstrip()
        opened = call.startswith("open")
        if " = -1 " in call or (opened and not _WRITES.search(call)) or "O_TMPFILE" in call:
            continue
        written |= {folder / (at or "") / name for at, name in _NAMED.findall(call)}
    return {place for place in written if place.parts[1] not in ("dev", "proc")}, ran
