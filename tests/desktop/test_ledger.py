"""What went where: the page, where one note went, sending again, withdrawing everywhere."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication, QFileDialog, QPushButton
from pytestqt.qtbot import QtBot

from fieldnotes.desktop import contents, theme
from fieldnotes.desktop.bundles.choosing_step import ChoosingStep
from fieldnotes.desktop.bundles.handing_over import Hands
from fieldnotes.desktop.bundles.sending_again_dialog import SendingAgainDialog
from fieldnotes.desktop.bundles.sending_dialog import SendingDialog
from fieldnotes.desktop.bundles.withdrawing_dialog import WithdrawingDialog
from fieldnotes.desktop.inbox.reading_in_dialog import ReadingInDialog
from fieldnotes.desktop.ledger.ledger_page import LedgerPage
from fieldnotes.desktop.ledger.went_dialog import WentDialog
from fieldnotes.desktop.main_window import MainWindow
from fieldnotes.desktop.notes.removal_choice import RemovalChoice
from fieldnotes.desktop.runner import Runner
from fieldnotes.desktop.widgets.plain_table import PlainTable
from fieldnotes.domain.records import Reason
from fieldnotes.domain.selections import Selection
from fieldnotes.operations.ledger import files_made
from fieldnotes.operations.notebook import Notebook
from fieldnotes.operations.notes import edit_note, remove_note
from tests.builders import a_note, a_notebook, found, got, logged, sent
from tests.desktop.conftest import Starter
from tests.desktop.libraries import MARKETER, SELLER, running, show, write

TO = Selection(recipient="Marketing", since_last=True)


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication) -> None:
    theme.apply(qapp, "light")


@pytest.fixture
def ids() -> list[str]:
    return []


@pytest.fixture
def library(tmp_path: Path, ids: list[str]) -> Path:
    """Twelve notes of which three went to marketing, each in a file; the first changed since, the
    second is removed since, and Ida has the third as well."""

    def notes(notebook: Notebook) -> None:
        for number in range(1, 4):
            ids.append(logged(notebook, text=f"Note {number}"))
            sent(notebook, tmp_path / f"{number}.fieldnotes", TO)
        for number in range(4, 40):
            logged(notebook, text=f"Note {number}")
        edit_note(notebook, ids[0], a_note(text="Note 1, better"))
        remove_note(notebook, ids[1], Reason.WRONG)
        sent(
            notebook, tmp_path / "ida.fieldnotes", Selection(recipient="Ida Quist", notes=(ids[2],))
        )

    return write(tmp_path, SELLER, notes)


@pytest.fixture
def runner(library: Path) -> Iterator[Runner]:
    with running(library) as made:
        yield made


@pytest.fixture
def page(qtbot: QtBot, runner: Runner) -> LedgerPage:
    made = LedgerPage(runner)
    made.resize(1100, 700)
    show(qtbot, made)
    qtbot.waitUntil(lambda: made.found() is not None)
    qtbot.waitUntil(lambda: made.file.table.rows.rowCount() > 0)
    return made


def cells(table: PlainTable) -> list[list[str]]:
    model = table.rows
    return [
        [str(model.index(row, column).data() or "") for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def hands(folder: Path) -> Hands:
    return Hands(
        open_mail=lambda draft: True,
        show_file=lambda file, failed: None,
        ask_place=lambda parent: folder,
    )


def test_files_that_were_made_are_listed_the_last_first(page: LedgerPage) -> None:
    rows = cells(page.table)
    assert [row[:4] for row in rows] == [
        ["Ida Quist", "1", "ida", "1"],
        ["Marketing", "3", "3", "1"],
        ["Marketing", "2", "2", "1"],
        ["Marketing", "1", "1", "1"],
    ]


def test_the_notes_of_a_file_say_what_became_of_them(qtbot: QtBot, page: LedgerPage) -> None:
    page.table.setCurrentIndex(page.table.rows.index(3, 0))
    qtbot.waitUntil(lambda: cells(page.file.table) == [["Note 1, better", "Changed since"]])
    page.table.setCurrentIndex(page.table.rows.index(2, 0))
    qtbot.waitUntil(lambda: cells(page.file.table) == [["Note 2", "Removed since"]])


def test_whoever_was_not_told_of_a_removal_stands_on_top(qtbot: QtBot, page: LedgerPage) -> None:
    (notice,) = page.notices
    assert "Marketing has removed notes, and was not told yet." in notice.words()
    with qtbot.waitSignal(page.withdrawal_wanted):
        notice.button.click()


def test_a_page_without_files_says_what_would_be_here(qtbot: QtBot, tmp_path: Path) -> None:
    with running(write(tmp_path, "Nobody", lambda book: None)) as runner:
        page = LedgerPage(runner)
        show(qtbot, page)
        qtbot.waitUntil(lambda: page.states.currentWidget() is page.states.empty)


def test_what_came_stands_on_the_other_side_with_what_has_not_arrived(
    qtbot: QtBot, library: Path, tmp_path: Path
) -> None:
    def read(notebook: Notebook) -> None:
        got(notebook, tmp_path / "1.fieldnotes", tmp_path / "3.fieldnotes")

    with running(write(tmp_path, MARKETER, read)) as runner:
        page = LedgerPage(runner)
        show(qtbot, page)
        qtbot.waitUntil(lambda: page.found() is not None)
        assert [row[:2] for row in cells(page.table)] == [[SELLER, "3"], [SELLER, "1"]]
        (notice,) = page.notices
        assert notice.words().startswith("Number 2 has not arrived. From Wren Tolliver")
        with qtbot.waitSignal(page.batch_chosen):
            page.file.brought.click()


def test_a_name_has_room_in_a_narrow_window(qtbot: QtBot, page: LedgerPage) -> None:
    page.resize(780, 600)
    names = [row[0] for row in cells(page.table)]
    longest = max((word for name in names for word in name.split()), key=len)
    room = page.table.columnWidth(0) - 60  # the sign and the edges
    assert QFontMetrics(theme.font()).horizontalAdvance(longest) <= room


def test_a_preview_says_which_number_has_not_arrived(
    qtbot: QtBot, library: Path, tmp_path: Path
) -> None:
    def read(notebook: Notebook) -> None:
        got(notebook, tmp_path / "1.fieldnotes")

    with running(write(tmp_path, MARKETER, read)) as runner:
        dialog = ReadingInDialog(runner, [tmp_path / "3.fieldnotes"])
        show(qtbot, dialog)
        qtbot.waitUntil(lambda: dialog.preview() is not None)
        headings = [row.heading for row in dialog.decide.rows()]
        assert "Number 2 has not arrived" in headings


def test_a_note_says_who_lacks_its_newest_version(
    qtbot: QtBot, runner: Runner, ids: list[str]
) -> None:
    dialog = WentDialog(runner, ids[0])
    show(qtbot, dialog)
    qtbot.waitUntil(lambda: bool(cells(dialog.table)))
    assert [row[:4] for row in cells(dialog.table)] == [
        ["Marketing", "1 of 2", "Newer not sent yet", "1"]
    ]
    assert dialog.foot_words.text() == "1 of them lacks the newest version."


def test_a_note_that_went_nowhere_says_so(
    qtbot: QtBot, runner: Runner, library: Path, tmp_path: Path
) -> None:
    notebook = a_notebook(tmp_path, SELLER)
    note = found(notebook, '"Note 9"')[0]
    notebook.close()
    dialog = WentDialog(runner, note)
    show(qtbot, dialog)
    qtbot.waitUntil(lambda: dialog.body.currentWidget() is dialog.nowhere)
    assert not dialog.withdraw.isVisible()


def again(qtbot: QtBot, runner: Runner, tmp_path: Path, number: int) -> SendingAgainDialog:
    notebook = a_notebook(tmp_path, SELLER)
    row = next(each.no for each in files_made(notebook) if each.name == f"{number}.fieldnotes")
    notebook.close()
    dialog = SendingAgainDialog(
        runner, row, ask_path=lambda name: tmp_path / "again.fieldnotes", hands=hands(tmp_path)
    )
    show(qtbot, dialog)
    qtbot.waitUntil(lambda: dialog.again() is not None and dialog.create_file.isEnabled())
    return dialog


def test_the_file_that_is_still_there_is_handed_over(
    qtbot: QtBot, runner: Runner, tmp_path: Path
) -> None:
    dialog = again(qtbot, runner, tmp_path, 3)
    assert dialog.heading() == "Send number 3 again"
    assert "Nothing changed since." in dialog.notice.words()
    dialog.use_file.click()
    assert dialog.done_step.path() == tmp_path / "3.fieldnotes"


def test_a_file_that_is_gone_is_made_again(qtbot: QtBot, runner: Runner, tmp_path: Path) -> None:
    before = (tmp_path / "3.fieldnotes").read_bytes()
    (tmp_path / "3.fieldnotes").unlink()
    dialog = again(qtbot, runner, tmp_path, 3)
    assert not dialog.use_file.isVisible()
    with qtbot.waitSignal(dialog.sent):
        dialog.create_file.click()
    assert (tmp_path / "again.fieldnotes").read_bytes() == before


def test_what_changed_since_is_said_before_it_goes(
    qtbot: QtBot, runner: Runner, tmp_path: Path
) -> None:
    dialog = again(qtbot, runner, tmp_path, 1)
    assert "1 note changed since." in dialog.notice.words()
    with qtbot.waitSignal(dialog.sent) as made:
        dialog.create_file.click()
    assert made.args is not None
    assert made.args[0].manifest["again"] == 1


def withdrawing(qtbot: QtBot, runner: Runner, ids: list[str], folder: Path) -> WithdrawingDialog:
    dialog = WithdrawingDialog(runner, ids, hands=hands(folder))
    show(qtbot, dialog)
    qtbot.waitUntil(lambda: dialog.plan() is not None)
    return dialog


def test_one_screen_shows_what_leaves_to_whom(
    qtbot: QtBot, runner: Runner, ids: list[str], tmp_path: Path
) -> None:
    dialog = withdrawing(qtbot, runner, [ids[2]], tmp_path)
    assert cells(dialog.table) == [
        ["Note 3", "Ida Quist", "That it is removed, and why"],
        ["Note 3", "Marketing", "That it is removed, and why"],
    ]
    assert dialog.heading() == "Withdraw this note everywhere?"


def test_one_confirmation_removes_it_and_makes_a_file_for_each(
    qtbot: QtBot, runner: Runner, ids: list[str], tmp_path: Path
) -> None:
    out = tmp_path / "out"
    out.mkdir()
    dialog = withdrawing(qtbot, runner, [ids[2]], out)
    qtbot.waitUntil(dialog.go.isEnabled)
    with qtbot.waitSignal(runner.changed):
        dialog.go.click()
    qtbot.waitUntil(lambda: dialog.body.currentWidget() is dialog.done_step)
    assert len(list(out.iterdir())) == 2 == len(dialog.done_step.buttons)
    dialog.done_step.buttons[0][1].click()
    assert "Copied as a file" in dialog.done_step.said.text()


def test_it_says_what_the_files_hold_and_asks_where_they_should_go(
    qtbot: QtBot, runner: Runner, ids: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(
        QFileDialog, "getExistingDirectory", lambda parent, words, begin: asked.append(words)
    )
    dialog = WithdrawingDialog(runner, [ids[1]], team_folder="/team")
    show(qtbot, dialog)
    qtbot.waitUntil(dialog.go.isEnabled)
    assert "It says what is removed, and holds no notes." in dialog._note.text()
    dialog.go.click()
    assert asked == ["Where should the files go?"]


def test_a_removed_note_is_told_to_whoever_was_not_told(
    qtbot: QtBot, runner: Runner, ids: list[str], tmp_path: Path
) -> None:
    dialog = withdrawing(qtbot, runner, [ids[1]], tmp_path)
    assert dialog.heading() == "Tell who has a copy"
    assert cells(dialog.table) == [["Note 2", "Marketing", "That it is removed, and why"]]
    assert dialog.go.text() == "&Make the files…"


def test_so_many_at_once_need_a_typed_yes(
    qtbot: QtBot, runner: Runner, ids: list[str], tmp_path: Path
) -> None:
    dialog = withdrawing(qtbot, runner, [ids[0], ids[2]], tmp_path)
    assert not dialog.go.isEnabled()
    qtbot.keyClicks(dialog.typed, "yes")
    assert dialog.go.isEnabled()


def test_removing_offers_to_tell_everybody_at_once(
    qtbot: QtBot, runner: Runner, ids: list[str]
) -> None:
    choice = RemovalChoice(runner)
    show(qtbot, choice)
    choice.open([ids[2]])
    qtbot.waitUntil(choice.everywhere.isVisible)
    with qtbot.waitSignal(choice.everywhere_wanted) as wanted:
        choice.everywhere.click()
    assert wanted.args == [[ids[2]]]


def test_a_removal_counts_as_new_since_last_time(qtbot: QtBot, runner: Runner) -> None:
    dialog = SendingDialog(runner)
    show(qtbot, dialog)
    step: ChoosingStep = dialog.choosing
    step.recipient.setEditText("Marketing")
    qtbot.waitUntil(lambda: "(37, 1 removed)" in step.since_last.text())
    step.since_last.click()
    qtbot.waitUntil(lambda: dialog.foot_words.text() == "38 notes")


def begun(start: Starter, folder: Path) -> MainWindow:
    window = start(folder).window
    assert window is not None
    return window


def test_the_window_goes_there_and_back(start: Starter, library: Path, qtbot: QtBot) -> None:
    window = begun(start, library)
    window.go_to(contents.LEDGER)
    assert isinstance(window.page, LedgerPage)
    page = window.page
    qtbot.waitUntil(lambda: page.file.table.rows.rowCount() > 0)
    page.file.table.setFocus()
    qtbot.keyClick(page.file.table, Qt.Key.Key_Return)
    assert window.page is window.notes


def test_a_copied_library_says_once_that_it_is_another_device(
    start: Starter, library: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    begun(start, library).close()
    shutil.copytree(library, tmp_path / "copy")
    copy = begun(start, tmp_path / "copy")
    qtbot.waitUntil(lambda: "copied or moved here" in copy.notice.words())


def test_every_button_has_a_name(page: LedgerPage) -> None:
    shown = [each for each in page.findChildren(QPushButton) if each.isVisible()]
    assert shown
    assert all(each.accessibleName() for each in shown)


def test_the_side_bar_counts_who_was_not_told(start: Starter, library: Path, qtbot: QtBot) -> None:
    window = begun(start, library)
    model = window.side_bar._model
    qtbot.waitUntil(lambda: model.count_words(contents.LEDGER) == "1")
