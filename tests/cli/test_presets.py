"""`export --preset` sends what was kept in the window, narrowed by what is said beside it."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from fieldnotes.domain.shapes import Shape
from fieldnotes.operations.choosing import Wanted
from fieldnotes.operations.notebook import open_notebook
from fieldnotes.operations.presets import save_preset
from tests import second_reader
from tests.builders import logged
from tests.cli.commands import Type


@pytest.fixture(autouse=True)
def _kept(library: Path) -> None:
    notebook = open_notebook(library, "Wren Tolliver")
    logged(notebook, kind="win", text="Live in nine days", tags=["pricing"])
    logged(notebook, kind="win", text="Live in ten days")
    logged(notebook, kind="problem", text="Four formats", tags=["pricing"])
    save_preset(notebook, "Wins", Wanted(words='"live in', kinds=frozenset({"win"}), recipient="M"))
    save_preset(notebook, "Sheet", Wanted(shape=Shape.CSV))
    notebook.close()


def texts(path: Path) -> list[str]:
    return sorted(record["fields"]["text"] for record in second_reader.read(path)[1])


def test_a_preset_says_what_goes_and_for_whom(fieldnotes: Type, tmp_path: Path) -> None:
    path = tmp_path / "out.fieldnotes"
    assert fieldnotes("export", path, "--preset", "wins").status == 0
    assert texts(path) == ["Live in nine days", "Live in ten days"]
    assert second_reader.read(path)[0]["recipients"] == ["M"]


def test_what_is_said_beside_it_narrows_it(fieldnotes: Type, tmp_path: Path) -> None:
    path = tmp_path / "out.fieldnotes"
    told = ("--preset", "Wins", "--tag", "pricing", "--find", '"days', "--for", "Ada")
    assert fieldnotes("export", path, *told).status == 0
    assert texts(path) == ["Live in nine days"]
    assert second_reader.read(path)[0]["recipients"] == ["Ada"]


def test_a_preset_knows_its_shape(fieldnotes: Type, tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    assert fieldnotes("export", path, "--preset", "Sheet").status == 0
    with path.open(encoding="utf-8-sig", newline="") as file:
        assert len(list(csv.reader(file))) == 4


def test_an_unknown_one_is_refused(fieldnotes: Type, tmp_path: Path) -> None:
    said = fieldnotes("export", tmp_path / "out.fieldnotes", "--preset", "Losses")
    assert (said.status, list(tmp_path.glob("*.fieldnotes"))) == (1, [])
    assert "no preset “Losses”" in said.err
