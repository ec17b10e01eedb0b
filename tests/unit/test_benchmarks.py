"""Nothing else runs the benchmarks: each of them at least finds all that it asks for."""

from __future__ import annotations

import importlib
from pathlib import Path

import pytest

_FOLDER = Path(__file__).parents[1] / "benchmarks"
_PARTS = ("made_up_notes", "windows")  # of several


@pytest.mark.parametrize("name", sorted(path.stem for path in _FOLDER.glob("*.py")))
def test_a_benchmark_finds_what_it_measures(name: str) -> None:
    module = importlib.import_module(f"tests.benchmarks.{name}")
    assert hasattr(module, "main") != (name in _PARTS)
