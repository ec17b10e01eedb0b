"""Saved searches in the side bar: saved, counted, renamed, moved and taken away."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from fieldnotes.desktop.contents import SAVED
from fieldnotes.desktop.main_window import MainWindow
from fieldnotes.desktop.saved_searches import name_for
from fieldnotes.desktop.widgets.side_bar_model import SideBarModel
from fieldnotes.operations.changes import Done
from fieldnotes.operations.notebook import Notebook
from fieldnotes.operations.saved_searches import save_search
from tests.builders import logged
from tests.desktop.conftest import Opened


def some_notes(notebook: Notebook) -> None:
    for number in range(3):
        logged(notebook, kind=("win", "objection", "win")[number], tags=["pricing"])


def with_searches(notebook: Notebook) -> None:
    some_notes(notebook)
    for name, query in (("Wins", "kind:win"), ("Prices", "tag:pricing"), ("Nothing", "zebra")):
        save_search(notebook, f"My {name}", f"{query} night" if name == "Wins" else query)


def model_of(window: MainWindow) -> SideBarModel:
    model = window.side_bar.list.model()
    assert isinstance(model, SideBarModel)
    return model


def shown(window: MainWindow) -> list[tuple[str, str]]:
    model = model_of(window)
    keys = [model.row_of(key) for key in model.own_keys()]
    return [
        (str(model.data(model.index(row))), model.count_words(key))
        for row, key in zip(keys, model.own_keys(), strict=True)
    ]


def names(window: MainWindow) -> list[str]:
    return [name for name, _ in shown(window)]


def stand_on(qtbot: QtBot, window: MainWindow, number: int) -> None:
    qtbot.waitUntil(lambda: len(names(window)) > number)
    model = model_of(window)
    window.side_bar.list.setFocus()
    window.side_bar.list.setCurrentIndex(model.index(model.row_of(model.own_keys()[number])))


def test_saved_searches_stand_in_the_side_bar_with_their_counts(
    opened: Opened, qtbot: QtBot
) -> None:
    window = opened(with_searches)
    wanted = [("My Wins", "2"), ("My Prices", "3"), ("My Nothing", "0")]
    qtbot.waitUntil(lambda: shown(window) == wanted)


def test_one_is_looked_for_when_it_is_chosen(opened: Opened, qtbot: QtBot) -> None:
    window = opened(with_searches)
    stand_on(qtbot, window, 1)
    assert window.notes.finder.query() == "tag:pricing"
    assert window.side_bar.current().startswith(SAVED)


def test_searches_are_saved_and_named_from_the_keyboard(opened: Opened, qtbot: QtBot) -> None:
    window = opened(some_notes)
    for query, proposed, name in (
        ("kind:win tag:pricing", "Wins, #pricing", "Prices that won"),
        ("tag:pricing", "#pricing", "Prices"),
    ):
        window.notes.finder.set_query(query)
        qtbot.keyClick(window, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
        qtbot.waitUntil(lambda text=proposed: editor_of(window) == text)  # type: ignore[misc]
        editor = window.focusWidget()
        assert isinstance(editor, QLineEdit)
        editor.setText(name)
        qtbot.keyClick(editor, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda told=name: told in names(window))  # type: ignore[misc]
    qtbot.waitUntil(lambda: shown(window) == [("Prices that won", "2"), ("Prices", "3")])


def editor_of(window: MainWindow) -> str:
    editor = window.focusWidget()
    return editor.text() if isinstance(editor, QLineEdit) else ""


def test_the_sign_in_the_box_saves_and_takes_away(opened: Opened, qtbot: QtBot) -> None:
    window = opened(some_notes)
    window.notes.finder.set_query("tag:pricing")
    window.notes.finder.bar.save_wanted.emit()
    qtbot.waitUntil(lambda: names(window) == ["#pricing"])
    window.notes.finder.bar.save_wanted.emit()
    qtbot.waitUntil(lambda: names(window) == [])
    window.notice.acted.emit()
    qtbot.waitUntil(lambda: names(window) == ["#pricing"])


def test_alt_and_an_arrow_move_one(opened: Opened, qtbot: QtBot) -> None:
    window = opened(with_searches)
    stand_on(qtbot, window, 0)
    qtbot.keyClick(window.side_bar.list, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: names(window) == ["My Prices", "My Wins", "My Nothing"])
    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: names(window) == ["My Wins", "My Prices", "My Nothing"])


def test_one_is_dragged_below_another(opened: Opened, qtbot: QtBot) -> None:
    window = opened(with_searches)
    qtbot.waitUntil(lambda: len(names(window)) == 3)
    model, view = model_of(window), window.side_bar.list
    boxes = [view.visualRect(model.index(model.row_of(key))) for key in model.own_keys()]
    port, left = view.viewport(), Qt.MouseButton.LeftButton
    qtbot.mousePress(port, left, pos=boxes[0].center())
    qtbot.mouseMove(port, boxes[1].center())
    qtbot.mouseMove(port, boxes[2].center() + QPoint(0, 8))
    qtbot.mouseRelease(port, left, pos=boxes[2].center() + QPoint(0, 8))
    qtbot.waitUntil(lambda: names(window) == ["My Prices", "My Nothing", "My Wins"])


def test_delete_takes_one_away_and_leaves_the_notes(opened: Opened, qtbot: QtBot) -> None:
    window = opened(with_searches)
    stand_on(qtbot, window, 1)
    qtbot.keyClick(window.side_bar.list, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: names(window) == ["My Wins", "My Nothing"])
    assert "notes stay" in window.notice.words()


def test_counts_follow_what_is_written(opened: Opened, qtbot: QtBot) -> None:
    window = opened(with_searches)
    qtbot.waitUntil(lambda: shown(window)[:1] == [("My Wins", "2")])
    window.notes._runner.do(_log)
    qtbot.waitUntil(lambda: shown(window)[:1] == [("My Wins", "3")])


def test_a_search_is_named_by_what_it_says() -> None:
    assert name_for("kind:win after:2026 night") == "Wins, Since 2026-01, night"
    assert len(name_for("word " * 50)) <= 60


def _log(notebook: Notebook) -> Done[str]:
    from fieldnotes.domain.notes import NoteDraft
    from fieldnotes.operations.notes import log_note
    from tests.builders import a_note

    return log_note(notebook, NoteDraft(id=notebook.new_id(), note=a_note(kind="win")))
