"""Rough notes, reviewed one by one: nothing is taken by itself and no word is lost."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from fieldnotes.desktop.commands import Commands
from fieldnotes.desktop.debrief.debrief_window import DebriefWindow
from fieldnotes.desktop.program import Program
from fieldnotes.domain.notes import Note
from fieldnotes.domain.query import EVERYTHING
from fieldnotes.operations.drafts import list_drafts, read_draft
from fieldnotes.operations.notebook import Notebook, open_notebook
from fieldnotes.operations.search import find_notes
from tests.builders import logged
from tests.desktop.libraries import SELLER, write

KEY, CTRL = Qt.Key, Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
ROUGH = """\
# Halden Foods, 18.3.
- zu teuer, sagt die CFO: „das zahlen wir doppelt“
- Kolvik was there
- We won the night shift #shift
"""
EMAIL = b"""From: wren@ours.example
Subject: =?utf-8?q?Caf=C3=A9_talk?=
Content-Type: multipart/alternative; boundary=x

--x
Content-Type: text/html; charset=utf-8

<html><head><style>p {}</style></head><body><p>They wait.</p>
<ul><li>too expensive<li>Kolvik called</ul><img src="http://example.org/a.png"></body></html>
--x--
"""


@pytest.fixture
def program(start: Callable[..., Program], tmp_path: Path) -> Program:
    def names(notebook: Notebook) -> None:
        logged(notebook, account="Halden Foods", competitors=("Kolvik",))

    return start(write(tmp_path, SELLER, names))


def commands(program: Program) -> Commands:
    assert program._commands is not None
    return program._commands


def reviewing(program: Program, qtbot: QtBot, text: str = ROUGH) -> DebriefWindow:
    """The review of what was on the clipboard."""
    QGuiApplication.clipboard().setText(text)
    commands(program).writing.split_clipboard()
    return shown(program, qtbot)


def shown(program: Program, qtbot: QtBot) -> DebriefWindow:
    window = commands(program).writing.debriefing().window
    qtbot.waitUntil(window.isActiveWindow)
    return window


def press(window: DebriefWindow, qtbot: QtBot, key: Qt.Key) -> None:
    left = len(window._left)
    qtbot.keyClick(window, key)
    if key is KEY.Key_Return:
        qtbot.waitUntil(lambda: len(window._left) == left - 1)


def from_library(program: Program, question: Callable[[Notebook], list[str]]) -> list[str]:
    notebook = open_notebook(program._own)
    try:
        return question(notebook)
    finally:
        notebook.close()


def notes(program: Program) -> list[Note]:
    notebook = open_notebook(program._own)
    try:
        found = find_notes(notebook, EVERYTHING).notes
        return [view.note for view in found if "night shift?" not in view.note.text][:-1]
    finally:
        notebook.close()


def drafts(program: Program) -> list[str]:
    """The whole text of each draft."""
    return from_library(
        program, lambda book: [read_draft(book, each.id).text for each in list_drafts(book)]
    )


def test_nothing_is_taken_by_itself_and_all_words_are_a_draft(
    program: Program, qtbot: QtBot
) -> None:
    window = reviewing(program, qtbot)
    assert window.progress.text() == "1 of 3"
    assert drafts(program) == [ROUGH]
    window.close()
    assert notes(program) == []
    assert drafts(program) == [ROUGH]


def test_enter_takes_one_after_the_other_with_kind_chips_quote_and_meeting(
    program: Program, qtbot: QtBot
) -> None:
    window = reviewing(program, qtbot)
    assert window.kind_bar.kind() == "objection"
    assert window.why.text() == "because of “zu teuer”"
    for _each in range(3):
        press(window, qtbot, KEY.Key_Return)
    told = {note.kind: note for note in notes(program)}
    assert set(told) == {"objection", "competitor", "win"}
    assert told["objection"].quotes[0].role == "CFO"
    assert told["objection"].language == "de"
    assert told["competitor"].competitors == ("Kolvik",)
    assert told["win"].tags == ("shift",)
    assert {note.account for note in told.values()} == {"Halden Foods"}
    assert len({note.meeting for note in told.values()}) == 1
    assert {note.happened.local().day for note in told.values() if note.happened} == {18}
    assert drafts(program) == []


def test_what_is_left_stays_among_the_drafts(program: Program, qtbot: QtBot) -> None:
    window = reviewing(program, qtbot)
    press(window, qtbot, KEY.Key_N)
    press(window, qtbot, KEY.Key_Return)
    press(window, qtbot, KEY.Key_N)
    assert [note.kind for note in notes(program)] == ["competitor"]
    assert "1 taken" in window._end.accessibleName() or "1 note" in window._end.accessibleName()
    (left,) = drafts(program)
    assert "zu teuer" in left
    assert "We won the night shift #shift" in left
    assert "Kolvik was there" not in left


def test_words_and_kind_can_be_changed_before_it_is_taken(program: Program, qtbot: QtBot) -> None:
    window = reviewing(program, qtbot, "- one\n- two")
    press(window, qtbot, KEY.Key_E)
    qtbot.keyClicks(window.text, "Mine, once more.")
    qtbot.waitUntil(lambda: drafts(program) == ["Mine, once more.\n\ntwo"])
    qtbot.keyClick(window.text, KEY.Key_Escape)
    assert window.isVisible()
    window.kind_bar.buttons()[3].click()
    press(window, qtbot, KEY.Key_Return)
    (note,) = notes(program)
    assert (note.kind, note.text) == ("pitch", "Mine, once more.")


def test_an_email_is_split_without_loading_anything(
    program: Program, tmp_path: Path, qtbot: QtBot
) -> None:
    file = tmp_path / "notes.eml"
    file.write_bytes(EMAIL)
    assert program.window is not None
    program.window.files_dropped.emit([file])
    window = shown(program, qtbot)
    assert [each.note.text for each in window._left] == [
        "They wait.",
        "too expensive",
        "Kolvik called",
    ]
    assert [each.note.title for each in window._left] == ["Café talk", "", ""]


@pytest.mark.parametrize("name", ["odd.txt", "odd.eml"])
def test_a_file_without_words_is_refused_in_a_sentence(
    program: Program, tmp_path: Path, qtbot: QtBot, name: str
) -> None:
    (tmp_path / name).write_bytes(b"\0" * 40)
    window = program.window
    assert window is not None
    window.files_dropped.emit([tmp_path / name])
    qtbot.waitUntil(lambda: f"{name} holds no words." in window.notice.words())


def test_several_lines_that_are_pasted_can_be_split(program: Program, qtbot: QtBot) -> None:
    told = commands(program)
    told.writing.new_note()
    capture = told.writing.capture()
    qtbot.waitUntil(capture.isActiveWindow)
    pasted = QMimeData()
    pasted.setText("One.\nTwo.\nThree.")
    capture.form.text.insertFromMimeData(pasted)
    assert "Several notes?" in capture.notice.words()
    qtbot.keyClick(capture.form.text, KEY.Key_R, ALT)
    window = shown(program, qtbot)
    assert capture.isHidden()
    assert [each.note.text for each in window._left] == ["One.", "Two.", "Three."]
    press(window, qtbot, KEY.Key_Return)
    assert drafts(program) == ["Two.\n\nThree."]


def test_a_killed_review_leaves_every_word(program: Program, qtbot: QtBot) -> None:
    """Whatever is taken is a note before the draft shrinks."""
    window = reviewing(program, qtbot)
    press(window, qtbot, KEY.Key_Return)
    QApplication.processEvents()
    words = " ".join([*drafts(program), *(note.text for note in notes(program))])
    for word in ("teuer", "doppelt", "Kolvik", "won", "shift"):
        assert word in words


def test_what_was_typed_line_by_line_is_split_whole(program: Program, qtbot: QtBot) -> None:
    told = commands(program)
    told.writing.new_note()
    capture = told.writing.capture()
    qtbot.waitUntil(capture.isActiveWindow)
    for line in ("# Brandt", "- zu teuer", "- We won", "", "Weather was sunny", ""):
        qtbot.keyClicks(capture.form.text, line)
        qtbot.keyClick(capture.form.text, KEY.Key_Return)
    qtbot.keyClick(capture.form.text, KEY.Key_R, ALT)
    window = shown(program, qtbot)
    assert [each.note.text for each in window._left] == ["zu teuer", "We won", "Weather was sunny"]
