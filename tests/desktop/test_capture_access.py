"""The window to write in, for who sees it with ears or reaches it with Tab alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from fieldnotes.desktop import theme
from fieldnotes.desktop.capture.capture_window import CaptureWindow
from fieldnotes.desktop.runner import Runner
from fieldnotes.desktop.widgets.kind_bar import KindButton
from fieldnotes.domain.notes import Kind
from fieldnotes.operations.notebook import open_notebook
from tests.builders import TickingClock, logged

KEY = Qt.Key
SAME_LINE = 12
"""Pixels: what overlaps by more stands on one line."""


@pytest.fixture
def window(qapp: QApplication, tmp_path: Path, qtbot: QtBot) -> Iterator[CaptureWindow]:
    theme.apply(qapp, "light")
    notebook = open_notebook(tmp_path / "library", "Wren Tolliver", TickingClock())
    logged(notebook, account="Halden Foods", tags=["pricing"], competitors=("Kolvik",))
    notebook.close()
    runner = Runner(tmp_path / "library", TickingClock())
    made = CaptureWindow(runner, clock=TickingClock())
    qtbot.waitUntil(lambda: bool(made.form.text.names) and made.form.follows_rules())
    made.new_note()
    qtbot.waitExposed(made)
    yield made
    made.close()
    runner.close()
    made.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def open_everything(window: CaptureWindow, qtbot: QtBot, kind: Kind) -> None:
    """Every row that a note of this kind can have, filled where filling unfolds more."""
    for other in Kind:
        window.kind_bar.buttons()[list(Kind).index(other)].click()
        for pills in (rows.pills(name) for rows, name in _pills(window, other)):
            pills.pills()[1].click()
    window.kind_bar.buttons()[list(Kind).index(kind)].click()
    window.form.begin_quote()
    qtbot.keyClicks(_focused(), "Why would I pay you?")
    window.footer.show_more(True)
    for _time in range(2):
        window.form.more.contacts.add_button.click()
    with qtbot.waitSignal(window.draft_kept):
        qtbot.keyClicks(window.form.text, "They say we are too expensive. ")
    window.notice.show_message("info", "Somebody waits", lead="Not finished:", action="Go on")
    window.resize(1000, 2000)  # nothing is scrolled away
    QApplication.processEvents()


@pytest.mark.parametrize("kind", list(Kind))
def test_every_control_tells_a_screen_reader_its_name(
    window: CaptureWindow, qtbot: QtBot, kind: Kind
) -> None:
    open_everything(window, qtbot, kind)
    root = QAccessible.queryAccessibleInterface(window)
    controls = [each for each in _all(root) if each.state().focusable and not _hidden(each)]
    assert len(controls) > 25
    assert [_told(each) for each in controls if not each.text(QAccessible.Text.Name)] == []


@pytest.mark.parametrize("kind", list(Kind))
def test_tab_reaches_every_control_in_the_order_of_the_eye(
    window: CaptureWindow, qtbot: QtBot, kind: Kind
) -> None:
    open_everything(window, qtbot, kind)
    reached = _tabbed(window, qtbot)
    assert [_name(each) for each in reached] == [_name(each) for each in sorted(reached, key=_eye)]
    stops = {each for each in window.findChildren(QWidget) if _is_stop(each, window)}
    assert {_name(each) for each in stops - set(reached)} == set()


def test_tab_goes_back_the_same_way(window: CaptureWindow, qtbot: QtBot) -> None:
    open_everything(window, qtbot, Kind.OBJECTION)
    forwards = _tabbed(window, qtbot)
    backwards = _tabbed(window, qtbot, KEY.Key_Backtab)
    assert [_name(each) for each in backwards[1:]] == [_name(each) for each in forwards[:0:-1]]


def _pills(window: CaptureWindow, kind: Kind) -> list[tuple[object, str]]:
    parts = (window.form.kinds[kind], window.form.known)
    return [(rows, name) for rows in parts for name in rows.names() if name in rows._pills]


def _tabbed(window: CaptureWindow, qtbot: QtBot, key: Qt.Key = KEY.Key_Tab) -> list[QWidget]:
    """Once round the window, from its first control."""
    first = next(button for button in window.kind_bar.buttons() if button.isChecked())
    first.setFocus()
    reached = [first]
    for _step in range(200):
        qtbot.keyClick(_focused(), key)
        if _focused() is first:
            return reached
        reached.append(_focused())
    raise AssertionError([_name(each) for each in reached[:60]])


def _is_stop(widget: QWidget, window: CaptureWindow) -> bool:
    policy = widget.focusPolicy()
    if isinstance(widget, KindButton) and not widget.isChecked():
        return False  # one of six: the arrows and Ctrl+1…6 go there
    tab = bool(policy & Qt.FocusPolicy.TabFocus)
    return tab and widget.isVisibleTo(window) and widget.isEnabled()


def _eye(widget: QWidget) -> tuple[int, int]:
    """Line by line; controls of one line have their middles near each other."""
    middle = widget.mapTo(widget.window(), QPoint(0, widget.height() // 2))
    return middle.y() // SAME_LINE, middle.x()


def _all(root: QAccessibleInterface) -> Iterator[QAccessibleInterface]:
    yield root
    for at in range(root.childCount()):
        child = root.child(at)
        if child is not None:
            yield from _all(child)


def _hidden(told: QAccessibleInterface) -> bool:
    return bool(told.state().invisible or told.state().offscreen)


def _told(told: QAccessibleInterface) -> str:
    return f"{told.role()} {told.object()}"


def _name(widget: QWidget) -> str:
    return f"{type(widget).__name__} {widget.accessibleName()}"


def _focused() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found
