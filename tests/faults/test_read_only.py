"""A library that nothing can be written to is read, and says so."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from fieldnotes.domain.notes import NoteDraft
from fieldnotes.domain.query import EVERYTHING
from fieldnotes.errors import LibraryRefused
from fieldnotes.operations.notebook import open_notebook
from fieldnotes.operations.notes import put_note
from fieldnotes.operations.search import find_notes
from fieldnotes.store import migrations
from tests.builders import a_note, logged
from tests.cli.commands import typed
from tests.desktop.conftest import Starter
from tests.faults.places import read_only

ROOT = Path(__file__).parents[2]
REFUSED = "This library can only be read. To write, open a copy in a folder of your own."

KILLED_AFTER_A_NOTE = """
import os, sys
from pathlib import Path
from fieldnotes.operations.notebook import open_notebook
from tests.builders import logged
notebook = open_notebook(Path(sys.argv[1]), "Wren Tolliver")
logged(notebook, text="Kolvik gave 40 %.")
os._exit(0)
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    notebook = open_notebook(tmp_path / "library", "Wren Tolliver")
    logged(notebook, text="Halden Foods waits.", account="Halden Foods")
    notebook.close()
    return tmp_path / "library"


@pytest.fixture
def sealed(folder: Path) -> Iterator[Path]:
    with read_only(folder) as place:
        yield place


def test_nothing_can_be_written_there(sealed: Path) -> None:
    with pytest.raises(OSError):  # noqa: PT011
        (sealed / "x").write_text("x")


def test_find_show_export_and_check_work(
    sealed: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = typed(capsys, "--json", "--library", sealed, "find", "halden")
    record_id = found.json["id"]
    assert typed(capsys, "--library", sealed, "show", record_id).status == 0
    file = tmp_path / "notes.fieldnotes"
    assert typed(capsys, "--library", sealed, "export", file).status == 0
    assert typed(capsys, "--json", "inspect", file).json["manifest"]["records"] == 1
    sheet = tmp_path / "notes.csv"
    assert typed(capsys, "--library", sealed, "export", sheet, "--as", "csv").status == 0
    assert typed(capsys, "--library", sealed, "check").status == 0


@pytest.mark.parametrize(
    "words",
    [
        ["log", "They wait."],
        ["edit", "1", "--text", "They wait."],
        ["remove", "1", "--because", "wrong"],
    ],
)
def test_writing_is_refused_with_one_sentence(
    sealed: Path, capsys: pytest.CaptureFixture[str], words: list[str]
) -> None:
    refused = typed(capsys, "--library", sealed, *words)
    assert (refused.status, refused.err.strip()) == (1, REFUSED)


@pytest.mark.parametrize("shared", [True, False], ids=["with its index", "without"])
def test_what_a_killed_program_left_in_the_log_is_read_as_well(
    folder: Path, shared: bool, tmp_path: Path
) -> None:
    command = [sys.executable, "-P", "-c", KILLED_AFTER_A_NOTE, str(folder)]
    subprocess.run(command, check=True, env={**os.environ, "PYTHONPATH": str(ROOT)})
    assert (folder / "library.db-wal").stat().st_size > 0
    if not shared:
        for file in folder.glob("*-shm"):
            file.unlink()
    with read_only(folder) as place:
        notebook = open_notebook(place)
        texts = {view.note.text for view in find_notes(notebook, EVERYTHING).notes}
        notebook.close()
    assert texts == {"Halden Foods waits.", "Kolvik gave 40 %."}


def test_what_waits_to_be_applied_is_shown(folder: Path) -> None:
    notebook = open_notebook(folder)
    put_note(notebook, NoteDraft(id=notebook.new_id(), note=a_note(text="Just saved.")))
    notebook.close()
    with read_only(folder) as place:
        notebook = open_notebook(place)
        assert len(find_notes(notebook, EVERYTHING).notes) == 2
        notebook.close()


def test_an_older_library_is_refused_untouched(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps = {name: (*of_it, migrations.blobs_begin) for name, of_it in migrations.STEPS.items()}
    monkeypatch.setattr(migrations, "STEPS", steps)
    with read_only(folder) as place, pytest.raises(LibraryRefused, match="older version"):
        open_notebook(place)


def test_the_window_shows_the_notes_and_says_so(sealed: Path, start: Starter, qtbot: QtBot) -> None:
    program = start(sealed)
    window = program.window
    assert window is not None
    assert program._commands is not None
    qtbot.waitUntil(lambda: window.notice.words() == REFUSED)
    assert window.notes.finder.list.notes.rowCount() == 1
    program._commands.writing.new_note()
    assert program._commands.writing._capture is None


def test_the_same_folder_is_written_to_again_elsewhere(folder: Path) -> None:
    copy = folder.with_name("copy")
    with read_only(folder) as place:
        shutil.copytree(place, copy)
    for file in copy.iterdir():
        file.chmod(0o600)
    notebook = open_notebook(copy)
    logged(notebook)
    notebook.close()
