"""Meetings of the calendar: asked about once they are over, written about with one key."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from fieldnotes.desktop import contents
from fieldnotes.desktop.calendars.meetings_page import MeetingsPage
from fieldnotes.desktop.commands import Commands
from fieldnotes.desktop.program import Program
from fieldnotes.domain.notes import Note
from fieldnotes.domain.query import EVERYTHING
from fieldnotes.operations.calendars import read_watched
from fieldnotes.operations.notebook import Notebook, open_notebook
from fieldnotes.operations.search import find_notes
from tests.builders import logged
from tests.desktop.libraries import SELLER, write

KEY, CTRL = Qt.Key, Qt.KeyboardModifier.ControlModifier
# today is Saturday 2026-03-21, 18:00 in Berlin
CALENDAR = """BEGIN:VCALENDAR
BEGIN:VEVENT
UID:prices
DTSTART:20260321T120000Z
DTEND:20260321T130000Z
SUMMARY:Prices
ATTENDEE;CN=Petra K.:mailto:petra@halden-foods.example
ATTENDEE;CN=Wren Tolliver:mailto:wren@ours.example
END:VEVENT
BEGIN:VEVENT
UID:standup
DTSTART:20250106T080000Z
DTEND:20250106T083000Z
RRULE:FREQ=DAILY
SUMMARY:Nordlund Glas weekly
END:VEVENT
END:VCALENDAR
"""
Shown = Callable[[], Program]


@pytest.fixture
def program(start: Callable[..., Program], tmp_path: Path) -> Program:
    def names(notebook: Notebook) -> None:
        logged(notebook, account="Halden Foods")
        logged(notebook, account="Nordlund Glas")

    return start(write(tmp_path, SELLER, names))


@pytest.fixture
def calendar(tmp_path: Path) -> Path:
    file = tmp_path / "work.ics"
    file.write_text(CALENDAR)
    return file


def commands(program: Program) -> Commands:
    assert program._commands is not None
    return program._commands


def dropped(program: Program, calendar: Path, qtbot: QtBot) -> Commands:
    """The commands of a program on which a calendar was dropped, once it is read."""
    told = commands(program)
    assert program.window is not None
    with qtbot.waitSignal(told.writing.meetings().watch.changed, timeout=10_000):
        program.window.files_dropped.emit([calendar])
    qtbot.waitUntil(lambda: bool(told.writing.meetings().watch.met.encounters))
    return told


def notes(program: Program) -> list[Note]:
    notebook = open_notebook(program._own)
    try:
        return [view.note for view in find_notes(notebook, EVERYTHING).notes]
    finally:
        notebook.close()


def test_a_dropped_calendar_asks_about_the_meeting_that_just_ended(
    program: Program, calendar: Path, qtbot: QtBot
) -> None:
    strip = dropped(program, calendar, qtbot).writing.meetings().strip
    assert strip.isVisible()
    assert strip.words() == "You just met Petra K., Halden Foods, today 13:00"


def test_one_key_begins_the_debrief_and_the_note_knows_its_meeting(
    program: Program, calendar: Path, qtbot: QtBot
) -> None:
    told = dropped(program, calendar, qtbot)
    assert told.possible()["debrief"]
    told.writing.debrief()
    window = told.writing.capture()
    qtbot.waitUntil(window.isActiveWindow)
    assert "Halden Foods" in window.form.meeting.words()
    assert "with Petra K." in window.form.meeting.words()
    qtbot.keyClicks(window.form.text, "They wait for a price.")
    with qtbot.waitSignal(window.saved):
        qtbot.keyClick(window.form.text, KEY.Key_Return, CTRL)
    saved = notes(program)[0]
    assert saved.meeting is not None
    assert (saved.account, saved.meeting.event, saved.meeting.day) == (
        "Halden Foods",
        "prices",
        "2026-03-21",
    )
    assert saved.happened is not None
    assert f"{saved.happened.local():%H:%M}" == "13:00"
    strip = told.writing.meetings().strip
    qtbot.waitUntil(lambda: "Nordlund Glas" in strip.words())
    told.writing.debrief()
    meeting = told.writing.capture().form.draft().draft.note.meeting
    assert meeting is not None
    assert meeting.recurrence == "2026-03-21T08:00:00Z"


def test_who_has_nothing_to_write_is_not_asked_again(
    program: Program, calendar: Path, qtbot: QtBot
) -> None:
    told = dropped(program, calendar, qtbot)
    told.writing.meetings().strip.refuse.click()
    qtbot.waitUntil(lambda: "Nordlund Glas" in told.writing.meetings().strip.words())
    told.writing.meetings().strip.refuse.click()
    qtbot.waitUntil(lambda: "yesterday" in told.writing.meetings().strip.words())
    told.writing.meetings().strip.refuse.click()
    qtbot.waitUntil(lambda: told.writing.meetings().strip.isHidden())
    assert not told.possible()["debrief"]


def test_the_window_to_write_in_asks_until_something_is_written(
    program: Program, calendar: Path, qtbot: QtBot
) -> None:
    told = dropped(program, calendar, qtbot)
    told.writing.new_note()
    window = told.writing.capture()
    qtbot.waitUntil(window.just_met.isVisible)
    qtbot.keyClick(window.form.text, KEY.Key_M, CTRL)
    assert window.just_met.isHidden()
    assert "Halden Foods" in window.form.meeting.words()
    window.put_away()
    told.writing.new_note()
    qtbot.waitUntil(window.just_met.isVisible)
    qtbot.keyClicks(window.form.text, "x")
    qtbot.waitUntil(window.just_met.isHidden)


def test_a_calendar_that_is_watched_is_looked_into_when_it_changes(
    program: Program, calendar: Path, qtbot: QtBot
) -> None:
    told = dropped(program, calendar, qtbot)
    assert program.window is not None
    qtbot.waitUntil(lambda: "was read" in program.window.notice.words())  # type: ignore[union-attr]
    program.window.notice.acted.emit()
    watch = told.writing.meetings().watch
    qtbot.waitUntil(lambda: watch.met.files == (str(calendar),))
    fresh = calendar.with_name("fresh")
    fresh.write_text(CALENDAR.replace("Petra K.", "Tom R."))
    fresh.replace(calendar)
    qtbot.waitUntil(lambda: "Tom R." in told.writing.meetings().strip.words(), timeout=10_000)


def test_a_watched_calendar_is_read_by_the_next_program(
    program: Program, calendar: Path, qtbot: QtBot
) -> None:
    told = commands(program)
    told.writing.meetings().watch.watch(calendar)
    qtbot.waitUntil(lambda: told.writing.meetings().strip.isVisible(), timeout=10_000)
    notebook = open_notebook(program._own)
    assert read_watched(notebook).files == (str(calendar),)
    notebook.close()


def test_a_file_that_is_no_calendar_is_told_and_not_watched(
    program: Program, tmp_path: Path, qtbot: QtBot
) -> None:
    wrong = tmp_path / "wrong.ics"
    wrong.write_text("Dear all")
    assert program.window is not None
    program.window.files_dropped.emit([wrong])
    window = program.window
    qtbot.waitUntil(lambda: "is not a calendar file" in window.notice.words(), timeout=10_000)


def test_the_page_lists_the_meetings_and_enter_begins_a_debrief(
    program: Program, calendar: Path, qtbot: QtBot
) -> None:
    told = commands(program)
    told.writing.meetings().watch.watch(calendar)
    qtbot.waitUntil(lambda: told.writing.meetings().strip.isVisible(), timeout=10_000)
    told.pages.go_to(contents.MEETINGS)
    assert program.window is not None
    page = program.window.page
    assert isinstance(page, MeetingsPage)
    QApplication.processEvents()
    lines = [button.line for button in page.lines.buttons()]
    assert [(each.lead, each.words) for each in lines] == [
        ("13:00", "Prices"),
        ("09:00", "Nordlund Glas weekly"),
        ("09:00", "Nordlund Glas weekly"),
    ]
    assert [each.heading for each in lines] == ["Today", "", "Yesterday"]
    page.lines.buttons()[1].setFocus()
    qtbot.keyClick(page.lines, KEY.Key_Return)
    assert "Nordlund Glas" in told.writing.capture().form.meeting.words()
