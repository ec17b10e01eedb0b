"""Who has which version of a note, and who was not told yet that it is removed."""

from __future__ import annotations

from pathlib import Path

from fieldnotes.domain.ledger import Whom
from fieldnotes.domain.markings import Audience
from fieldnotes.domain.records import Reason
from fieldnotes.domain.selections import Selection
from fieldnotes.operations.notebook import Notebook
from fieldnotes.operations.notes import edit_note, remove_note
from fieldnotes.operations.where_it_went import count_open, open_removals, where_it_went
from tests.builders import a_note, exported, got, logged, sent

MARKETING = Selection(recipient="Marketing")


def test_a_note_that_went_nowhere_says_so(seller: Notebook) -> None:
    assert where_it_went(seller, logged(seller)).went == ()


def test_who_has_the_newest_version_and_who_an_older_one(seller: Notebook, tmp_path: Path) -> None:
    note = logged(seller)
    sent(seller, tmp_path / "a.fieldnotes", MARKETING)
    edit_note(seller, note, a_note(text="Another word of it"))
    sent(seller, tmp_path / "b.fieldnotes", Selection(recipient="Ida Quist"))
    told = where_it_went(seller, note)
    assert told.versions == 2
    assert [(each.whom.name, each.version, each.newest) for each in told.went] == [
        ("Ida Quist", 2, True),
        ("Marketing", 1, False),
    ]


def test_the_last_version_that_went_there_counts(seller: Notebook, tmp_path: Path) -> None:
    note = logged(seller)
    sent(seller, tmp_path / "a.fieldnotes", MARKETING)
    edit_note(seller, note, a_note(text="Another word of it"))
    sent(seller, tmp_path / "b.fieldnotes", Selection(recipient="marketing"))
    (went,) = where_it_went(seller, note).went
    assert (went.version, went.newest, went.number, went.name) == (2, True, 2, "b.fieldnotes")


def test_a_sheet_is_told_apart(seller: Notebook, tmp_path: Path) -> None:
    note = logged(seller)
    exported(seller, tmp_path / "a.csv", "csv", recipient="Marketing")
    (went,) = where_it_went(seller, note).went
    assert went.sheet


def test_whoever_has_a_copy_of_a_removed_note_is_open_until_told(
    seller: Notebook, tmp_path: Path
) -> None:
    note = logged(seller, text="They want it in blue")
    sent(seller, tmp_path / "a.fieldnotes", Selection(recipient="Marketing; Ida Quist"))
    remove_note(seller, note, Reason.WRONG)
    assert [
        (each.whom.name, [n.heading for n in each.notes]) for each in open_removals(seller)
    ] == [
        ("Ida Quist", ["They want it in blue"]),
        ("Marketing", ["They want it in blue"]),
    ]
    sent(seller, tmp_path / "b.fieldnotes", MARKETING)
    assert [each.whom.name for each in open_removals(seller)] == ["Ida Quist"]
    assert count_open(seller) == 1


def test_a_file_for_oneself_is_listed_and_does_not_count(seller: Notebook, tmp_path: Path) -> None:
    note = logged(seller)
    sent(seller, tmp_path / "a.fieldnotes", Selection(audience=Audience.MYSELF))
    remove_note(seller, note, Reason.WRONG)
    assert [each.whom for each in open_removals(seller)] == [Whom(own=True)]
    assert count_open(seller) == 0


def test_erasing_is_told_to_whoever_heard_of_a_removal(seller: Notebook, tmp_path: Path) -> None:
    note = logged(seller)
    sent(seller, tmp_path / "a.fieldnotes", MARKETING)
    remove_note(seller, note, Reason.WRONG)
    sent(seller, tmp_path / "b.fieldnotes", MARKETING)
    remove_note(seller, note, Reason.ERASE)
    (told,) = open_removals(seller)
    assert [each.heading for each in told.notes] == [""]


def test_what_was_passed_on_is_open_when_its_author_removed_it(
    seller: Notebook, marketer: Notebook, tmp_path: Path
) -> None:
    note = logged(seller)
    sent(seller, tmp_path / "a.fieldnotes", MARKETING)
    got(marketer, tmp_path / "a.fieldnotes")
    sent(marketer, tmp_path / "on.fieldnotes", Selection(recipient="Ida Quist"))
    remove_note(seller, note, Reason.WRONG)
    sent(seller, tmp_path / "b.fieldnotes", MARKETING)
    got(marketer, tmp_path / "b.fieldnotes", removals=True)
    assert [each.whom.name for each in open_removals(marketer)] == ["Ida Quist"]
