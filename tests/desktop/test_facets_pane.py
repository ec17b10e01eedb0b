"""Counts beside the list: shown, clicked, left out, taken back, and remembered."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from fieldnotes import settings
from fieldnotes.desktop.main_window import MainWindow
from fieldnotes.desktop.notes.facets_pane import FacetsPane
from fieldnotes.desktop.widgets.facet_list import FacetRow
from fieldnotes.operations.notebook import Notebook
from tests.builders import at, logged
from tests.desktop.conftest import Opened, Starter
from tests.desktop.libraries import SELLER, write


def some_notes(notebook: Notebook) -> None:
    for number in range(4):
        day = at(f"2026-0{1 + number % 2}-10")
        tags = ["pricing", "demo"][: number % 3]
        logged(notebook, kind="win", account="Halden Foods", tags=tags, happened=day)
    logged(notebook, kind="objection", account="Kolvik", text="Nothing", happened=at("2026-01-10"))


def shown(window: MainWindow) -> FacetsPane:
    QTest.keyClick(
        window,
        Qt.Key.Key_E,
        Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier,
    )
    return window.notes.facets


def counts(pane: FacetsPane, family: str) -> list[tuple[str, int, str]]:
    rows = [row for row in pane.list.facets.rows() if isinstance(row, FacetRow)]
    return [(row.label, row.count, row.state) for row in rows if row.family == family]


def click(qtbot: QtBot, pane: FacetsPane, label: str, *, out: bool = False) -> None:
    rows = pane.list.facets.rows()
    labels = [row.label if isinstance(row, FacetRow) else "" for row in rows]
    at_row = labels.index(label)
    place = pane.list.visualRect(pane.list.facets.index(at_row)).center()
    keys = Qt.KeyboardModifier.ControlModifier if out else Qt.KeyboardModifier.NoModifier
    qtbot.mouseClick(pane.list.viewport(), Qt.MouseButton.LeftButton, keys, place)


def test_counts_of_all_notes_stand_beside_the_list(opened: Opened, qtbot: QtBot) -> None:
    pane = shown(opened(some_notes))
    assert pane.isVisible()
    qtbot.waitUntil(lambda: counts(pane, "kind") == [("Wins", 4, ""), ("Objections", 1, "")])
    assert counts(pane, "account") == [("Halden Foods", 4, ""), ("Kolvik", 1, "")]
    assert counts(pane, "tag") == [("pricing", 2, ""), ("demo", 1, "")]
    assert counts(pane, "month") == [("2026-02", 2, ""), ("2026-01", 3, "")]


def test_a_click_narrows_the_search_and_another_takes_it_back(opened: Opened, qtbot: QtBot) -> None:
    window = opened(some_notes)
    pane = shown(window)
    qtbot.waitUntil(lambda: bool(counts(pane, "kind")))
    click(qtbot, pane, "Kolvik")
    assert window.notes.finder.query() == "account:Kolvik"
    qtbot.waitUntil(lambda: counts(pane, "account") == [("Kolvik", 1, "chosen")])
    click(qtbot, pane, "Kolvik")
    assert window.notes.finder.query() == ""
    qtbot.waitUntil(lambda: len(counts(pane, "account")) == 2)


def test_ctrl_and_a_click_leave_it_out(opened: Opened, qtbot: QtBot) -> None:
    window = opened(some_notes)
    pane = shown(window)
    qtbot.waitUntil(lambda: bool(counts(pane, "kind")))
    click(qtbot, pane, "Halden Foods", out=True)
    assert window.notes.finder.query() == '-account:"Halden Foods"'
    qtbot.waitUntil(
        lambda: counts(pane, "account") == [("Halden Foods", 0, "out"), ("Kolvik", 1, "")]
    )
    click(qtbot, pane, "Halden Foods")
    assert window.notes.finder.query() == ""


def test_a_month_is_a_click_away(opened: Opened, qtbot: QtBot) -> None:
    window = opened(some_notes)
    pane = shown(window)
    qtbot.waitUntil(lambda: bool(counts(pane, "month")))
    click(qtbot, pane, "2026-02")
    assert window.notes.finder.query() == "on:2026-02"
    qtbot.waitUntil(lambda: counts(pane, "month") == [("2026-02", 2, "chosen")])


def test_counts_follow_what_is_typed_and_written(opened: Opened, qtbot: QtBot) -> None:
    window = opened(some_notes)
    pane = shown(window)
    window.notes.finder.bar.box.field.setFocus()
    qtbot.keyClicks(window.notes.finder.bar.box.field, "nothing")
    qtbot.waitUntil(lambda: counts(pane, "kind") == [("Objections", 1, "")])


def test_the_keyboard_goes_through_the_counts(opened: Opened, qtbot: QtBot) -> None:
    window = opened(some_notes)
    pane = shown(window)
    qtbot.waitUntil(lambda: bool(counts(pane, "kind")))
    pane.list.setFocus()
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Return):
        qtbot.keyClick(pane.list, key)
    assert window.notes.finder.query() == "kind:objection"


def test_whether_they_are_shown_is_remembered(start: Starter, tmp_path: Path) -> None:
    program = start(write(tmp_path, SELLER, some_notes))
    assert program.window is not None
    shown(program.window)
    program.close()
    assert settings.read_settings().facets
    again = start(tmp_path / "wren-tolliver")
    assert again.window is not None
    assert again.window.notes.facets.isVisible()
