"""Files that were made and that came, and the numbers that are lacking between them."""

from __future__ import annotations

from pathlib import Path

import pytest

from fieldnotes.domain.ledger import Whom, gap_in_words, missing
from fieldnotes.domain.markings import Audience
from fieldnotes.domain.selections import Selection
from fieldnotes.operations.judging import Decisions
from fieldnotes.operations.ledger import files_came, files_made, gaps, unfinished
from fieldnotes.operations.notebook import Notebook
from fieldnotes.operations.previewing import preview_import
from fieldnotes.operations.sending import send
from fieldnotes.operations.sending_plans import plan_sending
from fieldnotes.operations.undoing_imports import undo_import
from tests.builders import Opener, exported, got, logged, sent

TO_MARKETING = Selection(recipient="Marketing")


def files(seller: Notebook, tmp_path: Path, count: int, recipient: str = "Marketing") -> list[Path]:
    """So many files, each with one more note; the first is number 1."""
    made = []
    for number in range(1, count + 1):
        logged(seller, text=f"Note {number}")
        made.append(tmp_path / f"{recipient or 'nobody'}-{number}.fieldnotes")
        sent(seller, made[-1], Selection(recipient=recipient))
    return made


def test_a_file_that_was_made_is_in_the_list(seller: Notebook, tmp_path: Path) -> None:
    logged(seller)
    sent(seller, tmp_path / "a.fieldnotes", Selection(recipient="Marketing; Wren"))
    (made,) = files_made(seller)
    assert made.whom == (Whom("Marketing"), Whom("Wren"))
    assert (made.number, made.records, made.name, made.here) == (1, 1, "a.fieldnotes", True)


def test_a_sheet_has_no_number(seller: Notebook, tmp_path: Path) -> None:
    logged(seller)
    exported(seller, tmp_path / "a.csv", "csv", recipient="Marketing")
    (made,) = files_made(seller)
    assert (made.number, made.shape, made.name) == (0, "csv", "a.csv")


def test_however_a_name_is_spelt_its_files_stand_in_one_row(
    seller: Notebook, tmp_path: Path
) -> None:
    logged(seller)
    for recipient in ("Marketing", "marketing ", "Wren; Marketing", "marketing;wren"):
        sent(seller, tmp_path / "a.fieldnotes", Selection(recipient=recipient))
    assert [made.number for made in reversed(files_made(seller))] == [1, 2, 1, 2]


def test_files_for_oneself_and_for_nobody_stand_in_rows_of_their_own(
    seller: Notebook, tmp_path: Path
) -> None:
    logged(seller)
    for audience in (Audience.COMPANY, Audience.MYSELF, Audience.COMPANY):
        sent(seller, tmp_path / "a.fieldnotes", Selection(audience=audience))
    assert [made.number for made in reversed(files_made(seller))] == [1, 1, 2]


def test_what_came_is_in_the_list(seller: Notebook, marketer: Notebook, tmp_path: Path) -> None:
    (file,) = files(seller, tmp_path, 1)
    read = got(marketer, file)
    (came,) = files_came(marketer)
    assert (came.sender, came.number, came.records) == ("Wren Tolliver", 1, 1)
    assert (came.recipients, came.batch) == (("Marketing",), read.batch)


def test_a_number_that_was_left_out_is_lacking_until_it_arrives(
    seller: Notebook, marketer: Notebook, tmp_path: Path
) -> None:
    made = files(seller, tmp_path, 5)
    got(marketer, *made[:3])
    got(marketer, made[4])
    (gap,) = gaps(marketer)
    assert gap.numbers == (4,)
    assert gap_in_words(gap) == (
        "Number 4 from Wren Tolliver to Marketing has not arrived. It may come later."
    )
    got(marketer, made[3])
    assert gaps(marketer) == []


def test_a_preview_tells_what_would_be_lacking(
    seller: Notebook, marketer: Notebook, tmp_path: Path
) -> None:
    made = files(seller, tmp_path, 5)
    got(marketer, made[2])
    plan = preview_import(marketer, [made[4]], Decisions(all_new=True))
    coming = [file.manifest for file in plan.good if file.manifest]
    assert [gap.numbers for gap in gaps(marketer, coming)] == [(4,)]
    both = preview_import(marketer, [made[4], made[3]], Decisions(all_new=True))
    assert gaps(marketer, [file.manifest for file in both.good if file.manifest]) == []


def test_a_preview_tells_nothing_of_other_senders(
    seller: Notebook, marketer: Notebook, notebooks: Opener, tmp_path: Path
) -> None:
    made = files(seller, tmp_path, 3)
    got(marketer, made[0], made[2])
    other = notebooks("Ida Quist")
    logged(other)
    sent(other, tmp_path / "ida.fieldnotes", TO_MARKETING)
    plan = preview_import(marketer, [tmp_path / "ida.fieldnotes"], Decisions(all_new=True))
    assert gaps(marketer, [file.manifest for file in plan.good if file.manifest]) == []


def test_files_for_somebody_else_are_not_lacking(
    seller: Notebook, marketer: Notebook, tmp_path: Path
) -> None:
    logged(seller)
    mine = []
    for number, recipient in enumerate(("Marketing", "Ida", "Ida", "Marketing")):
        path = tmp_path / f"{number}.fieldnotes"
        sent(seller, path, Selection(recipient=recipient))
        mine += [path] if recipient == "Marketing" else []
    got(marketer, *mine)
    assert gaps(marketer) == []


def test_a_file_for_nobody_may_have_gone_to_somebody_else(
    seller: Notebook, marketer: Notebook, tmp_path: Path
) -> None:
    made = files(seller, tmp_path, 3, recipient="")
    got(marketer, made[0], made[2])
    (gap,) = gaps(marketer)
    assert "or went to somebody else" in gap_in_words(gap)


def test_what_was_taken_back_is_lacking_again(
    seller: Notebook, marketer: Notebook, tmp_path: Path
) -> None:
    made = files(seller, tmp_path, 3)
    got(marketer, made[0], made[2])
    batch = got(marketer, made[1]).batch
    assert batch is not None
    undo_import(marketer, batch)
    assert [gap.numbers for gap in gaps(marketer)] == [(2,)]


def test_a_number_of_a_file_that_was_stopped_is_told_to_the_sender(
    seller: Notebook, tmp_path: Path
) -> None:
    logged(seller)
    sent(seller, tmp_path / "1.fieldnotes", TO_MARKETING)

    def stop(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        send(seller, plan_sending(seller, TO_MARKETING), tmp_path / "2.fieldnotes", progress=stop)
    (lost,) = unfinished(seller)
    assert (lost.whom, lost.number) == ((Whom("Marketing"),), 2)
    sent(seller, tmp_path / "3.fieldnotes", TO_MARKETING)
    assert [each.number for each in unfinished(seller)] == [2]


def test_numbers_between_the_first_and_the_last_are_missing() -> None:
    assert missing([3, 5, 5, 8]) == (4, 6, 7)
    assert missing([]) == missing([4]) == ()


def test_a_row_that_jumps_far_is_told_in_part() -> None:
    assert len(missing([1, 10**12])) == 100
