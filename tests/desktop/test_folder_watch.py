"""What waits is offered: files in a watched folder, and what was left of earlier ones."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from fieldnotes.desktop import theme
from fieldnotes.desktop.inbox.folder_watch import FolderWatch
from fieldnotes.desktop.inbox.offers import Offers
from fieldnotes.desktop.inbox.reading_commands import ReadingCommands
from fieldnotes.desktop.inbox.reading_in_dialog import ReadingInDialog
from fieldnotes.desktop.inbox.typed_rows import RemovalsRow
from fieldnotes.desktop.runner import Runner
from fieldnotes.domain.records import Reason
from fieldnotes.domain.taking import Choice, Facet
from fieldnotes.operations.judging import Decisions
from fieldnotes.operations.notebook import Notebook
from fieldnotes.operations.notes import remove_note
from fieldnotes.operations.previewing import preview_import
from fieldnotes.operations.reading_in import read_in
from fieldnotes.operations.watching import READ_IN
from tests.builders import found, got, logged
from tests.desktop.conftest import Starter
from tests.desktop.libraries import MARKETER, SELLER, a_file, running, show, write


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication) -> None:
    theme.apply(qapp, "light")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "team"
    made.mkdir()
    return made


@pytest.fixture
def runner(tmp_path: Path) -> Iterator[Runner]:
    """A marketer's, who knows the seller and has left a win in an earlier file."""
    first = a_file(tmp_path, SELLER, two_notes, "first.fieldnotes")

    def read(notebook: Notebook) -> None:
        leave = frozenset({Choice(Facet.KIND, "win")})
        plan = preview_import(notebook, [first], Decisions(all_new=True, leave=leave))
        read_in(notebook, plan)

    with running(write(tmp_path, MARKETER, read)) as made:
        yield made


def two_notes(notebook: Notebook) -> None:
    logged(notebook, kind="win", text="Signed")
    logged(notebook, kind="objection", text="Too dear")


def offered(qtbot: QtBot, runner: Runner, folder: Path | None) -> Offers:
    watch = FolderWatch(runner)
    qtbot.addWidget(offers := Offers(watch))
    watch.setParent(offers)
    watch.watch(folder)
    watch.look()
    show(qtbot, offers)
    return offers


def words(offers: Offers) -> list[str]:
    return [row.words for row in offers.rows]


def test_a_file_that_came_into_the_folder_is_offered(
    qtbot: QtBot, runner: Runner, tmp_path: Path, folder: Path
) -> None:
    a_file(tmp_path, SELLER, lambda book: logged(book, text="New"), "team/new.fieldnotes")
    offers = offered(qtbot, runner, folder)
    told = "1 file from Wren Tolliver waits in the watched folder: 3 notes"
    qtbot.waitUntil(lambda: told in words(offers), timeout=20_000)
    with qtbot.waitSignal(offers.look_wanted) as heard:
        offers.rows[0].look.click()
    assert heard.args[0] == [folder / "new.fieldnotes"]


def test_what_was_left_is_offered_and_can_be_forgotten(qtbot: QtBot, runner: Runner) -> None:
    offers = offered(qtbot, runner, None)
    qtbot.waitUntil(lambda: len(offers.rows) == 1)
    assert words(offers)[0].startswith("1 note left in a file of Wren Tolliver, read in ")
    offers.rows[0].forget.click()
    qtbot.waitUntil(lambda: not offers.rows)
    assert not offers.isVisible()


def test_what_cannot_be_read_is_put_aside(qtbot: QtBot, runner: Runner, folder: Path) -> None:
    broken = folder / "broken.fieldnotes"
    broken.write_bytes(b"not a bundle")
    os.utime(broken, (1_000_000_000, 1_000_000_000))
    offers = offered(qtbot, runner, folder)
    qtbot.waitUntil(
        lambda: any(each.startswith("broken.fieldnotes") for each in words(offers)), timeout=20_000
    )
    offers.rows[0].look.click()
    qtbot.waitUntil(lambda: (folder / "refused" / "broken.fieldnotes.txt").exists())


