"""A company's own rules lie in the library, and a broken file stops no other rule."""

from __future__ import annotations

import pytest

from fieldnotes.operations.notebook import Notebook
from fieldnotes.operations.one_detail import FILE, built_in_rules, detail_rules

OWN = '[cloud]\nkinds = ["objection"]\nheard.en = ["cloud"]\nask.en = "which region?"\n'


def test_a_library_without_a_file_follows_the_rules_that_ship(seller: Notebook) -> None:
    assert detail_rules(seller).rules == built_in_rules()


def test_the_rules_of_a_library_come_first(seller: Notebook) -> None:
    (seller.library.folder / FILE).write_text(OWN, encoding="utf-8")
    assert list(detail_rules(seller).rules) == ["cloud", *built_in_rules()]


@pytest.mark.parametrize("content", [b"[cloud", b"\xff\xfe\x00"])
def test_a_file_that_cannot_be_read_leaves_the_others(seller: Notebook, content: bytes) -> None:
    (seller.library.folder / FILE).write_bytes(content)
    told = detail_rules(seller)
    assert told.rules == built_in_rules()
    assert told.refused is not None
    assert "The other rules ask on." in str(told.refused)


def test_every_rule_that_ships_asks_in_three_languages() -> None:
    for name, rule in built_in_rules().items():
        assert list(rule.ask) == ["en", "de", "fr"], name
