"""Names and tags: lists to narrow, a page for each name, and what is said about names."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from fieldnotes.desktop import theme
from fieldnotes.desktop.names.names_page import NamesPage
from fieldnotes.desktop.runner import Runner
from fieldnotes.desktop.undoing import Undoing
from fieldnotes.operations.names import NamePage
from fieldnotes.operations.notebook import Notebook
from fieldnotes.operations.search import names_used
from tests.builders import at, logged
from tests.desktop.libraries import SELLER, running, show, write


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication) -> None:
    theme.apply(qapp, "light")


@pytest.fixture
def runner(tmp_path: Path) -> Iterator[Runner]:
    with running(write(tmp_path, SELLER, competitors)) as made:
        yield made


def competitors(notebook: Notebook) -> None:
    for month in (1, 1, 2):
        when = at(f"2026-0{month}-10")
        logged(notebook, kind="objection", competitors=("Quellmann",), happened=when)
    logged(notebook, kind="win", competitors=("Quellmann GmbH",), happened=at("2026-03-10"))
    logged(notebook, competitors=("Opsillary",), account="Norden")
    logged(notebook, competitors=("Opsilary",))


@pytest.fixture
def page(qtbot: QtBot, runner: Runner) -> NamesPage:
    made = NamesPage(runner)
    made.resize(1100, 700)
    show(qtbot, made)
    made.show_name("competitor", "Quellmann")
    wait_for(qtbot, made, "Quellmann")
    qtbot.waitUntil(lambda: bool(made.look_alikes.pairs()))
    return made


def wait_for(qtbot: QtBot, page: NamesPage, name: str, notes: int | None = None) -> NamePage:
    def is_shown() -> bool:
        told = page.name.page()
        return told is not None and told.name == name and notes in (None, told.notes)

    qtbot.waitUntil(is_shown)
    told = page.name.page()
    assert told is not None
    return told


def listed(page: NamesPage) -> dict[str, int]:
    names = page.names.names
    return {names.at(row).name: names.at(row).notes for row in range(names.rowCount())}


def used(qtbot: QtBot, runner: Runner) -> dict[str, int]:
    answers: list[dict[str, int]] = []
    runner.ask("test", lambda book: dict(names_used(book, "competitor")), answers.append)
    qtbot.waitUntil(lambda: bool(answers))
    return answers[0]


def press(qtbot: QtBot, page: NamesPage, given: str) -> None:
    page.name.asked.field.clear()
    qtbot.keyClicks(page.name.asked.field, given)
    qtbot.keyClick(page.name.asked.field, Qt.Key.Key_Return)


def test_every_name_stands_there_with_its_count(page: NamesPage) -> None:
    assert listed(page) == {"Quellmann": 3, "Opsilary": 1, "Opsillary": 1, "Quellmann GmbH": 1}


def test_typing_narrows_the_list(qtbot: QtBot, page: NamesPage) -> None:
    qtbot.keyClicks(page.names.field, "mann")
    assert set(listed(page)) == {"Quellmann", "Quellmann GmbH"}
    qtbot.keyClick(page.names.field, Qt.Key.Key_Return)
    wait_for(qtbot, page, "Quellmann")


def test_another_family_has_names_of_its_own(qtbot: QtBot, page: NamesPage) -> None:
    account = page.names.families.pills()[0]
    qtbot.mouseClick(account, Qt.MouseButton.LeftButton)
    wait_for(qtbot, page, "Norden")
    assert listed(page) == {"Norden": 1}
    qtbot.mouseClick(account, Qt.MouseButton.LeftButton)
    assert page.names.families.value() == "account"


def test_a_page_tells_kinds_months_and_newest_notes(qtbot: QtBot, page: NamesPage) -> None:
    told = wait_for(qtbot, page, "Quellmann")
    assert told.kinds == (("objection", 3),)
    assert [(month.first.month, month.notes) for month in told.months] == [(1, 2), (2, 1)]
    assert len(told.newest) == 3


def test_a_name_is_renamed_from_the_keyboard(qtbot: QtBot, page: NamesPage, runner: Runner) -> None:
    qtbot.keyClick(page.names.view, Qt.Key.Key_F2)
    assert page.name.asked.field.text() == "Quellmann"
    press(qtbot, page, "Quellmann Werke")
    wait_for(qtbot, page, "Quellmann Werke", notes=3)
    assert page.names.current() == "Quellmann Werke"
    assert used(qtbot, runner)["Quellmann Werke"] == 3


def test_a_name_that_is_taken_says_what_to_do(qtbot: QtBot, page: NamesPage) -> None:
    page.name.ask_rename()
    press(qtbot, page, "opsillary")
    qtbot.waitUntil(lambda: "Merge the two" in page.notice.words())


def test_a_merge_counts_at_once_and_is_undone_by_one_key(
    qtbot: QtBot, page: NamesPage, runner: Runner
) -> None:
    undoing = Undoing(runner, page)
    page.undo_wanted.connect(undoing.undo)
    before = listed(page)
    page.name.ask_merge()
    press(qtbot, page, "Opsillary")
    told = wait_for(qtbot, page, "Opsillary", notes=4)
    assert [each.name for each in told.also] == ["Quellmann"]
    qtbot.waitUntil(lambda: "Quellmann means Opsillary now" in page.notice.words())
    page.notice.acted.emit()
    qtbot.waitUntil(lambda: listed(page) == before)


def test_another_name_is_added_and_taken_away(qtbot: QtBot, page: NamesPage) -> None:
    page.name.ask_also()
    press(qtbot, page, "The Q")
    qtbot.waitUntil(lambda: [c.text() for c in page.name.also_chips.chips()] == ["The Q"])
    [chip] = page.name.also_chips.chips()
    chip.setFocus()
    qtbot.keyClick(chip, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: page.name.also_chips.chips() == [])


def test_escape_closes_the_field_and_nothing_is_said(qtbot: QtBot, page: NamesPage) -> None:
    page.name.ask_rename()
    qtbot.keyClick(page.name.asked.field, Qt.Key.Key_Escape)
    assert page.name.asked.isHidden()
    assert listed(page)["Quellmann"] == 3


def test_one_key_merges_what_looks_alike(qtbot: QtBot, page: NamesPage, runner: Runner) -> None:
    pairs = [(pair.name, pair.into) for pair in page.look_alikes.pairs()]
    assert pairs == [("Quellmann GmbH", "Quellmann"), ("Opsillary", "Opsilary")]
    page.look_alikes.merge.setFocus()
    qtbot.keyClick(page.look_alikes.merge, Qt.Key.Key_M)
    wait_for(qtbot, page, "Quellmann", notes=4)
    assert len(page.look_alikes.pairs()) == 1
    assert used(qtbot, runner)["Quellmann"] == 4


def test_what_is_not_the_same_is_remembered(qtbot: QtBot, page: NamesPage) -> None:
    qtbot.keyClick(page.look_alikes, Qt.Key.Key_N)
    qtbot.waitUntil(lambda: "not the same" in page.notice.words())
    page.show_name("competitor", "Opsillary")
    wait_for(qtbot, page, "Opsillary")
    qtbot.waitUntil(lambda: [pair.name for pair in page.look_alikes.pairs()] == ["Opsillary"])


def test_a_line_leads_to_its_notes(qtbot: QtBot, page: NamesPage) -> None:
    with qtbot.waitSignal(page.query_chosen) as heard:
        page.name.all_notes.click()
    assert heard.args == ["competitor:Quellmann"]
