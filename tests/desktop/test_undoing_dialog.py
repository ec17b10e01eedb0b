"""Undoing a reading in from the page that shows what came in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from fieldnotes.desktop import theme
from fieldnotes.desktop.inbox.undoing_dialog import UndoingDialog
from fieldnotes.desktop.inbox.what_came_in import WhatCameInPage
from fieldnotes.desktop.runner import Runner
from fieldnotes.operations.arrivals import what_came_in
from fieldnotes.operations.notebook import Notebook
from tests.builders import a_notebook, counted, got, logged
from tests.desktop.libraries import MARKETER, SELLER, a_file, running, show, write


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication) -> None:
    theme.apply(qapp, "light")


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """Two files of one seller: the second brings the first's only note again, and another."""
    first = a_file(tmp_path, SELLER, lambda book: logged(book, text="One"), "first.fieldnotes")
    second = a_file(tmp_path, SELLER, lambda book: logged(book, text="Two"), "second.fieldnotes")

    def read(notebook: Notebook) -> None:
        got(notebook, first)
        got(notebook, second)

    return write(tmp_path, MARKETER, read)


@pytest.fixture
def runner(library: Path) -> Iterator[Runner]:
    with running(library) as made:
        yield made


def asked(qtbot: QtBot, runner: Runner, tmp_path: Path, at: int) -> UndoingDialog:
    notebook = a_notebook(tmp_path, MARKETER)
    batch = what_came_in(notebook).batches[at]
    notebook.close()
    dialog = UndoingDialog(runner, batch)
    show(qtbot, dialog)
    return dialog


def left(tmp_path: Path) -> int:
    notebook = a_notebook(tmp_path, MARKETER)
    try:
        return counted(notebook)
    finally:
        notebook.close()


def test_what_was_kept_is_listed_with_the_reason(
    qtbot: QtBot, runner: Runner, tmp_path: Path
) -> None:
    dialog = asked(qtbot, runner, tmp_path, at=0)
    dialog.go.click()
    qtbot.waitUntil(lambda: dialog.body.currentWidget() is dialog.table)
    assert dialog.heading() == "1 note was taken back, 1 was kept"
    model = dialog.table.model()
    cells = [model.data(model.index(0, column)) for column in range(2)]
    assert cells == ["One", "Another file brought it as well"]
    assert left(tmp_path) == 1


def test_nothing_is_undone_before_somebody_says_so(
    qtbot: QtBot, runner: Runner, tmp_path: Path
) -> None:
    dialog = asked(qtbot, runner, tmp_path, at=0)
    dialog.cancel.click()
    assert left(tmp_path) == 2


def test_the_page_goes_on_with_the_batch_that_is_left(
    qtbot: QtBot, runner: Runner, tmp_path: Path
) -> None:
    page = WhatCameInPage(runner)
    show(qtbot, page)
    qtbot.waitUntil(lambda: page.came_in() is not None)
    page.undo.click()
    dialog = page.findChild(UndoingDialog)
    assert dialog is not None
    dialog.go.click()

    def batches() -> int:
        found = page.came_in()
        return len(found.batches) if found else 0

    qtbot.waitUntil(lambda: batches() == 1)
    dialog.close_it.click()
