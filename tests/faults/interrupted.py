"""Runs of `tests.faults.writing` that are killed, and what is left of them."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from contextlib import nullcontext, suppress
from pathlib import Path

import msgspec

from fieldnotes.domain.notes import NoteDraft
from fieldnotes.operations.checking import check_library
from fieldnotes.operations.notebook import open_notebook
from fieldnotes.operations.notes import log_note
from tests.builders import a_note
from tests.faults.strace import traced
from tests.faults.writing import Run, state, states

ROOT = Path(__file__).parents[2]
KILLED = 9


class Left(msgspec.Struct):
    """How a run ended: its exit status, the last step begun and the last that was done."""

    status: int
    begun: int
    done: int


class Writer:
    """The process, and libraries in every state that its steps go through."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        open_notebook(folder / "seed", "Wren Tolliver").close()
        shutil.copytree(folder / "seed", folder / "model")
        self.states = states(folder / "model", self._keep_copy)
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "tests.faults.writing"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            bufsize=0,
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )

    def play(
        self,
        run: Run,
        fault: str | None = None,
        log: Path | None = None,
        kill: tuple[int, float] | None = None,
    ) -> Left:
        """Let it run: `fault` at its system calls (told in `log`), or `kill` it (step, seconds)."""
        pid = self._begin(run)
        handle = os.pidfd_open(pid)  # a number may belong to somebody else by then
        follow = traced(pid, Path(run.folder), fault, log) if log else nullcontext()
        try:
            with follow:
                self._say(b".")
                return self._hear(handle, kill)
        finally:
            os.close(handle)

    def fresh(self, before: int) -> Path:
        """A library as it lies on the disk, all files in use, before this step."""
        folder = self.folder / "run"
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(self.folder / f"before-{before}", folder)
        return folder

    def close(self) -> None:
        """Let it go."""
        with self._process:
            assert self._process.stdin is not None
            self._process.stdin.close()

    def _keep_copy(self, step: int) -> None:
        unshared = shutil.ignore_patterns("*-shm")
        shutil.copytree(self.folder / "model", self.folder / f"before-{step}", ignore=unshared)

    def _begin(self, run: Run) -> int:
        self._say(msgspec.json.encode(run) + b"\n")
        return int(self._line().split()[1])

    def _hear(self, process: int, kill: tuple[int, float] | None) -> Left:
        begun = done = -1
        while True:
            word, number = self._line().split()
            match word:
                case "begin":
                    begun = int(number)
                    if kill and kill[0] == begun:
                        time.sleep(kill[1])  # when the kill comes is the point of the test
                        with suppress(ProcessLookupError):
                            signal.pidfd_send_signal(process, signal.SIGKILL)
                case "done":
                    done = int(number)
                case _:
                    return Left(int(number), begun, done)

    def _say(self, words: bytes) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(words)

    def _line(self) -> str:
        assert self._process.stdout is not None
        line = self._process.stdout.readline().decode()
        assert line, "the process that writes has ended"
        return line


def looked_at(folder: Path) -> dict[str, str]:
    """What the next start finds, after it was checked and one more note was written."""
    notebook = open_notebook(folder)
    try:
        found = state(notebook)
        assert check_library(notebook).problems == []
        log_note(notebook, a_note_draft(notebook.new_id()))
        assert state(notebook) == found
        return found
    finally:
        notebook.close()


def a_note_draft(note_id: str) -> NoteDraft:

    return NoteDraft(id=note_id, note=a_note(text="And on it goes."))
