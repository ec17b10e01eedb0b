"""What is sent every week is chosen from a list, above everything that it clicks together."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from fieldnotes.desktop import theme
from fieldnotes.desktop.bundles.preset_row import PresetRow
from fieldnotes.desktop.bundles.sending_dialog import SendingDialog
from fieldnotes.desktop.runner import Runner
from fieldnotes.domain.markings import Audience
from fieldnotes.domain.shapes import Shape
from fieldnotes.operations.choosing import Wanted
from fieldnotes.operations.notebook import Notebook
from fieldnotes.operations.presets import save_preset
from tests.builders import logged
from tests.desktop.libraries import SELLER, running, show, write

WEEKLY = Wanted(
    words="offer",
    kinds=frozenset({"competitor"}),
    tags=("pricing",),
    account="Norden",
    days=30,
    audience=Audience.ANYONE,
    recipient="Marketing",
    shape=Shape.XLSX,
)


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication) -> None:
    theme.apply(qapp, "light")


@pytest.fixture
def runner(tmp_path: Path) -> Iterator[Runner]:
    with running(write(tmp_path, SELLER, notes)) as made:
        yield made


@pytest.fixture
def dialog(qtbot: QtBot, runner: Runner) -> SendingDialog:
    made = SendingDialog(runner)
    show(qtbot, made)
    qtbot.waitUntil(lambda: bool(made.choosing.kinds.pills()) and row(made).names.count() == 1)
    return made


def notes(notebook: Notebook) -> None:
    logged(
        notebook,
        kind="competitor",
        text="An offer",
        tags=["pricing"],
        account="Norden",
        see="anyone",
    )
    logged(notebook, kind="win", account="Halvard")
    save_preset(notebook, "Weekly", WEEKLY)


def row(dialog: SendingDialog) -> PresetRow:
    return dialog.choosing.presets


def pick(dialog: SendingDialog, at: int = 0) -> None:
    row(dialog).names.setCurrentIndex(at)
    row(dialog).names.activated.emit(at)


def kept(qtbot: QtBot, dialog: SendingDialog, *names: str) -> None:
    box = row(dialog).names
    qtbot.waitUntil(lambda: [box.itemText(n) for n in range(box.count())] == [*names])


def test_a_preset_clicks_everything_together(qtbot: QtBot, dialog: SendingDialog) -> None:
    pick(dialog)
    assert dialog.choosing.wanted() == WEEKLY
    qtbot.waitUntil(lambda: dialog.foot_words.text() == "1 note")
    assert dialog.choosing.wanted() == WEEKLY


def test_a_tag_that_no_note_has_any_more_stays_in_the_choice(
    qtbot: QtBot, dialog: SendingDialog
) -> None:
    dialog.choosing.choose(Wanted(tags=("gone",), account="Nobody"))
    qtbot.waitUntil(lambda: dialog.foot_words.text() == "0 notes")
    assert dialog.choosing.wanted().tags == ("gone",)
    assert dialog.choosing.wanted().account == "Nobody"
    assert not dialog.check.isEnabled()


def test_what_is_clicked_is_kept_under_the_name_that_is_typed(
    qtbot: QtBot, dialog: SendingDialog
) -> None:
    dialog.choosing.kinds.pill("win").click()
    row(dialog).names.setEditText("Only wins")
    row(dialog).save.click()
    kept(qtbot, dialog, "Only wins", "Weekly")
    pick(dialog, 1)
    pick(dialog, 0)
    assert dialog.choosing.wanted().kinds == {"win"}


def test_it_is_renamed_and_removed_in_the_same_row(qtbot: QtBot, dialog: SendingDialog) -> None:
    pick(dialog)
    assert not row(dialog).rename.isVisible()
    row(dialog).names.setEditText("Every week")
    row(dialog).rename.click()
    kept(qtbot, dialog, "Every week")
    qtbot.waitUntil(row(dialog).remove.isVisible)
    row(dialog).remove.click()
    kept(qtbot, dialog)
    assert row(dialog).names.currentText() == ""


def test_without_a_name_there_is_nothing_to_save(dialog: SendingDialog) -> None:
    assert not row(dialog).save.isEnabled()
    assert not row(dialog).remove.isVisible()


def test_a_long_name_shows_its_beginning_and_saving_says_so(
    qtbot: QtBot, dialog: SendingDialog
) -> None:
    name = "Prices of the northern region, every week for marketing and for product"
    row(dialog).names.setEditText(name)
    row(dialog).save.click()
    qtbot.waitUntil(lambda: row(dialog).said.text() == "Saved.")
    field = row(dialog).names.lineEdit()
    assert field is not None
    assert field.cursorPosition() == 0
    assert row(dialog).names.toolTip() == name
    row(dialog).names.setEditText("Other")
    assert row(dialog).said.text() == ""
