"""Before notes are removed it is told who has copies, and whether they are a great part of all."""

from __future__ import annotations

from pathlib import Path

import pytest

from fieldnotes.domain.markings import Audience
from fieldnotes.domain.records import Reason
from fieldnotes.domain.selections import Selection
from fieldnotes.operations.notebook import Notebook
from fieldnotes.operations.notes import remove_note
from fieldnotes.operations.removing import Removing, removing
from tests.builders import Opener, an_exchange, exported, logged, sent


def test_what_nobody_was_sent_nobody_has(seller: Notebook) -> None:
    assert removing(seller, [logged(seller)]) == Removing(1, 1)


def test_everybody_whom_a_file_with_it_was_made_for_has_a_copy(
    seller: Notebook, tmp_path: Path
) -> None:
    note = logged(seller, tags=["a"])
    sent(seller, tmp_path / "1.fieldnotes", Selection(recipient="Marketing"))
    sent(seller, tmp_path / "2.fieldnotes", Selection(recipient="ada; Marketing"))
    logged(seller, tags=["b"])
    sent(seller, tmp_path / "3.fieldnotes", Selection(recipient="Wren", tags=("b",)))
    assert removing(seller, [note]).people == ("ada", "Marketing")


def test_files_that_name_nobody_and_files_for_oneself_are_told_apart(
    seller: Notebook, tmp_path: Path
) -> None:
    note = logged(seller)
    sent(seller, tmp_path / "1.fieldnotes", Selection(audience=Audience.MYSELF))
    told = removing(seller, [note])
    assert (told.own, told.unnamed, told.people) == (True, False, ())
    sent(seller, tmp_path / "2.fieldnotes", Selection())
    assert removing(seller, [note]).unnamed


def test_a_sheet_cannot_be_followed(seller: Notebook, tmp_path: Path) -> None:
    note = logged(seller)
    exported(seller, tmp_path / "out.csv", "csv", recipient="Marketing")
    told = removing(seller, [note])
    assert (told.sheets, told.people) == (True, ())


@pytest.mark.parametrize(
    ("own", "many", "mass"),
    [(1, 1, False), (10, 1, False), (3, 2, True), (40, 2, False), (39, 2, True)],
)
def test_more_than_one_in_twenty_at_once_is_a_mass(
    seller: Notebook, own: int, many: int, mass: bool
) -> None:
    notes = [logged(seller) for _ in range(own)]
    assert removing(seller, notes[:many]).mass is mass


def test_notes_of_others_and_removed_ones_do_not_count(seller: Notebook, notebooks: Opener) -> None:
    marketer = notebooks("Marketing")
    for _ in range(3):
        logged(seller)
    an_exchange(seller, marketer)
    lost = logged(marketer)
    remove_note(marketer, lost, Reason.WRONG)
    own = logged(marketer)
    assert removing(marketer, [own]).own_notes == 1
