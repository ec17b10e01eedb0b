"""Said before: pairs to go through with a few keys, remembered, undone, and read in the reader."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from fieldnotes.desktop import contents, theme
from fieldnotes.desktop.bundles.sending_dialog import SendingDialog
from fieldnotes.desktop.heartbeat import Heartbeat
from fieldnotes.desktop.likeness.said_before_page import SaidBeforePage
from fieldnotes.desktop.notes.linked_notes import LinkedNotes
from fieldnotes.desktop.runner import Runner
from fieldnotes.desktop.undoing import Undoing
from fieldnotes.desktop.widgets.difference_text import DifferenceText
from fieldnotes.operations.likeness import say_same, verdicts
from fieldnotes.operations.notebook import Notebook
from fieldnotes.operations.said_before import count_pairs, go_through
from tests.builders import at, logged
from tests.desktop.conftest import Opened
from tests.desktop.libraries import SELLER, running, show, write

KEY = Qt.Key
SAID = (
    "Halden waits until spring because their new press is running at half its speed",
    "Kolvik undercut us by a fifth in the second round and gave them a year for free",
    "The night shift cannot be trained before June so the pilot is pointless until then",
)


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication) -> None:
    theme.apply(qapp, "light")


def said_twice(notebook: Notebook) -> None:
    for day, text in enumerate(SAID, start=1):
        logged(notebook, text=f"{text}.", happened=at(f"2026-02-0{day}"), account="Halden Foods")
        logged(notebook, text=f"{text}, they say.", happened=at(f"2026-02-1{day}"))


def gone_through(notebook: Notebook) -> None:
    said_twice(notebook)
    go_through(notebook)


@pytest.fixture
def runner(tmp_path: Path) -> Iterator[Runner]:
    with running(write(tmp_path, SELLER, gone_through)) as made:
        yield made


@pytest.fixture
def page(qtbot: QtBot, runner: Runner) -> SaidBeforePage:
    return shown(qtbot, runner, 3)


def shown(qtbot: QtBot, runner: Runner, pairs: int) -> SaidBeforePage:
    made = SaidBeforePage(runner)
    made.resize(1100, 700)
    show(qtbot, made)
    made.setFocus()
    qtbot.waitUntil(lambda: made.list.pairs.rowCount() == pairs)
    return made


def later(page: SaidBeforePage) -> str:
    pair = page.list.current()
    return pair.later.note.text if pair else ""


def judged(qtbot: QtBot, runner: Runner) -> list[bool]:
    """After everything that was written before."""
    answers: list[list[bool]] = []
    runner.ask("test", lambda book: list(verdicts(book).values()), answers.append)
    qtbot.waitUntil(lambda: bool(answers))
    return answers[0]


def test_the_latest_pair_is_shown_first_with_what_differs(page: SaidBeforePage) -> None:
    assert later(page) == f"{SAID[2]}, they say."
    texts = page.pair.findChildren(DifferenceText)
    assert [text.toPlainText() for text in texts] == [f"{SAID[2]}, they say.", f"{SAID[2]}."]
    assert texts[0].accessibleDescription() == "only here: , they say"
    assert page._told.text() == "3 pairs to go through"


def test_j_and_k_and_the_arrows_go_along(qtbot: QtBot, page: SaidBeforePage) -> None:
    for key, number in ((KEY.Key_J, 1), (KEY.Key_Down, 0), (KEY.Key_K, 1), (KEY.Key_Up, 2)):
        qtbot.keyClick(page.list, key)
        assert later(page) == f"{SAID[number]}, they say."


def test_enter_links_and_n_remembers_and_the_next_pair_comes(
    qtbot: QtBot, page: SaidBeforePage, runner: Runner
) -> None:
    with qtbot.waitSignal(runner.done):
        qtbot.keyClick(page.list, KEY.Key_Return)
    assert later(page) == f"{SAID[1]}, they say."
    with qtbot.waitSignal(runner.done):
        qtbot.keyClick(page.list, KEY.Key_N)
    assert later(page) == f"{SAID[0]}, they say."
    assert page._told.text() == "1 pair to go through"
    assert sorted(judged(qtbot, runner)) == [False, True]


def test_z_takes_the_last_answer_back(qtbot: QtBot, page: SaidBeforePage, runner: Runner) -> None:
    undoing = Undoing(runner)
    page.undo_wanted.connect(undoing.undo)
    with qtbot.waitSignal(undoing.changed):
        qtbot.keyClick(page.list, KEY.Key_N)
    assert page.list.pairs.rowCount() == 2
    qtbot.keyClick(page.list, KEY.Key_Z)
    qtbot.waitUntil(lambda: page.list.pairs.rowCount() == 3)
    assert judged(qtbot, runner) == []
    assert undoing.redo_words == "“not the same”"


def test_after_the_last_pair_the_page_says_that_nothing_is_left(
    qtbot: QtBot, page: SaidBeforePage
) -> None:
    for _ in range(3):
        qtbot.keyClick(page.list, KEY.Key_Return)
    qtbot.waitUntil(lambda: page.states.currentWidget() is page.states.empty)
    assert page.states.empty.accessibleName() == "Nothing was said twice"


def test_a_library_that_nobody_looked_through_is_looked_through_on_demand(
    qtbot: QtBot, tmp_path: Path
) -> None:
    with running(write(tmp_path, SELLER, said_twice)) as runner:
        page = shown(qtbot, runner, 0)
        qtbot.waitUntil(lambda: page.states.empty.button.isVisible())
        page.states.empty.button.click()
        assert page.looking.progress.isVisible()
        qtbot.waitUntil(lambda: page.list.pairs.rowCount() == 3)
        assert not page.looking.isVisible()


def test_looking_can_be_stopped(qtbot: QtBot, tmp_path: Path) -> None:
    with running(write(tmp_path, SELLER, said_twice)) as runner:
        page = shown(qtbot, runner, 0)
        qtbot.waitUntil(lambda: page.states.empty.button.isVisible())
        with qtbot.waitSignal(page.looking.ended):
            page.states.empty.button.click()
            page.looking.progress.button.click()
        assert not page.looking.busy


def test_a_note_is_opened_to_be_read(qtbot: QtBot, page: SaidBeforePage) -> None:
    pair = page.list.current()
    assert pair is not None
    read = next(b for b in page.pair.findChildren(type(page.pair.differ)) if b.text() == "Read it")
    with qtbot.waitSignal(page.note_chosen) as asked:
        read.click()
    assert asked.args == [pair.later.id]


def test_when_nobody_types_notes_are_compared(qtbot: QtBot, tmp_path: Path) -> None:
    with running(write(tmp_path, SELLER, said_twice)) as runner:
        beat = Heartbeat(runner, runner, beat=5)
        beat.start()
        counts: list[int] = []

        def found() -> bool:
            runner.ask("test", count_pairs, counts.append)
            return 3 in counts

        qtbot.waitUntil(found)
        beat.stop()


def test_the_side_bar_leads_there_only_while_there_is_something(
    opened: Opened, qtbot: QtBot
) -> None:
    window = opened(gone_through)
    model = window.side_bar._model
    qtbot.waitUntil(lambda: model.count_words(contents.SAID_BEFORE) == "3")
    assert model.row_of(contents.SAID_BEFORE) > model.row_of(contents.NOT_SENT)
    window.go_to(contents.SAID_BEFORE)
    page = window.page
    assert isinstance(page, SaidBeforePage)
    qtbot.waitUntil(lambda: page.list.pairs.rowCount() == 3)
    for _ in range(3):
        page.judge(same=True)
    qtbot.waitUntil(lambda: model.row_of(contents.SAID_BEFORE) == -1)
    assert window.page is page


def test_what_was_said_stands_among_what_is_sent(qtbot: QtBot, tmp_path: Path) -> None:
    def linked(notebook: Notebook) -> None:
        say_same(notebook, logged(notebook, text=SAID[0]), logged(notebook, text=SAID[0]))

    with running(write(tmp_path, SELLER, linked)) as runner:
        dialog = SendingDialog(runner)
        show(qtbot, dialog)
        qtbot.waitUntil(lambda: dialog.foot_words.text() == "2 notes")
        dialog.check.click()
        qtbot.waitUntil(lambda: dialog.plan() is not None)
        plan = dialog.plan()
        assert plan is not None
        (item,) = [each for each in plan.items if each.kind == "likeness"]
        assert item.heading == f"Two notes say the same: {SAID[0]}"
        dialog.grab()


def test_a_note_says_with_which_it_is_linked(opened: Opened, qtbot: QtBot) -> None:
    ids: list[str] = []

    def linked(notebook: Notebook) -> None:
        earlier = logged(notebook, text=SAID[0], happened=at("2026-02-01"))
        ids.extend((earlier, logged(notebook, text=SAID[1], happened=at("2026-02-11"))))
        say_same(notebook, *ids)

    window = opened(linked)
    reader = window.notes.reader
    window.show_note(ids[1])
    qtbot.waitUntil(lambda: reader.reading is not None and reader.reading.view.id == ids[1])
    (panel,) = reader.findChildren(LinkedNotes)
    panel.note_wanted.emit(ids[0])
    qtbot.waitUntil(lambda: reader.reading is not None and reader.reading.view.id == ids[0])
    assert reader.reading is not None
    assert [view.id for view in reader.reading.linked] == [ids[1]]
    reader.findChildren(LinkedNotes)[-1].parted.emit(ids[1])
    qtbot.waitUntil(lambda: reader.reading is not None and reader.reading.linked == ())
