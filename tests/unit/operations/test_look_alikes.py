"""Names that look like the same thing are offered, others are not."""

from __future__ import annotations

import pytest

from fieldnotes.operations.look_alikes import bare, look_alikes
from fieldnotes.operations.notebook import Notebook
from fieldnotes.operations.vocabulary import merge_names, not_the_same
from tests.builders import logged


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("Kolvik", "Kolvik GmbH", True),
        ("Kolvik & Sons, Inc.", "Kolvik and Sons", False),
        ("Halden Foods", "HaldenFoods", True),
        ("Halden Foods", "Halden Food", True),
        ("Bredstetter Guss", "Bredstätter Guss", True),
        ("Plant 2", "Plant 3", False),
        ("Plant 12", "Plant 1", False),
        ("SAP", "SAS", False),
        ("Northwind", "Southwind", False),
    ],
)
def test_what_looks_alike_is_offered(seller: Notebook, one: str, other: str, alike: bool) -> None:
    for account in (one, one, other):
        logged(seller, account=account)
    found = look_alikes(seller, "account")
    assert [(pair.name, pair.into) for pair in found] == ([(other, one)] if alike else [])


def test_what_was_judged_is_not_offered_again(seller: Notebook) -> None:
    for account in ("Kolvik", "Kolvik AG", "Kolvik GmbH"):
        logged(seller, account=account)
    assert len(look_alikes(seller, "account")) == 3
    not_the_same(seller, "account", "Kolvik", "Kolvik AG")
    assert len(look_alikes(seller, "account")) == 2
    merge_names(seller, "account", "Kolvik GmbH", "Kolvik")
    assert look_alikes(seller, "account") == []


def test_a_name_of_legal_forms_alone_keeps_them() -> None:
    assert (bare("The Company, Inc."), bare("S.A.P. AG")) == ("thecompanyinc", "sap")
