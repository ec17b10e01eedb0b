"""Two machines on one library's folder, as programs: the second says so and tears nothing."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from fieldnotes.store.lease import FILE

_HOLD = (
    "import sys, pathlib; from fieldnotes.operations.notebook import open_notebook;"
    "book = open_notebook(pathlib.Path(sys.argv[1]), 'Wren'); print('open', flush=True);"
    "sys.stdin.read(); book.close()"
)


def machine(tmp_path: Path, name: str) -> dict[str, str]:
    return {**os.environ, "FIELDNOTES_MACHINE": str(tmp_path / name)}


def fieldnotes(
    tmp_path: Path, name: str, folder: Path, *words: str
) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "fieldnotes", "--library", str(folder), *words]
    return subprocess.run(
        command, env=machine(tmp_path, name), capture_output=True, text=True, check=False
    )


@pytest.fixture
def holder(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """A program on the first machine that has the library open until its input ends."""
    program = subprocess.Popen(
        [sys.executable, "-c", _HOLD, str(tmp_path / "library")],
        env=machine(tmp_path, "one"),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert program.stdout is not None
    assert program.stdout.readline() == "open\n"
    yield program
    program.kill()
    program.communicate()


def test_the_second_machine_is_refused_and_the_same_machine_is_not(
    holder: subprocess.Popen[str], tmp_path: Path
) -> None:
    folder = tmp_path / "library"
    assert fieldnotes(tmp_path, "one", folder, "log", "From the same machine").returncode == 0
    said = fieldnotes(tmp_path, "two", folder, "log", "From another")
    assert (said.returncode, said.stdout) == (1, "")
    assert "open on another machine" in said.stderr
    assert fieldnotes(tmp_path, "one", folder, "find", "--count").stdout == "1\n"
    holder.communicate("")
    assert not (folder / FILE).exists()
    assert fieldnotes(tmp_path, "two", folder, "find", "--count").stdout == "1\n"


def test_of_a_killed_holder_the_library_is_taken_over_by_word(
    holder: subprocess.Popen[str], tmp_path: Path
) -> None:
    folder = tmp_path / "library"
    holder.kill()
    holder.communicate()
    assert fieldnotes(tmp_path, "two", folder, "find").returncode == 1
    assert fieldnotes(tmp_path, "two", folder, "--take-over", "log", "Here now").returncode == 0
    assert fieldnotes(tmp_path, "one", folder, "find", "--count").stdout == "1\n"
    assert fieldnotes(tmp_path, "one", folder, "check").returncode == 0


def test_a_killed_holders_own_machine_opens_it_at_once(
    holder: subprocess.Popen[str], tmp_path: Path
) -> None:
    holder.kill()
    holder.communicate()
    folder = tmp_path / "library"
    assert fieldnotes(tmp_path, "one", folder, "log", "Here again").returncode == 0
    assert not (folder / FILE).exists()
