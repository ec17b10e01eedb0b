"""The frame: pages, counts, menus, and what happens to it from outside."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QAction, QDropEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QMenu, QMessageBox
from pytestqt.qtbot import QtBot

from fieldnotes import paths
from fieldnotes.desktop import contents, theme
from fieldnotes.desktop.help_window import HelpWindow
from fieldnotes.desktop.inbox.decision_rows import NewSenderRow
from fieldnotes.desktop.inbox.reading_in_dialog import ReadingInDialog
from fieldnotes.desktop.inbox.what_came_in import WhatCameInPage
from fieldnotes.desktop.intake.taking_over_dialog import TakingOverDialog
from fieldnotes.desktop.main_window import MainWindow
from fieldnotes.desktop.notes.not_sent_page import NotSentPage
from fieldnotes.desktop.people.people_page import PeoplePage
from fieldnotes.desktop.single_instance import Message
from fieldnotes.desktop.widgets.command_palette import CommandPalette, plain_name
from fieldnotes.desktop.widgets.person_badge import KeyWords
from fieldnotes.operations.notebook import Notebook, open_notebook
from fieldnotes.settings import Settings, read_settings, write_settings
from tests.builders import TickingClock, logged
from tests.desktop.conftest import Opened, Starter
from tests.desktop.libraries import SELLER, a_file, write


def three_notes(notebook: Notebook) -> None:
    logged(notebook, kind="competitor", text="Kolvik gives year one away", account="Norden")
    logged(notebook, kind="objection", text="Too expensive", account="Halvard")
    logged(notebook, kind="objection", text="No time before May", account="Norden")


def shown_titles(window: MainWindow) -> list[str]:
    model = window.notes.finder.list.notes
    return [model.row(number).title for number in range(model.rowCount())]


def menus(window: MainWindow) -> list[QMenu]:
    found = (action.menu() for action in window.menuBar().actions())
    return [menu for menu in found if isinstance(menu, QMenu)]


def actions(window: MainWindow) -> list[QAction]:
    return [action for menu in menus(window) for action in menu.actions() if action.text()]


def run(window: MainWindow, name: str) -> None:
    next(action for action in actions(window) if plain_name(action) == name).trigger()


def dropped(window: MainWindow, *files: Path) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
    event = QDropEvent(
        QPointF(5, 5),
        Qt.DropAction.CopyAction,
        mime,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    window.dropEvent(event)


def test_the_first_window_shows_the_newest_note_and_reads_it(opened: Opened, qtbot: QtBot) -> None:
    window = opened(three_notes)
    assert shown_titles(window)[0] == "No time before May"
    qtbot.waitUntil(lambda: window.notes.reader.reading is not None)
    reading = window.notes.reader.reading
    assert reading is not None
    assert reading.view.note.account == "Norden"


def test_the_side_bar_counts_notes_by_kind(opened: Opened, qtbot: QtBot) -> None:
    window = opened(three_notes)
    model = window.side_bar._model
    qtbot.waitUntil(lambda: model.count_words(contents.ALL) == "3")
    assert model.count_words("objection") == "2"
    assert model.count_words("competitor") == "1"
    assert model.count_words(contents.ACCOUNTS) == "2"
    assert model.count_words(contents.NOT_SENT) == "3"


def test_choosing_a_kind_looks_for_it(opened: Opened, qtbot: QtBot) -> None:
    window = opened(three_notes)
    window.side_bar.chosen.emit("objection")
    qtbot.waitUntil(lambda: len(shown_titles(window)) == 2)
    assert window.notes.finder.query() == "kind:objection"
    assert window.side_bar.current() == "objection"


def test_a_search_that_is_no_page_leaves_the_side_bar_without_a_choice(opened: Opened) -> None:
    window = opened(three_notes)
    window.show_query("kind:objection Norden")
    assert window.side_bar.current() == ""
    window.show_query("")
    assert window.side_bar.current() == contents.ALL


@pytest.mark.parametrize(
    ("side", "first", "arriving"),
    [("sell", "Notebook", False), ("market", "Arriving", True), ("both", "Notebook", True)],
)
def test_the_pages_follow_what_somebody_does(side: str, first: str, arriving: bool) -> None:
    sections = contents.sections(side)
    assert sections[0].heading == first
    assert ("Arriving" in [section.heading for section in sections]) is arriving


def test_changing_the_side_moves_the_pages_at_once(opened: Opened) -> None:
    window = opened(three_notes)
    run(window, "Pages for marketing")
    assert window.side_bar._model.at(window.side_bar._model.index(0)) == "Arriving"


def test_the_status_line_leads_to_what_is_not_sent(opened: Opened, qtbot: QtBot) -> None:
    window = opened(three_notes)
    qtbot.waitUntil(lambda: "3 notes not sent yet" in window.status.accessibleName())
    window.status.clicked.emit(0)
    page = window.page
    assert isinstance(page, NotSentPage)
    qtbot.waitUntil(lambda: page.list.notes.rowCount() == 3)
    assert window.side_bar.current() == contents.NOT_SENT


def test_the_palette_runs_any_action_by_a_few_letters(opened: Opened, qtbot: QtBot) -> None:
    window = opened(three_notes)
    run(window, "Run any action")
    palette = window.findChild(CommandPalette)
    assert palette is not None
    palette.type_words("objec")
    palette.run_current()
    qtbot.waitUntil(lambda: len(shown_titles(window)) == 2)
    assert palette.recent()[0] == "Objections"


def test_no_two_actions_share_their_keys_or_their_name(opened: Opened) -> None:
    window = opened()
    keys = Counter(a.shortcut().toString() for a in actions(window) if not a.shortcut().isEmpty())
    names = Counter(plain_name(action) for action in actions(window))
    assert max(keys.values()) == max(names.values()) == 1


def test_every_menu_entry_has_a_letter_of_its_own(opened: Opened) -> None:
    for menu in menus(opened()):
        letters = []
        for action in menu.actions():
            if not action.isSeparator():
                letters += re.findall(r"&(\w)", action.text().lower())[:1]
        assert len(letters) == len([a for a in menu.actions() if not a.isSeparator()])
        assert max(Counter(letters).values()) == 1, menu.title()


def test_what_cannot_be_done_is_greyed_out(opened: Opened, qtbot: QtBot) -> None:
    window = opened()
    by_name = {plain_name(action): action for action in actions(window)}
    assert not by_name["Edit"].isEnabled()
    assert not by_name["Undo"].isEnabled()
    assert not by_name["Go back to my own notes"].isEnabled()
    assert by_name["New note"].isEnabled()


def test_another_programs_note_appears_by_itself(opened: Opened, qtbot: QtBot) -> None:
    window = opened(three_notes)
    folder = window._runner._folder
    with qtbot.waitSignal(window._runner.changed, timeout=10_000):
        other = open_notebook(folder, clock=TickingClock())
        logged(other, text="From the command line")
        other.close()
    qtbot.waitUntil(lambda: "From the command line" in shown_titles(window))


def test_files_of_notes_that_are_dropped_are_looked_at_first(
    opened: Opened, qtbot: QtBot, tmp_path: Path
) -> None:
    file = a_file(tmp_path, "Ines Carvalho", three_notes)
    window = opened()
    dropped(window, file)
    dialog = window.findChild(ReadingInDialog)
    assert dialog is not None
    qtbot.waitUntil(lambda: dialog.preview() is not None and not dialog.is_busy())
    assert shown_titles(window) == []
    dialog.close()


def test_what_came_in_is_shown_after_reading_in(
    opened: Opened, qtbot: QtBot, tmp_path: Path
) -> None:
    file = a_file(tmp_path, "Ines Carvalho", three_notes)
    window = opened()
    dropped(window, file)
    dialog = window.findChild(ReadingInDialog)
    assert dialog is not None
    qtbot.waitUntil(lambda: dialog.preview() is not None and not dialog.is_busy())
    row = dialog.findChild(NewSenderRow)
    assert row is not None
    row.accept.click()
    qtbot.waitUntil(dialog.go.isEnabled)
    dialog.go.click()
    qtbot.waitUntil(lambda: isinstance(window.page, WhatCameInPage))
    qtbot.waitUntil(lambda: len(shown_titles(window)) == 3)


def test_a_sheet_is_taken_over_only_after_a_yes(
    opened: Opened, qtbot: QtBot, tmp_path: Path
) -> None:
    sheet = tmp_path / "old notes.csv"
    sheet.write_text("title,text,kind\nOne,Heard it,objection\nTwo,Heard more,win\n", "utf-8")
    window = opened()
    dropped(window, sheet)
    dialog = window.findChild(TakingOverDialog)
    assert dialog is not None
    qtbot.waitUntil(dialog.go.isEnabled)
    assert "old notes.csv" in dialog.heading()
    assert dialog.foot_words.text() == "2 new notes."
    assert shown_titles(window) == []
    dialog.go.click()
    qtbot.waitUntil(lambda: sorted(shown_titles(window)) == ["One", "Two"])
    assert "2 notes are new" in window.notice.words()


def test_a_file_without_notes_is_refused_on_the_page(opened: Opened, tmp_path: Path) -> None:
    window = opened()
    dropped(window, tmp_path / "picture.png")
    assert "This file holds no notes." in window.notice.words()


def test_f1_explains_the_page_that_is_shown(opened: Opened) -> None:
    window = opened()
    run(window, "Help for this page")
    shown = window.findChild(HelpWindow)
    assert shown is not None
    assert shown.toPlainText().startswith("Notes")
    run(window, "Not sent yet")
    run(window, "Help for this page")
    assert shown.toPlainText().startswith("Sending notes")
    shown.close()


def test_every_link_in_the_help_leads_to_a_page() -> None:
    folder = paths.resources() / "help"
    for name in ("notes", "capture", "sending", "reading-in", "accounts", "other-programs"):
        text = (folder / f"{name}.md").read_text("utf-8")
        assert all((folder / link).is_file() for link in re.findall(r"\]\(([^)]+)\)", text))


def test_the_window_comes_back_where_it_was(start: Starter, tmp_path: Path) -> None:
    write_settings(Settings(side="sell", scheme="light"))
    program = start(write(tmp_path, SELLER, three_notes))
    window = program.window
    assert window is not None
    window.setGeometry(20, 30, 900, 560)
    run(window, "Dark colours")
    assert theme.current().dark
    window.close()
    kept = read_settings()
    assert kept.window == (20, 30, 900, 560)
    assert (kept.scheme, kept.side) == ("dark", "sell")
    again = start(tmp_path / "wren-tolliver").window
    assert again is not None
    assert again.geometry().getRect() == (20, 30, 900, 560)


def test_a_place_on_a_screen_that_is_gone_is_not_taken(start: Starter, tmp_path: Path) -> None:
    write_settings(Settings(window=(9_000, 9_000, 900, 600)))
    window = start(write(tmp_path, SELLER, three_notes)).window
    assert window is not None
    assert window.geometry().left() < 9_000


def test_a_bug_is_told_and_the_window_goes_on(
    opened: Opened, qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    window = opened(three_notes)

    def fail(_: Notebook) -> None:
        raise ZeroDivisionError("what a note says")

    window._runner.ask("a bug", fail, lambda _: None)
    qtbot.waitUntil(lambda: bool(boxes()))
    box = boxes()[0]
    assert "What you typed is kept" in box.informativeText()
    assert "what a note says" not in box.detailedText()
    assert "ZeroDivisionError" in box.detailedText()
    box.close()


def boxes() -> list[QMessageBox]:
    shown = (widget for widget in QApplication.topLevelWidgets() if widget.isVisible())
    return [widget for widget in shown if isinstance(widget, QMessageBox)]


def test_the_people_page_shows_ones_own_six_words(opened: Opened, qtbot: QtBot) -> None:
    window = opened(three_notes)
    run(window, "People and keys")
    page = window.page
    assert isinstance(page, PeoplePage)
    qtbot.waitUntil(lambda: page.findChild(KeyWords) is not None)
    words = page.findChild(KeyWords)
    assert words is not None
    assert len(words.words()) == 6


def test_a_second_start_that_wants_to_write_opens_the_capture_window(
    opened: Opened, start: Starter, tmp_path: Path, qtbot: QtBot
) -> None:
    from fieldnotes.desktop.capture.capture_window import CaptureWindow

    program = start(write(tmp_path, SELLER, three_notes))
    program.receive(Message(capture=True))
    qtbot.waitUntil(
        lambda: any(
            isinstance(widget, CaptureWindow) and widget.isVisible()
            for widget in QApplication.topLevelWidgets()
        )
    )


def test_a_library_that_cannot_be_opened_is_told_on_the_page(
    start: Starter, tmp_path: Path
) -> None:
    folder = write(tmp_path, SELLER, three_notes)
    (folder / "library.db").write_bytes(b"not a library" * 100)
    window = start(folder).window
    assert window is not None
    assert "not a Fieldnotes library" in window.notes.finder._notice.words()


def test_ctrl_f_puts_the_keyboard_into_the_search(opened: Opened, qtbot: QtBot) -> None:
    window = opened(three_notes)
    run(window, "Not sent yet")
    action = next(a for a in actions(window) if a.shortcut() == QKeySequence("Ctrl+F"))
    action.trigger()
    assert window.page is window.notes
    assert window.focusWidget() is window.notes.finder.search.focusProxy()


def test_asking_for_a_detail_is_switched_off_in_the_menu_for_good(opened: Opened) -> None:
    window = opened()
    asking = next(each for each in actions(window) if "one detail" in plain_name(each).lower())
    assert asking.isChecked()
    asking.trigger()
    window.close()
    assert not asking.isChecked()
    assert not read_settings().one_detail
