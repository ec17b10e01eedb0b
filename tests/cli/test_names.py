"""names, rename, merge, also and separate: keys for other programs, words for people."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.commands import Type


@pytest.fixture
def library(fieldnotes: Type) -> Path:
    for name in ("Kolvik", "Kolvik", "Kolvik GmbH", "Opsillary"):
        fieldnotes("log", "--competitor", name, f"About {name}")
    return Path()


@pytest.mark.usefixtures("library")
def test_names_tells_every_name_the_most_used_first(fieldnotes: Type) -> None:
    assert fieldnotes("names", "competitor", "--json").lines == [
        {"name": "Kolvik", "notes": 2, "also": []},
        {"name": "Kolvik GmbH", "notes": 1, "also": []},
        {"name": "Opsillary", "notes": 1, "also": []},
    ]


@pytest.mark.usefixtures("library")
def test_merge_makes_find_and_counts_see_one_name(fieldnotes: Type) -> None:
    merged = fieldnotes("merge", "competitor", "Kolvik GmbH", "Kolvik", "--json").json
    assert (merged["name"], merged["notes"], merged["also"]) == ("Kolvik", 3, ["Kolvik GmbH"])
    assert merged["spelt"] == {"Kolvik": 2, "Kolvik GmbH": 1}
    assert merged["by_kind"] == {"note": 3}
    assert sum(merged["by_month"].values()) == 3
    assert fieldnotes("find", "--count", "competitor:kolvik").out == "3\n"
    assert "Kolvik  also called Kolvik GmbH" in fieldnotes("names", "competitor").out


@pytest.mark.usefixtures("library")
def test_rename_leaves_every_note_as_it_was_written(fieldnotes: Type) -> None:
    renamed = fieldnotes("rename", "competitor", "Opsillary", "Opsillary Ltd", "--json").json
    assert (renamed["name"], renamed["notes"]) == ("Opsillary Ltd", 1)
    [hit] = fieldnotes("find", "--json", 'competitor:"opsillary ltd"').lines
    assert hit["competitors"] == ["Opsillary"]


@pytest.mark.usefixtures("library")
def test_separate_takes_a_name_away_again(fieldnotes: Type) -> None:
    fieldnotes("also", "competitor", "Kolvik", "Kolvik GmbH")
    assert fieldnotes("names", "competitor", "kolvik gmbh", "--json").json["name"] == "Kolvik"
    fieldnotes("separate", "competitor", "Kolvik", "Kolvik GmbH")
    assert fieldnotes("names", "competitor", "kolvik gmbh", "--json").json["notes"] == 1


@pytest.mark.usefixtures("library")
@pytest.mark.parametrize(
    "words",
    [
        ("rename", "competitor", "Kolvik", "Opsillary"),
        ("rename", "competitor", "Nobody", "Somebody"),
        ("merge", "competitor", "Kolvik", "kolvik"),
        ("separate", "competitor", "Kolvik", "Opsillary"),
        ("names", "account", "Kolvik"),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence(
    fieldnotes: Type, words: tuple[str, ...]
) -> None:
    said = fieldnotes(*words)
    assert (said.status, said.out) == (1, "")
    assert said.err.strip().endswith(".")
