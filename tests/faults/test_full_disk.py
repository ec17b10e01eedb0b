"""A full disk: the text stays, deleting still works, and it saves once there is room again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from sqlcipher3 import dbapi2

from fieldnotes.domain.drafts import OpenDraft
from fieldnotes.domain.notes import NoteDraft
from fieldnotes.domain.records import Reason
from fieldnotes.operations.checking import check_library
from fieldnotes.operations.drafts import forget_draft, keep_draft, list_drafts
from fieldnotes.operations.housekeeping import tidy
from fieldnotes.operations.notebook import Notebook, open_notebook
from fieldnotes.operations.notes import log_note, remove_note, show_note
from fieldnotes.store.database import DiskFull
from tests.builders import a_note, logged
from tests.desktop.conftest import Starter
from tests.faults.places import fill, small_disk

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    with small_disk(tmp_path / "disk") as place:
        yield place


@pytest.fixture
def notebook(disk: Path) -> Iterator[Notebook]:
    opened = open_notebook(disk / "library", "Wren Tolliver")
    yield opened
    with suppress(dbapi2.ProgrammingError):  # a test may have closed it
        opened.close()


def test_a_full_disk_is_told_as_such(notebook: Notebook, disk: Path) -> None:
    fill(disk)
    with pytest.raises(DiskFull, match=r"The disk is full\. Free some space; what you typed"):
        log_note(notebook, NoteDraft(id=notebook.new_id(), note=a_note(text="word " * 2000)))


@pytest.mark.parametrize("reason", list(Reason))
def test_a_note_can_be_removed_on_a_full_disk(
    notebook: Notebook, disk: Path, reason: Reason
) -> None:
    for _ in range(5):
        record_id = logged(notebook)
    fill(disk)
    remove_note(notebook, record_id, reason)
    assert show_note(notebook, record_id).removed == reason
    assert not notebook.library.outbox.waiting()
    assert check_library(notebook).problems == []


def test_a_draft_can_be_thrown_away_on_a_full_disk(notebook: Notebook, disk: Path) -> None:
    draft = NoteDraft(id=notebook.new_id(), note=a_note())
    keep_draft(notebook, OpenDraft(draft=draft))
    fill(disk)
    forget_draft(notebook, draft.id)
    assert list_drafts(notebook) == []


def test_the_reserve_comes_back_once_there_is_room(notebook: Notebook, disk: Path) -> None:
    record_id = logged(notebook)
    ballast = fill(disk)
    remove_note(notebook, record_id, Reason.WRONG)
    assert not notebook.library.reserve.is_full
    tidy(notebook)
    assert not notebook.library.reserve.is_full
    ballast.unlink()
    tidy(notebook)
    assert notebook.library.reserve.is_full


def test_a_library_opens_on_a_full_disk(notebook: Notebook, disk: Path) -> None:
    record_id = logged(notebook, text="They wait.")
    notebook.close()
    fill(disk)
    again = open_notebook(disk / "library")
    try:
        assert show_note(again, record_id).note.text == "They wait."
    finally:
        again.close()


def test_in_the_window_the_text_stays_and_is_saved_once_there_is_room(
    notebook: Notebook, disk: Path, start: Starter, qtbot: QtBot
) -> None:
    folder = notebook.library.folder
    program = start(folder)
    assert program._commands is not None
    capture = program._commands.writing.capture()
    capture.new_note()
    with qtbot.waitSignal(capture.draft_kept):
        qtbot.keyClicks(capture.form.text, "They wait.")
    ballast = fill(disk)
    qtbot.keyClicks(capture.form.text, " And wait. " * 200)
    qtbot.waitUntil(capture.notice.isVisible)
    assert (
        capture.notice.words() == "The disk is full. Free some space; what you typed is still here."
    )
    qtbot.keyClick(capture.form.text, Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: capture.footer.state.words() == "Not saved")
    text = capture.form.text.text()
    assert text.startswith("They wait. And wait.")
    ballast.unlink()
    qtbot.waitUntil(capture.notice.isHidden, timeout=10_000)
    assert len(list_drafts(notebook)) == 1
    with qtbot.waitSignal(capture.saved) as told:
        qtbot.keyClick(capture.form.text, Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: show_note(notebook, told.args[0]).note.text == text.rstrip())
    assert list_drafts(notebook) == []
