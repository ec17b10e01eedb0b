"""The form asks the right thing of each kind, asks for one detail, and loses no field."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from fieldnotes.desktop import theme
from fieldnotes.desktop.capture.capture_window import CaptureWindow
from fieldnotes.desktop.runner import Runner
from fieldnotes.domain.notes import Consent, Kind, Note
from fieldnotes.operations.notebook import open_notebook
from fieldnotes.operations.notes import show_note
from fieldnotes.operations.one_detail import FILE
from tests.builders import TickingClock, logged

KEY = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
NO_KEYS = Qt.KeyboardModifier.NoModifier
Act = Callable[[], object]


@pytest.fixture
def library(tmp_path: Path) -> Path:
    notebook = open_notebook(tmp_path / "library", "Wren Tolliver", TickingClock())
    logged(notebook, account="Halden Foods", tags=["pricing"], competitors=("Kolvik",))
    notebook.close()
    return tmp_path / "library"


@pytest.fixture
def window(qapp: QApplication, library: Path, qtbot: QtBot) -> Iterator[CaptureWindow]:
    theme.apply(qapp, "light")
    runner = Runner(library, TickingClock())
    runner.crashed.connect(lambda error: pytest.fail(repr(error)))
    made = CaptureWindow(runner, clock=TickingClock())
    qtbot.waitUntil(lambda: bool(made.form.text.names) and made.form.follows_rules())
    made.new_note()
    qtbot.waitExposed(made)
    yield made
    made.close()
    runner.close()
    made.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def press(window: CaptureWindow, qtbot: QtBot, key: Qt.Key, held: Qt.KeyboardModifier) -> None:
    qtbot.keyClick(window.form.text, key, held)


def write(window: CaptureWindow, qtbot: QtBot, words: str) -> None:
    with qtbot.waitSignal(window.draft_kept):
        qtbot.keyClicks(window.form.text, words)


def choose(window: CaptureWindow, kind: Kind) -> None:
    window.kind_bar.buttons()[list(Kind).index(kind)].click()


def saved(window: CaptureWindow, library: Path, qtbot: QtBot) -> Note:
    with qtbot.waitSignal(window.saved) as told:
        press(window, qtbot, KEY.Key_Return, CTRL)
    return stored(library, str(told.args[0]))


def stored(library: Path, note_id: str) -> Note:
    notebook = open_notebook(library)
    try:
        return show_note(notebook, note_id).note
    finally:
        notebook.close()


def focused() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


# Each kind


def test_fields_of_another_kind_are_shown_as_also_noted(
    window: CaptureWindow, qtbot: QtBot
) -> None:
    choose(window, Kind.OBJECTION)
    rows = window.form.kinds[Kind.OBJECTION]
    qtbot.keyClicks(rows.line("answer"), "We start small.")
    rows.pills("concern").pills()[1].click()
    choose(window, Kind.WIN)
    assert window.form.also.isVisible()
    assert window.form.also.said() == [
        "What you said: We start small.",
        "Concern behind it: fit",
    ]
    choose(window, Kind.OBJECTION)
    assert window.form.also.isHidden()


def test_what_is_also_noted_can_be_taken_away(
    window: CaptureWindow, library: Path, qtbot: QtBot
) -> None:
    choose(window, Kind.OBJECTION)
    window.form.kinds[Kind.OBJECTION].pills("concern").pills()[1].click()
    choose(window, Kind.WIN)
    write(window, qtbot, "They signed.")
    (chip,) = window.form.also.chips().chips()
    qtbot.keyClick(chip, KEY.Key_Delete)
    assert window.form.also.isHidden()
    assert saved(window, library, qtbot).concern == ""


def test_the_kind_of_a_saved_note_changes_without_losing_a_field(
    window: CaptureWindow, library: Path, qtbot: QtBot
) -> None:
    choose(window, Kind.WIN)
    write(window, qtbot, "They signed.")
    rows = window.form.kinds[Kind.WIN]
    qtbot.keyClicks(rows.line("why_us"), "Nights.")
    rows.pills("consent.named").pills()[1].click()
    qtbot.keyClicks(rows.line("consent.who"), "CFO")
    with qtbot.waitSignal(window.saved) as told:
        press(window, qtbot, KEY.Key_Return, CTRL)
    note_id = str(told.args[0])
    window.edit(note_id)
    qtbot.waitUntil(lambda: window.form.text.text() == "They signed.")
    choose(window, Kind.OBJECTION)
    with qtbot.waitSignal(window.saved):
        press(window, qtbot, KEY.Key_Return, CTRL)
    after = stored(library, note_id)
    assert (after.kind, after.why_us) == ("objection", "Nights.")
    assert after.consent == Consent(who="CFO", named=False)


def test_how_sure_follows_once_it_is_said_how_one_knows(
    window: CaptureWindow, library: Path, qtbot: QtBot
) -> None:
    known = window.form.known
    assert known.pills("sureness").isHidden()
    known.pills("known_by").pills()[0].click()
    assert known.pills("sureness").isVisible()
    known.pills("sureness").pills()[1].click()
    write(window, qtbot, "They wait.")
    note = saved(window, library, qtbot)
    assert (note.known_by, note.sureness) == ("said to me", "quite sure")


def test_the_number_of_a_pill_chooses_it(window: CaptureWindow, qtbot: QtBot) -> None:
    choose(window, Kind.OBJECTION)
    pills = window.form.kinds[Kind.OBJECTION].pills("concern")
    qtbot.keyClick(pills.pills()[0], KEY.Key_3)
    assert pills.value() == "timing"


def test_the_stage_is_two_keys_away(window: CaptureWindow, qtbot: QtBot) -> None:
    press(window, qtbot, KEY.Key_S, ALT)
    qtbot.keyClick(focused(), KEY.Key_5)
    assert window.form.draft().draft.note.stage == "proposal"


def test_the_material_of_a_pitch_is_asked_for_once(
    window: CaptureWindow, library: Path, qtbot: QtBot
) -> None:
    window.footer.more.click()
    qtbot.keyClicks(window.form.more.rows.line("material"), "Price list")
    choose(window, Kind.PITCH)
    assert window.form.more.rows.line("material").isHidden()
    line = window.form.kinds[Kind.PITCH].line("material")
    assert line.text() == "Price list"
    line.clear()
    qtbot.keyClicks(line, "Deck")
    write(window, qtbot, "Wrote to plants.")
    assert saved(window, library, qtbot).material == ("Deck",)


def test_a_win_asks_for_all_of_the_consent_once_there_is_one(
    window: CaptureWindow, library: Path, qtbot: QtBot
) -> None:
    choose(window, Kind.WIN)
    write(window, qtbot, "They signed.")
    rows = window.form.kinds[Kind.WIN]
    assert rows.line("consent.wording").isHidden()
    rows.pills("consent.named").pills()[0].click()
    for name, words in (
        ("who", "Petra K., CFO"),
        ("wording", "Running before lunch"),
        ("channels", "web, talk"),
        ("until", "31.3.2027"),
    ):
        assert rows.line(f"consent.{name}").isVisible()
        qtbot.keyClicks(rows.line(f"consent.{name}"), words)
    consent = saved(window, library, qtbot).consent
    assert consent == Consent(
        who="Petra K., CFO",
        wording="Running before lunch",
        named=True,
        channels=("web", "talk"),
        until="2027-03-31",
    )


def test_a_day_of_a_consent_that_cannot_be_read_is_said_so(
    window: CaptureWindow, qtbot: QtBot
) -> None:
    choose(window, Kind.WIN)
    rows = window.form.kinds[Kind.WIN]
    rows.pills("consent.named").pills()[0].click()
    with qtbot.waitSignal(window.draft_kept):
        qtbot.keyClicks(rows.line("consent.until"), "some day")
    shown = [label.text() for label in window.findChildren(QLabel) if label.isVisible()]
    assert "This day cannot be read. Write it like 2027-03-31." in shown


# One detail


def test_no_second_detail_is_asked_for_once_the_first_was_told(
    window: CaptureWindow, qtbot: QtBot
) -> None:
    choose(window, Kind.OBJECTION)
    write(window, qtbot, "They say we are too expensive.")
    assert window.form.detail.question() == "too expensive compared with what?"
    write(window, qtbot, " Than before. Someone doubts it.")
    assert window.form.detail.isHidden()


def test_a_refused_detail_is_not_asked_for_when_the_draft_comes_back(
    window: CaptureWindow, qtbot: QtBot
) -> None:
    choose(window, Kind.OBJECTION)
    write(window, qtbot, "They say we are too expensive.")
    draft_id = window.form.draft().draft.id
    window.form.detail.later.click()
    press(window, qtbot, KEY.Key_Escape, NO_KEYS)
    window.resume(draft_id)
    qtbot.waitUntil(window.isVisible)
    assert window.form.text.text() == "They say we are too expensive."
    write(window, qtbot, " Really.")
    assert window.form.detail.isHidden()


def test_the_question_comes_in_the_language_of_the_words(
    window: CaptureWindow, qtbot: QtBot
) -> None:
    choose(window, Kind.OBJECTION)
    write(window, qtbot, "Wir sind ihnen zu teuer.")
    assert window.form.detail.accessibleName() == "Ein Detail hilft: zu teuer im Vergleich womit?"


def test_nobody_is_asked_who_switched_it_off(window: CaptureWindow, qtbot: QtBot) -> None:
    window.details.follow(False)
    choose(window, Kind.OBJECTION)
    write(window, qtbot, "They say we are too expensive.")
    assert window.form.detail.isHidden()


def test_a_file_in_the_library_asks_a_company_s_own_question(
    window: CaptureWindow, library: Path, qtbot: QtBot
) -> None:
    rule = '[cloud]\nkinds = ["objection"]\nheard.en = ["cloud"]\nask.en = "which region?"\n'
    (library / FILE).write_text(rule, encoding="utf-8")
    window.form.set_rules({})
    window.details.follow(True)
    qtbot.waitUntil(window.form.follows_rules)
    choose(window, Kind.OBJECTION)
    write(window, qtbot, "Not into the cloud, they say.")
    assert window.form.detail.question() == "which region?"


def test_a_file_that_cannot_be_read_is_said_so_and_the_others_ask_on(
    window: CaptureWindow, library: Path, qtbot: QtBot
) -> None:
    (library / FILE).write_text("[cloud", encoding="utf-8")
    window.details.follow(True)
    qtbot.waitUntil(window.notice.isVisible)
    assert FILE in window.notice.words()
    choose(window, Kind.OBJECTION)
    write(window, qtbot, "They say we are too expensive.")
    assert window.form.detail.isVisible()
