"""Switches and folders that every test may ask for."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import settings
from sqlcipher3 import dbapi2

from fieldnotes.operations.notebook import Notebook
from tests.builders import Opener, a_notebook

# The same examples everywhere: a red run elsewhere is red here, too.
settings.register_profile("same", derandomize=True, database=None, deadline=None)
settings.load_profile("same")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--long", action="store_true", help="also run the tests that take minutes")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--long"):
        return
    long = [item for item in items if item.get_closest_marker("long")]
    if long:
        config.hook.pytest_deselected(items=long)
        items[:] = [item for item in items if item not in long]


@pytest.fixture(autouse=True)
def _a_machine_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test meets the libraries and device ids of whoever runs it."""
    monkeypatch.setenv("FIELDNOTES_MACHINE", str(tmp_path / "this-machine"))
    monkeypatch.setenv("FIELDNOTES_LIBRARY", str(tmp_path / "this-library"))


@pytest.fixture(scope="session")
def real_data() -> Path:
    """The folder of notes that other people wrote; it is no part of the project."""
    folder = os.environ.get("FIELDNOTES_REAL_DATA")
    if not folder:
        pytest.skip("FIELDNOTES_REAL_DATA names no folder with real notes")
    return Path(folder)


@pytest.fixture
def notebooks(tmp_path: Path) -> Iterator[Opener]:
    """Opens notebooks by the name of their owner, and closes them afterwards."""
    opened: list[Notebook] = []

    def open_one(name: str = "Wren Tolliver", folder: str = "") -> Notebook:
        opened.append(a_notebook(tmp_path, name, folder))
        return opened[-1]

    yield open_one
    for notebook in opened:
        with suppress(dbapi2.ProgrammingError):  # a test may have closed it
            notebook.close()


@pytest.fixture
def seller(notebooks: Opener) -> Notebook:
    return notebooks("Wren Tolliver")


@pytest.fixture
def marketer(notebooks: Opener) -> Notebook:
    return notebooks("Marketing")
