"""Killed while processes of its own read for it, the program leaves none of them behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from fieldnotes.operations.notebook import Notebook

PROGRAM = """
import multiprocessing, sys
from pathlib import Path
from fieldnotes.operations.line_readers import LARGE, readers_for
from fieldnotes.store.library import looked_into

if __name__ == "__main__":
    with readers_for(looked_into(Path(sys.argv[1])), LARGE) as readers:
        list(readers.read([], {}, ""))
        for _ in range(2):
            readers._pool.submit(print).result()
        print("reads by", *(each.pid for each in multiprocessing.active_children()), flush=True)
        sys.stdin.read()
"""


@pytest.mark.skipif(os.name == "nt", reason="asks for processes as POSIX has them")
def test_processes_that_read_end_with_the_program(seller: Notebook, tmp_path: Path) -> None:
    program = tmp_path / "program.py"
    program.write_text(PROGRAM)
    command = [sys.executable, str(program), str(seller.library.folder)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=Path.cwd()
    ) as running:
        assert running.stdout is not None
        line = next(line for line in running.stdout if line.startswith("reads by"))
        readers = [int(pid) for pid in line.split()[2:]]
        assert readers
        assert all(map(_is_there, readers))
        running.send_signal(signal.SIGKILL)
    until = time.monotonic() + 60
    while any(map(_is_there, readers)) and time.monotonic() < until:
        time.sleep(0.05)
    assert not any(map(_is_there, readers))


def _is_there(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    state = Path(f"/proc/{pid}/stat")  # one that ended may wait until somebody asks for its end
    return not state.exists() or state.read_text().rpartition(")")[2].split()[0] != "Z"
