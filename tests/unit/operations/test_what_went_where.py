"""The ledger at a glance: what a file holds, and what became of it since."""

from __future__ import annotations

from pathlib import Path

import pytest

from fieldnotes.domain.records import Reason
from fieldnotes.domain.selections import Selection
from fieldnotes.operations import what_went_where as ledger
from fieldnotes.operations.notebook import Notebook
from fieldnotes.operations.notes import edit_note, remove_note
from tests.builders import a_note, got, logged, sent


def test_the_notes_of_a_file_say_what_became_of_them(seller: Notebook, tmp_path: Path) -> None:
    same, changed, gone = (logged(seller, text=text) for text in ("One", "Two", "Three"))
    sent(seller, tmp_path / "a.fieldnotes", Selection(recipient="Marketing"))
    edit_note(seller, changed, a_note(text="Two, better"))
    remove_note(seller, gone, Reason.WRONG)
    (made,) = ledger.what_went_where(seller).made
    found = ledger.contents_of(seller, made.no)
    assert {(each.id, each.heading, each.state) for each in found.notes} == {
        (same, "One", "as it was"),
        (changed, "Two, better", "changed"),
        (gone, "Three", "removed"),
    }
    assert (found.more, found.there) == (0, True)


def test_what_came_says_the_same(seller: Notebook, marketer: Notebook, tmp_path: Path) -> None:
    logged(seller, text="One")
    sent(seller, tmp_path / "a.fieldnotes")
    got(marketer, tmp_path / "a.fieldnotes")
    (came,) = ledger.what_went_where(marketer).came
    (note,) = ledger.contents_that_came(marketer, came.no).notes
    assert (note.heading, note.state) == ("One", "as it was")


def test_a_long_file_is_told_in_part(
    seller: Notebook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ledger, "LISTED", 3)
    for _ in range(5):
        logged(seller)
    sent(seller, tmp_path / "a.fieldnotes")
    (made,) = ledger.what_went_where(seller).made
    found = ledger.contents_of(seller, made.no)
    assert (len(found.notes), found.more) == (3, 2)
