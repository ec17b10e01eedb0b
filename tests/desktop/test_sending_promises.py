"""Promises leave by the check box of the sending dialog alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from fieldnotes.desktop.bundles.sending_dialog import SendingDialog
from fieldnotes.domain.markings import Audience
from fieldnotes.domain.promises import Promise, PromiseDraft
from fieldnotes.operations.notebook import Notebook
from fieldnotes.operations.promises import make_promise
from tests.builders import logged
from tests.desktop.libraries import SELLER, running, show, write


def two(notebook: Notebook) -> None:
    logged(notebook)
    promise = Promise(what="the ROI sheet", to="Marta")
    make_promise(notebook, PromiseDraft(id=notebook.new_id(), promise=promise))


@pytest.fixture
def dialog(tmp_path: Path, qtbot: QtBot) -> Iterator[SendingDialog]:
    with running(write(tmp_path, SELLER, two)) as runner:
        made = SendingDialog(runner)
        show(qtbot, made)
        qtbot.waitUntil(lambda: made.foot_words.text() == "1 note")
        yield made


def checked(dialog: SendingDialog, qtbot: QtBot) -> list[tuple[str, str]]:
    dialog.check.click()
    qtbot.waitUntil(lambda: dialog.plan() is not None)
    plan = dialog.plan()
    assert plan is not None
    return sorted((item.kind, item.not_sent) for item in plan.items)


def test_promises_stay_unless_the_box_is_ticked(dialog: SendingDialog, qtbot: QtBot) -> None:
    assert dialog.choosing.promises.text() == "My &promises as well (1)"
    assert checked(dialog, qtbot) == [("note", "")]


def test_the_box_sends_them_and_hides_whom_they_were_made_to(
    dialog: SendingDialog, qtbot: QtBot
) -> None:
    dialog.choosing.promises.click()
    assert checked(dialog, qtbot) == [("note", ""), ("promise", "")]
    plan = dialog.plan()
    assert plan is not None
    (item,) = [each for each in plan.items if each.kind == "promise"]
    assert item.hidden == (("To whom", "People stay with you unless you say otherwise"),)


def test_the_box_is_for_the_company_alone(dialog: SendingDialog, qtbot: QtBot) -> None:
    dialog.choosing.promises.click()
    order = list(Audience)
    dialog.choosing.audiences.button(order.index(Audience.ANYONE)).click()
    qtbot.waitUntil(lambda: not dialog.choosing.promises.isEnabled())
    assert not dialog.choosing.wanted().promises
