"""The first start: nothing is made before a yes, and the samples stay apart."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from fieldnotes import paths
from fieldnotes.desktop.program import Program
from fieldnotes.desktop.single_instance import Message
from fieldnotes.desktop.start import making
from fieldnotes.desktop.start.first_start import FirstStart
from fieldnotes.operations.notebook import has_library, open_notebook
from fieldnotes.settings import read_settings
from tests.builders import logged
from tests.desktop.conftest import Starter


def first_page(program: Program) -> FirstStart:
    page = program._first
    assert isinstance(page, FirstStart)
    return page


@pytest.fixture
def few_samples(monkeypatch: pytest.MonkeyPatch) -> None:
    """A sample library with one note: the real one takes seconds and has tests of its own."""

    def fill(folder: Path, progress: making.Progress) -> None:
        progress(0, 1)
        notebook = open_notebook(folder, "You")
        logged(notebook, text="A sample")
        notebook.close()

    for module in ("first_start", "samples_bar"):
        monkeypatch.setattr(f"fieldnotes.desktop.start.{module}.fill_samples", fill)


def test_looking_at_the_first_page_makes_nothing(start: Starter, tmp_path: Path) -> None:
    program = start(tmp_path / "mine")
    assert first_page(program).isVisible()
    assert program.window is None
    assert not (tmp_path / "mine").exists()


def test_a_name_makes_a_library_and_shows_its_six_words(
    start: Starter, tmp_path: Path, qtbot: QtBot
) -> None:
    program = start(tmp_path / "mine")
    page = first_page(program)
    page.name.setText("  Mara Lindqvist ")
    page.side.set_value("market")
    page.begin.click()
    qtbot.waitUntil(lambda: len(page.words.words()) == 6)
    with qtbot.waitSignal(program.ready):
        page.open_notebook.click()
    assert program.window is not None
    assert read_settings().side == "market"
    notebook = open_notebook(tmp_path / "mine")
    assert notebook.owner.name == "Mara Lindqvist"
    assert notebook.words == page.words.words()
    notebook.close()


def test_without_a_name_there_is_no_way_on(start: Starter, tmp_path: Path) -> None:
    page = first_page(start(tmp_path / "mine"))
    page.name.setText("   ")
    assert not page.begin.isEnabled()


def test_arrows_choose_what_somebody_does_and_enter_begins(
    start: Starter, tmp_path: Path, qtbot: QtBot
) -> None:
    page = first_page(start(tmp_path / "mine"))
    qtbot.waitUntil(page.isActiveWindow)
    page.name.setText("Mara")
    page.side.setFocus()
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Right)
    assert page.side.value() == "market"
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)
    assert page.side.value() == "market"
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(page.words.words()) == 6)


def test_a_folder_that_cannot_be_written_is_told_on_the_page(
    start: Starter, tmp_path: Path, qtbot: QtBot
) -> None:
    (tmp_path / "file").write_text("in the way")
    page = first_page(start(tmp_path / "file" / "mine"))
    page.name.setText("Mara")
    page.begin.click()
    qtbot.waitUntil(lambda: "Choose a folder" in page.notice.words())
    assert page.begin.isEnabled()


@pytest.mark.usefixtures("few_samples")
def test_samples_have_a_library_of_their_own_with_a_way_back(
    start: Starter, tmp_path: Path, qtbot: QtBot
) -> None:
    program = start(tmp_path / "mine")
    with qtbot.waitSignal(program.ready):
        first_page(program).look_around.click()
    window = program.window
    assert window is not None
    assert has_library(paths.sample_library())
    assert not (tmp_path / "mine").exists()
    qtbot.waitUntil(lambda: "Sample notes" in window.status.accessibleName())
    with qtbot.waitSignal(program.ready):
        window.status.clicked.emit(1)
    assert first_page(program).isVisible()


@pytest.mark.usefixtures("few_samples")
def test_from_ones_own_notes_to_the_samples_and_back(
    start: Starter, tmp_path: Path, qtbot: QtBot
) -> None:
    notebook = open_notebook(tmp_path / "mine", "Mara")
    logged(notebook, text="My own")
    notebook.close()
    program = start(tmp_path / "mine")

    def first_title() -> str:
        assert program.window is not None
        return program.window.notes.finder.list.notes.row(0).title

    with qtbot.waitSignal(program.ready):
        assert program._commands is not None
        program._commands.open_samples()
    assert first_title() == "A sample"
    with qtbot.waitSignal(program.ready):
        program._commands.open_own_notes()
    assert first_title() == "My own"


def test_closing_the_first_page_ends_the_program(
    start: Starter, tmp_path: Path, qtbot: QtBot
) -> None:
    program = start(tmp_path / "mine")
    first_page(program).close()
    assert program._first is None


def test_a_file_that_waits_is_read_in_after_the_first_start(
    start: Starter, tmp_path: Path, qtbot: QtBot
) -> None:
    from fieldnotes.desktop.inbox.reading_in_dialog import ReadingInDialog

    program = start(tmp_path / "mine", Message(files=(str(tmp_path / "theirs.fieldnotes"),)))
    page = first_page(program)
    page.name.setText("Mara")
    page.begin.click()
    qtbot.waitUntil(lambda: bool(page.words.words()))
    with qtbot.waitSignal(program.ready):
        page.open_notebook.click()
    assert program.window is not None
    dialog = program.window.findChild(ReadingInDialog)
    assert dialog is not None
    qtbot.waitUntil(lambda: not dialog.is_busy())
    dialog.close()


def test_every_word_on_the_first_page_is_plain_text(start: Starter, tmp_path: Path) -> None:
    labels = first_page(start(tmp_path / "mine")).findChildren(QLabel)
    assert all("<" not in label.text() for label in labels)
