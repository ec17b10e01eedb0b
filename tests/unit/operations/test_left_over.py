"""Take or leave: what was left stays under its file, and can be taken later."""

from __future__ import annotations

from pathlib import Path

import pytest

from fieldnotes.domain.records import Reason
from fieldnotes.domain.taking import Choice, Facet
from fieldnotes.operations.checking import check_library
from fieldnotes.operations.erasing import finish_erasing
from fieldnotes.operations.judging import Decisions
from fieldnotes.operations.left_over import forget_left_over, left_over
from fieldnotes.operations.notebook import Notebook
from fieldnotes.operations.notes import remove_note
from fieldnotes.operations.previewing import preview_import
from fieldnotes.operations.reading_in import ReadIn, read_in
from fieldnotes.operations.undoing_imports import undo_import
from tests.builders import counted, found, got, logged, sent

WINS = Choice(Facet.KIND, "win")


def a_file(seller: Notebook, tmp_path: Path, name: str = "from-wren.fieldnotes") -> Path:
    path = tmp_path / name
    sent(seller, path)
    return path


def taken(notebook: Notebook, *paths: Path, leave: tuple[Choice, ...] = ()) -> ReadIn:
    decisions = Decisions(all_new=True, leave=frozenset(leave))
    return read_in(notebook, preview_import(notebook, list(paths), decisions)).result


@pytest.fixture
def path(seller: Notebook, tmp_path: Path) -> Path:
    """An objection and two wins."""
    logged(seller, kind="objection", text="Too dear", account="Halden Foods", tags=["pricing"])
    logged(seller, kind="win", text="Signed", account="Norden")
    logged(seller, kind="win", text="Renewed", tags=["Renewal"])
    return a_file(seller, tmp_path)


@pytest.mark.parametrize(
    ("choice", "left"),
    [
        (Choice(Facet.KIND, "win"), 2),
        (Choice(Facet.ACCOUNT, "halden foods"), 1),
        (Choice(Facet.TAG, "renewal"), 1),
        (Choice(Facet.NOTE, "no such note"), 0),
    ],
)
def test_notes_are_left_by_what_they_have_in_common(
    marketer: Notebook, path: Path, choice: Choice, left: int
) -> None:
    read = taken(marketer, path, leave=(choice,))
    assert read.plan.left == left
    assert counted(marketer) == read.counts["new"] == 3 - left
    assert check_library(marketer).ok


def test_notes_of_one_sender_are_left(seller: Notebook, marketer: Notebook, path: Path) -> None:
    read = taken(marketer, path, leave=(Choice(Facet.SENDER, seller.owner.author),))
    assert (read.plan.left, counted(marketer)) == (3, 0)


def test_one_note_is_left(seller: Notebook, marketer: Notebook, path: Path) -> None:
    note = found(seller, "kind:objection")[0]
    taken(marketer, path, leave=(Choice(Facet.NOTE, note),))
    assert note not in found(marketer)


def test_a_preview_says_what_could_be_left(marketer: Notebook, path: Path) -> None:
    plan = preview_import(marketer, [path], Decisions(all_new=True))
    assert [(name, count) for _, name, count in plan.choices(Facet.KIND)] == [
        ("win", 2),
        ("objection", 1),
    ]
    assert [name for _, name, _ in plan.choices(Facet.SENDER)] == ["Wren Tolliver"]
    assert {name for _, name, _ in plan.choices(Facet.TAG)} == {"pricing", "Renewal"}


def test_what_was_left_is_offered_and_taken_later(marketer: Notebook, path: Path) -> None:
    taken(marketer, path, leave=(WINS,))
    path.unlink()
    (offer,) = left_over(marketer)
    assert (offer.sender, offer.notes) == ("Wren Tolliver", 2)
    later = taken(marketer, offer.path)
    assert later.counts["new"] == 2
    assert counted(marketer) == 3
    assert left_over(marketer) == []
    assert not offer.path.exists()


def test_what_is_left_again_is_offered_again(marketer: Notebook, path: Path) -> None:
    taken(marketer, path, leave=(WINS,))
    taken(marketer, left_over(marketer)[0].path, leave=(Choice(Facet.TAG, "renewal"),))
    assert [offer.notes for offer in left_over(marketer)] == [1]
    assert check_library(marketer).ok


def test_an_offer_can_be_forgotten(marketer: Notebook, path: Path) -> None:
    taken(marketer, path, leave=(WINS,))
    (offer,) = left_over(marketer)
    forget_left_over(marketer, offer.sha256)
    assert left_over(marketer) == []
    assert not offer.path.exists()


def test_nothing_is_kept_of_what_was_taken_whole(marketer: Notebook, path: Path) -> None:
    got(marketer, path)
    assert left_over(marketer) == []
    assert not (marketer.library.folder / "bundles").exists()


def test_undoing_lets_the_kept_file_go(marketer: Notebook, path: Path) -> None:
    read = taken(marketer, path, leave=(WINS,))
    (offer,) = left_over(marketer)
    undo_import(marketer, str(read.batch))
    assert left_over(marketer) == []
    assert not offer.path.exists()


def test_removals_are_never_left(seller: Notebook, marketer: Notebook, tmp_path: Path) -> None:
    note = logged(seller, text="Signed", kind="win")
    got(marketer, a_file(seller, tmp_path))
    remove_note(seller, note, Reason.CONSENT)
    later = a_file(seller, tmp_path, "later.fieldnotes")
    read = taken(marketer, later, leave=(Choice(Facet.SENDER, seller.owner.author), WINS))
    assert read.counts["removed"] == 1
    assert found(marketer) == []


def test_erasing_removes_the_kept_file_that_holds_it(
    seller: Notebook, marketer: Notebook, path: Path, tmp_path: Path
) -> None:
    taken(marketer, path, leave=(WINS,))
    (offer,) = left_over(marketer)
    remove_note(seller, found(seller, "kind:objection")[0], Reason.ERASE)
    got(marketer, a_file(seller, tmp_path, "erased.fieldnotes"))
    assert finish_erasing(marketer)
    assert not offer.path.exists()
    assert left_over(marketer) == []


def test_a_file_that_came_in_twice_is_counted_once(marketer: Notebook, path: Path) -> None:
    plan = preview_import(marketer, [path, path], Decisions(all_new=True))
    assert (plan.counts["new"], plan.counts["unchanged"]) == (3, 3)
