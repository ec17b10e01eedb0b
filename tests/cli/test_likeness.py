"""same and differ: pairs for other programs and for people, and what is said of them."""

from __future__ import annotations

import pytest

from tests.cli.commands import Type

QUIET = "Halden waits until spring because their new press is running at half its speed"


@pytest.fixture
def two(fieldnotes: Type) -> list[str]:
    """The ids of two notes that say the same, among others."""
    fieldnotes("log", "Kolvik undercut us by a fifth in the second round")
    texts = (QUIET, f"{QUIET}, again")
    return [fieldnotes("log", "--json", text).json["id"] for text in texts]


def test_same_lists_pairs_with_the_later_note_first(fieldnotes: Type, two: list[str]) -> None:
    [pair] = fieldnotes("same", "--json").lines
    assert (pair["later"]["id"], pair["earlier"]["id"]) == (two[1], two[0])
    assert 0.9 < pair["share"] < 1
    assert set(pair["later"]) >= {"title", "kind", "author", "happened"}


def test_same_links_two_notes_and_asks_no_more(fieldnotes: Type, two: list[str]) -> None:
    told = fieldnotes("same", *two, "--json").json
    assert (told["notes"], told["same"]) == (two, True)
    assert fieldnotes("same").out == ""


def test_differ_is_remembered(fieldnotes: Type, two: list[str]) -> None:
    assert fieldnotes("differ", *two).out.endswith("are not the same.\n")
    assert fieldnotes("same", "--json").lines == []


def test_a_person_reads_how_much_is_the_same(fieldnotes: Type, two: list[str]) -> None:
    lines = fieldnotes("same").out.splitlines()
    assert lines[0] == "97% of the words are the same"
    assert [line.split()[0] for line in lines[1:]] == [two[1][:13], two[0][:13]]


def test_limit_lists_no_more(fieldnotes: Type, two: list[str]) -> None:
    fieldnotes("log", f"Again: {QUIET}")
    assert len(fieldnotes("same", "--json").lines) == 3
    assert len(fieldnotes("same", "--json", "--limit", "2").lines) == 2


@pytest.mark.parametrize("other", ["nothing", None])
def test_what_cannot_be_is_refused(fieldnotes: Type, two: list[str], other: str | None) -> None:
    said = fieldnotes("same", two[0], other or two[0])
    assert (said.status, said.out) == (1, "")
    assert said.err.strip().endswith(".")
