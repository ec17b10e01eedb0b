"""Commands for tests: each with a library and a machine of its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.commands import Said, Type, typed


@pytest.fixture
def fieldnotes(capsys: pytest.CaptureFixture[str]) -> Type:
    """Types `fieldnotes …` in the library that FIELDNOTES_LIBRARY names."""

    def run(*words: object) -> Said:
        return typed(capsys, *words)

    return run


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """What FIELDNOTES_LIBRARY names."""
    return tmp_path / "this-library"
