"""What came in: every line counts what it says, and opens exactly the notes it counted."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from fieldnotes.desktop import theme
from fieldnotes.desktop.inbox.what_came_in import WhatCameInPage
from fieldnotes.desktop.runner import Runner
from fieldnotes.desktop.widgets.line_list import LineList
from fieldnotes.domain.notes import Consent
from fieldnotes.operations.arrivals import SHOWN, CameIn, what_came_in
from fieldnotes.operations.notebook import Notebook
from fieldnotes.store.records import Records
from tests.builders import a_notebook, counted, got, logged
from tests.desktop.libraries import MARKETER, SELLER, a_file, running, show, write


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication) -> None:
    theme.apply(qapp, "light")


@pytest.fixture
def library(tmp_path: Path) -> Path:
    first = a_file(tmp_path, SELLER, wren, "wren.fieldnotes")
    second = a_file(tmp_path, "Una Brandt", una, "una.fieldnotes")
    third = a_file(tmp_path, "Piet Halloway", piet, "piet.fieldnotes")

    def read(notebook: Notebook) -> None:
        logged(notebook, kind="competitor", competitors=("Kolvik",), text="Our own, from before")
        got(notebook, first)
        got(notebook, second, third)

    return write(tmp_path, MARKETER, read)


@pytest.fixture
def runner(library: Path) -> Iterator[Runner]:
    with running(library) as made:
        yield made


def wren(notebook: Notebook) -> None:
    logged(notebook, kind="competitor", competitors=("Kolvik",), text="Year one is free")


def una(notebook: Notebook) -> None:
    logged(notebook, kind="competitor", competitors=("Kolvik", "Veridian"), text="New people")
    logged(notebook, kind="competitor", competitors=("KOLVIK",), text="Free again")
    logged(notebook, kind="objection", concern="price", worked="yes", text="Too expensive")
    logged(notebook, kind="objection", concern="price", worked="no", text="Far too expensive")
    logged(notebook, kind="objection", concern="price", text="The price of it")
    logged(notebook, kind="objection", text="They frowned at the price")


def piet(notebook: Notebook) -> None:
    asked = Consent(who="Plant manager", named=True)
    logged(notebook, kind="win", text="Live in nine days", why_us="Running before lunch")
    logged(notebook, kind="win", text="Renewed", consent=asked)


def opened(qtbot: QtBot, runner: Runner) -> WhatCameInPage:
    page = WhatCameInPage(runner)
    page.resize(1100, 700)
    show(qtbot, page)
    qtbot.waitUntil(lambda: page.came_in() is not None)
    return page


def told(shown: LineList) -> list[tuple[str, int | None]]:
    return [(button.line.words, button.line.count) for button in shown.buttons()]


def last(tmp_path: Path) -> tuple[CameIn, dict[str, int]]:
    notebook = a_notebook(tmp_path, MARKETER)
    try:
        came = what_came_in(notebook)
        asked = [*came.competitors, *came.concerns, *came.senders, *came.kinds]
        return came, {each.query: counted(notebook, each.query) for each in asked}
    finally:
        notebook.close()


def test_no_heading_and_no_link_is_there_before_what_it_is_for(
    qtbot: QtBot, runner: Runner
) -> None:
    page = WhatCameInPage(runner)
    show(qtbot, page)
    assert page.came_in() is None
    assert not page.undo.isVisible()
    assert not page.wins.isVisible()
    qtbot.waitUntil(lambda: page.came_in() is not None)
    assert page.undo.isVisible()


def test_the_last_files_are_shown_first(qtbot: QtBot, runner: Runner) -> None:
    page = opened(qtbot, runner)
    came = page.came_in()
    assert came is not None
    assert came.here is not None
    assert (came.notes, came.here.files) == (8, 2)
    assert page.all_notes.text() == "Show all 8 notes"


def test_competitors_are_counted_whatever_their_spelling(qtbot: QtBot, runner: Runner) -> None:
    assert told(opened(qtbot, runner).competitors) == [("Kolvik", 2), ("Veridian", 1)]


def test_objections_tell_how_the_answers_worked(qtbot: QtBot, runner: Runner) -> None:
    page = opened(qtbot, runner)
    assert told(page.concerns) == [("Price", 3), ("No concern given", 1)]
    line = page.concerns.buttons()[0].line
    assert line.detail == "worked 1  ·  did not work 1  ·  not said 1"


def test_wins_tell_what_may_be_done_with_them(qtbot: QtBot, runner: Runner) -> None:
    page = opened(qtbot, runner)
    details = [button.line.details[-1] for button in page.wins.buttons()]
    assert details == ["May be told by name", "Ask the customer before use"]


def test_every_line_opens_exactly_the_notes_it_counted(tmp_path: Path, library: Path) -> None:
    came, found = last(tmp_path)
    lines = [*came.competitors, *came.concerns, *came.senders, *came.kinds]
    assert {each.query: each.notes for each in lines} == found


def test_no_note_is_read_but_the_newest_wins(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def many(notebook: Notebook) -> None:
        for number in range(SHOWN + 3):
            logged(notebook, kind="win", title=f"Win {number}")
            logged(notebook, kind="competitor", competitors=("Kolvik",), text="Year one is free")

    path = a_file(tmp_path, SELLER, many, "many.fieldnotes")
    notebook = a_notebook(tmp_path, MARKETER)
    got(notebook, path)
    read: list[int] = []
    views = Records.views
    monkeypatch.setattr(Records, "views", lambda self, at: read.extend(at) or views(self, at))
    came = what_came_in(notebook)
    notebook.close()
    assert len(read) == len(came.wins) == SHOWN
    assert came.wins[0].heading == f"Win {SHOWN + 2}"
    assert (came.more_wins, came.competitors[0].notes) == (3, SHOWN + 3)


def test_a_line_asks_for_its_notes(qtbot: QtBot, runner: Runner) -> None:
    page = opened(qtbot, runner)
    came = page.came_in()
    assert came is not None
    with qtbot.waitSignal(page.query_chosen) as heard:
        page.competitors.buttons()[1].click()
    assert heard.args == [f"{came.query} competitor:Veridian"]


def test_a_win_opens_its_note(qtbot: QtBot, runner: Runner) -> None:
    page = opened(qtbot, runner)
    came = page.came_in()
    assert came is not None
    with qtbot.waitSignal(page.note_chosen) as heard:
        page.wins.buttons()[0].click()
    assert heard.args == [came.wins[0].id]


def test_files_read_in_before_can_be_looked_at_again(qtbot: QtBot, runner: Runner) -> None:
    page = opened(qtbot, runner)
    came = page.came_in()
    assert came is not None
    assert [batch.came for batch in came.batches] == [8, 1]
    page.batches.chosen.emit(came.batches[1].batch)
    qtbot.waitUntil(lambda: page.all_notes.text() == "Show the note")
    assert page.batches.current() == came.batches[1].batch


def test_lines_are_walked_and_opened_with_the_keyboard(qtbot: QtBot, runner: Runner) -> None:
    page = opened(qtbot, runner)
    first, second = page.competitors.buttons()
    qtbot.waitUntil(first.isVisible)
    first.setFocus()
    qtbot.keyClick(first, Qt.Key.Key_Down)
    assert page.focusWidget() is second
    with qtbot.waitSignal(page.query_chosen):
        qtbot.keyClick(second, Qt.Key.Key_Return)


def test_lines_are_read_out_with_their_counts(qtbot: QtBot, runner: Runner) -> None:
    page = opened(qtbot, runner)
    assert page.competitors.buttons()[0].accessibleName() == "Kolvik, 2"


def test_an_empty_page_says_what_would_be_here(qtbot: QtBot, tmp_path: Path) -> None:
    folder = write(tmp_path, MARKETER, lambda notebook: None)
    with running(folder) as runner:
        page = opened(qtbot, runner)
        assert page.states.currentWidget() is page.states.empty
        assert page.states.empty.accessibleName() == "Nothing came in yet"
