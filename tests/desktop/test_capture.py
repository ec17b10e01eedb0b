"""The window to write in: nothing typed is lost, and the keyboard is enough."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QMimeData, Qt, QTimer
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from fieldnotes.desktop import theme
from fieldnotes.desktop.capture.capture_window import CaptureWindow
from fieldnotes.desktop.runner import Runner
from fieldnotes.domain.drafts import DraftView
from fieldnotes.domain.markings import Marking
from fieldnotes.domain.notes import Contact, Meeting, Note, NoteDraft, Person
from fieldnotes.domain.query import EVERYTHING
from fieldnotes.domain.views import NoteView
from fieldnotes.operations.drafts import list_drafts, read_draft
from fieldnotes.operations.notebook import Notebook, open_notebook
from fieldnotes.operations.notes import draft_of, log_note
from fieldnotes.operations.search import find_notes
from tests.builders import TickingClock, a_note, logged

KEY = Qt.Key
ALT = Qt.KeyboardModifier.AltModifier
CTRL = Qt.KeyboardModifier.ControlModifier
NO_KEYS = Qt.KeyboardModifier.NoModifier
MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)

TYPES_AND_WAITS = """
import sys
from pathlib import Path
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from fieldnotes.desktop import theme
from fieldnotes.desktop.capture.capture_window import CaptureWindow
from fieldnotes.desktop.runner import Runner

app = QApplication([])
theme.apply(app, "light")
window = CaptureWindow(Runner(Path(sys.argv[1])))
window.new_note()
window.kind_bar.buttons()[1].click()
QTest.keyClicks(window.form.text, "They wait. @Halden and more")
for _step in range(5):
    QTest.keyClick(window.form.text, Qt.Key.Key_Left)
