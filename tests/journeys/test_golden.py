"""What an earlier version wrote, this one opens: a real library and a real file of each release."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from fieldnotes.operations.checking import check_library
from fieldnotes.operations.notebook import open_notebook
from fieldnotes.operations.notes import show_note, versions_of
from tests import second_reader
from tests.builders import a_notebook, counted, got

GOLDEN = Path(__file__).parents[1] / "golden"
DIGEST = {"1": "95645dc7d016fb5f492243d893814919bf62bc6943dec00c31abfc8f9a259e95"}


@pytest.mark.parametrize("version", DIGEST)
def test_a_library_of_an_earlier_version_opens(version: str, tmp_path: Path) -> None:
    with zipfile.ZipFile(GOLDEN / f"library-{version}.zip") as archive:
        archive.extractall(tmp_path / "library")
    notebook = open_notebook(tmp_path / "library", machine_folder=tmp_path / "machine")
    checked = check_library(notebook)
    assert (checked.problems, checked.digest) == ([], DIGEST[version])
    assert counted(notebook, "tag:pricing competitor:kolvik marz") == 1
    objection = show_note(notebook, "1")
    assert objection.note.worked == "partly"
    assert len(versions_of(notebook, objection.id)) == 2
    notebook.close()


@pytest.mark.parametrize("version", DIGEST)
def test_a_file_of_an_earlier_version_is_read_in(version: str, tmp_path: Path) -> None:
    file = GOLDEN / f"version-{version}.fieldnotes"
    marketer = a_notebook(tmp_path, "Marketing")
    read = got(marketer, file)
    assert (read.counts["new"], read.counts["removed"]) == (3, 1)
    checked = check_library(marketer)
    assert (checked.problems, checked.digest) == ([], DIGEST[version])
    hidden = show_note(marketer, "1").hidden + show_note(marketer, "2").hidden
    assert "contacts.00.email" in hidden
    _, records = second_reader.read(file)
    assert [record["accepted"] for record in records] == [True] * 4
    marketer.close()
