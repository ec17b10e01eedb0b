"""Thousands of altered bundles through the preview of one process: each meets its one outcome."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SEED = 1


@pytest.mark.timeout(1_200)  # a minute of one processor, which others may want as well
def test_10_000_altered_bundles(tmp_path: Path) -> None:
    assert "10,000 files" in _fuzzed(10_000, tmp_path)


@pytest.mark.long
@pytest.mark.timeout(8 * 3_600)
def test_a_million_altered_bundles(tmp_path: Path) -> None:
    assert "1,000,000 files" in _fuzzed(1_000_000, tmp_path)


def _fuzzed(cases: int, folder: Path) -> str:
    """The last line that the run prints; it fails with all of them where one file met another."""
    told = ["--cases", str(cases), "--seed", str(SEED), "--keep", str(folder / "kept")]
    ran = subprocess.run(
        [sys.executable, "-m", "tests.faults.fuzzing", *told],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    print(ran.stdout)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return ran.stdout.splitlines()[-1]
