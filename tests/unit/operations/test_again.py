"""The very same file again is answered by its hash, as long as nothing changed since."""

from __future__ import annotations

from pathlib import Path

import pytest

from fieldnotes.domain.records import Reason
from fieldnotes.errors import BundleRefused
from fieldnotes.operations.checking import check_library
from fieldnotes.operations.import_plans import FilePlan
from fieldnotes.operations.judging import Decisions
from fieldnotes.operations.notebook import Notebook
from fieldnotes.operations.notes import edit_note, remove_note
from fieldnotes.operations.people import refuse_person
from fieldnotes.operations.previewing import preview_import
from fieldnotes.operations.reading_in import read_in
from fieldnotes.operations.undoing_imports import undo_import
from tests.builders import a_note, an_exchange, found, got, logged, sent

WELCOME = Decisions(all_new=True)


def looked_at(notebook: Notebook, *paths: Path) -> list[FilePlan]:
    return preview_import(notebook, list(paths), WELCOME).files


@pytest.fixture
def path(seller: Notebook, marketer: Notebook) -> Path:
    logged(seller), logged(seller)
    return an_exchange(seller, marketer).path


def test_nothing_of_it_is_new(marketer: Notebook, path: Path) -> None:
    (file,) = looked_at(marketer, path)
    assert file.again is not None
    assert {word: count for word, count in file.counts.items() if count} == {"unchanged": 2}


def test_reading_it_in_brings_what_it_brought(marketer: Notebook, path: Path) -> None:
    assert got(marketer, path).counts["unchanged"] == 2
    assert got(marketer, path).counts["unchanged"] == 2
    arrivals = marketer.library.connection.execute("SELECT bundle FROM arrivals").fetchall()
    assert sorted(arrivals) == [(1,), (1,), (2,), (2,), (3,), (3,)]
    assert check_library(marketer).ok


def test_a_newer_version_of_a_note_in_it_is_noticed(
    seller: Notebook, marketer: Notebook, path: Path
) -> None:
    edit_note(seller, found(seller)[0], a_note(text="Changed."))
    an_exchange(seller, marketer)
    (file,) = looked_at(marketer, path)
    assert file.again is None
    assert file.counts["older"] == 1


def test_other_notes_that_came_since_change_nothing(
    seller: Notebook, marketer: Notebook, path: Path
) -> None:
    logged(seller)
    an_exchange(seller, marketer, since_last=True)
    assert looked_at(marketer, path)[0].again is not None


def test_what_was_undone_is_new_again(marketer: Notebook, path: Path) -> None:
    batch = got(marketer, path).batch
    assert batch is not None
    undo_import(marketer, batch)
    (file,) = looked_at(marketer, path)
    assert file.again is None


def test_whoever_is_refused_since_is_not_taken(
    seller: Notebook, marketer: Notebook, path: Path
) -> None:
    refuse_person(marketer, seller.owner.author)
    (file,) = looked_at(marketer, path)
    assert file.refused
    assert file.again is None


def test_with_a_file_that_may_be_newer_it_is_looked_at_closely(
    seller: Notebook, marketer: Notebook, path: Path, tmp_path: Path
) -> None:
    remove_note(seller, found(seller)[0], Reason.WRONG)
    newer = tmp_path / "newer.fieldnotes"
    sent(seller, newer)
    files = looked_at(marketer, newer, path)
    assert files[1].again is None
    assert files[1].counts["older"] == 1


def test_what_changes_between_looking_and_reading_is_looked_at_again(
    seller: Notebook, marketer: Notebook, path: Path
) -> None:
    plan = preview_import(marketer, [path], WELCOME)
    edit_note(seller, found(seller)[0], a_note(text="Changed."))
    an_exchange(seller, marketer)
    with pytest.raises(BundleRefused):
        read_in(marketer, plan)
    assert check_library(marketer).ok
