"""More than one in twenty of somebody's notes are removed here only if somebody says yes."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from fieldnotes.domain.records import Reason
from fieldnotes.domain.selections import Selection
from fieldnotes.operations.judging import Decisions
from fieldnotes.operations.notebook import Notebook
from fieldnotes.operations.notes import remove_note, show_note
from fieldnotes.operations.previewing import preview_import
from fieldnotes.operations.reading_in import read_in
from tests.builders import an_exchange, counted, logged, sent

NOTES = 40  # so two removals are one in twenty, and three are more


@pytest.fixture
def ids(seller: Notebook, marketer: Notebook) -> list[str]:
    """Notes that both have."""
    made = [logged(seller, text=f"Note {number}", tags=[f"t{number}"]) for number in range(NOTES)]
    an_exchange(seller, marketer)
    return made


def removing(seller: Notebook, path: Path, ids: list[str], reason: Reason = Reason.WRONG) -> Path:
    """A file in which these are removed, and those that were before."""
    for each in ids:
        remove_note(seller, each, reason)
    sent(seller, path, Selection())
    return path


@pytest.mark.parametrize("reason", [Reason.WRONG, Reason.CONSENT, Reason.ERASE])
def test_one_in_twenty_goes_without_a_yes_and_more_does_not(
    seller: Notebook, marketer: Notebook, ids: list[str], tmp_path: Path, reason: Reason
) -> None:
    path = tmp_path / "a.fieldnotes"
    few = preview_import(marketer, [removing(seller, path, ids[:2], reason)])
    assert (few.counts["removed"], few.good[0].too_many_removals) == (2, ())
    many = preview_import(marketer, [removing(seller, path, ids[2:3], reason)])
    assert (many.counts["removed"], many.counts["not_accepted"]) == (0, 3)
    assert many.good[0].too_many_removals == (seller.owner.name,)
    read_in(marketer, many)
    assert counted(marketer) == NOTES
    agreed = preview_import(marketer, [path], Decisions(removals=True))
    read_in(marketer, agreed)
    assert counted(marketer) == NOTES - 3


def test_many_files_of_few_removals_are_many_removals(
    seller: Notebook, marketer: Notebook, ids: list[str], tmp_path: Path
) -> None:
    folder = tmp_path / "files"
    folder.mkdir()
    for number in range(0, 10, 2):
        removing(seller, folder / f"{number}.fieldnotes", ids[number : number + 2])
    for paths in ([folder], sorted(folder.iterdir()), sorted(folder.iterdir(), reverse=True)):
        plan = preview_import(marketer, paths)
        assert (plan.counts["removed"], plan.counts["not_accepted"]) == (0, 10)
        read_in(marketer, plan)
        assert counted(marketer) == NOTES
    read_in(marketer, preview_import(marketer, [folder], Decisions(removals=True)))
    assert counted(marketer) == NOTES - 10


def test_the_same_removals_twice_are_no_way_round_it(
    seller: Notebook, marketer: Notebook, ids: list[str], tmp_path: Path
) -> None:
    first = removing(seller, tmp_path / "a.fieldnotes", ids[:10])
    again = removing(seller, tmp_path / "b.fieldnotes", [])
    copy = tmp_path / "c.fieldnotes"
    shutil.copyfile(first, copy)
    for paths in ([first, again], [first, copy], [first, first]):
        read_in(marketer, preview_import(marketer, paths))
        assert counted(marketer) == NOTES


def test_what_was_held_is_asked_again_the_next_time(
    seller: Notebook, marketer: Notebook, ids: list[str], tmp_path: Path
) -> None:
    path = removing(seller, tmp_path / "a.fieldnotes", ids[:10])
    read_in(marketer, preview_import(marketer, [path]))
    again = preview_import(marketer, [path])
    assert again.good[0].held_removals == 10
    read_in(marketer, preview_import(marketer, [path], Decisions(removals=True)))
    assert show_note(marketer, ids[0]).removed == "wrong"
