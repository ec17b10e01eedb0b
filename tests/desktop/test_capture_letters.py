"""A key and its letter: nothing stands between them, and what waits for the letter is not lost."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer, QUrl
from PySide6.QtGui import QTextCursor, QTextDocument
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from fieldnotes.desktop import theme
from fieldnotes.desktop.capture.capture_window import CaptureWindow
from fieldnotes.desktop.capture.draft_keeper import LATEST_MS, PAUSE_MS
from fieldnotes.desktop.runner import Runner
from fieldnotes.domain.drafts import OBJECT, InlineName, Sign
from fieldnotes.operations.drafts import list_drafts, read_draft
from fieldnotes.operations.notebook import open_notebook
from tests.builders import TickingClock, logged

KEY = Qt.Key


class Painted(QObject):
    """The widgets that were painted, in their order."""

    def __init__(self, app: QApplication) -> None:
        super().__init__()
        self.widgets: list[QObject] = []
        app.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and isinstance(watched, QWidget):
            self.widgets.append(watched)
        return False


@pytest.fixture
def window(qapp: QApplication, tmp_path: Path, qtbot: QtBot) -> Iterator[CaptureWindow]:
    theme.apply(qapp, "light")
    notebook = open_notebook(tmp_path / "library", "Wren Tolliver", TickingClock())
    logged(notebook, account="Halden Foods", tags=["discount"])
    notebook.close()
    runner = Runner(tmp_path / "library", TickingClock())
    made = CaptureWindow(runner, clock=TickingClock())
    qtbot.waitUntil(lambda: bool(made.form.text.names))
    made.new_note()
    qtbot.waitExposed(made)
    yield made
    made.close()
    runner.close()
    made.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def paint(window: CaptureWindow) -> None:
    """What a turn of the event loop does before any timer."""
    QCoreApplication.sendPostedEvents(window, QEvent.Type.UpdateRequest.value)


def test_a_letter_paints_the_text_and_nothing_behind_or_beside_it(
    qapp: QApplication, window: CaptureWindow, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(window.draft_kept):
        qtbot.keyClicks(window.form.text, "They wai")
    qapp.processEvents()
    painted = Painted(qapp)
    qtbot.keyClick(window.form.text, "t")
    paint(window)
    qapp.removeEventFilter(painted)
    assert painted.widgets == [window.form.text.viewport()]


def test_the_window_hears_of_letters_once_they_are_painted(
    window: CaptureWindow, qtbot: QtBot
) -> None:
    told: list[str] = []
    window.form.text.edited.connect(lambda: told.append(window.form.text.text()))
    with qtbot.waitSignal(window.form.text.edited):
        qtbot.keyClicks(window.form.text, "wait")
        paint(window)
        assert told == []
    assert told == ["wait"]


def test_letters_inside_words_are_told_of_together_at_a_pause(
    window: CaptureWindow, qtbot: QtBot
) -> None:
    text, told = window.form.text, list[str]()
    text.edited.connect(lambda: told.append(text.text()))
    for letter in "They":
        qtbot.keyClick(text, letter)
        text._on_painted()  # what the loop does 10 ms later
    assert told == ["T"]
    qtbot.waitUntil(lambda: told == ["T", "They"])
    assert text.age == 0


def test_letters_that_wait_long_are_told_of_behind_the_next_and_kept_at_once(
    window: CaptureWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    text, told = window.form.text, list[str]()
    qtbot.keyClicks(text, "Th")
    text.settle()
    text.edited.connect(lambda: told.append(text.text()))
    sent = list[str]()
    monkeypatch.setattr(window._keeper, "_keep_meanwhile", lambda: sent.append(text.text()))
    qtbot.keyClick(text, "e")
    text._on_painted()
    assert (told, sent) == ([], [])
    text._since -= 0.3  # seconds of typing without a pause
    qtbot.keyClick(text, "y")
    text._on_painted()
    assert (told, sent) == (["They"], ["They"])


def test_a_sign_is_heard_at_once(window: CaptureWindow, qtbot: QtBot) -> None:
    text, told = window.form.text, list[str]()
    text.edited.connect(lambda: told.append(text.text()))
    for letter in "To #":
        qtbot.keyClick(text, letter)
        text._on_painted()
    assert told == ["T", "To #"]
    assert text._keys.heeded


def test_a_window_that_is_closed_before_its_letter_is_painted_keeps_it(
    window: CaptureWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    qtbot.keyClicks(window.form.text, "They wait")
    qtbot.keyClick(window.form.text, KEY.Key_Escape)
    window.keep_now()  # returns when all that was sent to the disk is there
    notebook = open_notebook(tmp_path / "library")
    assert [each.heading for each in list_drafts(notebook)] == ["They wait"]
    notebook.close()


def test_a_name_takes_the_colours_of_another_theme(
    qapp: QApplication, window: CaptureWindow, qtbot: QtBot
) -> None:
    qtbot.keyClicks(window.form.text, "#discount ")
    window.form.text.settle()
    light = window.form.text.viewport().grab().toImage()
    theme.apply(qapp, "dark")
    qtbot.waitUntil(lambda: window.form.text.viewport().autoFillBackground())
    dark = window.form.text.viewport().grab().toImage()
    chosen = theme.DARK.selection
    theme.apply(qapp, "light")
    assert light.pixelColor(4, 17).name() == theme.LIGHT.selection.lower()
    assert dark.pixelColor(4, 17).name() == chosen.lower()


def test_the_text_loads_nothing_but_pictures_of_its_names(window: CaptureWindow) -> None:
    picture = QTextDocument.ResourceType.ImageResource.value
    assert window.form.text.loadResource(picture, QUrl("name:%23discount")) is not None
    for address in ("file:///usr/share/pixmaps/x.png", "x.png", "https://fieldnotes.example/x.png"):
        assert window.form.text.loadResource(picture, QUrl(address)) is None


def test_a_selected_name_is_dark_on_pale_and_the_same_name_elsewhere_as_it_was(
    window: CaptureWindow,
) -> None:
    text, name = window.form.text, InlineName(Sign.TAG, "discount")
    text.write(f"{OBJECT}\n{OBJECT}", (name, name))
    unselected = text.viewport().grab().toImage()
    first = text.textCursor()
    first.movePosition(QTextCursor.MoveOperation.Right, QTextCursor.MoveMode.KeepAnchor)
    text.setTextCursor(first)
    selected = text.viewport().grab().toImage()
    ground = selected.pixelColor(4, 17)
    assert ground.lightness() < unselected.pixelColor(4, 17).lightness()  # of the selection
    darkest = min(selected.pixelColor(x, y).lightness() for x in range(6, 50) for y in range(9, 26))
    assert ground.lightness() - darkest > 80
    assert selected.pixelColor(4, 17 + 26) == unselected.pixelColor(4, 17 + 26)
    first.clearSelection()
    text.setTextCursor(first)
    assert text.viewport().grab().toImage().pixelColor(4, 17) == unselected.pixelColor(4, 17)


def test_a_name_that_is_selected_stays_one(window: CaptureWindow, qtbot: QtBot) -> None:
    text, name = window.form.text, InlineName(Sign.TAG, "discount")
    text.write(f"{OBJECT}{OBJECT}", (name, name))
    qtbot.keyClick(text, KEY.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert text.inline_names() == (name, name)
    qtbot.keyClick(text, "w")
    qtbot.keyClicks(text, "ait")
    assert (text.text(), text.inline_names()) == (f"wait{OBJECT}", (name,))


def test_keys_that_come_all_at_once_are_neither_lost_nor_doubled_nor_mixed_up(
    window: CaptureWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    words = "Nobody works nights, 3 asked twice (in May). "
    with qtbot.waitSignal(window.draft_kept):
        qtbot.keyClicks(window.form.text, words * 8 + "See #discount now\r\r#new, too ")
    assert window.form.text.text() == words * 8 + f"See {OBJECT} now\n\n{OBJECT}, too "
    assert [each.name for each in window.form.text.inline_names()] == ["discount", "new"]
    notebook = open_notebook(tmp_path / "library")
    (kept,) = list_drafts(notebook)
    assert read_draft(notebook, kept.id).text == window.form.text.text()
    notebook.close()


def test_a_pause_is_over_before_half_a_second_is() -> None:
    assert PAUSE_MS < LATEST_MS < 500


def test_a_draft_is_kept_also_while_somebody_types_on_and_on(
    window: CaptureWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    window._keeper._pause.setInterval(3_600_000)  # it never comes
    typing = QTimer(window, interval=40)
    typing.timeout.connect(lambda: qtbot.keyClick(window.form.text, "n"))
    typing.start()
    notebook = open_notebook(tmp_path / "library")
    qtbot.waitUntil(lambda: bool(list_drafts(notebook)))
    typing.stop()
    notebook.close()


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("#disc\r", f"{OBJECT} "),  # the list is asked before it was seen
        ("See #discount now", f"See {OBJECT} now"),
        ("#disc\r, and #fresh.\rMore", f"{OBJECT}, and {OBJECT} More"),
        ('#"two words" more', f"{OBJECT} more"),
    ],
)
def test_keys_that_came_in_one_go_do_what_each_does_alone(
    window: CaptureWindow, qtbot: QtBot, typed: str, text: str
) -> None:
    qtbot.keyClicks(window.form.text, typed)
    qtbot.waitUntil(lambda: window.form.text.text() == text)


def test_the_cursor_stays_where_keys_in_one_go_left_it(window: CaptureWindow, qtbot: QtBot) -> None:
    text = window.form.text
    qtbot.keyClicks(text, "See #discount now")
    for _step in range(4):
        qtbot.keyClick(text, KEY.Key_Left)
    qtbot.waitUntil(lambda: text.text() == f"See {OBJECT} now")
    assert text.textCursor().position() == len(f"See {OBJECT}")


def test_what_is_pasted_or_brought_back_is_not_typed_again(
    window: CaptureWindow, qtbot: QtBot
) -> None:
    text = window.form.text
    QApplication.clipboard().setText("See #discount now")
    text.paste()
    qtbot.waitUntil(lambda: not text._painted.isActive())
    text.undo()
    qtbot.waitUntil(lambda: not text._painted.isActive())
    text.redo()
    qtbot.waitUntil(lambda: not text._painted.isActive())
    assert text.text() == "See #discount now"


def test_a_name_typed_in_one_go_is_taken_back_step_by_step(
    window: CaptureWindow, qtbot: QtBot
) -> None:
    text = window.form.text
    qtbot.keyClicks(text, "See ")
    text.settle()
    qtbot.keyClicks(text, "#discount now")
    text.settle()
    while text.document().isUndoAvailable():
        text.undo()
        text.settle()
    assert text.text() == ""
    while text.document().isRedoAvailable():
        text.redo()
        text.settle()
    assert text.text() == f"See {OBJECT} now"


def test_ordinary_words_pass_no_filter_in_python(window: CaptureWindow, qtbot: QtBot) -> None:
    text = window.form.text
    heeded = []
    for typed in "Yes, @hal now":
        qtbot.keyClick(text, typed)
        text.settle()
        heeded.append("x" if text._keys.heeded else "-")
    assert "".join(heeded) == "-----xxxx----"


def test_the_hint_is_back_once_all_is_taken_away(window: CaptureWindow, qtbot: QtBot) -> None:
    hint = window.form.text._hint
    assert hint.isVisible()
    for _ in range(2):
        qtbot.keyClick(window.form.text, "w")
        assert not hint.isVisible()
        qtbot.keyClick(window.form.text, KEY.Key_Backspace)
        qtbot.waitUntil(hint.isVisible)
