"""A program that is killed while it erases: the next one finishes, and no word is left anywhere."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from fieldnotes.domain.notes import Attachment, Note
from fieldnotes.domain.records import Reason
from fieldnotes.operations.checking import check_library
from fieldnotes.operations.erasing import State, erasing_state, finish_erasing
from fieldnotes.operations.notebook import Notebook, open_notebook
from fieldnotes.operations.notes import edit_note, remove_note, show_note
from tests.builders import logged

CANARY = "Xanthippe4711"
SHORT, LONG = 8, 1_000
_KILLED_AT = ("pwrite64", "fsync", "fdatasync", "ftruncate", "unlink")
_CALL = re.compile(rf"({'|'.join(_KILLED_AT)})\(")
strace = shutil.which("strace")


def files_with(folder: Path, word: str = CANARY) -> set[str]:
    """Where the word stands, in whatever case."""
    sought = word.lower().encode()
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.name for path in files if sought in path.read_bytes().lower()}


def a_library_with_a_secret(notebook: Notebook) -> str:
    """Sixty notes, of which one has the canary in every place that there is; returns its id."""
    content = CANARY.encode() * 3000
    file = Attachment(
        "a", f"{CANARY}.bin", "x/y", len(content), notebook.library.blobs.put(content)
    )
    for number in range(30):
        logged(notebook, text=f"Something else {number}", tags=[f"tag{number}"])
    note = logged(
        notebook,
        text=f"The first {CANARY}",
        account=f"{CANARY} Ltd",
        tags=[CANARY],
        competitors=(f"{CANARY} Corp",),
        stage=f"before {CANARY}",
        concern=CANARY,
        kind="objection",
        attachments=(file,),
    )
    edit_note(notebook, note, Note(text=f"The second {CANARY}", account=f"{CANARY} Group"))
    for number in range(30):
        logged(notebook, text=f"Something after {number}", tags=["after"])
    backup = notebook.library.folder / "library-before-1.backup"
    backup.write_bytes(b"old pages with " + CANARY.encode())
    return note


@pytest.fixture
def secret(seller: Notebook) -> tuple[Path, str]:
    note = a_library_with_a_secret(seller)
    seller.close()
    assert files_with(seller.library.folder)
    return seller.library.folder, note


def start(folder: Path, note: str, *before: str) -> subprocess.Popen[str]:
    words = [*before, sys.executable, "-m", "tests.faults.erasing_program", str(folder), note]
    return subprocess.Popen(
        words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=Path.cwd()
    )


def finish(folder: Path, note: str) -> None:
    """What the next start of the program does in its idle time; nothing may be left after it."""
    notebook = open_notebook(folder)
    try:
        if show_note(notebook, note).removed != "erase":  # killed before it was saved
            remove_note(notebook, note, Reason.ERASE)
        assert finish_erasing(notebook)
        assert erasing_state(notebook) == State()
        assert files_with(folder) == set()
        assert check_library(notebook).problems == []
    finally:
        notebook.close()
    assert files_with(folder) == set()


def calls(folder: Path, note: str, log: Path) -> list[str]:
    """The writing calls of one whole run, in order."""
    done = start(
        folder, note, "strace", "-f", "-qq", "-e", f"trace={','.join(_KILLED_AT)}", "-o", str(log)
    )
    out, err = done.communicate(timeout=60)
    assert "done" in out, err
    return _CALL.findall(log.read_text(errors="replace"))


@pytest.mark.skipif(strace is None, reason="strace kills at a chosen system call")
def test_killed_at_any_write_the_next_start_finishes(
    secret: tuple[Path, str], tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    folder, note = secret
    whole = tmp_path / "whole"
    shutil.copytree(folder, whole)
    made = calls(whole, note, tmp_path / "log")
    assert files_with(whole) == set()
    points = {name: made.count(name) for name in _KILLED_AT}
    every = [(name, number + 1) for name, count in points.items() for number in range(count)]
    wanted = LONG if request.config.getoption("--long") else SHORT
    chosen = every[:: max(1, len(every) // wanted)]
    killed = 0
    for name, number in chosen:
        at = tmp_path / f"{name}-{number}"
        shutil.copytree(folder, at)
        inject = f"inject={name}:signal=SIGKILL:when={number}"
        program = start(
            at, note, "strace", "-f", "-qq", "-o", "/dev/null", "-e", f"trace={name}", "-e", inject
        )
        out, _ = program.communicate(timeout=60)
        killed += "done" not in out
        finish(at, note)
        shutil.rmtree(at)
    assert killed > len(chosen) * 0.8
