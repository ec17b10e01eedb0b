"""A note from a laptop whose clock was wrong says so where its date stands."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from fieldnotes.desktop.notes.reading import read_note
from fieldnotes.desktop.notes.sheet import Sheet
from tests.builders import Opener, TickingClock, an_exchange, at, logged


@pytest.mark.parametrize(
    ("day", "doubtful"), [("1970-01-02", True), ("2026-03-02", False), ("2061-07-28", True)]
)
def test_a_date_decades_off_is_doubted(
    qtbot: QtBot, notebooks: Opener, tmp_path: Path, day: str, doubtful: bool
) -> None:
    mara, ines = notebooks("Mara Keel"), notebooks("Ines Vogt")
    mara.clock = TickingClock(at(day))
    note = logged(mara, text="They pay for nights.")
    an_exchange(mara, ines)
    sheet = Sheet(read_note(ines, note))
    qtbot.addWidget(sheet)
    origin = sheet.findChildren(QLabel)
    assert any("date doubtful" in each.text() for each in origin) is doubtful
