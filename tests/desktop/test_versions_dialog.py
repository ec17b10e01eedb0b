"""The versions of a note: what changed word by word, and any of them brought back."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QTextCursor
from pytestqt.qtbot import QtBot

from fieldnotes.desktop.main_window import MainWindow
from fieldnotes.desktop.notes.versions_dialog import VersionsDialog
from fieldnotes.desktop.widgets.difference_text import DifferenceText
from fieldnotes.domain.records import Reason
from fieldnotes.operations.notebook import Notebook
from fieldnotes.operations.notes import edit_note, remove_note, restore_note
from tests.builders import a_note, got, logged
from tests.desktop.conftest import Opened, Starter
from tests.desktop.libraries import MARKETER, a_file, write


def five_versions(notebook: Notebook) -> None:
    note = logged(notebook, text="Kolvik is cheaper 😀 than us", tags=["pricing"])
    edit_note(notebook, note, a_note(text="Kolvik was cheaper 😀 than us", tags=["pricing"]))
    edit_note(notebook, note, a_note(text="Kolvik was cheaper 😀 than us", tags=["discount"]))
    remove_note(notebook, note, Reason.WRONG)
    restore_note(notebook, note)


def dialog_of(window: MainWindow, qtbot: QtBot, count: int) -> VersionsDialog:
    qtbot.waitUntil(lambda: window.notes.reader.reading is not None)
    window.notes.reader.show_versions()
    dialog = window.findChild(VersionsDialog)
    assert dialog is not None
    qtbot.waitUntil(lambda: dialog.list.notes.rowCount() == count)
    return dialog


def looks(text: DifferenceText) -> dict[str, str]:
    """What is struck out and what is underlined."""
    found = {"gone": "", "come": ""}
    cursor = QTextCursor(text.document())
    while not cursor.atEnd():
        cursor.movePosition(
            QTextCursor.MoveOperation.NextCharacter, QTextCursor.MoveMode.KeepAnchor
        )
        look = cursor.charFormat()
        if look.fontStrikeOut():
            found["gone"] += cursor.selectedText()
        elif look.fontUnderline():
            found["come"] += cursor.selectedText()
        cursor.setPosition(cursor.position())
    return found


def test_each_version_says_what_changed_and_the_words_show_it(opened: Opened, qtbot: QtBot) -> None:
    dialog = dialog_of(opened(five_versions), qtbot, 5)
    rows = [dialog.list.notes.row(number) for number in range(5)]
    assert [row.snippet for row in rows] == [
        "Brought back, nothing else",
        "Removed: I was wrong",
        "Tags",
        "Text",
        "As it was first saved",
    ]
    dialog.list.set_current(rows[3].id)
    page = dialog.page.widget()
    assert page is not None
    [text] = page.findChildren(DifferenceText)
    assert text.accessibleName() == "Text"
    shown = looks(text)
    assert (shown["gone"].strip(), shown["come"].strip()) == ("is", "was")
    assert text.accessibleDescription() == "taken out: is; added: was"


def test_any_version_can_be_brought_back_and_that_undone(opened: Opened, qtbot: QtBot) -> None:
    window = opened(five_versions)
    dialog = dialog_of(window, qtbot, 5)
    assert not dialog.back.isEnabled()
    dialog.list.set_current(dialog.list.notes.row(1).id)
    assert not dialog.back.isEnabled()
    dialog.list.set_current(dialog.list.notes.row(4).id)
    assert dialog.back.isEnabled()
    dialog.back.click()

    def text() -> str:
        reading = window.notes.reader.reading
        return reading.view.note.text if reading else ""

    qtbot.waitUntil(lambda: text().startswith("Kolvik is"))
    assert window.findChild(VersionsDialog) is None
    undo = window.menus["&Edit"].actions()[0]
    assert undo.text() == "&Undo bringing back of a version"
    undo.trigger()
    qtbot.waitUntil(lambda: text().startswith("Kolvik was"))


def test_a_note_of_somebody_else_can_be_compared_and_not_changed(
    start: Starter, tmp_path: Path, qtbot: QtBot
) -> None:
    file = a_file(tmp_path, "Wren Tolliver", lambda book: edit_note(book, logged(book), a_note()))
    window = start(write(tmp_path, MARKETER, lambda book: got(book, file))).window
    assert window is not None
    dialog = dialog_of(window, qtbot, 1)
    assert not dialog.back.isEnabled()
    assert "Only its author" in dialog.foot_words.text()
