"""Undoing a reading in from the page that shows what came in."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from fieldnotes.desktop import theme
from fieldnotes.desktop.inbox import came_in_lines as lines
from fieldnotes.desktop.inbox.came_in_lines import batch_entry, when_and_whom
from fieldnotes.desktop.inbox.kept_dialog import KeptDialog
from fieldnotes.desktop.inbox.undoing_dialog import UndoingDialog
from fieldnotes.desktop.inbox.what_came_in import WhatCameInPage
from fieldnotes.desktop.runner import Runner
from fieldnotes.domain.records import Reason
from fieldnotes.operations.arrivals import what_came_in
from fieldnotes.operations.notebook import Notebook
from fieldnotes.operations.notes import remove_note
from tests.builders import a_notebook, counted, found, got, logged
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


def looked(qtbot: QtBot, dialog: UndoingDialog) -> UndoingDialog:
    qtbot.waitUntil(dialog.go.isEnabled)
    return dialog


def cells(dialog: UndoingDialog | KeptDialog) -> list[tuple[str, str]]:
    model = dialog.table.model()
    rows = range(model.rowCount())
    return [(model.data(model.index(row, 0)), model.data(model.index(row, 1))) for row in rows]


def test_what_would_become_of_each_note_is_listed_before(
    qtbot: QtBot, runner: Runner, tmp_path: Path
) -> None:
    dialog = looked(qtbot, asked(qtbot, runner, tmp_path, at=0))
    assert dialog.counts.text() == "1 note is taken back, 1 is kept."
    assert cells(dialog) == [("One", "Another file brought it as well"), ("Two", "Goes again")]
    assert left(tmp_path) == 2


def test_what_was_kept_is_listed_with_the_reason(
    qtbot: QtBot, runner: Runner, tmp_path: Path
) -> None:
    dialog = looked(qtbot, asked(qtbot, runner, tmp_path, at=0))
    dialog.go.click()
    qtbot.waitUntil(dialog.close_it.isVisible)
    assert dialog.heading() == "1 note was taken back, 1 was kept"
    assert cells(dialog) == [("One", "Another file brought it as well")]
    assert left(tmp_path) == 1


def test_a_damaged_note_is_told_to_fail(qtbot: QtBot, library: Path, tmp_path: Path) -> None:
    marketer = a_notebook(tmp_path, MARKETER)
    marketer.library.connection.execute("UPDATE history SET sha256 = zeroblob(32) WHERE seq = 2")
    marketer.close()
    with running(library) as runner:
        dialog = looked(qtbot, asked(qtbot, runner, tmp_path, at=0))
        assert dialog.counts.text() == "0 notes are taken back, 1 is kept, 1 cannot be."
        assert [why for _, why in cells(dialog)] == [
            "It is damaged: check the library",
            "Another file brought it as well",
        ]
        dialog.go.click()
        qtbot.waitUntil(dialog.close_it.isVisible)
        assert dialog.heading() == "0 notes were taken back, 1 was kept, 1 failed"


def test_nothing_is_undone_before_somebody_says_so(
    qtbot: QtBot, runner: Runner, tmp_path: Path
) -> None:
    dialog = looked(qtbot, asked(qtbot, runner, tmp_path, at=0))
    dialog.cancel.click()
    assert left(tmp_path) == 2


def test_whoever_leaves_while_it_looks_is_not_asked_again(
    qtbot: QtBot, runner: Runner, tmp_path: Path
) -> None:
    dialog = asked(qtbot, runner, tmp_path, at=0)
    dialog.cancel.click()
    assert not dialog.isVisible()
    assert left(tmp_path) == 2
    qtbot.waitUntil(lambda: "fieldnotes long work" not in working(), timeout=30_000)


def test_a_batch_that_was_undone_is_marked_and_says_what_came_of_it(
    qtbot: QtBot, runner: Runner, tmp_path: Path
) -> None:
    page = WhatCameInPage(runner)
    show(qtbot, page)
    qtbot.waitUntil(lambda: page.came_in() is not None)
    page.undo.click()
    dialog = page.findChild(UndoingDialog)
    assert dialog is not None
    looked(qtbot, dialog).go.click()
    qtbot.waitUntil(lambda: undone(page) == [True, False])
    dialog.close_it.click()
    found = page.came_in()
    assert found is not None
    assert found.here == found.batches[1]  # the page goes on with what is left
    assert page.undo.isVisible()
    page.batches.chosen.emit(found.batches[0].batch)
    qtbot.waitUntil(lambda: not page.undo.isVisible())
    assert page.batches.current() == found.batches[0].batch
    assert numbers(page) == [(1, "taken back"), (1, "kept")]
    page.kept.click()
    kept = page.findChild(KeptDialog)
    assert kept is not None
    qtbot.waitUntil(lambda: kept.table.model().rowCount() == 1)
    assert kept.heading() == "1 note was taken back, 1 was kept"
    assert cells(kept) == [("One", "Another file brought it as well")]
    assert SELLER in batch_entry(found.batches[0]).label
    assert batch_entry(found.batches[0]).count == "undone"


def test_each_batch_says_when_from_whom_and_what_it_did(
    qtbot: QtBot, runner: Runner, tmp_path: Path
) -> None:
    page = WhatCameInPage(runner)
    show(qtbot, page)
    qtbot.waitUntil(lambda: page.came_in() is not None)
    found = page.came_in()
    assert found is not None
    assert found.here is not None
    assert when_and_whom(found.here).endswith(f"1 file from {SELLER}  ·  1 new, 1 already here")


def working() -> list[str]:
    return [thread.name for thread in threading.enumerate()]


def undone(page: WhatCameInPage) -> list[bool]:
    found = page.came_in()
    return [each.undone is not None for each in found.batches] if found else []


def numbers(page: WhatCameInPage) -> list[tuple[int | str, str]]:
    found = page.came_in()
    assert found is not None
    return lines.numbers(found)


def test_a_removed_note_says_who_removed_it(qtbot: QtBot, library: Path, tmp_path: Path) -> None:
    def gone(book: Notebook) -> None:
        remove_note(book, found(book)[0], Reason.CONSENT)

    third = a_file(tmp_path, SELLER, gone, "third.fieldnotes")
    marketer = a_notebook(tmp_path, MARKETER)
    got(marketer, third)
    marketer.close()
    with running(library) as runner:
        dialog = looked(qtbot, asked(qtbot, runner, tmp_path, at=0))
        assert ("(removed by Wren Tolliver)", "Removals stay") in cells(dialog)
