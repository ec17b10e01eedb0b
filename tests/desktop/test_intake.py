"""Taking over files of other programs: shown first, written after a yes."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from fieldnotes.desktop import theme
from fieldnotes.desktop.intake import taking_over_words as say
from fieldnotes.desktop.intake.taking_over_dialog import TakingOverDialog
from fieldnotes.desktop.runner import Runner
from fieldnotes.operations.intake import TakenOver
from fieldnotes.operations.notebook import Notebook
from tests.builders import exported, logged
from tests.desktop.libraries import SELLER, running, show, write

SHEET = "title,text,kind,account,tags,date\nOne,Heard it,objection,Norden,a;b,2026-03-31\n,,,,,\n"


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication) -> None:
    theme.apply(qapp, "light")


@pytest.fixture
def runner(tmp_path: Path) -> Iterator[Runner]:
    def begin(notebook: Notebook) -> None:
        logged(notebook, title="Here already", text="Before", account="Norden")
        exported(notebook, tmp_path / "ours.xlsx", "xlsx")

    with running(write(tmp_path, SELLER, begin)) as made:
        yield made


def opened(qtbot: QtBot, runner: Runner, path: Path) -> TakingOverDialog:
    dialog = TakingOverDialog(runner, path)
    show(qtbot, dialog)
    qtbot.waitUntil(lambda: not dialog.is_busy())
    return dialog


def cells(dialog: TakingOverDialog) -> list[list[str]]:
    rows = dialog.table.rows
    return [
        [str(rows.data(rows.index(row, column)) or "") for column in range(rows.columnCount())]
        for row in range(rows.rowCount())
    ]


def test_what_is_new_is_listed_before_it_is_written(
    qtbot: QtBot, runner: Runner, tmp_path: Path
) -> None:
    (tmp_path / "n.csv").write_text(SHEET)
    dialog = opened(qtbot, runner, tmp_path / "n.csv")
    assert cells(dialog)[-1] == ["One", "Norden", "2026-03-31", "#a, #b"]
    assert dialog.foot_words.text() == "1 new note."
    with qtbot.waitSignal(dialog.taken) as taken:
        dialog.go.click()
    assert taken.args == [TakenOver(1, 0, [])]
    qtbot.waitUntil(lambda: not dialog.isVisible())


def test_what_is_here_already_cannot_be_taken_over_again(
    qtbot: QtBot, runner: Runner, tmp_path: Path
) -> None:
    dialog = opened(qtbot, runner, tmp_path / "ours.xlsx")
    assert dialog.foot_words.text() == "0 new notes, 1 here already."
    assert not dialog.go.isEnabled()


def test_rows_that_are_skipped_stand_on_top_with_their_reason(
    qtbot: QtBot, runner: Runner, tmp_path: Path
) -> None:
    (tmp_path / "n.csv").write_text(SHEET + "Two,Heard more,rumour,,,\n")
    dialog = opened(qtbot, runner, tmp_path / "n.csv")
    assert "“rumour” is not a kind of note" in cells(dialog)[0][0]
    assert dialog.go.isEnabled()


def test_a_file_that_cannot_be_read_is_told_in_the_dialog(
    qtbot: QtBot, runner: Runner, tmp_path: Path
) -> None:
    (tmp_path / "n.xlsx").write_bytes(b"no workbook")
    dialog = opened(qtbot, runner, tmp_path / "n.xlsx")
    assert "n.xlsx is damaged" in dialog.notice.words()
    assert not dialog.go.isEnabled()


def test_a_dialog_that_is_closed_while_it_looks_is_forgotten(
    qtbot: QtBot, runner: Runner, tmp_path: Path
) -> None:
    (tmp_path / "n.csv").write_text("text\n" + "They signed\n" * 3000)
    dialog = TakingOverDialog(runner, tmp_path / "n.csv")
    show(qtbot, dialog)
    dialog.reject()
    assert not dialog.isVisible()
    qtbot.waitUntil(lambda: not any("long" in each.name for each in threading.enumerate()))
    assert dialog.table.rows.rowCount() == 0


def test_only_the_first_of_very_many_are_listed(
    qtbot: QtBot, runner: Runner, tmp_path: Path
) -> None:
    (tmp_path / "n.csv").write_text("text\n" + "".join(f"Note {n}\n" for n in range(1200)))
    dialog = opened(qtbot, runner, tmp_path / "n.csv")
    assert len(cells(dialog)) == say.LISTED + 1
    assert dialog.foot_words.text() == "1,200 new notes."
