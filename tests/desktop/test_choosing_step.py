"""The pills of the first step of sending stay where they are, and those that match come first."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from fieldnotes.desktop import theme
from fieldnotes.desktop.bundles.count_pills import CountPill, CountPills, PillOffer
from fieldnotes.desktop.bundles.sending_dialog import SendingDialog
from fieldnotes.desktop.runner import Runner
from fieldnotes.operations.notebook import Notebook
from tests.builders import logged
from tests.desktop.libraries import SELLER, running, show, write


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication) -> None:
    theme.apply(qapp, "light")


@pytest.fixture
def runner(tmp_path: Path) -> Iterator[Runner]:
    with running(write(tmp_path, SELLER, many_tags)) as made:
        yield made


def many_tags(notebook: Notebook) -> None:
    for number in range(20):
        for _ in range(2):
            logged(notebook, text="Often", tags=[f"a-tag-of-{number}"], account=f"Acme {number}")
    logged(notebook, text="Seldom", tags=["seldom"], account="Zander")


def opened(qtbot: QtBot, runner: Runner) -> SendingDialog:
    dialog = SendingDialog(runner)
    show(qtbot, dialog)
    qtbot.waitUntil(lambda: dialog.foot_words.text() == "41 notes")
    return dialog


def shown(dialog: SendingDialog) -> list[CountPill]:
    return [pill for pill in dialog.choosing.tags.pills() if pill.isVisible()]


def typed(qtbot: QtBot, dialog: SendingDialog, words: str, foot: str) -> None:
    dialog.choosing.words.setText(words)
    qtbot.waitUntil(lambda: dialog.foot_words.text() == foot)
    QApplication.processEvents()


def test_tags_that_match_what_is_typed_come_first(qtbot: QtBot, runner: Runner) -> None:
    dialog = opened(qtbot, runner)
    assert "seldom" not in [pill.key for pill in shown(dialog)]
    typed(qtbot, dialog, "tag:seldom", "1 note")
    assert shown(dialog)[0].key == "seldom"


def test_neither_pills_nor_what_is_below_move_with_the_numbers(qtbot: QtBot) -> None:
    pills = CountPills("Tag", several=True, first=14)
    pills.resize(500, 300)
    show(qtbot, pills)
    names = [f"tag-{number}" for number in range(20)]

    def offer(notes: int, *others: str) -> tuple[int, list[int]]:
        found = [PillOffer(each, each, 0 if each in others else notes) for each in names]
        pills.set_offers(found, found_first=True)
        QApplication.processEvents()
        height = max(pills.minimumHeight(), pills.heightForWidth(pills.width()))
        return height, [pill.x() for pill in pills.pills()[:10]]

    before = offer(1_234)
    assert offer(5) == before
    assert offer(5, *names[:10])[0] == before[0]


def test_a_click_leaves_every_pill_where_it_is(qtbot: QtBot, runner: Runner) -> None:
    dialog = opened(qtbot, runner)
    before = [pill.key for pill in shown(dialog)]
    shown(dialog)[2].click()
    qtbot.waitUntil(lambda: dialog.foot_words.text() == "2 notes")
    assert [pill.key for pill in shown(dialog)] == before
