"""Killed between a file and the note that refers to it: the note is never broken."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from fieldnotes.domain.query import EVERYTHING
from fieldnotes.operations.checking import check_library
from fieldnotes.operations.drafts import list_drafts, read_draft
from fieldnotes.operations.notebook import open_notebook
from fieldnotes.operations.search import find_notes
from tests.builders import TickingClock, a_notebook, logged
from tests.faults.strace import CALLS, files_of

ATTACHES_AND_SAVES = """
import sys
from pathlib import Path
from msgspec.structs import replace
from fieldnotes.domain.drafts import OpenDraft
from fieldnotes.domain.notes import Note, NoteDraft
from fieldnotes.operations.attachments import Source, attach
from fieldnotes.operations.drafts import keep_draft, save_draft
from fieldnotes.operations.notebook import open_notebook

book = open_notebook(Path(sys.argv[1]))
draft = NoteDraft(id=book.new_id(), note=Note(text="Two files"))
for name in ("one", "two"):
    file = attach(book, Source(name + ".txt", lambda: name.encode() * 3000)).attachment
    note = replace(draft.note, attachments=(*draft.note.attachments, file))
    draft = replace(draft, note=note)
    keep_draft(book, OpenDraft(draft=draft))
save_draft(book, draft)
print("saved", flush=True)
book.close()
"""
SOME = (1, 2, 3, 5, 7, 9)


@pytest.fixture
def library(tmp_path: Path) -> Path:
    notebook = a_notebook(tmp_path)
    logged(notebook)
    notebook.close()
    return notebook.library.folder


def killed_at(library: Path, call: str, number: int) -> str | None:
    """What it said until it was killed at the n-th such call; None if it came to its end."""
    assert shutil.which("strace"), "the set-up of the tests installs strace"
    command = ["strace", "-f", "-qq", "-o", "/dev/null", "-e", f"trace={call}"]
    command += ["-e", f"inject={call}:signal=SIGKILL:when={number}"]
    for file in files_of(library):
        command += ["-P", file]
    done = subprocess.run(
        [*command, sys.executable, "-c", ATTACHES_AND_SAVES, str(library)],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode == 0:
        return None
    assert done.returncode in (-signal.SIGKILL, 128 + signal.SIGKILL), done.stderr
    return done.stdout


def assert_nothing_is_broken(library: Path, said: str) -> None:
    """Whatever refers to a file has it; what was called saved is there with both."""
    notebook = open_notebook(library, clock=TickingClock())
    try:
        assert check_library(notebook).problems == []
        notes = [view.note for view in find_notes(notebook, EVERYTHING).notes]
        drafts = [read_draft(notebook, each.id).draft.note for each in list_drafts(notebook)]
        for note in (*notes, *drafts):
            for file in note.attachments:
                assert notebook.library.blobs.get(file.sha256) is not None
        saved = [note for note in notes if note.attachments]
        assert "saved" not in said or len(saved[0].attachments) == 2
        assert len(saved) + len(drafts) <= 1
    finally:
        notebook.close()


@pytest.mark.parametrize("number", SOME)
def test_a_kill_at_a_write_leaves_no_note_without_its_files(library: Path, number: int) -> None:
    said = killed_at(library, "pwrite64", number)
    assert said is not None
    assert_nothing_is_broken(library, said)


@pytest.mark.long
@pytest.mark.parametrize("call", CALLS)
def test_a_kill_at_any_write_or_sync_leaves_no_note_without_its_files(
    tmp_path: Path, library: Path, call: str
) -> None:
    number, said = 0, ""
    while said is not None:
        number += 1
        copy = tmp_path / str(number)
        shutil.copytree(library, copy)
        said = killed_at(copy, call, number)
        if said is not None:
            assert_nothing_is_broken(copy, said)
    assert number > 10 or call != "pwrite64"
