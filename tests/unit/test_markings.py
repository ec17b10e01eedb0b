"""Who may see what."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from fieldnotes.domain.markings import (
    DEFAULT,
    Audience,
    Marking,
    marking,
    may_see,
    strictest,
)
from fieldnotes.domain.records import Copy, effective_marking, for_audience
from tests.unit.test_merge import FIRST

KNOWN = frozenset({"text", "kind"})


def marked(whole: str, **marks: str) -> Copy:
    return replace(FIRST, revision=replace(FIRST.revision, marking=whole, marks=marks))


@pytest.mark.parametrize(
    ("audience", "shown"),
    [
        (Audience.MYSELF, set(Marking)),
        (Audience.COMPANY, set(Marking) - {Marking.RED}),
        (Audience.ANYONE, {Marking.CLEAR}),
    ],
)
def test_each_audience_sees_its_markings(audience: Audience, shown: set[Marking]) -> None:
    assert {each for each in Marking if may_see(audience, each)} == shown


@pytest.mark.parametrize("text", [None, "", "purple", "Red", "tlp:clear", "clear "])
def test_a_marking_that_is_not_known_counts_as_red(text: str | None) -> None:
    assert marking(text) is Marking.RED


def test_our_company_is_what_nobody_has_to_choose() -> None:
    assert DEFAULT is Marking.AMBER_STRICT


def test_the_strictest_wins() -> None:
    assert strictest([Marking.CLEAR, Marking.AMBER, Marking.GREEN]) is Marking.AMBER


@pytest.mark.parametrize(
    ("copy", "expected"),
    [
        (marked("clear"), Marking.CLEAR),
        (marked("clear", text="red"), Marking.RED),
        (marked("red", text="clear"), Marking.RED),
        (replace(marked("clear"), tight={"text": "amber"}), Marking.AMBER),
        (replace(marked("clear"), tight={"*": "amber+strict"}), Marking.AMBER_STRICT),
        (replace(marked("amber"), tight={"text": "clear"}), Marking.AMBER),
        (marked("clear", text="nonsense"), Marking.RED),
    ],
)
def test_the_stricter_of_record_field_and_relay_wins(copy: Copy, expected: Marking) -> None:
    assert effective_marking(copy, "text") is expected


def test_a_field_nobody_knows_needs_a_marking_to_leave() -> None:
    assert effective_marking(marked("clear"), "text", known=False) is Marking.RED
    assert effective_marking(marked("clear", text="clear"), "text", known=False) is Marking.CLEAR


def test_what_is_hidden_leaves_its_digest_and_no_salt() -> None:
    copy = for_audience(marked("amber+strict", text="red"), Audience.COMPANY, KNOWN)
    assert copy is not None
    assert set(copy.values) == {"kind"}
    assert copy.hidden == {"text"}
    assert copy.key is None
    assert set(copy.salts) == {"kind"}
    assert copy.name == marked("amber+strict", text="red").name


def test_a_record_that_is_red_does_not_leave_at_all() -> None:
    assert for_audience(marked("red", text="clear"), Audience.COMPANY, KNOWN) is None
    assert (
        for_audience(replace(marked("clear"), tight={"*": "red"}), Audience.COMPANY, KNOWN) is None
    )
    assert for_audience(marked("red"), Audience.MYSELF, KNOWN) == marked("red")
