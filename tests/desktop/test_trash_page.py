"""The trash: put back, erase, and the window's word when nothing is left."""

from __future__ import annotations

from pathlib import Path

from pytestqt.qtbot import QtBot

from fieldnotes.desktop import contents
from fieldnotes.desktop.main_window import MainWindow
from fieldnotes.desktop.notes.trash_page import TrashPage
from fieldnotes.domain.promises import Promise, PromiseDraft, PromiseView
from fieldnotes.domain.records import Reason
from fieldnotes.operations.housekeeping import tidy
from fieldnotes.operations.notebook import Notebook
from fieldnotes.operations.notes import remove_note
from fieldnotes.operations.promises import list_promises, make_promise
from tests.builders import logged
from tests.desktop.conftest import Opened
from tests.desktop.libraries import question


def three_removed(notebook: Notebook) -> None:
    logged(notebook, text="Stays")
    for number, reason in enumerate((Reason.WRONG, Reason.CONSENT, Reason.WRONG)):
        remove_note(notebook, logged(notebook, text=f"Xanthippe{number}"), reason)


def trash_of(window: MainWindow, qtbot: QtBot, count: int) -> TrashPage:
    window.go_to(contents.TRASH)
    page = window.page
    assert isinstance(page, TrashPage)
    qtbot.waitUntil(lambda: page.list.notes.rowCount() == count)
    return page


def erase_for_good(page: TrashPage, qtbot: QtBot) -> None:
    page.erase.click()
    box = question(qtbot)
    next(button for button in box.buttons() if button.text() == "Erase").click()


def tidy_until_done(window: MainWindow, qtbot: QtBot) -> None:
    """What the heartbeat does when nobody types."""
    done: list[bool] = []
    for _ in range(20):
        window._runner.do(tidy, done.append)
    qtbot.waitUntil(lambda: len(done) == 20)


def test_removed_notes_are_listed_with_the_reason_and_can_be_read(
    opened: Opened, qtbot: QtBot
) -> None:
    window = opened(three_removed)
    page = trash_of(window, qtbot, 3)
    rows = [page.list.notes.row(number) for number in range(3)]
    assert [row.title for row in rows] == ["Xanthippe2", "Xanthippe1", "Xanthippe0"]
    assert rows[1].snippet == "Customer withdrew consent"
    qtbot.waitUntil(lambda: page.reader.reading is not None)
    assert page.reader.reading is not None
    assert page.reader.reading.view.note.text == "Xanthippe2"
    model = window.side_bar._model
    qtbot.waitUntil(lambda: model.count_words(contents.TRASH) == "3")


def test_several_are_put_back_in_one_step_that_can_be_undone(opened: Opened, qtbot: QtBot) -> None:
    window = opened(three_removed)
    page = trash_of(window, qtbot, 3)
    page.list.selectAll()
    page.put_back.click()
    qtbot.waitUntil(lambda: page.list.notes.rowCount() == 0)
    assert not page.put_back.isVisible()
    undo = window.menus["&Edit"].actions()[0]
    assert undo.text() == "&Undo bringing back of 3 notes"
    undo.trigger()
    qtbot.waitUntil(lambda: page.list.notes.rowCount() == 3)


def test_erase_now_asks_says_erasing_and_says_when_nothing_is_left(
    opened: Opened, qtbot: QtBot, tmp_path: Path
) -> None:
    window = opened(three_removed)
    page = trash_of(window, qtbot, 3)
    erase_for_good(page, qtbot)
    qtbot.waitUntil(lambda: page.list.notes.rowCount() == 2)
    qtbot.waitUntil(lambda: "Erasing…" in window.status.accessibleName())
    tidy_until_done(window, qtbot)
    said = "Erased. Nothing of it is left in this library."
    qtbot.waitUntil(lambda: window.notice.words() == said)
    assert "Saved on this laptop" in window.status.accessibleName()
    folder = window._runner._folder
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert not any(b"xanthippe2" in path.read_bytes().lower() for path in files)


def test_what_was_begun_before_the_last_start_is_said_and_finished(
    opened: Opened, qtbot: QtBot
) -> None:
    def begun(notebook: Notebook) -> None:
        remove_note(notebook, logged(notebook, text="Xanthippe"), Reason.ERASE)

    window = opened(begun)
    qtbot.waitUntil(lambda: "Erasing…" in window.status.accessibleName())
    tidy_until_done(window, qtbot)
    qtbot.waitUntil(lambda: "Nothing of it is left" in window.notice.words())


def test_an_empty_trash_says_what_would_be_there(opened: Opened, qtbot: QtBot) -> None:
    page = trash_of(opened(), qtbot, 0)
    qtbot.waitUntil(page.headed.empty.isVisible)


def test_what_was_promised_with_a_note_is_erased_with_it_only_if_somebody_says_so(
    opened: Opened, qtbot: QtBot
) -> None:
    def promised_and_removed(notebook: Notebook) -> None:
        for number in range(2):
            note = logged(notebook, text=f"Xanthippe{number}")
            promise = Promise(what=f"Call Xanthippe{number}", note=note)
            make_promise(notebook, PromiseDraft(id=notebook.new_id(), promise=promise))
            remove_note(notebook, note, Reason.WRONG)

    window = opened(promised_and_removed)
    page = trash_of(window, qtbot, 2)
    for left, along in ((1, False), (0, True)):
        page.erase.click()
        box = question(qtbot)
        assert "stays on your list" in box.informativeText()
        assert box.checkBox().isVisible()
        box.checkBox().setChecked(along)
        next(button for button in box.buttons() if button.text() == "Erase").click()
        qtbot.waitUntil(lambda count=left: page.list.notes.rowCount() == count)
    kept: list[PromiseView] = []
    window._runner.ask("kept", list_promises, kept.extend)
    qtbot.waitUntil(lambda: bool(kept))
    assert [view.promise.what for view in kept] == ["Call Xanthippe1"]
