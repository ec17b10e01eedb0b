"""A library that another machine has open is refused in the window, until somebody insists."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from fieldnotes.desktop.held_bar import HeldBar
from fieldnotes.errors import LibraryHeld
from fieldnotes.operations.housekeeping import hold_on
from fieldnotes.operations.notebook import open_notebook
from fieldnotes.store.lease import FILE, Lease
from tests.builders import logged
from tests.desktop.conftest import Starter
from tests.desktop.libraries import SELLER, write


def test_it_says_so_and_opens_anyway(start: Starter, tmp_path: Path, qtbot: QtBot) -> None:
    folder = write(tmp_path, SELLER, lambda book: logged(book, text="Still here"))
    Lease(folder, tmp_path / "another-machine").take()
    window = start(folder).window
    assert window is not None
    bar = window.findChild(HeldBar)
    assert bar is not None
    qtbot.waitUntil(lambda: "open on another machine" in bar.notice.words())
    assert window.notes.finder.list.notes.rowCount() == 0
    next(b for b in bar.findChildren(QPushButton) if "anyway" in b.text()).click()
    qtbot.waitUntil(lambda: window.notes.finder.list.notes.rowCount() == 1)
    assert not bar.isVisible()


def test_a_window_whose_library_was_taken_says_so_and_offers_no_way_to_write(
    start: Starter, tmp_path: Path, qtbot: QtBot
) -> None:
    folder = write(tmp_path, SELLER, logged)
    window = start(folder).window
    assert window is not None
    bar = window.findChild(HeldBar)
    assert bar is not None
    held: list[None] = []
    bar._runner.do(hold_on, held.append)
    qtbot.waitUntil(lambda: bool(held))  # whoever opens it later finds it open elsewhere
    there = Lease(folder, tmp_path / "another-machine")
    there.look(0, take_over=True)
    there.take()
    bar._hold()
    qtbot.waitUntil(lambda: "opened on another machine meanwhile" in bar.notice.words())
    assert not [b for b in bar.findChildren(QPushButton) if "anyway" in b.text()]


def test_a_notebook_whose_library_was_taken_meanwhile_writes_nothing_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = write(tmp_path, SELLER, logged)
    here = open_notebook(folder)
    monkeypatch.setenv("FIELDNOTES_MACHINE", str(tmp_path / "another-machine"))
    there = open_notebook(folder, take_over=True)
    logged(there)
    with pytest.raises(LibraryHeld, match="meanwhile"):
        logged(here)
    there.close()
    here.close()
    assert not (folder / FILE).exists()
