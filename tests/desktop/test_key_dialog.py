"""Choosing the key that works in every program: what is said, what is kept, what is taken."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import ClassVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from fieldnotes.desktop.global_key.chord import Chord
from fieldnotes.desktop.global_key.global_key import GlobalKey
from fieldnotes.desktop.global_key.key_commands import KeyCommands
from fieldnotes.desktop.global_key.key_dialog import KeyDialog
from fieldnotes.desktop.global_key.key_words import sentence
from fieldnotes.desktop.global_key.way import Outcome, Pressed, Standing, Told
from fieldnotes.desktop.kept_settings import KeptSettings
from fieldnotes.desktop.main_window import MainWindow
from fieldnotes.desktop.program import Program
from fieldnotes.desktop.single_instance import Message
from fieldnotes.settings import Settings
from tests.desktop.conftest import Opened
from tests.desktop.libraries import SELLER, show, write

CTRL_ALT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


class ADesktop:
    """Gives any key but those with the digit 7, which somebody has."""

    asks: ClassVar[bool] = False

    def hold(self, chord: Chord, told: Told, pressed: Pressed) -> None:
        told(Standing(Outcome.TAKEN if chord.key == "7" else Outcome.HELD))

    def let_go(self) -> None:
        pass


class ADesktopThatAsks(ADesktop):
    """Somebody says no."""

    asks: ClassVar[bool] = True

    def hold(self, chord: Chord, told: Told, pressed: Pressed) -> None:
        told(Standing(Outcome.REFUSED))


@pytest.fixture
def key() -> Iterator[GlobalKey]:
    made = GlobalKey(ADesktop)
    yield made
    made.close()
    made.deleteLater()


@pytest.fixture
def dialog(qtbot: QtBot, key: GlobalKey) -> KeyDialog:
    made = KeyDialog(key)
    made.wanted.connect(key.take)
    key.take("Ctrl+Alt+F")
    show(qtbot, made)
    settle(qtbot, key)
    return made


def settle(qtbot: QtBot, key: GlobalKey) -> None:
    qtbot.waitUntil(lambda: key.standing.outcome is not Outcome.ASKING)


def said(dialog: KeyDialog) -> str:
    return dialog.said.words()


def test_it_says_that_the_key_works(dialog: KeyDialog) -> None:
    assert dialog.switch.isChecked()
    assert dialog.keys.keySequence() == QKeySequence("Ctrl+Alt+F")
    assert said(dialog) == "Ctrl+Alt+F opens the card in every program."


def test_other_keys_are_pressed_to_choose_them(
    qtbot: QtBot, dialog: KeyDialog, key: GlobalKey
) -> None:
    with qtbot.waitSignal(dialog.wanted) as wanted:
        qtbot.keyClick(dialog.keys, Qt.Key.Key_J, CTRL_ALT)
    assert wanted.args == ["Ctrl+Alt+J"]
    qtbot.waitUntil(lambda: said(dialog) == "Ctrl+Alt+J opens the card in every program.")


def test_keys_that_another_program_has_are_told(
    qtbot: QtBot, dialog: KeyDialog, key: GlobalKey
) -> None:
    qtbot.keyClick(dialog.keys, Qt.Key.Key_7, CTRL_ALT)
    words = "Another program has Ctrl+Alt+7. Choose other keys."
    qtbot.waitUntil(lambda: said(dialog) == words)


def test_keys_that_everybody_types_are_not_taken(
    qtbot: QtBot, dialog: KeyDialog, key: GlobalKey
) -> None:
    qtbot.keyClick(dialog.keys, Qt.Key.Key_X)
    qtbot.waitUntil(lambda: said(dialog).startswith("Press a letter, a digit or F1 to F24"))
    assert key.keys == "Ctrl+Alt+F"
    assert key.standing.outcome is Outcome.HELD


def test_switched_off_and_on_again(qtbot: QtBot, dialog: KeyDialog, key: GlobalKey) -> None:
    dialog.switch.click()
    assert key.standing.outcome is Outcome.OFF
    assert not dialog.keys.isEnabled()
    assert said(dialog) == "No key is taken. Ctrl+Shift+F opens the card in this window."
    dialog.switch.click()
    qtbot.waitUntil(lambda: said(dialog) == "Ctrl+Alt+F opens the card in every program.")


def test_the_keyboard_goes_through_it_by_the_eye(qtbot: QtBot, dialog: KeyDialog) -> None:
    assert dialog.keys.accessibleName() == "Keys to press"
    dialog.switch.setFocus()
    passed = []
    for _ in range(4):
        passed.append(dialog.focusWidget())
        qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Tab)
    texts = [getattr(each, "text", str)().replace("&", "") for each in passed]
    assert texts[0].startswith("Open")
    assert dialog.keys.isAncestorOf(passed[1]) or passed[1] is dialog.keys
    assert texts[2:] == ["Help", "Close"]


def test_where_no_desktop_gives_a_key_nothing_can_be_chosen_and_it_says_what_to_do(
    qtbot: QtBot,
) -> None:
    key = GlobalKey(None)
    dialog = KeyDialog(key)
    qtbot.addWidget(dialog)
    assert not dialog.switch.isEnabled()
    assert not dialog.keys.isEnabled()
    assert "“fieldnotes flip”" in said(dialog)


def test_every_outcome_has_a_sentence_of_its_own() -> None:
    told = [sentence(Standing(outcome), "Ctrl+Alt+F") for outcome in Outcome]
    assert len(set(told)) == len(Outcome)
    assert not [words for words in told if "{" in words]


# --- with the settings ------------------------------------------------------------------------

Begun = Callable[[type[ADesktop], Settings], tuple[GlobalKey, KeptSettings]]


@pytest.fixture
def begun(qtbot: QtBot) -> Iterator[Begun]:
    keys: list[GlobalKey] = []

    def begin(way: type[ADesktop], settings: Settings) -> tuple[GlobalKey, KeptSettings]:
        window = MainWindow(settings)
        qtbot.addWidget(window)
        kept = KeptSettings(settings, window)
        keys.append(GlobalKey(way, window))
        KeyCommands(window, kept, keys[-1]).begin()
        settle(qtbot, keys[-1])
        return keys[-1], kept

    yield begin
    for key in keys:
        key.close()


def test_as_it_comes_the_key_is_taken(begun: Begun) -> None:
    key, _ = begun(ADesktop, Settings())
    assert (key.keys, key.standing.outcome) == ("Ctrl+Alt+F", Outcome.HELD)


def test_the_key_that_was_chosen_is_taken(begun: Begun) -> None:
    assert begun(ADesktop, Settings(flip_key="Meta+J"))[0].keys == "Meta+J"


def test_switched_off_none_is_taken(begun: Begun) -> None:
    assert begun(ADesktop, Settings(flip_key=""))[0].standing.outcome is Outcome.OFF


def test_a_desktop_that_would_ask_is_not_asked_before_somebody_wants_a_key(begun: Begun) -> None:
    assert begun(ADesktopThatAsks, Settings())[0].standing.outcome is Outcome.OFF


def test_a_person_who_said_no_is_not_asked_at_every_start(begun: Begun) -> None:
    key, kept = begun(ADesktopThatAsks, Settings(flip_key="Ctrl+Alt+F"))
    assert key.standing.outcome is Outcome.REFUSED
    assert kept.now.flip_key == ""


def test_the_menu_shows_which_key_it_is(opened: Opened, qtbot: QtBot, tmp_path: Path) -> None:
    window = opened()
    entry = next(each for each in window.menus["&Edit"].actions() if "every" in each.text())
    entry.trigger()
    dialog = window.findChild(KeyDialog)
    assert dialog is not None
    qtbot.waitUntil(dialog.isVisible)
    assert "“fieldnotes flip”" in said(dialog)  # what paints into memory has no keys


def test_a_second_program_on_the_library_leaves_the_key_to_the_first(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path
) -> None:
    program = Program(qapp, write(tmp_path, SELLER, lambda notebook: None), second=True)
    with qtbot.waitSignal(program.ready):
        program.start(Message())
    key = program.findChild(GlobalKey)
    assert key is not None
    assert not key.possible
    assert sentence(key.standing, key.keys).startswith("Another Fieldnotes has this library open")
    program.close()
    program.deleteLater()