QTest.keyClicks(window.form.kinds["objection"].line("answer"), "We start small.")
window.draft_kept.connect(lambda _id: print("kept", flush=True))
app.exec()
"""


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication) -> Iterator[None]:
    theme.apply(qapp, "light")
    yield
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """A library with some names in it."""
    notebook = open_notebook(tmp_path / "library", "Wren Tolliver", TickingClock())
    for account in ("Brandt & Söhne", "Halden Foods", "Halden Foods"):
        logged(notebook, account=account, tags=["discount", "pricing"], competitors=("Kolvik",))
    logged(notebook, tags=["discount", "displacement"])
    notebook.close()
    return tmp_path / "library"


Opened = Callable[[], CaptureWindow]


@pytest.fixture
def opened(library: Path, qtbot: QtBot) -> Iterator[Opened]:
    """Starts the program as often as it is called; each start ends the one before."""
    running: list[tuple[CaptureWindow, Runner]] = []

    def end() -> None:
        for window, runner in running:
            window.close()
            runner.close()
            window.deleteLater()
        running.clear()

    def start() -> CaptureWindow:
        end()
        runner = Runner(library, TickingClock())
        runner.crashed.connect(lambda error: pytest.fail(repr(error)))
        window = CaptureWindow(runner, clock=TickingClock())
        running.append((window, runner))
        qtbot.waitUntil(lambda: bool(window.form.text.names))
        return window

    yield start
    end()


@pytest.fixture
def window(opened: Opened, qtbot: QtBot) -> CaptureWindow:
    made = opened()
    made.new_note()
    qtbot.waitExposed(made)
    QApplication.processEvents()
    return made


def write(window: CaptureWindow, qtbot: QtBot, words: str) -> None:
    """Type words, with a moment after the last as any hand leaves it."""
    qtbot.keyClicks(window.form.text, words)
    window.form.text.settle()


def press(
    window: CaptureWindow, qtbot: QtBot, key: Qt.Key, held: Qt.KeyboardModifier = NO_KEYS
) -> None:
    qtbot.keyClick(window.form.text, key, held)


def save(window: CaptureWindow, qtbot: QtBot) -> str:
    with qtbot.waitSignal(window.saved) as told:
        press(window, qtbot, KEY.Key_Return, CTRL)
    return str(told.args[0])


def kept(window: CaptureWindow, qtbot: QtBot, act: Callable[[], None]) -> None:
    """Do something and wait until it is on disk."""
    with qtbot.waitSignal(window.draft_kept):
        act()


def in_library(library: Path) -> Iterator[Notebook]:
    notebook = open_notebook(library)
    yield notebook
    notebook.close()


def drafts(library: Path) -> list[DraftView]:
    return next(map(list_drafts, in_library(library)))


def note(library: Path, record_id: str) -> Note:
    return view(library, record_id).note


def view(library: Path, record_id: str) -> NoteView:
    found = next(find_notes(each, EVERYTHING).notes for each in in_library(library))
    return next(each for each in found if each.id == record_id)


# Nothing is lost


def test_a_pause_in_typing_puts_the_draft_on_disk(
    window: CaptureWindow, library: Path, qtbot: QtBot
) -> None:
    kept(window, qtbot, lambda: write(window, qtbot, "They wait."))
    assert window.footer.state.words().startswith("Draft kept")
    assert [each.heading for each in drafts(library)] == ["They wait."]


def test_the_draft_is_not_called_kept_while_somebody_types(
    window: CaptureWindow, qtbot: QtBot
) -> None:
    kept(window, qtbot, lambda: write(window, qtbot, "They wait."))
    write(window, qtbot, "x")
    qtbot.waitUntil(lambda: not window.footer.state.words().startswith("Draft kept"))


def test_a_pill_is_on_disk_without_a_pause(
    window: CaptureWindow, library: Path, qtbot: QtBot
) -> None:
    window.kind_bar.buttons()[1].click()
    pills = window.form.kinds["objection"].pills("concern")
    kept(window, qtbot, lambda: pills.pills()[0].click())
    draft = next(read_draft(each, drafts(library)[0].id) for each in in_library(library))
    assert (draft.draft.note.kind, draft.draft.note.concern) == ("objection", "price")


def test_escape_closes_without_a_question_and_keeps_the_text(
    window: CaptureWindow, opened: Opened, library: Path, qtbot: QtBot
) -> None:
    write(window, qtbot, "They wait.")
    press(window, qtbot, KEY.Key_Escape)
    assert window.isHidden()
    again = opened()
    again.restore_open()
    again.resume(drafts(library)[0].id)
    qtbot.waitUntil(lambda: again.form.text.text() == "They wait.")


def test_a_window_that_was_closed_by_escape_stays_closed_at_the_next_start(
    window: CaptureWindow, opened: Opened, library: Path, qtbot: QtBot
) -> None:
    write(window, qtbot, "They wait.")
    press(window, qtbot, KEY.Key_Escape)
    opened()
    assert [each.open for each in drafts(library)] == [False]


def test_the_window_that_was_open_at_the_end_comes_back(
    window: CaptureWindow, opened: Opened, qtbot: QtBot
) -> None:
    write(window, qtbot, "They wait.")
    again = opened()
    again.restore_open()
    qtbot.waitUntil(again.isVisible)
    assert again.form.text.text() == "They wait."


def test_a_killed_program_comes_back_with_text_fields_and_cursor(
    opened: Opened, library: Path, qtbot: QtBot
) -> None:
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    script = [sys.executable, "-c", TYPES_AND_WAITS, str(library)]
    typing = subprocess.Popen(
        script, stdout=subprocess.PIPE, text=True, env=environment, cwd=Path(__file__).parents[2]
    )
    with typing:
        assert typing.stdout is not None
        assert typing.stdout.readline() == "kept\n"
        typing.send_signal(signal.SIGKILL)
    window = opened()
    window.restore_open()
    qtbot.waitUntil(window.isVisible)
    draft = window.form.draft()
    assert draft.draft.note.text == "They wait. Halden and more"
    assert draft.cursor == len("They wait. X and")
    assert [(name.sign, name.name) for name in draft.names] == [("@", "Halden")]
    assert (draft.draft.note.kind, draft.draft.note.answer) == ("objection", "We start small.")
    assert window.kind_bar.kind() == "objection"


def test_a_note_whose_words_are_taken_back_leaves_no_draft(
    window: CaptureWindow, library: Path, qtbot: QtBot
) -> None:
    kept(window, qtbot, lambda: write(window, qtbot, "x"))
    press(window, qtbot, KEY.Key_Backspace)
    qtbot.waitUntil(lambda: drafts(library) == [])


def test_an_unfinished_note_is_offered_beside_the_new_one(
    window: CaptureWindow, qtbot: QtBot
) -> None:
    write(window, qtbot, "They wait.")
    press(window, qtbot, KEY.Key_Escape)
    window.new_note()
    qtbot.waitUntil(window.notice.isVisible)
    assert "They wait." in window.notice.words()
    window.notice.button.click()
    qtbot.waitUntil(lambda: window.form.text.text() == "They wait.")


def test_a_disk_that_refuses_leaves_the_text_and_says_so(
    window: CaptureWindow, library: Path, qtbot: QtBot
) -> None:
    resource = pytest.importorskip("resource")
    kept(window, qtbot, lambda: write(window, qtbot, "They wait."))
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, hard))
    try:
        press(window, qtbot, KEY.Key_Return, CTRL)
        qtbot.waitUntil(window.notice.isVisible)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert "disk" in window.notice.words()
    assert window.form.text.text() == "They wait."
    assert "Saved" not in window.footer.state.words()
    assert note(library, save(window, qtbot)).text == "They wait."


def test_who_never_pauses_is_on_disk_all_the_same(
    window: CaptureWindow, library: Path, qtbot: QtBot
) -> None:
    typing = QTimer(interval=20)
    typing.timeout.connect(lambda: qtbot.keyClicks(window.form.text, "a"))
    typing.start()
    qtbot.waitUntil(lambda: len(drafts(library)) == 1)
    assert typing.isActive()
    typing.stop()


def test_what_the_disk_refuses_brings_a_closed_window_back_until_there_is_room(
    window: CaptureWindow, library: Path, qtbot: QtBot
) -> None:
    resource = pytest.importorskip("resource")
    write(window, qtbot, "They wait.")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, hard))
    try:
        press(window, qtbot, KEY.Key_Escape)
        qtbot.waitUntil(window.notice.isVisible)
        assert window.isVisible()
        assert window.form.text.text() == "They wait."
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    qtbot.waitUntil(lambda: [each.heading for each in drafts(library)] == ["They wait."])
    qtbot.waitUntil(window.notice.isHidden)


def test_what_is_typed_while_a_note_is_being_saved_belongs_to_the_next(
    window: CaptureWindow, library: Path, qtbot: QtBot
) -> None:
    write(window, qtbot, "One.")
    with qtbot.waitSignal(window.saved) as told:
        press(window, qtbot, KEY.Key_Return, CTRL)
        write(window, qtbot, "Two.")
    assert note(library, told.args[0]).text == "One."
    assert window.form.text.text() == "Two."


def test_saving_nothing_says_what_to_do(window: CaptureWindow, qtbot: QtBot) -> None:
    press(window, qtbot, KEY.Key_Return, CTRL)
    assert window.notice.words() == "There is nothing to save yet. Write a line first."


# Meetings


def test_two_notes_of_one_meeting_share_it(
    window: CaptureWindow, library: Path, qtbot: QtBot
) -> None:
    write(window, qtbot, "@hald")
    press(window, qtbot, KEY.Key_Return)
    write(window, qtbot, "waits.")
    window.form.more.rows.line("people").setText("Petra K., Tom R.")
    first = note(library, save(window, qtbot))
    assert "Halden Foods" in window.form.meeting.words()
    assert "1 note saved" in window.form.meeting.words()
    write(window, qtbot, "They ask for a price.")
    second = note(library, save(window, qtbot))
    assert first.meeting is not None
    assert first.meeting == second.meeting
    assert [person.name for person in first.meeting.people] == ["Petra K.", "Tom R."]
    assert (second.account, second.happened) == ("Halden Foods", first.happened)


def test_another_account_in_the_text_is_another_meeting(
    window: CaptureWindow, library: Path, qtbot: QtBot
) -> None:
    write(window, qtbot, '@"Halden Foods" waits.')
    first = note(library, save(window, qtbot))
    write(window, qtbot, "@Nordlund calls.")
    second = note(library, save(window, qtbot))
    assert first.meeting is not None
    assert second.meeting is not None
    assert first.meeting.id != second.meeting.id
    assert second.meeting.account == "Nordlund"


def test_the_meetings_of_today_are_offered(
    window: CaptureWindow, library: Path, qtbot: QtBot
) -> None:
    write(window, qtbot, "@Nordlund waits.")
    first = note(library, save(window, qtbot))
    window.new_note("Brandt & Söhne")
    write(window, qtbot, "They call.")
    menu = window.form.meeting.menu
    window.form.meeting.change.click()
    qtbot.waitUntil(menu.isVisible)
    names = [action.text() for action in menu.actions() if action.text()]
    assert names[0].startswith("Nordlund, today")
    assert names[-1] == "New meeting"
    menu.actions()[0].trigger()
    menu.close()
    second = note(library, save(window, qtbot))
    assert second.meeting == first.meeting


def test_a_day_in_the_text_is_asked_about_and_taken_with_one_key(
    window: CaptureWindow, library: Path, qtbot: QtBot
) -> None:
    write(window, qtbot, "Called Petra yesterday.")
    qtbot.waitUntil(window.form.meeting.day.isVisible)
    assert window.form.meeting.day.text() == "It was yesterday"
    kept(window, qtbot, lambda: press(window, qtbot, KEY.Key_D, ALT))
    assert window.form.meeting.day.isHidden()
    assert "yesterday" in window.form.meeting.words()
    saved = note(library, save(window, qtbot))
    assert saved.happened is not None
    assert saved.happened.local().date() == MONDAY.date() - timedelta(days=1)


def test_a_day_in_the_text_changes_nothing_by_itself(
    window: CaptureWindow, library: Path, qtbot: QtBot
) -> None:
    kept(window, qtbot, lambda: write(window, qtbot, "Called Petra yesterday."))
    saved = note(library, save(window, qtbot))
    assert saved.happened is not None
    assert saved.happened.local().date() == MONDAY.date()


def test_two_enters_make_an_empty_line(window: CaptureWindow, qtbot: QtBot) -> None:
    write(window, qtbot, "One.")
    for _each in range(3):
        press(window, qtbot, KEY.Key_Return)
    write(window, qtbot, "Two.")
    assert window.form.text.text() == "One.\n\n\nTwo."


# Names


def test_enter_takes_the_first_name_of_the_list(window: CaptureWindow, qtbot: QtBot) -> None:
    write(window, qtbot, "See #dis")
    popup = window.form.text.popup
    qtbot.waitUntil(popup.isVisible)
    assert [offer.name for offer in popup.offers()] == ["discount", "displacement", "dis"]
    assert [offer.notes for offer in popup.offers()] == [4, 1, None]
    press(window, qtbot, KEY.Key_Return)
    assert window.form.draft().draft.note.tags == ("discount",)
    assert popup.isHidden()


def test_a_misspelt_name_is_offered_and_enter_takes_it(window: CaptureWindow, qtbot: QtBot) -> None:
    write(window, qtbot, "See #dicso")
    popup = window.form.text.popup
    qtbot.waitUntil(lambda: [each.name for each in popup.offers()] == ["discount", "dicso"])
    press(window, qtbot, KEY.Key_Return)
    assert window.form.draft().draft.note.tags == ("discount",)


def test_enter_takes_the_same_name_however_fast_it_comes(
    window: CaptureWindow, qtbot: QtBot
) -> None:
    write(window, qtbot, "See #dicso")
    press(window, qtbot, KEY.Key_Return)
    assert window.form.draft().draft.note.tags == ("discount",)


def test_a_space_makes_a_new_name_with_one_key(window: CaptureWindow, qtbot: QtBot) -> None:
    write(window, qtbot, "See #dicso ")
    assert window.form.draft().draft.note.tags == ("dicso",)


def test_a_name_of_the_note_before_comes_first_in_the_next(
    window: CaptureWindow, qtbot: QtBot
) -> None:
    write(window, qtbot, "About #displacement and #Onboarding ")
    save(window, qtbot)
    write(window, qtbot, "#")
    popup = window.form.text.popup
    qtbot.waitUntil(popup.isVisible)
    names = [offer.name for offer in popup.offers()]
    assert names == ["Onboarding", "displacement", "discount", "pricing"]


def test_arrows_choose_another_name_and_tab_takes_it(window: CaptureWindow, qtbot: QtBot) -> None:
    write(window, qtbot, "See #dis")
    press(window, qtbot, KEY.Key_Down)
    press(window, qtbot, KEY.Key_Tab)
    assert window.form.draft().draft.note.tags == ("displacement",)
    assert window.form.text.hasFocus()


def test_escape_closes_the_list_and_not_the_window(window: CaptureWindow, qtbot: QtBot) -> None:
    write(window, qtbot, "See #dis")
    press(window, qtbot, KEY.Key_Escape)
    assert window.form.text.popup.isHidden()
    assert window.isVisible()


def test_names_of_all_four_signs_become_fields(
    window: CaptureWindow, library: Path, qtbot: QtBot
) -> None:
    write(window, qtbot, "@Nordlund left !Kolvik for ^Marlpit, #price. ")
    saved = note(library, save(window, qtbot))
    assert saved.text == "Nordlund left Kolvik for Marlpit, price."
    assert (saved.account, saved.competitors) == ("Nordlund", ("Kolvik",))
    assert (saved.products, saved.tags) == (("Marlpit",), ("price",))


def test_a_known_name_is_written_as_it_is_known(window: CaptureWindow, qtbot: QtBot) -> None:
    write(window, qtbot, "!kolvik ")
    assert window.form.draft().draft.note.competitors == ("Kolvik",)


def test_a_known_name_goes_on_over_its_space(window: CaptureWindow, qtbot: QtBot) -> None:
    write(window, qtbot, "@halden foods ")
    assert window.form.draft().draft.note.account == "Halden Foods"


def test_a_name_ends_where_its_next_word_belongs_to_no_known_name(
    window: CaptureWindow, qtbot: QtBot
) -> None:
    write(window, qtbot, "@halden wants it, @halden foods not")
    draft = window.form.draft()
    assert [name.name for name in draft.names] == ["halden", "Halden Foods"]
    assert draft.draft.note.text == "halden wants it, Halden Foods not"


def test_escape_leaves_a_word_as_it_is(window: CaptureWindow, qtbot: QtBot) -> None:
    write(window, qtbot, "See #dis")
    press(window, qtbot, KEY.Key_Escape)
    write(window, qtbot, " and more")
    assert (window.form.text.text(), window.form.draft().names) == ("See #dis and more", ())


def test_a_new_name_with_a_space_stands_in_quotation_marks(
    window: CaptureWindow, qtbot: QtBot
) -> None:
    write(window, qtbot, '@"Glas Nordlund" waits')
    draft = window.form.draft().draft
    assert (draft.note.account, draft.note.text) == ("Glas Nordlund", "Glas Nordlund waits")


def test_a_new_name_grows_by_its_next_word_when_somebody_says_so(
    window: CaptureWindow, qtbot: QtBot
) -> None:
    write(window, qtbot, "@Glas Nordlund")
    qtbot.waitUntil(window.form.text.popup.isVisible)
    assert [offer.name for offer in window.form.text.popup.offers()] == ["Glas Nordlund"]
    press(window, qtbot, KEY.Key_Tab)
    write(window, qtbot, "waits")
    draft = window.form.draft().draft
    assert (draft.note.account, draft.note.text) == ("Glas Nordlund", "Glas Nordlund waits")


def test_a_new_name_stays_short_when_nobody_asks(window: CaptureWindow, qtbot: QtBot) -> None:
    write(window, qtbot, "@Glas Sie warten")
    draft = window.form.draft().draft
    assert (draft.note.account, draft.note.text) == ("Glas", "Glas Sie warten")


def test_a_name_unfinished_at_the_cursor_is_saved_as_a_name(
    window: CaptureWindow, library: Path, qtbot: QtBot
) -> None:
    write(window, qtbot, "See #price")
    assert note(library, save(window, qtbot)).tags == ("price",)


@pytest.mark.parametrize(
    "words", ["Great! ", "mail wren@halden.example now", "We are #1 here", "5 ^ 2 "]
)
def test_a_sign_that_names_nothing_stays_as_it_is(
    window: CaptureWindow, qtbot: QtBot, words: str
) -> None:
    write(window, qtbot, words)
    draft = window.form.draft()
    assert (draft.text, draft.names) == (words, ())


def test_backspace_takes_a_whole_name_and_its_field(window: CaptureWindow, qtbot: QtBot) -> None:
    write(window, qtbot, "#price ")
    press(window, qtbot, KEY.Key_Backspace)
    press(window, qtbot, KEY.Key_Backspace)
    draft = window.form.draft()
    assert (draft.text, draft.draft.note.tags) == ("", ())


def test_undo_turns_a_name_back_into_words(window: CaptureWindow, qtbot: QtBot) -> None:
    write(window, qtbot, "See #price")
    press(window, qtbot, KEY.Key_Tab)
    press(window, qtbot, KEY.Key_Z, CTRL)
    assert window.form.text.text() == "See #price"


def test_places_are_right_behind_letters_outside_the_basic_plane(
    window: CaptureWindow, qtbot: QtBot
) -> None:
    window.form.text.insertFromMimeData(plain("🙂🙂 see "))
    write(window, qtbot, "#pri")
    press(window, qtbot, KEY.Key_Return)
    assert window.form.draft().draft.note.text == "🙂🙂 see pricing "


def test_pasted_marks_and_markup_are_words(window: CaptureWindow, qtbot: QtBot) -> None:
    pasted = plain("<b>bold</b> \ufffc")
    pasted.setHtml("<img src='file:///dev/zero'>")
    window.form.text.insertFromMimeData(pasted)
    assert window.form.text.text() == "<b>bold</b> "


def test_copied_names_are_words(window: CaptureWindow, qtbot: QtBot) -> None:
    write(window, qtbot, "See #price now")
    window.form.text.selectAll()
    assert window.form.text.createMimeDataFromSelection().text() == "See price now"


# Fields


def test_fields_of_another_kind_are_kept_and_saved(
    window: CaptureWindow, library: Path, qtbot: QtBot
) -> None:
    write(window, qtbot, "They wait.")
    press(window, qtbot, KEY.Key_2, CTRL)
    qtbot.keyClicks(window.form.kinds["objection"].line("answer"), "We start small.")
    window.form.kinds["objection"].pills("concern").pills()[1].click()
    press(window, qtbot, KEY.Key_1, CTRL)
    assert window.form.kinds["competitor"].line("answer").text() == "We start small."
    press(window, qtbot, KEY.Key_2, CTRL)
    assert window.form.kinds["objection"].pills("concern").value() == "fit"
    press(window, qtbot, KEY.Key_1, CTRL)
    saved = note(library, save(window, qtbot))
    assert (saved.kind, saved.answer, saved.concern) == ("competitor", "We start small.", "fit")


def test_every_kind_has_its_key(window: CaptureWindow, qtbot: QtBot) -> None:
    chosen = []
    for key in (KEY.Key_1, KEY.Key_2, KEY.Key_3, KEY.Key_4, KEY.Key_5, KEY.Key_6):
        press(window, qtbot, key, CTRL)
        chosen.append(window.form.draft().draft.note.kind)
    assert chosen == ["competitor", "objection", "win", "pitch", "problem", "note"]


def test_a_quote_is_written_by_keyboard(window: CaptureWindow, library: Path, qtbot: QtBot) -> None:
    write(window, qtbot, "They wait.")
    press(window, qtbot, KEY.Key_Apostrophe, CTRL)
    type_on(qtbot, '"Not this year."')
    qtbot.keyClick(focused(), KEY.Key_Tab)
    type_on(qtbot, "CFO")
    quotes = note(library, save(window, qtbot)).quotes
    assert [(quote.text, quote.role) for quote in quotes] == [("Not this year.", "CFO")]


def test_an_empty_quote_goes_by_the_key_that_brought_it(
    window: CaptureWindow, qtbot: QtBot
) -> None:
    press(window, qtbot, KEY.Key_Apostrophe, CTRL)
    assert len(window.form.quotes.blocks()) == 1
    qtbot.keyClick(focused(), KEY.Key_Apostrophe, CTRL)
    assert window.form.quotes.blocks() == []
    assert window.form.text.hasFocus()


def test_more_fields_are_saved(window: CaptureWindow, library: Path, qtbot: QtBot) -> None:
    write(window, qtbot, "They wait.")
    window.footer.more.click()
    rows = window.form.more.rows
    values = {"happened": "yesterday 13:00", "place": "Ghent", "material": "Price list, Deck"}
    for name, words in (values | {"language": "german", "heard_from_person": "Ute"}).items():
        rows.line(name).clear()
        qtbot.keyClicks(rows.line(name), words)
    rows.pills("stage").pills()[2].click()
    saved = note(library, save(window, qtbot))
    assert saved.happened is not None
    assert f"{saved.happened.local():%Y-%m-%d %H:%M}" == "2026-03-01 13:00"
    assert (saved.place, saved.material) == ("Ghent", ("Price list", "Deck"))
    assert (saved.language, saved.heard_from_person, saved.stage) == ("de", "Ute", "demo")


def test_a_time_that_cannot_be_read_is_said_so(window: CaptureWindow, qtbot: QtBot) -> None:
    write(window, qtbot, "They wait.")
    before = window.form.draft().draft.note.happened
    line = window.form.more.rows.line("happened")
    window.footer.more.click()
    line.clear()
    kept(window, qtbot, lambda: qtbot.keyClicks(line, "soonish"))
    assert any("cannot be read" in each for each in words_shown(window))
    assert window.form.draft().draft.note.happened == before


def test_replies_out_of_tries_are_numbers(
    window: CaptureWindow, library: Path, qtbot: QtBot
) -> None:
    press(window, qtbot, KEY.Key_4, CTRL)
    write(window, qtbot, "Wrote to plants.")
    for name, digits in (("replies", "3"), ("tries", "40")):
        qtbot.keyClicks(window.form.kinds["pitch"].line(name), digits)
    saved = note(library, save(window, qtbot))
    assert (saved.replies, saved.tries) == (3, 40)


def test_who_may_see_it_is_saved_and_kept_for_the_next_note(
    window: CaptureWindow, library: Path, qtbot: QtBot
) -> None:
    write(window, qtbot, "They wait.")
    window.footer.who.choose(Marking.RED)
    assert view(library, save(window, qtbot)).marking == Marking.RED
    assert window.footer.who.marking() == Marking.RED


def test_leave_to_tell_outsiders_is_given_for_one_note(window: CaptureWindow, qtbot: QtBot) -> None:
    write(window, qtbot, "They wait.")
    window.footer.who.choose(Marking.CLEAR)
    save(window, qtbot)
    assert window.footer.who.marking() == Marking.AMBER_STRICT


def test_contacts_stay_with_the_seller_unless_ticked(
    window: CaptureWindow, library: Path, qtbot: QtBot
) -> None:
    write(window, qtbot, "They wait.")
    window.footer.more.click()
    contacts = window.form.more.contacts
    for name in ("Petra K.", "Tom R."):
        contacts.add_button.click()
        qtbot.keyClicks(contacts.rows()[-1].lines["name"], name)
    contacts.rows()[1].sent.click()
    record_id = save(window, qtbot)
    marks = next(draft_of(each, record_id).marks for each in in_library(library))
    petra, tom = note(library, record_id).contacts
    assert marks[f"contacts.{petra.id}.name"] == Marking.RED
    assert marks[f"contacts.{tom.id}.name"] == Marking.AMBER_STRICT


def test_one_detail_is_asked_for_and_may_be_refused(window: CaptureWindow, qtbot: QtBot) -> None:
    press(window, qtbot, KEY.Key_2, CTRL)
    kept(window, qtbot, lambda: write(window, qtbot, "They say we are too expensive."))
    assert window.form.detail.question() == "too expensive compared with what?"
    assert window.form.detail.isVisible()
    window.form.detail.later.click()
    kept(window, qtbot, lambda: write(window, qtbot, " Really."))
    assert window.form.detail.isHidden()


# Editing


def test_an_edited_note_keeps_its_marks_and_meeting(
    window: CaptureWindow, library: Path, qtbot: QtBot
) -> None:
    meeting = Meeting("m", "Halden Foods", "2026-03-02", (Person("p", "Petra K."),))
    draft = NoteDraft(
        id="018f0000-0000-7000-8000-000000000001",
        note=a_note(
            text="Halden Foods waits.",
            account="Halden Foods",
            tags=("pricing",),
            meeting=meeting,
            contacts=(Contact("c", name="Tom R."),),
        ),
        marking=Marking.CLEAR.value,
        marks={"contacts.c.name": "clear", "text": "red"},
    )
    for notebook in in_library(library):
        log_note(notebook, draft)
        before = draft_of(notebook, draft.id)
    window.edit(draft.id)
    qtbot.waitUntil(lambda: "waits" in window.form.text.text())
    assert window.footer.save.text() == "Save new version"
    assert [chip.text() for chip in window.form.extra_names.chips()] == ["#pricing"]
    window.form.text.moveCursor(window.form.text.textCursor().MoveOperation.End)
    write(window, qtbot, " Still.")
    save(window, qtbot)
    after = next(draft_of(each, draft.id) for each in in_library(library))
    assert after.note.text == "Halden Foods waits. Still."
    assert (after.marking, after.marks) == (before.marking, before.marks)
    assert (after.note.tags, after.note.meeting) == (("pricing",), meeting)
    assert window.isHidden()


def test_an_edit_without_a_change_makes_no_version(
    window: CaptureWindow, library: Path, qtbot: QtBot
) -> None:
    write(window, qtbot, "They wait.")
    record_id = save(window, qtbot)
    window.edit(record_id)
    qtbot.waitUntil(lambda: window.form.text.text() == "They wait.")
    press(window, qtbot, KEY.Key_Return, CTRL)
    assert window.isHidden()
    assert view(library, record_id).rev == 1


def test_a_note_that_is_not_there_is_said_so(window: CaptureWindow, qtbot: QtBot) -> None:
    window.edit("018f0000-0000-7000-8000-00000000dead")
    qtbot.waitUntil(window.notice.isVisible)
    assert window.notice.kind() == "error"


# For everybody


def test_every_control_has_a_name(window: CaptureWindow, qtbot: QtBot) -> None:
    window.footer.more.click()
    window.form.more.contacts.add_button.click()
    nameless = [
        each
        for each in window.findChildren(QWidget)
        if each.isVisibleTo(window) and each.focusPolicy() != Qt.FocusPolicy.NoFocus
        if not each.accessibleName() and not getattr(each, "text", str)()
    ]
    assert nameless == []


def test_tab_follows_the_eye_through_what_was_added_later(
    window: CaptureWindow, qtbot: QtBot
) -> None:
    press(window, qtbot, KEY.Key_2, CTRL)
    press(window, qtbot, KEY.Key_Apostrophe, CTRL)
    qtbot.keyClicks(focused(), "Why")
    window.form.text.setFocus()
    names = []
    for _step in range(5):
        qtbot.keyClick(focused(), KEY.Key_Tab)
        names.append(focused().accessibleName())
    assert names == [
        "In their own words",
        "Who said it: their role",
        "Concern behind it: price",
        "What you answered",
        "Did it work?: yes",
    ]


def test_what_is_typed_right_after_the_fields_unfold_is_the_title(
    window: CaptureWindow, qtbot: QtBot
) -> None:
    press(window, qtbot, KEY.Key_M, Qt.KeyboardModifier.AltModifier)
    type_on(qtbot, "Price talk")
    assert window.form.draft().draft.note.title == "Price talk"


def test_a_time_that_is_written_first_is_kept(window: CaptureWindow, qtbot: QtBot) -> None:
    window.footer.more.click()
    line = window.form.more.rows.line("happened")
    line.selectAll()
    qtbot.keyClicks(line, "2026-02-27")
    assert line.text() == "2026-02-27"
    happened = window.form.draft().draft.note.happened
    assert happened is not None
    assert f"{happened.local():%Y-%m-%d}" == "2026-02-27"


def test_tab_goes_from_contact_to_contact(window: CaptureWindow, qtbot: QtBot) -> None:
    window.footer.more.click()
    contacts = window.form.more.contacts
    contacts.add_button.click()
    contacts.add_button.click()
    contacts.rows()[0].lines["name"].setFocus()
    names = []
    for _step in range(6):
        qtbot.keyClick(focused(), KEY.Key_Tab)
        names.append(focused().accessibleName())
    assert names == ["Role", "E-mail", "Phone", "May be sent", "Remove this contact", "Name"]


def plain(words: str) -> QMimeData:
    made = QMimeData()
    made.setText(words)
    return made


def focused() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


def type_on(qtbot: QtBot, words: str) -> None:
    qtbot.keyClicks(focused(), words)


def words_shown(window: CaptureWindow) -> list[str]:
    return [label.text() for label in window.findChildren(QLabel) if label.isVisible()]
