"""A file that did not arrive: the very same one again, or its notes as they are now."""

from __future__ import annotations

from pathlib import Path

import pytest

from fieldnotes.domain.markings import Marking
from fieldnotes.domain.records import Reason
from fieldnotes.domain.selections import Selection
from fieldnotes.errors import SendingRefused
from fieldnotes.operations.hiding import look_again
from fieldnotes.operations.ledger import files_made, gaps
from fieldnotes.operations.notebook import Notebook
from fieldnotes.operations.notes import edit_note, remove_note
from fieldnotes.operations.sending_again import find_made, plan_again, send_again
from fieldnotes.operations.several import show_notes_to
from fieldnotes.operations.vocabulary import also_called
from tests.builders import a_note, exported, found, got, logged, sent

TO = Selection(recipient="Marketing", since_last=True)


def three(seller: Notebook, tmp_path: Path) -> tuple[list[str], list[Path]]:
    """Three files to marketing with one note each."""
    notes, files = [], []
    for number in (1, 2, 3):
        notes.append(logged(seller, text=f"Note {number}"))
        files.append(tmp_path / f"{number}.fieldnotes")
        sent(seller, files[-1], TO)
    return notes, files


def second(seller: Notebook) -> int:
    return find_made(seller, "Marketing", 2).no


def test_the_file_that_is_still_there_is_found(seller: Notebook, tmp_path: Path) -> None:
    _, files = three(seller, tmp_path)
    assert plan_again(seller, second(seller)).file == files[1]


def test_a_file_that_was_changed_or_went_is_not_taken_for_it(
    seller: Notebook, tmp_path: Path
) -> None:
    _, files = three(seller, tmp_path)
    files[1].write_bytes(b"something else")
    assert plan_again(seller, second(seller)).file is None
    files[1].unlink()
    assert plan_again(seller, second(seller)).file is None


def test_unchanged_notes_make_the_very_same_file(seller: Notebook, tmp_path: Path) -> None:
    _, files = three(seller, tmp_path)
    again = plan_again(seller, second(seller))
    assert (again.same, again.changed, again.removed) == (True, 0, 0)
    send_again(seller, again, tmp_path / "again.fieldnotes")
    assert (tmp_path / "again.fieldnotes").read_bytes() == files[1].read_bytes()


def test_the_same_file_fills_the_gap(seller: Notebook, marketer: Notebook, tmp_path: Path) -> None:
    notes, files = three(seller, tmp_path)
    got(marketer, files[0], files[2])
    send_again(seller, plan_again(seller, second(seller)), tmp_path / "again.fieldnotes")
    got(marketer, tmp_path / "again.fieldnotes")
    assert set(found(marketer)) == set(notes)
    assert gaps(marketer) == []


def test_a_changed_note_goes_as_it_is_now_under_a_new_number(
    seller: Notebook, marketer: Notebook, tmp_path: Path
) -> None:
    notes, files = three(seller, tmp_path)
    got(marketer, files[0], files[2])
    edit_note(seller, notes[1], a_note(text="Note 2, better"))
    again = plan_again(seller, second(seller))
    assert (again.same, again.changed) == (False, 1)
    made = send_again(seller, again, tmp_path / "again.fieldnotes").result
    assert (made.manifest["sequence"], made.manifest["again"]) == (4, 2)
    got(marketer, tmp_path / "again.fieldnotes")
    assert len(found(marketer, '"Note 2, better"')) == 1
    assert gaps(marketer) == []


def test_a_removed_note_goes_as_its_removal(
    seller: Notebook, marketer: Notebook, tmp_path: Path
) -> None:
    notes, files = three(seller, tmp_path)
    remove_note(seller, notes[1], Reason.CONSENT)
    again = plan_again(seller, second(seller))
    assert (again.same, again.removed) == (False, 1)
    send_again(seller, again, tmp_path / "again.fieldnotes")
    got(marketer, files[1], removals=True)
    got(marketer, tmp_path / "again.fieldnotes", removals=True)
    assert found(marketer) == []


def test_no_number_is_used_by_two_files(seller: Notebook, tmp_path: Path) -> None:
    notes, _ = three(seller, tmp_path)
    send_again(seller, plan_again(seller, second(seller)), tmp_path / "again.fieldnotes")
    edit_note(seller, notes[1], a_note(text="Note 2, better"))
    send_again(seller, plan_again(seller, second(seller)), tmp_path / "later.fieldnotes")
    sent(seller, tmp_path / "next.fieldnotes", TO)
    bundles: dict[int, set[str]] = {}
    for made in files_made(seller):
        bundles.setdefault(made.number, set()).add(made.bundle)
    assert {number: len(each) for number, each in bundles.items()} == dict.fromkeys(range(1, 6), 1)


def test_a_sheet_is_made_again_with_its_rows_in_the_same_order(
    seller: Notebook, tmp_path: Path
) -> None:
    logged(seller), logged(seller)
    exported(seller, tmp_path / "a.csv", "csv", recipient="Marketing")
    (made,) = files_made(seller)
    send_again(seller, plan_again(seller, made.no), tmp_path / "b.csv")
    assert (tmp_path / "b.csv").read_bytes() == (tmp_path / "a.csv").read_bytes()


def test_looking_again_at_what_goes_again_chooses_nothing_that_only_went_along(
    seller: Notebook, tmp_path: Path
) -> None:
    logged(seller, text="One", account="Birch")
    named = logged(seller, text="Two", account="Alder")
    also_called(seller, "account", "Alder", "Alder AG")
    sent(seller, tmp_path / "a.fieldnotes", TO)
    edit_note(seller, named, a_note(text="Without a name"))
    (made,) = files_made(seller)
    plan = plan_again(seller, made.no).plan
    assert (len(plan.items), len(plan.along)) == (3, 1)
    again = look_again(seller, plan)
    assert (len(again.items), len(again.along)) == (2, 0)


def test_a_number_that_no_file_has_is_refused(seller: Notebook, tmp_path: Path) -> None:
    three(seller, tmp_path)
    with pytest.raises(SendingRefused, match="number 9"):
        find_made(seller, "Marketing", 9)


def test_a_file_with_a_note_that_may_not_go_any_more_is_not_handed_over(
    seller: Notebook, tmp_path: Path
) -> None:
    notes, _ = three(seller, tmp_path)
    show_notes_to(seller, [notes[1]], Marking.RED)
    again = plan_again(seller, second(seller))
    assert (again.file, again.changed, len(again.plan.sent)) == (None, 1, 0)
    remove_note(seller, notes[0], Reason.WRONG)
    assert plan_again(seller, find_made(seller, "Marketing", 1).no).file is None
