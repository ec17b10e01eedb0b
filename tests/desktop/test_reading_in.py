"""Reading in: what needs a decision is asked first, and nothing is written before the end."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from fieldnotes.desktop import theme
from fieldnotes.desktop.inbox.decision_rows import (
    AllNewRow,
    NewSenderRow,
    OtherKeyRow,
    PreviewRow,
    SpellingRow,
)
from fieldnotes.desktop.inbox.edited_twice_row import EditedTwiceRow
from fieldnotes.desktop.inbox.reading_in_dialog import ReadingInDialog
from fieldnotes.desktop.inbox.typed_rows import LockedRow, RemovalsRow
from fieldnotes.desktop.runner import Runner
from fieldnotes.desktop.widgets.difference_text import DifferenceText
from fieldnotes.desktop.widgets.person_badge import KeyWords
from fieldnotes.domain.markings import Audience
from fieldnotes.domain.merge import Word
from fieldnotes.domain.notes import Note
from fieldnotes.domain.records import Reason
from fieldnotes.domain.selections import Selection
from fieldnotes.domain.taking import Choice, Facet
from fieldnotes.operations.attachments import Source, attach
from fieldnotes.operations.cards import meet_by_card, save_card
from fieldnotes.operations.import_plans import Twice
from fieldnotes.operations.notebook import Notebook
from fieldnotes.operations.notes import remove_note
from fieldnotes.operations.people import accept_person
from fieldnotes.operations.reading_in import ReadIn
from fieldnotes.operations.sending import send
from fieldnotes.operations.sending_plans import plan_sending
from fieldnotes.operations.team import put_on_team, send_team
from tests.builders import a_notebook, at, counted, found, got, logged, sent
from tests.desktop.conftest import Starter
from tests.desktop.libraries import MARKETER, SELLER, a_file, running, show, write

R = TypeVar("R", bound=QWidget)


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication) -> None:
    theme.apply(qapp, "light")


@pytest.fixture
def library(tmp_path: Path) -> Path:
    return write(tmp_path, MARKETER, lambda notebook: None)


@pytest.fixture
def runner(library: Path) -> Iterator[Runner]:
    with running(library) as made:
        yield made


def three_notes(notebook: Notebook) -> None:
    logged(notebook, kind="competitor", text="Kolvik gives year one away", account="Norden")
    logged(notebook, kind="objection", text="Too expensive", account="Halvard")
    logged(notebook, kind="win", text="Live in nine days", account="Norden")


def opened(qtbot: QtBot, runner: Runner, *paths: Path) -> ReadingInDialog:
    dialog = ReadingInDialog(runner, list(paths))
    show(qtbot, dialog)
    looked(qtbot, dialog)
    return dialog


def looked(qtbot: QtBot, dialog: ReadingInDialog) -> None:
    qtbot.waitUntil(lambda: dialog.preview() is not None and not dialog.is_busy())


def row_of(dialog: ReadingInDialog, kind: type[R]) -> R:
    return next(row for row in dialog.decide.rows() if isinstance(row, kind))


def rows_saying(dialog: ReadingInDialog, words: str) -> list[PreviewRow]:
    return [row for row in dialog.decide.rows() if words in row.accessibleName()]


def held(tmp_path: Path) -> int:
    notebook = a_notebook(tmp_path, MARKETER)
    try:
        return counted(notebook)
    finally:
        notebook.close()


def already_known(tmp_path: Path, *paths: Path) -> None:
    notebook = a_notebook(tmp_path, MARKETER)
    try:
        got(notebook, *paths)
    finally:
        notebook.close()


def test_nothing_is_said_of_files_before_they_were_looked_at(
    qtbot: QtBot, runner: Runner, tmp_path: Path
) -> None:
    dialog = ReadingInDialog(runner, [a_file(tmp_path, SELLER, three_notes)])
    show(qtbot, dialog)
    assert dialog.preview() is None
    assert not dialog.decide.isVisible()
    looked(qtbot, dialog)
    assert dialog.decide.isVisible()


def test_a_new_sender_is_not_read_in_unless_accepted(
    qtbot: QtBot, runner: Runner, tmp_path: Path
) -> None:
    dialog = opened(qtbot, runner, a_file(tmp_path, SELLER, three_notes))
    asked = row_of(dialog, NewSenderRow)
    assert asked.heading == "New sender: Wren Tolliver, 3 notes"
    assert not dialog.go.isEnabled()
    asked.accept.click()
    qtbot.waitUntil(dialog.go.isEnabled)
    assert dialog.go.accessibleName() == "Read in 3"
    assert dialog.foot_words.text().startswith("3 new will be read in.")


def test_the_six_words_are_shown_beside_accept(
    qtbot: QtBot, runner: Runner, tmp_path: Path
) -> None:
    path = a_file(tmp_path, SELLER, three_notes)
    dialog = opened(qtbot, runner, path)
    preview = dialog.preview()
    assert preview is not None
    words = preview.plan.files[0].sender_words
    labels = [label.text().split() for label in row_of(dialog, NewSenderRow).findChildren(QLabel)]
    assert len(words) == 6
    assert list(words) in labels


def test_an_acceptance_can_be_taken_back(qtbot: QtBot, runner: Runner, tmp_path: Path) -> None:
    dialog = opened(qtbot, runner, a_file(tmp_path, SELLER, three_notes))
    row_of(dialog, NewSenderRow).accept.click()
    qtbot.waitUntil(dialog.go.isEnabled)
    row_of(dialog, NewSenderRow).accept.click()
    qtbot.waitUntil(lambda: not dialog.go.isEnabled())
    assert dialog.decisions().senders == frozenset()


def test_nothing_is_written_before_read_in(qtbot: QtBot, runner: Runner, tmp_path: Path) -> None:
    dialog = opened(qtbot, runner, a_file(tmp_path, SELLER, three_notes))
    row_of(dialog, NewSenderRow).accept.click()
    qtbot.waitUntil(dialog.go.isEnabled)
    dialog.reject()
    assert held(tmp_path) == 0


def test_read_in_writes_and_says_what(qtbot: QtBot, runner: Runner, tmp_path: Path) -> None:
    dialog = opened(qtbot, runner, a_file(tmp_path, SELLER, three_notes))
    row_of(dialog, NewSenderRow).accept.click()
    qtbot.waitUntil(dialog.go.isEnabled)
    with qtbot.waitSignal(dialog.read_in) as heard:
        dialog.go.click()
    result = heard.args[0]
    assert isinstance(result, ReadIn)
    assert result.counts["new"] == 3
    assert not dialog.isVisible()
    assert held(tmp_path) == 3


def test_the_same_file_again_changes_nothing(qtbot: QtBot, runner: Runner, tmp_path: Path) -> None:
    path = a_file(tmp_path, SELLER, three_notes)
    already_known(tmp_path, path)
    dialog = opened(qtbot, runner, path)
    assert dialog.foot_words.text() == "Everything is here already."
    assert not dialog.go.isEnabled()


def test_a_known_name_with_another_key_waits_until_the_words_were_compared(
    qtbot: QtBot, runner: Runner, tmp_path: Path
) -> None:
    already_known(tmp_path, a_file(tmp_path, SELLER, three_notes))
    other = a_file(tmp_path, SELLER, three_notes, "other.fieldnotes", folder="new-laptop")
    dialog = opened(qtbot, runner, other)
    asked = row_of(dialog, OtherKeyRow)
    assert asked.heading == "Wren Tolliver, but with another key"
    assert not asked.accept.isVisible()
    asked.compare.click()
    assert asked.accept.isVisible()
    assert not asked.accept.isEnabled()
    asked.compared.click()
    asked.accept.click()
    qtbot.waitUntil(dialog.go.isEnabled)
    assert row_of(dialog, OtherKeyRow).compare.text() == "Take back"


def test_both_rows_of_six_words_are_shown(qtbot: QtBot, runner: Runner, tmp_path: Path) -> None:
    already_known(tmp_path, a_file(tmp_path, SELLER, three_notes))
    other = a_file(tmp_path, SELLER, three_notes, "other.fieldnotes", folder="new-laptop")
    dialog = opened(qtbot, runner, other)
    keys = [shown.words() for shown in row_of(dialog, OtherKeyRow).findChildren(KeyWords)]
    assert len(keys) == 2
    assert keys[0] != keys[1]


def test_what_cannot_be_read_is_told_in_a_sentence(
    qtbot: QtBot, runner: Runner, tmp_path: Path
) -> None:
    good = a_file(tmp_path, SELLER, three_notes)
    damaged = tmp_path / "damaged.fieldnotes"
    damaged.write_bytes(good.read_bytes()[:-40])
    sealed = a_file(
        tmp_path, "Una Brandt", three_notes, "sealed.fieldnotes", audience=Audience.MYSELF
    )
    dialog = opened(qtbot, runner, good, damaged, sealed)
    assert dialog.heading() == "Read in 3 files"
    assert rows_saying(dialog, "damaged.fieldnotes")
    assert rows_saying(dialog, "This file was not made for you")


def test_many_removals_need_a_typed_yes(qtbot: QtBot, runner: Runner, tmp_path: Path) -> None:
    already_known(tmp_path, a_file(tmp_path, SELLER, three_notes))

    def all_wrong(notebook: Notebook) -> None:
        for record in found(notebook):
            remove_note(notebook, record, Reason.WRONG)

    dialog = opened(qtbot, runner, a_file(tmp_path, SELLER, all_wrong, "gone.fieldnotes"))
    asked = row_of(dialog, RemovalsRow)
    assert asked.heading == "Wren Tolliver: 3 notes removed at once"
    assert not dialog.go.isEnabled()
    assert not asked.answer.placeholderText()
    qtbot.keyClicks(asked.answer, "yes")
    qtbot.waitUntil(dialog.go.isEnabled)
    first = dialog.decide.rows()[0]
    assert first.heading == "Wren Tolliver removed 3 notes: they go here as well"
    assert "“Kolvik gives year one away”: it was wrong" in first.detail
    with qtbot.waitSignal(dialog.read_in):
        dialog.go.click()
    assert held(tmp_path) == 0


def test_a_typed_yes_stays_in_sight_and_can_be_taken_back(
    qtbot: QtBot, runner: Runner, tmp_path: Path
) -> None:
    already_known(tmp_path, a_file(tmp_path, SELLER, three_notes))

    def all_wrong(notebook: Notebook) -> None:
        for record in found(notebook):
            remove_note(notebook, record, Reason.WRONG)

    dialog = opened(qtbot, runner, a_file(tmp_path, SELLER, all_wrong, "gone.fieldnotes"))
    qtbot.keyClicks(row_of(dialog, RemovalsRow).answer, "yes")
    qtbot.waitUntil(dialog.go.isEnabled)
    asked = row_of(dialog, RemovalsRow)
    assert asked.heading == "Wren Tolliver: 3 notes removed at once"
    assert asked.detail == "They will be removed here too."
    asked.back.click()
    qtbot.waitUntil(lambda: hasattr(row_of(dialog, RemovalsRow), "answer"))
    assert not dialog.go.isEnabled()


def test_a_removal_is_told_on_top_with_its_reason(
    qtbot: QtBot, runner: Runner, tmp_path: Path
) -> None:
    already_known(tmp_path, a_file(tmp_path, SELLER, three_notes))

    def one_gone(notebook: Notebook) -> None:
        remove_note(notebook, found(notebook)[0], Reason.CONSENT)

    dialog = opened(qtbot, runner, a_file(tmp_path, SELLER, one_gone, "gone.fieldnotes"))
    first = dialog.decide.rows()[0]
    assert first.heading == "Wren Tolliver removed 1 note: it goes here as well"
    assert first.detail.endswith(": the customer withdrew consent")


def test_sections_list_the_notes_that_they_count(
    qtbot: QtBot, runner: Runner, tmp_path: Path
) -> None:
    dialog = opened(qtbot, runner, a_file(tmp_path, SELLER, three_notes))
    row_of(dialog, NewSenderRow).accept.click()
    qtbot.waitUntil(dialog.go.isEnabled)
    for key, first in (("new", "Kolvik gives year one away"), ("senders", "Wren Tolliver")):
        dialog.sections.chosen.emit(key)
        assert dialog.table.rows.data(dialog.table.rows.index(0, 0)) == first


def test_what_is_here_already_is_listed_once_and_says_who_removed_it(
    qtbot: QtBot, runner: Runner, tmp_path: Path
) -> None:
    first = a_file(tmp_path, SELLER, lambda book: logged(book, text="One"))

    def gone(notebook: Notebook) -> None:
        logged(notebook, text="Two")
        remove_note(notebook, found(notebook, "one")[0], Reason.CONSENT)

    second = a_file(tmp_path, SELLER, gone, "second.fieldnotes")
    third = a_file(tmp_path, SELLER, lambda book: None, "third.fieldnotes")
    already_known(tmp_path, first, second, third)
    dialog = opened(qtbot, runner, second, third)
    dialog.sections.chosen.emit("unchanged")
    rows = dialog.table.rows
    cells = [rows.data(rows.index(row, 0)) for row in range(rows.rowCount())]
    assert sorted(cells) == ["(removed by Wren Tolliver)", "Two"]
    assert rows.data(rows.index(0, 2)) == "Wren Tolliver, in 2 files"


def test_several_new_senders_can_be_accepted_together(
    qtbot: QtBot, runner: Runner, tmp_path: Path
) -> None:
    names = ("Wren Tolliver", "Una Brandt", "Piet Halloway")
    paths = [a_file(tmp_path, name, three_notes, f"{name}.fieldnotes") for name in names]
    dialog = opened(qtbot, runner, *paths)
    row_of(dialog, AllNewRow).accept.click()
    qtbot.waitUntil(dialog.go.isEnabled)
    assert dialog.go.accessibleName() == "Read in 9"


def test_the_keyboard_stays_with_whoever_was_accepted(
    qtbot: QtBot, runner: Runner, tmp_path: Path
) -> None:
    names = ("Wren Tolliver", "Una Brandt", "Piet Halloway")
    paths = [a_file(tmp_path, name, three_notes, f"{name}.fieldnotes") for name in names]
    dialog = opened(qtbot, runner, *paths)
    qtbot.waitUntil(dialog.isActiveWindow)
    row = row_of(dialog, NewSenderRow)
    row.accept.setFocus()
    qtbot.keyClick(row.accept, Qt.Key.Key_Space)
    qtbot.waitUntil(dialog.go.isEnabled)  # the row to accept all is gone
    again = row_of(dialog, NewSenderRow)
    assert (again.heading, again.accept.text()) == (row.heading, "Take back")
    assert again.accept.hasFocus()


def test_the_senders_own_words_are_shown_as_they_are(
    qtbot: QtBot, runner: Runner, tmp_path: Path
) -> None:
    markup = "<img src='file:///dev/zero'>"
    path = a_file(tmp_path, markup, three_notes)
    dialog = opened(qtbot, runner, path)
    assert row_of(dialog, NewSenderRow).heading == f"New sender: {markup}, 3 notes"
    formats = {label.textFormat() for label in dialog.findChildren(QLabel) if label.text()}
    assert formats == {Qt.TextFormat.PlainText}


def test_reading_in_that_is_stopped_leaves_no_trace(
    qtbot: QtBot, runner: Runner, tmp_path: Path
) -> None:
    dialog = opened(qtbot, runner, a_file(tmp_path, SELLER, three_notes))
    row_of(dialog, NewSenderRow).accept.click()
    qtbot.waitUntil(dialog.go.isEnabled)
    other = a_notebook(tmp_path, MARKETER)
    with other.library.transaction():  # so that reading in waits until it was stopped
        dialog.go.click()
        dialog.reject()
    other.close()
    qtbot.waitUntil(lambda: not dialog.is_busy())
    assert dialog.notice.words() == "Stopped. Nothing was written."
    assert dialog.isVisible()
    assert held(tmp_path) == 0


def test_a_preview_that_is_closed_is_forgotten(
    qtbot: QtBot, runner: Runner, tmp_path: Path
) -> None:
    dialog = ReadingInDialog(runner, [a_file(tmp_path, SELLER, three_notes)])
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.show()
    with qtbot.waitSignal(dialog.destroyed):
        dialog.close()
    answers: list[int] = []
    runner.ask("anything", lambda notebook: 1, answers.append)
    qtbot.waitUntil(lambda: answers == [1])
    assert held(tmp_path) == 0


def test_a_file_that_changed_meanwhile_is_not_read_in(
    qtbot: QtBot, runner: Runner, tmp_path: Path
) -> None:
    path = a_file(tmp_path, SELLER, three_notes)
    dialog = opened(qtbot, runner, path)
    row_of(dialog, NewSenderRow).accept.click()
    qtbot.waitUntil(dialog.go.isEnabled)
    a_file(tmp_path, SELLER, three_notes)
    dialog.go.click()
    qtbot.waitUntil(dialog.notice.isVisible)
    assert "changed since it was looked at" in dialog.notice.words()
    assert held(tmp_path) == 0


def test_a_locked_file_asks_for_its_passphrase(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("fieldnotes.trust.passphrase.WORK", 4)
    seller = a_notebook(tmp_path, SELLER)
    logged(seller)
    path = tmp_path / "locked.fieldnotes"
    send(seller, plan_sending(seller, Selection()), path, passphrase="six plain words")
    seller.close()
    with running(write(tmp_path, MARKETER, lambda book: None)) as runner:
        dialog = ReadingInDialog(runner, [path])
        show(qtbot, dialog)
        row = locked(qtbot, dialog, "Type the one that the sender told you.")
        assert not row.open.isEnabled()
        qtbot.waitUntil(dialog.isActiveWindow)
        row.phrase.setText("seven words")
        row.phrase.setFocus()
        qtbot.keyClick(row.phrase, Qt.Key.Key_Return)
        row = locked(qtbot, dialog, "This passphrase does not open it. Try again.")
        (sentence,) = (each for each in row.findChildren(QLabel) if each.text() == row.detail)
        assert sentence.property("ink") == "red_text"
        assert row.phrase.hasFocus()
        row.phrase.setText("six plain words")
        row.open.click()
        qtbot.waitUntil(lambda: isinstance(dialog.decide.rows()[0], NewSenderRow))


def locked(qtbot: QtBot, dialog: ReadingInDialog, detail: str) -> LockedRow:
    """The row that asks for a passphrase, as soon as it says `detail`."""
    qtbot.waitUntil(lambda: [each.detail for each in dialog.decide.rows()] == [detail])
    (row,) = dialog.decide.rows()
    assert isinstance(row, LockedRow)
    return row


def test_attached_files_that_are_not_there_are_told_in_one_row(
    qtbot: QtBot, library: Path, tmp_path: Path
) -> None:
    whole, path = tmp_path / "whole.fieldnotes", tmp_path / "notes.fieldnotes"
    seller = a_notebook(tmp_path, SELLER)
    files = [
        attach(seller, Source(name, name.encode)).attachment for name in ("offer.pdf", "shelf.jpg")
    ]
    logged(seller, Note(kind="note", text="Norden visit", attachments=tuple(files)))
    logged(seller, Note(kind="note", text="They plan", attachments=tuple(files[:1])))
    sent(seller, whole)
    gone = {file.sha256: 1 for file in files}
    seller.library.blobs.loosen(gone)
    seller.library.blobs.drop_loose(gone)
    sent(seller, path)
    seller.close()
    already_known(tmp_path, a_file(tmp_path, SELLER, three_notes, "known.fieldnotes", tags=("x",)))
    with running(library) as runner:
        dialog = opened(qtbot, runner, path)
        [row] = rows_saying(dialog, "Missing files")
        assert row.heading == "2 attached files are not there"
        assert sorted(row.detail.splitlines()) == [
            "Norden visit: offer.pdf, shelf.jpg",
            "They appear as soon as another file brings them.",
            "They plan: offer.pdf",
        ]
        with qtbot.waitSignal(dialog.read_in):
            dialog.go.click()
        later = opened(qtbot, runner, whole)
        [row] = rows_saying(later, "come along")
        assert row.heading == "2 files that were missing come along"
        assert later.go.isEnabled()
        with qtbot.waitSignal(later.read_in):
            later.go.click()
    marketer = a_notebook(tmp_path, MARKETER)
    assert len(marketer.library.blobs.hashes()) == 2
    marketer.close()


def test_a_team_list_says_where_it_can_be_trusted(qtbot: QtBot, tmp_path: Path) -> None:
    keeper, otto = a_notebook(tmp_path, "Head Office"), a_notebook(tmp_path, "Otto Berg")
    card = save_card(otto, tmp_path / "otto.fieldnotes-card").result
    otto.close()
    author = meet_by_card(keeper, card).result.author
    accept_person(keeper, author)
    put_on_team(keeper, author)
    path = send_team(keeper, tmp_path / "team.fieldnotes").result.path
    keeper.close()
    with running(write(tmp_path, MARKETER, lambda book: None)) as runner:
        dialog = ReadingInDialog(runner, [path])
        show(qtbot, dialog)
        qtbot.waitUntil(lambda: bool(dialog.decide.rows()))
        row = dialog.decide.rows()[0]
        assert isinstance(row, NewSenderRow)
        row.accept.click()
        told = "Team list of Head Office: 1 person"
        qtbot.waitUntil(lambda: told in [each.heading for each in dialog.decide.rows()])


def test_what_is_not_ticked_stays_with_its_file(
    qtbot: QtBot, runner: Runner, tmp_path: Path
) -> None:
    already_known(tmp_path, a_file(tmp_path, SELLER, lambda book: None, "empty.fieldnotes"))
    path = a_file(tmp_path, SELLER, three_notes)
    dialog = opened(qtbot, runner, path)
    assert dialog.go.accessibleName() == "Read in 3"
    dialog.take.box(Choice(Facet.KIND, "win")).click()
    qtbot.waitUntil(lambda: dialog.go.accessibleName() == "Read in 2")
    with qtbot.waitSignal(dialog.read_in):
        dialog.go.click()
    assert held(tmp_path) == 2


def test_tab_goes_through_the_boxes_before_the_buttons(
    qtbot: QtBot, runner: Runner, tmp_path: Path
) -> None:
    already_known(tmp_path, a_file(tmp_path, SELLER, lambda book: None, "empty.fieldnotes"))
    dialog = opened(qtbot, runner, a_file(tmp_path, SELLER, three_notes))
    dialog.sections.set_current("take")
    dialog.sections.chosen.emit("take")
    dialog.sections.list.setFocus()
    seen = list(tabbed(qtbot, 9))
    kinds = (Choice(Facet.KIND, kind) for kind in ("competitor", "objection", "win"))
    places = [seen.index(dialog.take.box(kind)) for kind in kinds]
    assert places == sorted(places)
    assert places[-1] < seen.index(dialog.cancel) < seen.index(dialog.go)


def test_tab_scrolls_to_what_it_comes_to(qtbot: QtBot, runner: Runner, tmp_path: Path) -> None:
    names = [f"Seller {number}" for number in range(6)]
    paths = [a_file(tmp_path, name, three_notes, f"{name}.fieldnotes") for name in names]
    dialog = opened(qtbot, runner, *paths)
    dialog.resize(900, 480)
    qtbot.waitUntil(dialog.isActiveWindow)
    first = dialog.decide.rows()[0].findChild(QPushButton)
    last = dialog.decide.rows()[-1].findChild(QPushButton)
    assert first is not None
    assert last is not None
    assert last.visibleRegion().isEmpty()
    last.setFocus()
    assert not last.visibleRegion().isEmpty()
    assert first.visibleRegion().isEmpty()


def tabbed(qtbot: QtBot, times: int) -> Iterator[QWidget]:
    """What the keyboard comes to with Tab."""
    for _ in range(times):
        here = QApplication.focusWidget()
        assert here is not None
        qtbot.keyClick(here, Qt.Key.Key_Tab)
        there = QApplication.focusWidget()
        assert there is not None
        yield there


def test_a_single_note_is_left_from_the_list_and_taken_after_all(
    qtbot: QtBot, runner: Runner, tmp_path: Path
) -> None:
    already_known(tmp_path, a_file(tmp_path, SELLER, lambda book: None, "empty.fieldnotes"))
    path = a_file(tmp_path, SELLER, three_notes)
    dialog = opened(qtbot, runner, path)
    dialog.sections.set_current(Word.NEW.value)
    dialog.sections.chosen.emit(Word.NEW.value)
    dialog.leave_note.click()
    qtbot.waitUntil(lambda: dialog.go.accessibleName() == "Read in 2")
    looked(qtbot, dialog)
    dialog.sections.set_current("left")
    dialog.sections.chosen.emit("left")
    assert dialog.leave_note.accessibleName() == "Take it"
    dialog.leave_note.click()
    qtbot.waitUntil(lambda: dialog.go.accessibleName() == "Read in 3")


def test_a_new_spelling_is_one_name_once_somebody_agrees(
    qtbot: QtBot, runner: Runner, tmp_path: Path
) -> None:
    already_known(tmp_path, a_file(tmp_path, SELLER, lambda book: logged(book, account="Veridian")))
    other = a_file(
        tmp_path, SELLER, lambda book: logged(book, account="Veridian Inc"), "b.fieldnotes"
    )
    dialog = opened(qtbot, runner, other)
    row_of(dialog, SpellingRow).agree.click()
    assert row_of(dialog, SpellingRow).agree.text() == "Take back"
    with qtbot.waitSignal(dialog.read_in):
        dialog.go.click()
    notebook = a_notebook(tmp_path, MARKETER)
    try:
        assert counted(notebook, "account:Veridian") == 2
    finally:
        notebook.close()


def test_both_versions_of_what_was_edited_twice_stand_side_by_side(qtbot: QtBot) -> None:
    one, other = Note(text="Too dear for them"), Note(text="Too slow for them")
    twice = Twice("Too slow", SELLER, one, other, (at("2026-03-01"), at("2026-03-02")))
    row = EditedTwiceRow(twice)
    show(qtbot, row)
    assert row.both is None
    row.compare.click()
    texts = [each.accessibleDescription() for each in row.findChildren(DifferenceText)]
    assert texts == ["only here: dear", "only here: slow"]
    row.compare.click()
    assert not row.findChildren(DifferenceText)[0].isVisible()


def test_files_that_were_not_read_in_are_told_afterwards(
    qtbot: QtBot, start: Starter, tmp_path: Path
) -> None:
    good = a_file(tmp_path, SELLER, three_notes)
    damaged = tmp_path / "damaged.fieldnotes"
    damaged.write_bytes(good.read_bytes()[:-40])
    program = start(write(tmp_path, MARKETER, lambda book: None))
    window, commands = program.window, program._commands
    assert window is not None
    assert commands is not None
    commands.sharing.read_in([good, damaged])
    (dialog,) = window.findChildren(ReadingInDialog)
    looked(qtbot, dialog)
    row_of(dialog, NewSenderRow).accept.click()
    qtbot.waitUntil(dialog.go.isEnabled)
    dialog.go.click()
    qtbot.waitUntil(lambda: bool(window.notice.words()))
    said = window.notice.words()
    assert said.startswith("1 of 2 files was not read in. damaged.fieldnotes: This file is damaged")
    assert said.endswith(f"It lies in {tmp_path}.")
