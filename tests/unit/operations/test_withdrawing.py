"""Withdraw everywhere: a file for everybody who has a copy, and nothing brings it back."""

from __future__ import annotations

from pathlib import Path

import pytest

from fieldnotes.domain.ledger import Whom
from fieldnotes.domain.markings import Audience, Marking
from fieldnotes.domain.records import Reason
from fieldnotes.domain.selections import Selection
from fieldnotes.errors import NotYours
from fieldnotes.operations.notebook import Notebook
from fieldnotes.operations.notes import remove_note, show_note
from fieldnotes.operations.several import show_notes_to
from fieldnotes.operations.where_it_went import open_removals, where_it_went
from fieldnotes.operations.withdrawing import plan_withdrawal, withdraw
from tests.builders import Opener, exported, found, got, logged, sent

WRONG = Reason.WRONG


def test_everybody_who_has_a_copy_gets_a_file_with_nothing_but_the_removal(
    seller: Notebook, tmp_path: Path
) -> None:
    note, other = logged(seller), logged(seller)
    sent(seller, tmp_path / "a.fieldnotes", Selection(recipient="Marketing; Ida Quist"))
    plan = plan_withdrawal(seller, [note], WRONG)
    assert [letter.whom.name for letter in plan.letters] == ["Ida Quist", "Marketing"]
    assert [[item.id for item in letter.plan.sent] for letter in plan.letters] == [[note]] * 2
    (tmp_path / "out").mkdir()
    done = withdraw(seller, plan, tmp_path / "out").result
    assert done.removed == 1
    assert [each.manifest["records"] for _, each in done.files] == [1, 1]
    assert [each.path.parent for _, each in done.files] == [tmp_path / "out"] * 2
    assert show_note(seller, note).removed == WRONG
    assert not show_note(seller, other).removed


def test_a_plan_writes_nothing(seller: Notebook, tmp_path: Path) -> None:
    note = logged(seller)
    sent(seller, tmp_path / "a.fieldnotes", Selection(recipient="Marketing"))
    plan_withdrawal(seller, [note], WRONG)
    assert not show_note(seller, note).removed


def test_the_ledger_tells_whom_the_removal_went_to(seller: Notebook, tmp_path: Path) -> None:
    note = logged(seller)
    sent(seller, tmp_path / "a.fieldnotes", Selection(recipient="Marketing"))
    withdraw(seller, plan_withdrawal(seller, [note], WRONG), tmp_path)
    told = where_it_went(seller, note)
    assert (told.removed, [(each.whom.name, each.newest) for each in told.went]) == (
        True,
        [("Marketing", True)],
    )
    assert open_removals(seller) == []
    assert plan_withdrawal(seller, [note], WRONG).letters == ()


def test_what_is_removed_already_is_told_to_whoever_was_not_told(
    seller: Notebook, tmp_path: Path
) -> None:
    note = logged(seller, text="They want it in blue")
    sent(seller, tmp_path / "a.fieldnotes", Selection(recipient="Marketing; Ida Quist"))
    remove_note(seller, note, WRONG)
    sent(seller, tmp_path / "b.fieldnotes", Selection(recipient="Marketing"))
    plan = plan_withdrawal(seller, [note], WRONG)
    assert ([each.heading for each in plan.before], plan.removed) == (["They want it in blue"], ())
    assert [letter.whom.name for letter in plan.letters] == ["Ida Quist"]
    assert [item.heading for item in plan.letters[0].plan.items] == ["They want it in blue"]


def test_oneself_and_whoever_has_a_file_without_a_name_are_told_as_well(
    seller: Notebook, tmp_path: Path
) -> None:
    note = logged(seller)
    sent(seller, tmp_path / "a.fieldnotes", Selection())
    sent(seller, tmp_path / "b.fieldnotes", Selection(audience=Audience.MYSELF))
    plan = plan_withdrawal(seller, [note], WRONG)
    assert {letter.whom for letter in plan.letters} == {Whom(), Whom(own=True)}
    done = withdraw(seller, plan, tmp_path).result
    assert {each.locked for who, each in done.files if who.own} == {"mine"}


