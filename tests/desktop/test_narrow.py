"""At 1000 × 700 nothing stands out of its page on the right."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from fieldnotes.desktop import theme
from fieldnotes.desktop.notes.versions_panel import VersionsPanel
from fieldnotes.desktop.widgets.chips import Chip
from fieldnotes.desktop.widgets.empty_state import EmptyState
from fieldnotes.desktop.widgets.panel import FieldGrid
from fieldnotes.desktop.widgets.person_badge import PersonBadge
from fieldnotes.domain.notes import Consent
from tests.builders import logged
from tests.desktop.conftest import Opened, Starter
from tests.desktop.libraries import show
from tests.desktop.test_notes_page import edited_on_two_laptops, read

LONG = "Annemarie Schleiermacher-Großkopfenstein von und zu Hohenlohe-Langenburg"


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication) -> None:
    theme.apply(qapp, "light")


def stands_out(area: QScrollArea) -> list[QWidget]:
    """What is seen and reaches beyond the right edge."""
    QApplication.processEvents()
    edge = area.viewport().width()
    return [
        part
        for part in area.widget().findChildren(QWidget)
        if part.isVisible() and part.mapTo(area.viewport(), part.rect().topRight()).x() >= edge
    ]


def test_two_versions_stand_below_each_other(start: Starter, tmp_path: Path, qtbot: QtBot) -> None:
    window = start(edited_on_two_laptops(tmp_path)).window
    assert window is not None
    window.resize(1000, 700)
    read(window, qtbot)
    reader = window.notes.reader
    panel = reader.findChild(VersionsPanel)
    assert panel is not None
    qtbot.waitUntil(lambda: not stands_out(reader))
    window.resize(1500, 900)
    qtbot.waitUntil(lambda: panel.height() <= panel.heightForWidth(panel.width()) < 130)
    window.resize(1000, 700)
    reader.ask_removal()
    qtbot.waitUntil(lambda: not stands_out(reader))


@pytest.mark.parametrize("see", ["company", "anyone"])
def test_a_win_that_may_not_be_told_fits(opened: Opened, qtbot: QtBot, see: str) -> None:
    window = opened(lambda book: logged(book, see=see, kind="win", text="They signed."))
    window.resize(1000, 700)
    sheet = read(window, qtbot)
    qtbot.waitUntil(lambda: not stands_out(window.notes.reader))
    chips = sheet.findChildren(Chip)
    assert "ask the customer before use" in [chip.text() for chip in chips]
    qtbot.waitUntil(lambda: all(chip.width() >= chip.sizeHint().width() for chip in chips))


def test_a_consent_with_many_words_fits(opened: Opened, qtbot: QtBot) -> None:
    ended = Consent(who="Petra K., CFO", until="2026-03-20", named=True, channels=("web",))
    window = opened(lambda book: logged(book, kind="win", text="They signed.", consent=ended))
    window.resize(1000, 700)
    read(window, qtbot)
    qtbot.waitUntil(lambda: not stands_out(window.notes.reader))


def test_an_empty_page_wraps_its_sentence(qtbot: QtBot) -> None:
    empty = EmptyState("note", "No note chosen", "Choose a note in the list to read it here.")
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setWidget(empty)
    area.resize(280, 400)
    show(qtbot, area)
    assert stands_out(area) == []
    for label in empty.findChildren(QLabel):
        assert label.height() >= label.heightForWidth(label.width())


@pytest.mark.parametrize("name", [LONG, "Donaudampfschifffahrtselektrizitätenhauptbetriebswerk"])
def test_a_long_name_wraps_beside_its_chip(qtbot: QtBot, name: str) -> None:
    badge = PersonBadge(name, "area reject render", "Known sender", "green")
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setWidget(badge)
    area.resize(420, 200)
    show(qtbot, area)
    assert stands_out(area) == []
    chip = badge.findChild(Chip)
    assert chip is not None
    assert chip.width() >= chip.sizeHint().width()
    for label in badge.findChildren(QLabel):
        assert label.height() >= label.heightForWidth(label.width())


def test_a_value_goes_below_its_label_and_back(qtbot: QtBot) -> None:
    grid = FieldGrid(least=300)
    value = grid.add("May we tell it?", Chip("ask the customer before use"))
    show(qtbot, grid)
    for width, beside in ((400, True), (250, False), (400, True)):
        grid.resize(width, 100)
        QApplication.processEvents()
        assert (value.x() > 100) is beside
