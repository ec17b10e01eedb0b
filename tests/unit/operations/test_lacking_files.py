"""Attached files that a bundle names and does not bring: told before, and here once one does."""

from __future__ import annotations

from pathlib import Path

import pytest

from fieldnotes.domain.notes import Attachment
from fieldnotes.operations.attachments import Source, attach
from fieldnotes.operations.judging import Decisions
from fieldnotes.operations.notebook import Notebook
from fieldnotes.operations.notes import show_note
from fieldnotes.operations.previewing import preview_import
from fieldnotes.operations.reading_in import read_in
from tests.builders import Opener, a_note, an_exchange, logged, sent

ANYBODY = Decisions(all_new=True)


@pytest.fixture
def third(notebooks: Opener) -> Notebook:
    return notebooks("Ines Rowe")


def a_file(notebook: Notebook, name: str) -> Attachment:
    return attach(notebook, Source(name, lambda: name.encode())).attachment


def loses(notebook: Notebook, *files: Attachment) -> None:
    gone = {file.sha256: 1 for file in files}
    notebook.library.blobs.loosen(gone)
    notebook.library.blobs.drop_loose(gone)


@pytest.fixture
def passed_on(seller: Notebook, marketer: Notebook, tmp_path: Path) -> Path:
    """Two notes as marketing passes them on: one without one of its files, one without any."""
    offer, shelf, plan = (a_file(seller, name) for name in ("offer.pdf", "shelf.jpg", "plan.txt"))
    logged(seller, a_note(text="Norden visit", attachments=(offer, shelf)))
    logged(seller, a_note(text="They plan", attachments=(plan,)))
    logged(seller, a_note(text="Nothing attached"))
    an_exchange(seller, marketer)
    loses(marketer, offer, plan)
    path = tmp_path / "passed-on.fieldnotes"
    sent(marketer, path)
    return path


def test_a_preview_says_which_notes_lack_which_files(third: Notebook, passed_on: Path) -> None:
    plan = preview_import(third, [passed_on], ANYBODY)
    told = {each.heading: set(each.files.values()) for each in plan.lacking}
    assert told == {"Norden visit": {"offer.pdf"}, "They plan": {"plan.txt"}}
    assert plan.late_files == frozenset()


def test_files_that_another_file_of_the_same_reading_brings_are_not_missing(
    seller: Notebook, third: Notebook, passed_on: Path, tmp_path: Path
) -> None:
    whole = tmp_path / "whole.fieldnotes"
    sent(seller, whole)
    for paths in ([passed_on, whole], [whole, passed_on]):
        assert preview_import(third, paths, ANYBODY).lacking == []


def test_files_that_come_later_appear_though_their_notes_are_here_already(
    seller: Notebook, third: Notebook, passed_on: Path, tmp_path: Path
) -> None:
    read_in(third, preview_import(third, [passed_on], ANYBODY))
    whole = tmp_path / "whole.fieldnotes"
    sent(seller, whole)
    plan = preview_import(third, [whole], ANYBODY)
    assert plan.counts["unchanged"] == 3
    assert len(plan.late_files) == 2
    done = read_in(third, plan)
    notes = [each for file in plan.good for each in file.late_notes]
    for note in notes:
        files = show_note(third, note).note.attachments
        assert all(third.library.blobs.get(file.sha256) for file in files)
        assert done.changes.touches([note])
    again = preview_import(third, [whole, passed_on], ANYBODY)
    assert (again.late_files, again.lacking) == (frozenset(), [])


def test_what_is_left_for_later_lacks_nothing(third: Notebook, passed_on: Path) -> None:
    plan = preview_import(third, [passed_on], ANYBODY)
    leave = frozenset(choice for file in plan.good for choice in file.choices)
    leaving = Decisions(all_new=True, leave=leave)
    assert preview_import(third, [passed_on], leaving).lacking == []


def test_a_hidden_file_is_not_missing(seller: Notebook, marketer: Notebook, tmp_path: Path) -> None:
    mine = a_file(seller, "mine.txt")
    logged(seller, a_note(attachments=(mine,)), marks={f"attachments.{mine.id}": "red"})
    path = tmp_path / "notes.fieldnotes"
    sent(seller, path)
    assert preview_import(marketer, [path], ANYBODY).lacking == []
