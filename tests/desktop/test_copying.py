"""Copy for CRM: the note, several, or the whole meeting on the clipboard, and what stayed."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from fieldnotes.desktop.commands import Commands
from fieldnotes.desktop.main_window import MainWindow
from fieldnotes.desktop.notes.as_text import all_as_text, note_text
from fieldnotes.desktop.notice_place import NoticePlace
from fieldnotes.domain.moments import Moment
from fieldnotes.domain.notes import Contact, Kind, Meeting, Note, Quote
from fieldnotes.operations.notebook import Notebook
from tests.builders import a_note, at, logged
from tests.desktop.conftest import Opened

WHEN = at("2026-03-02T10:00:00")
MEETING = Meeting(id="m1", account="Norden", day="2026-03-02")


@pytest.fixture(autouse=True)
def _clipboard(qapp: QApplication) -> None:
    QApplication.clipboard().clear()


def a_days_notes(notebook: Notebook) -> None:
    una = Contact(id="c1", name="Una Brandt", role="CFO")
    kinds = {"kind": "objection", "answer": "It is not", "contacts": (una,)}
    logged(notebook, text="Too dear", account="Norden", meeting=MEETING, happened=WHEN, **kinds)
    later = at("2026-03-02T11:00:00")
    logged(notebook, text="They liked it", account="Norden", meeting=MEETING, happened=later)
    logged(notebook, text="Mine alone", see="me", happened=at("2026-03-01"))


def chosen(window: MainWindow, qtbot: QtBot, row: int = 0) -> None:
    finder = window.notes.finder
    qtbot.waitUntil(lambda: finder.list.notes.rowCount() > row)
    finder.list.set_current(finder.list.notes.row(row).id)
    wanted = finder.list.current_id()

    def is_read() -> bool:
        reading = window.notes.reader.reading
        return reading is not None and reading.view.id == wanted

    qtbot.waitUntil(is_read)


def said(window: MainWindow) -> str:
    places = window.notes.reader.findChildren(NoticePlace)
    return " ".join(place.words() for place in places).strip()


def copied(qtbot: QtBot, holds: str) -> str:
    qtbot.waitUntil(lambda: holds in QApplication.clipboard().text())
    return QApplication.clipboard().text()


def commands(window: MainWindow) -> Commands:
    found = window.findChild(Commands)
    assert found is not None
    return found


def test_a_note_is_copied_without_people(opened: Opened, qtbot: QtBot) -> None:
    window = opened(a_days_notes)
    chosen(window, qtbot, row=1)
    commands(window).notes.copy_as_text()
    text = copied(qtbot, "Too dear")
    assert "What we said: It is not" in text
    assert "People: CFO" in text
    assert "Una" not in text
    assert "1 note, " in said(window)
    assert "details of people" in said(window)


def test_what_only_i_may_see_is_copied_after_a_second_yes(opened: Opened, qtbot: QtBot) -> None:
    window = opened(a_days_notes)
    chosen(window, qtbot, row=2)
    commands(window).notes.copy_as_text()
    qtbot.waitUntil(lambda: "Nothing was copied" in said(window))
    assert QApplication.clipboard().text() == ""
    for place in window.notes.reader.findChildren(NoticePlace):
        place.acted.emit()
    copied(qtbot, "Mine alone")
    assert "only you may see" in said(window)


def test_the_whole_meeting_is_copied_with_its_account_once_above(
    opened: Opened, qtbot: QtBot
) -> None:
    window = opened(a_days_notes)
    chosen(window, qtbot)
    commands(window).notes.copy_meeting()
    text = copied(qtbot, "Too dear")
    assert text.startswith("Meeting · Norden · 2026-03-02\n")
    assert text.index("Too dear") < text.index("They liked it")
    assert "2 notes" in said(window)


def test_several_chosen_notes_are_copied_together(opened: Opened, qtbot: QtBot) -> None:
    window = opened(a_days_notes)
    chosen(window, qtbot)
    window.notes.finder.list.selectAll()
    commands(window).notes.copy_as_text()
    copied(qtbot, "They liked it")
    assert "2 notes" in said(window)
    assert "1 note" in said(window)


def test_what_is_being_written_is_copied_with_its_meeting(opened: Opened, qtbot: QtBot) -> None:
    window = opened(a_days_notes)
    commands(window).writing.new_note()
    capture = commands(window).writing.capture()
    capture.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is capture)
    capture.form.text.setFocus()
    qtbot.keyClicks(capture.form.text, "They want it in May")
    qtbot.keyClick(
        capture.form.text,
        Qt.Key.Key_C,
        Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier,
    )
    copied(qtbot, "They want it in May")
    assert "1 note" in capture.notice.words()


def test_every_answer_of_a_kind_is_in_the_text() -> None:
    note = Note(
        kind=Kind.COMPETITOR.value,
        text="They called",
        did="price",
        did_what="a year for nothing",
        competitors=("Kolvik",),
        quotes=(Quote(id="q", text="A year free", role="CFO"),),
        tags=("pricing",),
    )
    text = note_text(note, Moment(WHEN.ms), "Wren Tolliver")
    assert "What they did: On price: a year for nothing" in text
    assert "“A year free” (CFO)" in text
    assert "Competitors: Kolvik" in text
    pitch = note_text(a_note("pitch", replies=3, tries=20), Moment(WHEN.ms), "Wren Tolliver")
    assert "Replies: 3 of 20 tries" in pitch


def test_nothing_is_no_text() -> None:
    assert all_as_text([]) == ""
