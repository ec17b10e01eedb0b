"""New names that look like known ones: suggested, and led together only when somebody says so."""

from __future__ import annotations

from pathlib import Path

import pytest

from fieldnotes.operations.import_plans import ImportPlan
from fieldnotes.operations.judging import Decisions
from fieldnotes.operations.new_names import SameName, same_names
from fieldnotes.operations.notebook import Notebook
from fieldnotes.operations.previewing import preview_import
from fieldnotes.operations.reading_in import read_in
from fieldnotes.store.counts import by_name
from tests.builders import counted, logged, sent


@pytest.fixture
def plan(seller: Notebook, marketer: Notebook, tmp_path: Path) -> ImportPlan:
    """Three spellings of an account that is known, one that is not, and one that is the same."""
    logged(marketer, account="Veridian")
    for account in ("Veridian Inc", "Veridian Inc", "Veridian Corp.", "VERIDIAN", "Halden Foods"):
        logged(seller, account=account)
    path = tmp_path / "names.fieldnotes"
    sent(seller, path)
    return preview_import(marketer, [path], Decisions(all_new=True))


def test_spellings_of_a_known_name_are_suggested_together(
    marketer: Notebook, plan: ImportPlan
) -> None:
    assert same_names(marketer, plan) == [
        SameName("account", ("Veridian Corp.", "Veridian Inc"), "Veridian", 3)
    ]


def test_what_was_agreed_holds_from_the_moment_they_came(
    marketer: Notebook, plan: ImportPlan
) -> None:
    read_in(marketer, plan, same=frozenset(same_names(marketer, plan)))
    assert dict(by_name(marketer.library.records, "account")) == {"Veridian": 5, "Halden Foods": 1}
    assert counted(marketer, 'account:"Veridian Inc"') == 5


def test_nothing_is_led_together_unasked(marketer: Notebook, plan: ImportPlan) -> None:
    read_in(marketer, plan)
    assert len(by_name(marketer.library.records, "account")) == 4


def test_two_spellings_that_are_both_new_are_suggested_as_well(
    seller: Notebook, marketer: Notebook, tmp_path: Path
) -> None:
    for account in ("Norden GmbH", "Norden", "Norden", "NORDEN"):
        logged(seller, account=account)
    path = tmp_path / "names.fieldnotes"
    sent(seller, path)
    plan = preview_import(marketer, [path], Decisions(all_new=True))
    same = same_names(marketer, plan)
    assert same == [SameName("account", ("Norden GmbH",), "Norden", 1)]
    read_in(marketer, plan, same=frozenset(same))
    assert dict(by_name(marketer.library.records, "account")) == {"Norden": 4}
