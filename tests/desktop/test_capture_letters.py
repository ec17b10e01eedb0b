"""A key and its letter: nothing stands between them, and what waits for the letter is not lost."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QUrl
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from fieldnotes.desktop import theme
from fieldnotes.desktop.capture.capture_window import CaptureWindow
from fieldnotes.desktop.runner import Runner
from fieldnotes.operations.drafts import list_drafts
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
