"""Templates in the capture window: chosen by key, asking in the form, never saved as words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from fieldnotes.desktop import theme
from fieldnotes.desktop.capture.capture_window import CaptureWindow
from fieldnotes.desktop.runner import Runner
from fieldnotes.domain.notes import Note
from fieldnotes.domain.query_text import parse_query
from fieldnotes.operations.drafts import list_drafts
from fieldnotes.operations.notebook import open_notebook
from fieldnotes.operations.search import find_notes
from fieldnotes.operations.templates import list_templates
from tests.builders import TickingClock, logged

KEY = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def library(tmp_path: Path, qapp: QApplication) -> Iterator[Path]:
    theme.apply(qapp, "light")
    notebook = open_notebook(tmp_path / "library", "Wren Tolliver", TickingClock())
    logged(notebook, account="Halden Foods")
    notebook.close()
    yield tmp_path / "library"
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


Opened = Callable[[], CaptureWindow]


@pytest.fixture
def opened(library: Path, qtbot: QtBot) -> Iterator[Opened]:
    running: list[tuple[CaptureWindow, Runner]] = []

    def end() -> None:
        for window, runner in running:
            window.close()
            runner.close()
            window.deleteLater()
        running.clear()

    def start() -> CaptureWindow:
        end()
        runner = Runner(library, TickingClock())
        runner.crashed.connect(lambda error: pytest.fail(repr(error)))
        window = CaptureWindow(runner, clock=TickingClock())
        running.append((window, runner))
        return window

    yield start
    end()


@pytest.fixture
def window(opened: Opened, qtbot: QtBot) -> CaptureWindow:
    made = opened()
    made.new_note()
    qtbot.waitExposed(made)
    qtbot.waitUntil(lambda: bool(made.form.text.names))  # else a name ends at its first space
    made.activateWindow()
    QApplication.processEvents()
    return made


def palette(window: CaptureWindow, qtbot: QtBot) -> list[str]:
    qtbot.keyClick(window, KEY.Key_T, CTRL)
    qtbot.waitUntil(window.templates.palette.isVisible)
    return window.templates.palette.names()


def choose(window: CaptureWindow, qtbot: QtBot, letters: str) -> None:
    palette(window, qtbot)
    window.templates.palette.type_words(letters)
    window.templates.palette.run_current()


def saved(window: CaptureWindow, qtbot: QtBot, library: Path) -> Note:
    with qtbot.waitSignal(window.saved) as told:
        qtbot.keyClick(window, KEY.Key_Return, CTRL)
    notebook = open_notebook(library)
    try:
        views = find_notes(notebook, parse_query("")).notes
        return next(view.note for view in views if view.id == told.args[0])
    finally:
        notebook.close()


def test_the_key_lists_what_there_is_to_choose(window: CaptureWindow, qtbot: QtBot) -> None:
    names = palette(window, qtbot)
    assert "SPIN  ·  Problem" in names
    assert "Listening session  ·  Other" in names
    assert "Save as a template" not in names


def test_choosing_one_gives_kind_prompts_and_fields(window: CaptureWindow, qtbot: QtBot) -> None:
    choose(window, qtbot, "win rev")
    assert window.kind_bar.kind() == "win"
    assert window.form.text.text().startswith("## What made them look")
    line = window.form.kinds["win"].line("why_us")
    assert (line.text(), line.placeholderText()) == (
        "",
        "The one reason they would tell a colleague",
    )
    note = window.form.draft().draft.note
    assert (note.stage, note.outcome) == ("closed", "won")


def test_headings_left_empty_are_not_saved_and_the_title_is_the_patterns(
    window: CaptureWindow, qtbot: QtBot, library: Path
) -> None:
    choose(window, qtbot, "first")
    assert window.form.text.hasFocus()
    qtbot.keyClicks(window.form.text, "Marta and @Halden Foods ")
    note = saved(window, qtbot, library)
    assert note.text == (
        "## Who was there, and what each of them cares about\nMarta and Halden Foods"
    )
    assert note.title == "First meeting: Halden Foods, 2026-03-02"
    assert (note.account, note.stage) == ("Halden Foods", "first talk")


def test_the_next_note_of_the_meeting_has_no_template(
    window: CaptureWindow, qtbot: QtBot, library: Path
) -> None:
    choose(window, qtbot, "spin")
    qtbot.keyClicks(window.form.text, "They wait.")
    saved(window, qtbot, library)
    assert window.form.text.text() == ""
    line = window.form.kinds["problem"].line("situation")
    assert line.placeholderText() == "Add how they work today"


def test_what_is_written_stays_above_the_headings(window: CaptureWindow, qtbot: QtBot) -> None:
    qtbot.keyClicks(window.form.text, "They call @Halden Foods now. ")
    choose(window, qtbot, "spin")
    draft = window.form.draft()
    assert draft.text.startswith("They call ￼ now.\n\n## What started")
    assert [name.name for name in draft.names] == ["Halden Foods"]


def test_another_template_takes_the_place_of_an_empty_one(
    window: CaptureWindow, qtbot: QtBot
) -> None:
    choose(window, qtbot, "win rev")
    choose(window, qtbot, "loss")
    assert window.kind_bar.kind() == "objection"
    assert "What made them look" not in window.form.text.text()
    assert window.form.draft().draft.note.outcome == "lost"


def test_a_template_can_be_taken_away_again(window: CaptureWindow, qtbot: QtBot) -> None:
    choose(window, qtbot, "spin")
    choose(window, qtbot, "no template")
    assert window.form.text.text() == ""
    assert window.form.draft().template is None


def test_a_template_in_which_nothing_was_written_is_no_draft(
    window: CaptureWindow, qtbot: QtBot, library: Path
) -> None:
    choose(window, qtbot, "spin")
    qtbot.keyClick(window, KEY.Key_Return, CTRL)
    assert "nothing to save" in window.notice.words()
    qtbot.keyClick(window, KEY.Key_Escape)
    notebook = open_notebook(library)
    assert list_drafts(notebook) == []
    notebook.close()


def test_a_draft_comes_back_with_its_template(
    window: CaptureWindow, opened: Opened, qtbot: QtBot, library: Path
) -> None:
    choose(window, qtbot, "spin")
    with qtbot.waitSignal(window.draft_kept):
        qtbot.keyClicks(window.form.text, "They wait.")
    again = opened()
    again.restore_open()
    qtbot.waitUntil(lambda: "They wait." in again.form.text.text())
    assert "## Who else has this problem there" in again.form.text.text()
    assert again.form.kinds["problem"].line("problem").placeholderText().startswith("What is diff")
    again.activateWindow()
    note = saved(again, qtbot, library)
    assert note.text == "## What started the conversation\nThey wait."
    assert note.title == "SPIN"


def test_a_note_becomes_a_template_of_ones_own(
    window: CaptureWindow, qtbot: QtBot, library: Path
) -> None:
    qtbot.keyClicks(window.form.text, "## Budget")
    qtbot.keyClick(window.form.text, KEY.Key_Return)
    qtbot.keyClicks(window.form.text, "400,000 from Marta")
    choose(window, qtbot, "save as")
    naming = window.templates.naming
    assert naming.line.hasFocus()
    assert "nothing below them" in naming.line.placeholderText()
    qtbot.keyClicks(naming.line, "Budget talk")
    qtbot.keyClick(naming.line, KEY.Key_Return)
    qtbot.waitUntil(lambda: "Budget talk" in window.notice.words())
    notebook = open_notebook(library)
    (template, *_others) = list_templates(notebook).found
    notebook.close()
    assert (template.name, template.text) == ("Budget talk", "## Budget\n")
    assert naming.isHidden()


def test_a_text_without_headings_says_that_it_is_kept_whole(
    window: CaptureWindow, qtbot: QtBot
) -> None:
    qtbot.keyClicks(window.form.text, "400,000 from Marta")
    choose(window, qtbot, "save as")
    assert "all of it is kept" in window.templates.naming.line.placeholderText()


def test_a_name_that_is_taken_is_told_and_can_be_changed(
    window: CaptureWindow, qtbot: QtBot, library: Path
) -> None:
    folder = library / "templates"
    folder.mkdir()
    (folder / "mine.toml").write_text('name = "Mine"')
    qtbot.keyClicks(window.form.text, "## Budget")
    choose(window, qtbot, "save as")
    qtbot.keyClicks(window.templates.naming.line, "mine")
    qtbot.keyClick(window.templates.naming.line, KEY.Key_Return)
    qtbot.waitUntil(lambda: "already" in window.notice.words())
    assert window.templates.naming.isVisible()


def test_a_broken_template_is_told_in_one_sentence_and_the_others_are_offered(
    window: CaptureWindow, qtbot: QtBot, library: Path
) -> None:
    (library / "templates").mkdir()
    (library / "templates" / "bad.toml").write_text("name = ")
    assert "SPIN  ·  Problem" in palette(window, qtbot)
    assert "bad.toml" in window.notice.words()


def test_every_control_for_templates_has_a_name(window: CaptureWindow, qtbot: QtBot) -> None:
    palette(window, qtbot)
    assert window.templates.palette.accessibleName() == "Choose a template"
    naming = window.templates.naming
    parts = (naming.line, naming.save, naming.cancel)
    assert [part.accessibleName() for part in parts] == [
        "Name of the template",
        "Save template",
        "Cancel",
    ]
