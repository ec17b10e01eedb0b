"""A choice is kept under a name, at home, and selects the same again."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from fieldnotes.domain.markings import Audience
from fieldnotes.domain.shapes import Shape
from fieldnotes.operations.checking import check_library
from fieldnotes.operations.choosing import Wanted
from fieldnotes.operations.notebook import Notebook
from fieldnotes.operations.presets import (
    PresetRefused,
    find_preset,
    presets,
    remove_preset,
    rename_preset,
    save_preset,
)
from tests.builders import logged, sent

WEEKLY = Wanted(
    words="renewal",
    kinds=frozenset({"win", "objection"}),
    tags=("pricing",),
    account="Halden Foods",
    days=7,
    audience=Audience.ANYONE,
    recipient="Marketing",
    since_last=True,
    shape=Shape.XLSX,
)


def names(notebook: Notebook) -> list[str]:
    return [preset.name for preset in presets(notebook)]


def test_everything_that_was_clicked_comes_back(seller: Notebook) -> None:
    save_preset(seller, "  To marketing,  weekly ", WEEKLY)
    assert find_preset(seller, "to marketing, WEEKLY").wanted == WEEKLY
    assert names(seller) == ["To marketing, weekly"]
    assert check_library(seller).problems == []


def test_days_are_counted_from_the_day_it_is_used(seller: Notebook) -> None:
    save_preset(seller, "Weekly", Wanted(days=7))
    wanted = find_preset(seller, "Weekly").wanted
    assert wanted.selection(date(2026, 3, 9)).query == "after:2026-03-03"


def test_what_is_saved_again_takes_the_place_of_what_was_called_so(seller: Notebook) -> None:
    save_preset(seller, "Weekly", WEEKLY)
    save_preset(seller, "weekly", Wanted())
    assert presets(seller)[0].wanted == Wanted()
    assert len(names(seller)) == 1


def test_renaming_keeps_the_choice_and_takes_no_name_away(seller: Notebook) -> None:
    save_preset(seller, "Weekly", WEEKLY)
    save_preset(seller, "All", Wanted())
    with pytest.raises(PresetRefused):
        rename_preset(seller, "Weekly", "ALL")
    rename_preset(seller, "Weekly", "weekly ")
    rename_preset(seller, "weekly", "To marketing")
    assert names(seller) == ["All", "To marketing"]
    assert find_preset(seller, "To marketing").wanted == WEEKLY


def test_each_of_them_can_be_taken_back_and_done_again(seller: Notebook) -> None:
    saved = save_preset(seller, "Weekly", WEEKLY).undo
    assert saved is not None
    again = saved.back(seller).undo
    assert names(seller) == []
    assert again is not None
    again.back(seller)
    removed = remove_preset(seller, "Weekly").undo
    assert names(seller) == []
    assert removed is not None
    removed.back(seller)
    assert presets(seller)[0].wanted == WEEKLY


def test_without_a_name_nothing_is_kept(seller: Notebook) -> None:
    for name in ("", "  ", "x" * 81):
        with pytest.raises(PresetRefused):
            save_preset(seller, name, WEEKLY)
    with pytest.raises(PresetRefused):
        find_preset(seller, "Weekly")
    assert names(seller) == []


def test_one_of_a_newer_program_is_left_alone(seller: Notebook) -> None:
    save_preset(seller, "Weekly", WEEKLY)
    with seller.library.transaction():
        seller.library.presets.put("Newer", b'{"shape":"slides"}')
    assert names(seller) == ["Weekly"]
    assert len(seller.library.presets.everything()) == 2


def test_no_export_holds_one(seller: Notebook, tmp_path: Path) -> None:
    logged(seller)
    save_preset(seller, "canary-in-a-name", Wanted(words="canary-in-words"))
    sent(seller, tmp_path / "out.fieldnotes")
    assert b"canary" not in (tmp_path / "out.fieldnotes").read_bytes()
