"""Before sending, what may say who somebody is stands on top; one key hides it or lets it go."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from fieldnotes.desktop import theme
from fieldnotes.desktop.bundles.look_at_these import LookAtThese
from fieldnotes.desktop.bundles.sending_dialog import SendingDialog
from fieldnotes.desktop.runner import Runner
from fieldnotes.desktop.undoing import Undoing
from fieldnotes.operations.notebook import Notebook
from tests import second_reader
from tests.builders import logged
from tests.desktop.libraries import SELLER, running, show, write

CREATE = "Create &file to send"
REWORDED = "Text as you wrote it"


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication) -> None:
    theme.apply(qapp, "light")


@pytest.fixture
def runner(tmp_path: Path) -> Iterator[Runner]:
    with running(write(tmp_path, SELLER, three_notes)) as made:
        yield made


@pytest.fixture
def dialog(qtbot: QtBot, runner: Runner, tmp_path: Path) -> SendingDialog:
    undoing = Undoing(runner, runner)
    made = SendingDialog(
        runner, ask_path=lambda name: tmp_path / "out.fieldnotes", undo=undoing.undo
    )
    show(qtbot, made)
    qtbot.waitUntil(lambda: made.foot_words.text() == "3 notes")
    made.check.click()
    qtbot.waitUntil(lambda: made.body.currentWidget() is made.checking)
    left(qtbot, made, 3)
    return made


def three_notes(notebook: Notebook) -> None:
    logged(notebook, text="Nobody is named here")
    logged(notebook, text="Mr Brandt waits for the offer")
    logged(notebook, title="Mrs Keller signs", text="Her number is +49 30 901820.")


def panel(dialog: SendingDialog) -> LookAtThese:
    return dialog.checking.look_at_these


def left(qtbot: QtBot, dialog: SendingDialog, count: int) -> None:
    words = f"{CREATE} ({count} not looked at)" if count else CREATE
    button = dialog.create_file
    qtbot.waitUntil(lambda: button.text() == words and button.isEnabled())


def said(dialog: SendingDialog) -> list[str]:
    return [find.said for find in panel(dialog).list.finds.finds()]


def press(qtbot: QtBot, dialog: SendingDialog, said: str, key: Qt.Key) -> None:
    """Choose the find that says so, and press a key on it."""
    finds = panel(dialog).list
    row = next(n for n, find in enumerate(finds.finds.finds()) if find.said == said)
    finds.setFocus()
    finds.choose(row)
    qtbot.keyClick(finds, key)


def hidden(dialog: SendingDialog) -> set[str]:
    plan = dialog.plan()
    assert plan is not None
    return {field for item in plan.items for field, _ in item.hidden}


def test_everything_to_look_at_is_listed_and_counted_on_the_button(dialog: SendingDialog) -> None:
    assert sorted(said(dialog)) == ["+49 30 901820", "Mr Brandt", "Mrs Keller"]
    assert "3 places may say who somebody is." in panel(dialog).said.text()
    assert "read it yourself" in panel(dialog).said.text()


def test_h_hides_it_and_the_page_says_what_is_hidden_now(
    qtbot: QtBot, dialog: SendingDialog, tmp_path: Path
) -> None:
    press(qtbot, dialog, "Mr Brandt", Qt.Key.Key_H)
    left(qtbot, dialog, 2)
    assert hidden(dialog) == {REWORDED}
    model = dialog.checking.table.model()
    row = [model.data(model.index(0, column)) for column in range(4)]
    assert row[0] == "[name] waits for the offer"
    assert row[3] == "It is sent with words left out"
    dialog.create_file.click()
    qtbot.waitUntil(lambda: dialog.body.currentWidget() is dialog.done_step)
    content = str(second_reader.read(tmp_path / "out.fieldnotes"))
    assert "[name] waits for the offer" in content
    assert "Brandt" not in content


@pytest.mark.parametrize(("high", "rows"), [(652, 2), (952, 5)])
def test_a_higher_window_shows_more_of_the_finds(
    qtbot: QtBot, tmp_path: Path, high: int, rows: int
) -> None:
    def notes(notebook: Notebook) -> None:
        for letter in "abcdefghi":
            logged(notebook, text=f"Mr Brandt{letter} waits for the offer")
            logged(notebook, text="Nobody is to see this", see="me")

    with running(write(tmp_path, SELLER, notes)) as runner:
        made = SendingDialog(runner)
        show(qtbot, made)
        made.resize(952, high)
        qtbot.waitUntil(made.check.isEnabled)
        made.check.click()
        qtbot.waitUntil(lambda: len(said(made)) == 9)
        qtbot.waitUntil(lambda: panel(made).list.height() == 48 * rows)
        assert made.checking.table.height() >= panel(made).list.height()
        made.close()


def test_several_are_hidden_in_one_step(qtbot: QtBot, dialog: SendingDialog) -> None:
    panel(dialog).list.selectAll()
    panel(dialog).hide_it.click()
    left(qtbot, dialog, 0)
    assert hidden(dialog) == {REWORDED, "Title"}
    qtbot.keyClick(dialog, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    left(qtbot, dialog, 3)
    assert hidden(dialog) == set()


def test_keys_pressed_quickly_judge_one_find_after_the_other(
    qtbot: QtBot, dialog: SendingDialog
) -> None:
    finds = panel(dialog).list
    finds.setFocus()
    for _ in range(3):
        qtbot.keyClick(finds, Qt.Key.Key_H)
    assert said(dialog) == []
    left(qtbot, dialog, 0)
    assert hidden(dialog) == {"Text as you wrote it", "Title"}


def test_f_finds_it_fine_and_ctrl_z_takes_that_back(qtbot: QtBot, dialog: SendingDialog) -> None:
    press(qtbot, dialog, "Mrs Keller", Qt.Key.Key_F)
    left(qtbot, dialog, 2)
    assert hidden(dialog) == set()
    qtbot.keyClick(dialog, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    left(qtbot, dialog, 3)


def test_ctrl_z_takes_nothing_back_from_before_this_page(
    qtbot: QtBot, runner: Runner, dialog: SendingDialog
) -> None:
    done: list[object] = []
    runner.do(lambda notebook: written(notebook), done.append)
    qtbot.waitUntil(lambda: bool(done))
    qtbot.keyClick(dialog, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    count: list[int] = []
    runner.ask(
        "count", lambda notebook: len(notebook.library.records.removed_places()), count.append
    )
    qtbot.waitUntil(lambda: count == [0])


def written(notebook: Notebook) -> object:
    from fieldnotes.domain.notes import Note, NoteDraft
    from fieldnotes.operations.notes import log_note

    return log_note(notebook, NoteDraft(id=notebook.new_id(), note=Note(text="Later")))


def test_hiding_at_once_one_after_the_other_forgets_none(
    qtbot: QtBot, dialog: SendingDialog
) -> None:
    finds = panel(dialog).list.finds.finds()
    for find in finds:
        dialog._looking.hide([find])
    assert not dialog.create_file.isEnabled()
    left(qtbot, dialog, 0)
    assert hidden(dialog) == {REWORDED, "Title"}


def test_no_file_is_made_of_a_plan_that_is_not_true_any_more(
    qtbot: QtBot, dialog: SendingDialog
) -> None:
    press(qtbot, dialog, "Mr Brandt", Qt.Key.Key_H)
    assert not dialog.create_file.isEnabled()
    left(qtbot, dialog, 2)


def test_sending_never_waits_for_looking(
    qtbot: QtBot, dialog: SendingDialog, tmp_path: Path
) -> None:
    dialog.create_file.click()
    qtbot.waitUntil(lambda: dialog.body.currentWidget() is dialog.done_step)
    assert "Mr Brandt waits" in str(second_reader.read(tmp_path / "out.fieldnotes"))


def test_what_was_fine_is_not_asked_again(
    qtbot: QtBot, runner: Runner, dialog: SendingDialog
) -> None:
    panel(dialog).list.selectAll()
    panel(dialog).fine.click()
    left(qtbot, dialog, 0)
    dialog.back.click()
    dialog.check.click()
    qtbot.waitUntil(lambda: dialog.body.currentWidget() is dialog.checking)
    qtbot.waitUntil(lambda: "No names" in panel(dialog).said.text())
    assert not panel(dialog).list.isVisible()


def test_a_screen_reader_hears_what_it_is_and_where(dialog: SendingDialog) -> None:
    finds = panel(dialog).list.finds
    row = next(n for n, find in enumerate(finds.finds()) if find.said == "+49 30 901820")
    assert finds.data(finds.index(row)) == (
        "Phone number: +49 30 901820. Her number is +49 30 901820.. Text of “Mrs Keller signs”"
    )


def test_every_control_can_be_reached_and_has_a_name(dialog: SendingDialog) -> None:
    for control in (panel(dialog).list, panel(dialog).hide_it, panel(dialog).fine):
        assert control.accessibleName()
        assert control.focusPolicy() & Qt.FocusPolicy.TabFocus
