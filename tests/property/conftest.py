"""Two libraries that are to become the same in two ways."""

from __future__ import annotations

from pathlib import Path

import pytest

from fieldnotes.domain.people import Standing
from fieldnotes.operations.notebook import Notebook
from fieldnotes.store import library as libraries
from tests.builders import Opener
from tests.property.histories import AUTHORS, author


@pytest.fixture
def both(notebooks: Opener, tmp_path: Path) -> tuple[Notebook, Notebook]:
    """Two libraries of one author, who knows everybody."""
    opened = []
    for folder in ("one way", "the other"):
        libraries.make(tmp_path / folder, author(0))
        notebook = notebooks(folder=folder)
        with notebook.library.transaction():
            for number in range(1, AUTHORS):
                notebook.library.people.put(author(number).card, Standing.KNOWN)
        opened.append(notebook)
    return opened[0], opened[1]
