"""The sign in the tray: it writes a note, brings the window back, or ends the program."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QSystemTrayIcon, QWidget
from pytestqt.qtbot import QtBot

from fieldnotes.desktop.tray import Tray

WORDS = ["New note", "What worked", "Open Fieldnotes", "What is due", "Quit"]


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    shown = QWidget()
    qtbot.addWidget(shown)
    return shown


def made(window: QWidget) -> tuple[Tray, list[str]]:
    called: list[str] = []

    def says(word: str) -> Callable[[], None]:
        return lambda: called.append(word)

    return Tray(*map(says, WORDS), window), called


def test_each_line_of_the_menu_does_what_it_says(window: QWidget) -> None:
    tray, called = made(window)
    actions = [action for action in tray.menu.actions() if not action.isSeparator()]
    assert [action.text().replace("&", "") for action in actions] == WORDS
    for action in actions:
        action.trigger()
    assert called == WORDS


def test_a_click_on_the_sign_writes_a_note_and_the_menu_button_does_not(window: QWidget) -> None:
    tray, called = made(window)
    tray.icon.activated.emit(QSystemTrayIcon.ActivationReason.Context)
    assert called == []
    tray.icon.activated.emit(QSystemTrayIcon.ActivationReason.Trigger)
    assert called == ["New note"]