def test_nothing_is_read_in_by_itself_and_what_was_is_moved(
    qtbot: QtBot, runner: Runner, tmp_path: Path, folder: Path
) -> None:
    path = a_file(tmp_path, SELLER, lambda book: logged(book, text="New"), "team/new.fieldnotes")
    window = QWidget()
    qtbot.addWidget(window)
    commands = ReadingCommands(runner, str(folder), window)
    qtbot.waitUntil(lambda: bool(commands.watch.arrived), timeout=20_000)
    assert path.exists()
    commands.read_in([path])
    (dialog,) = window.findChildren(ReadingInDialog)
    qtbot.waitUntil(dialog.go.isEnabled)
    dialog.go.click()
    qtbot.waitUntil(lambda: (folder / "read in" / "new.fieldnotes").exists())
    qtbot.waitUntil(lambda: not commands.watch.arrived)


def test_many_removals_in_the_folder_need_a_typed_yes_as_anywhere(
    qtbot: QtBot, runner: Runner, tmp_path: Path, folder: Path
) -> None:
    first = a_file(tmp_path, SELLER, three_more, "more.fieldnotes")
    write(tmp_path, MARKETER, lambda book: got(book, first))
    path = a_file(tmp_path, SELLER, remove_all, "team/gone.fieldnotes")
    window = QWidget()
    qtbot.addWidget(window)
    commands = ReadingCommands(runner, str(folder), window)
    qtbot.waitUntil(lambda: bool(commands.watch.arrived), timeout=20_000)
    commands.read_in([path])
    (dialog,) = window.findChildren(ReadingInDialog)
    qtbot.waitUntil(lambda: dialog.preview() is not None and not dialog.is_busy())
    asked = next(row for row in dialog.decide.rows() if isinstance(row, RemovalsRow))
    assert not dialog.go.isEnabled()
    assert path.exists()
    asked.answer.setText("yes")
    qtbot.waitUntil(dialog.go.isEnabled)
    dialog.go.click()
    qtbot.waitUntil(lambda: (folder / "read in" / "gone.fieldnotes").exists())


def three_more(notebook: Notebook) -> None:
    for number in range(3):
        logged(notebook, text=f"More {number}")


def remove_all(notebook: Notebook) -> None:
    for each in found(notebook):
        remove_note(notebook, each, Reason.WRONG)


def test_another_folder_is_watched_in_place_of_the_first(
    qtbot: QtBot, runner: Runner, tmp_path: Path, folder: Path
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    commands = ReadingCommands(runner, str(folder), window)
    with qtbot.waitSignal(commands.folder_chosen) as heard:
        commands.follow(None)
    assert heard.args == [""]
    assert commands.watch.folder is None


def test_what_watching_does_and_how_to_stop_is_said(
    start: Starter, folder: Path, tmp_path: Path
) -> None:
    program = start(write(tmp_path, "Una Brandt", lambda book: None))
    window, commands = program.window, program._commands
    assert window is not None
    assert commands is not None
    commands.sharing.reading().follow(folder)
    said = window.notice.words()
    assert said.startswith(f"{folder} is watched.")
    assert f"moves to “{READ_IN}”" in said
    assert "To stop: Share, Stop watching." in said
    commands.sharing.stop_watching()
    assert window.notice.words() == "No folder is watched any more."


def test_a_read_file_is_no_offer(
    qtbot: QtBot, runner: Runner, tmp_path: Path, folder: Path
) -> None:
    path = a_file(tmp_path, SELLER, lambda book: None, "team/again.fieldnotes")
    write(tmp_path, MARKETER, lambda book: got(book, path))
    offers = offered(qtbot, runner, folder)
    qtbot.waitUntil(lambda: (folder / "read in" / "again.fieldnotes").exists(), timeout=20_000)
    assert not any("waits" in each for each in words(offers))
