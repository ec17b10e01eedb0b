"""A process that makes a file and one that reads it in; others kill them.

    python -m tests.faults.handing_over

One line of JSON on stdin starts one job in a fork (so that nothing is imported again): it says its
process id, waits for a further line, then does it. `over STATUS` is said when it has ended.
"""

from __future__ import annotations

import ctypes
import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import msgspec

from fieldnotes.domain.markings import Audience
from fieldnotes.domain.selections import Selection
from fieldnotes.domain.shapes import Shape
from fieldnotes.operations.judging import Decisions
from fieldnotes.operations.notebook import open_notebook
from fieldnotes.operations.other_shapes import send_as
from fieldnotes.operations.previewing import preview_import
from fieldnotes.operations.reading_in import read_in
from fieldnotes.operations.sending import send
from fieldnotes.operations.sending_plans import plan_sending
from tests.faults.strace import traced

ROOT = Path(__file__).parents[2]
KILLED = 9
RECIPIENT = "Marketing"
_ANY_TRACER = 0x59616D61, ctypes.c_ulong(-1)  # PR_SET_PTRACER, for systems that restrict strace


class Job(msgspec.Struct):
    """Make `file` of the library in `folder`, or with `read` take it in there."""

    folder: str
    file: str
    shape: Shape = Shape.BUNDLE
    audience: Audience = Audience.COMPANY
    read: bool = False


def carry_out(job: Job) -> None:
    """All of it, as the program would."""
    notebook, path = open_notebook(Path(job.folder)), Path(job.file)
    if job.read:
        read_in(notebook, preview_import(notebook, [path], Decisions(all_new=True)))
        return
    selection = Selection(audience=job.audience, recipient=RECIPIENT, shape=job.shape)
    plan = plan_sending(notebook, selection)
    if job.shape is Shape.BUNDLE:
        send(notebook, plan, path)
    else:
        send_as(notebook, plan, path)


class Carrier:
    """The process, from outside."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "tests.faults.handing_over"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            bufsize=0,
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )

    def carry(self, job: Job, fault: str | None, log: Path) -> int:
        """Let it do a job with `fault` at its calls, told in `log`; returns its wait status."""
        self._say(msgspec.json.encode(job) + b"\n")
        pid = int(self._line().split()[1])
        file = Path(job.file)
        part = file.with_name(f".{file.name}.part")
        also = [] if job.read else [file, part, file.parent]
        with traced(pid, Path(job.folder), fault, log, also):
            self._say(b".")
            return int(self._line().split()[1])

    def close(self) -> None:
        """Let it go."""
        with self._process:
            assert self._process.stdin is not None
            self._process.stdin.close()

    def _say(self, words: bytes) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(words)

    def _line(self) -> str:
        assert self._process.stdout is not None
        line = self._process.stdout.readline().decode()
        assert line, "the process that carries has ended"
        return line


def main() -> None:
    while line := sys.stdin.buffer.readline():
        child = os.fork()
        if child == 0:
            with suppress(OSError, AttributeError):
                ctypes.CDLL(None).prctl(*_ANY_TRACER, 0, 0, 0)
            _tell(f"here {os.getpid()}")
            os.read(0, 1)
            carry_out(msgspec.json.decode(line, type=Job))
            os._exit(0)
        _, status = os.waitpid(child, 0)
        _tell(f"over {status}")


def _tell(words: str) -> None:
    os.write(1, words.encode() + b"\n")


if __name__ == "__main__":
    main()