def test_sheets_are_told_as_what_nothing_follows(seller: Notebook, tmp_path: Path) -> None:
    note = logged(seller)
    exported(seller, tmp_path / "a.csv", "csv", recipient="Marketing")
    plan = plan_withdrawal(seller, [note], WRONG)
    assert (plan.letters, plan.sheets) == ((), (Whom("Marketing"),))


def test_a_note_that_only_its_owner_sees_by_now_is_withdrawn_as_well(
    seller: Notebook, marketer: Notebook, tmp_path: Path
) -> None:
    note = logged(seller)
    sent(seller, tmp_path / "a.fieldnotes", Selection(recipient="Marketing"))
    got(marketer, tmp_path / "a.fieldnotes")
    show_notes_to(seller, [note], Marking.RED)
    ((_, made),) = withdraw(seller, plan_withdrawal(seller, [note], WRONG), tmp_path).result.files
    got(marketer, made.path, removals=True)
    assert found(marketer) == []


def test_somebody_elses_note_is_not_withdrawn(
    seller: Notebook, marketer: Notebook, tmp_path: Path
) -> None:
    note = logged(seller)
    sent(seller, tmp_path / "a.fieldnotes")
    got(marketer, tmp_path / "a.fieldnotes")
    with pytest.raises(NotYours):
        plan_withdrawal(marketer, [note], WRONG)


def test_withdrawing_is_undone_like_any_removal(seller: Notebook, tmp_path: Path) -> None:
    note = logged(seller)
    sent(seller, tmp_path / "a.fieldnotes", Selection(recipient="Marketing"))
    done = withdraw(seller, plan_withdrawal(seller, [note], WRONG), tmp_path)
    assert done.undo is not None
    done.undo.back(seller)
    assert not show_note(seller, note).removed


def test_files_that_are_there_keep_their_names(seller: Notebook, tmp_path: Path) -> None:
    first, other = logged(seller), logged(seller)
    sent(seller, tmp_path / "a.fieldnotes", Selection(recipient="Marketing"))
    files = [
        withdraw(seller, plan_withdrawal(seller, [note], WRONG), tmp_path).result.files[0][1].path
        for note in (first, other)
    ]
    assert len(set(files)) == 2
    assert all(path.exists() for path in files)


@pytest.mark.parametrize("reason", list(Reason))
def test_an_old_file_does_not_bring_it_back(
    seller: Notebook, marketer: Notebook, notebooks: Opener, tmp_path: Path, reason: Reason
) -> None:
    """Not from marketing, not from whom it was passed on by, not from oneself."""
    partner = notebooks("Ida Quist")
    note = logged(seller, text="They want it in blue")
    old, kept = tmp_path / "old.fieldnotes", tmp_path / "kept.fieldnotes"
    sent(seller, old, Selection(recipient="Marketing"))
    sent(seller, kept, Selection(audience=Audience.MYSELF))
    got(marketer, old)
    relayed = tmp_path / "relayed.fieldnotes"
    sent(marketer, relayed, Selection(recipient="Ida Quist"))
    got(partner, relayed)
    back = tmp_path / "back.fieldnotes"
    sent(partner, back, Selection(recipient="Wren Tolliver"))

    done = withdraw(seller, plan_withdrawal(seller, [note], reason), tmp_path).result
    to_marketing = next(made.path for who, made in done.files if who.name == "Marketing")
    got(marketer, to_marketing, removals=True)
    ((_, on),) = withdraw(
        marketer, plan_withdrawal(marketer, [note], reason), tmp_path
    ).result.files
    got(partner, on.path, removals=True)

    for book in (seller, marketer, partner):
        for path in (old, relayed, back):
            got(book, path)
        assert found(book) == []
    got(seller, kept)
    assert found(seller) == []
