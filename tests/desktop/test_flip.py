"""The flip card by keyboard: two words, step, copy, open the note, full screen, away."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from fieldnotes.desktop.flip.answer_list import LARGEST, LEAST
from fieldnotes.desktop.flip.flip_window import FlipWindow
from fieldnotes.desktop.main_window import MainWindow
from fieldnotes.desktop.single_instance import Message
from fieldnotes.desktop.widgets.large_text import LargeText
from fieldnotes.domain.notes import NoteDraft, Quote
from fieldnotes.operations.notebook import Notebook
from fieldnotes.operations.notes import log_note
from tests.builders import a_note, logged
from tests.desktop.conftest import Opened, Starter
from tests.desktop.libraries import SELLER, running, show, write

PROOF, TERMS = "Let him call two customers", "A 12-month exit in writing"
ARMS_LENGTH = 28  # pixels at 96 dpi


def notes(notebook: Notebook) -> None:
    told: dict[str, Any] = {"kind": "objection", "competitors": ("Kolvik",), "concern": "price"}
    logged(notebook, answer="Three-year sum", worked="no", account="Tessaro", **told)
    logged(notebook, answer=TERMS, worked="yes", account="Tessaro", **told)
    for account in ("Halden Foods", "Tessaro"):
        quotes = (Quote("q1", "That settles it.", "CFO"),)
        logged(notebook, answer=PROOF, worked="yes", account=account, quotes=quotes, **told)


@pytest.fixture
def card(tmp_path: Path, qtbot: QtBot) -> Iterator[FlipWindow]:
    with running(write(tmp_path, SELLER, notes)) as runner:
        window = FlipWindow(runner)
        show(qtbot, window)
        window.open()
        yield window


def typed(qtbot: QtBot, card: FlipWindow, words: str) -> None:
    qtbot.keyClicks(card.field, words)
    qtbot.waitUntil(lambda: bool(card.answers.cards()))


def at_hand(card: FlipWindow) -> str:
    answer = card.answers.current()
    return answer.newest.words if answer else ""


def test_two_words_show_what_worked_and_what_did_not_last(qtbot: QtBot, card: FlipWindow) -> None:
    typed(qtbot, card, "kolvik price")
    assert [each.answer.newest.words for each in card.answers.cards()] == [PROOF, TERMS]
    assert card.answers.lines() == ["Did not work: Three-year sum"]
    qtbot.waitUntil(lambda: card.read_as.text() == "Kolvik: competitor  ·  price: concern")


def test_the_first_answer_says_how_often_and_where_and_in_whose_words(
    qtbot: QtBot, card: FlipWindow
) -> None:
    typed(qtbot, card, "kolvik")
    said = card.answers.cards()[0].accessibleName()
    for part in (PROOF, "Worked in 2 meetings", "you", "Tessaro, Halden Foods", "settles it"):
        assert part in said


def test_answers_are_read_at_arms_length_and_larger_where_there_is_room(
    qtbot: QtBot, card: FlipWindow
) -> None:
    typed(qtbot, card, "kolvik")
    words = card.answers.cards()[0].words
    assert words.pixels() == LEAST >= ARMS_LENGTH
    card.resize(1920, 1080)
    qtbot.waitUntil(lambda: words.pixels() == LARGEST)


def test_down_and_up_step_through_and_stop_at_the_ends(qtbot: QtBot, card: FlipWindow) -> None:
    typed(qtbot, card, "kolvik")
    for key, expected in (
        (Qt.Key.Key_Up, PROOF),
        (Qt.Key.Key_Down, TERMS),
        (Qt.Key.Key_Down, TERMS),
        (Qt.Key.Key_Up, PROOF),
    ):
        qtbot.keyClick(card.field, key)
        assert at_hand(card) == expected
        assert card.field.accessibleDescription().startswith(expected)


def test_a_long_answer_is_whole_once_it_is_at_hand(qtbot: QtBot, card: FlipWindow) -> None:
    card.resize(480, 320)
    typed(qtbot, card, "kolvik")
    first, second = (each.words for each in card.answers.cards())
    for words in (first, second):
        words.set_text("Ask how many years. " * 20)
    assert len(first.lines(400)) > len(second.lines(400)) == 4
    qtbot.keyClick(card.field, Qt.Key.Key_Down)
    assert not second.lines(400)[-1].endswith("…")


def test_copy_takes_the_answer_at_hand(qtbot: QtBot, card: FlipWindow) -> None:
    typed(qtbot, card, "kolvik")
    qtbot.keyClick(card.field, Qt.Key.Key_Down)
    qtbot.keyClick(card.field, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == TERMS
    assert card.read_as.text() == "Copied."


def test_copy_takes_what_is_marked_in_the_field_instead(qtbot: QtBot, card: FlipWindow) -> None:
    typed(qtbot, card, "kolvik")
    card.field.selectAll()
    qtbot.keyClick(card.field, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "kolvik"


def test_escape_closes_and_nothing_is_remembered(qtbot: QtBot, card: FlipWindow) -> None:
    typed(qtbot, card, "kolvik")
    qtbot.keyClick(card.field, Qt.Key.Key_Escape)
    assert not card.isVisible()
    card.open()
    assert card.field.text() == ""
    qtbot.waitUntil(card.start.isVisible)


def test_asked_for_again_while_somebody_types_it_keeps_the_words_to_be_typed_over(
    qtbot: QtBot, card: FlipWindow
) -> None:
    typed(qtbot, card, "kolvik")
    card.open()
    assert card.field.text() == card.field.selectedText() == "kolvik"


def test_each_key_stands_beside_what_it_does_also_where_the_line_is_too_short(
    qtbot: QtBot, card: FlipWindow
) -> None:
    card.resize(480, 320)
    hints = [each for each in card.hints.children() if isinstance(each, QWidget)]
    qtbot.waitUntil(lambda: len({each.y() for each in hints}) == 2)
    assert all(each.width() >= each.sizeHint().width() for each in hints)
    card.resize(960, 640)
    qtbot.waitUntil(lambda: len({each.y() for each in hints}) == 1)


def test_f11_fills_the_screen_and_leaves_it_again(qtbot: QtBot, card: FlipWindow) -> None:
    qtbot.keyClick(card.field, Qt.Key.Key_F11)
    assert card.isFullScreen()
    qtbot.keyClick(card.field, Qt.Key.Key_F11)
    assert not card.isFullScreen()


def test_an_empty_field_offers_words_that_find_something(qtbot: QtBot, card: FlipWindow) -> None:
    qtbot.waitUntil(lambda: bool(card.start.findChildren(QPushButton)))
    (offered,) = card.start.findChildren(QPushButton)
    assert offered.text() == "Kolvik price"
    offered.click()
    qtbot.waitUntil(lambda: at_hand(card) == PROOF)


def test_nothing_found_is_said_and_enter_opens_nothing(qtbot: QtBot, card: FlipWindow) -> None:
    typed(qtbot, card, "kolvik")
    card.field.setText("submarine")
    qtbot.waitUntil(card.start.isVisible)
    assert card.start.title.text() == "Nothing that worked is noted for this yet."
    with qtbot.assertNotEmitted(card.note_chosen):
        qtbot.keyClick(card.field, Qt.Key.Key_Return)


def test_a_word_longer_than_the_window_is_wrapped_and_a_long_answer_ends_with_dots(
    qtbot: QtBot,
) -> None:
    text = LargeText("Donaudampfschifffahrtsgesellschaftskapitänsmütze " * 9, 30, most=3)
    qtbot.addWidget(text)
    lines = text.lines(320)
    assert len(lines) == 3
    assert lines[-1].endswith("…")
    assert text.heightForWidth(320) > text.heightForWidth(10_000)


# --- in the program ---------------------------------------------------------------------------


def the_card(window: MainWindow) -> FlipWindow:
    cards = [each for each in QApplication.topLevelWidgets() if isinstance(each, FlipWindow)]
    (shown,) = [each for each in cards if each.isVisible()]
    return shown


def test_the_keys_open_it_and_enter_shows_the_note_in_the_main_window(
    opened: Opened, qtbot: QtBot
) -> None:
    window = opened(notes)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    control_shift = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(window, Qt.Key.Key_F, control_shift)
    card = the_card(window)
    typed(qtbot, card, "kolvik exit")
    qtbot.keyClick(card.field, Qt.Key.Key_Return)
    assert not card.isVisible()

    def is_read() -> bool:
        reading = window.notes.reader.reading
        return reading is not None and reading.view.note.answer == TERMS

    qtbot.waitUntil(is_read)


def test_another_start_hands_over_the_words(start: Starter, tmp_path: Path, qtbot: QtBot) -> None:
    program = start(write(tmp_path, SELLER, notes))
    assert program.window is not None
    program.receive(Message(flip="kolvik price"))
    card = the_card(program.window)
    qtbot.waitUntil(lambda: at_hand(card) == PROOF)


def test_a_first_start_with_words_shows_the_card_as_soon_as_there_is_a_library(
    start: Starter, tmp_path: Path, qtbot: QtBot
) -> None:
    program = start(write(tmp_path, SELLER, notes), Message(flip=""))
    assert program.window is not None
    assert the_card(program.window).field.text() == ""


def test_what_is_written_meanwhile_is_on_the_card(opened: Opened, qtbot: QtBot) -> None:
    window = opened(notes)
    next(each for each in window.menus["&Edit"].actions() if "worked" in each.text()).trigger()
    card = the_card(window)
    typed(qtbot, card, "kolvik")
    note = a_note("objection", answer="Turned the page", worked="yes", competitors=("Kolvik",))
    window._runner.do(lambda book: log_note(book, NoteDraft(id=book.new_id(), note=note)))
    qtbot.waitUntil(lambda: len(card.answers.cards()) == 3)
