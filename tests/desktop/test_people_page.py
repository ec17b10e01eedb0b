"""People and keys: everybody with their standing in words, and what can be said about a key."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from fieldnotes.bundle.card_file import read_card
from fieldnotes.desktop import theme
from fieldnotes.desktop.bundles.sending_dialog import SendingDialog
from fieldnotes.desktop.commands import Commands
from fieldnotes.desktop.people.people_page import AskPaths, PeoplePage
from fieldnotes.desktop.people.person_row import PersonRow
from fieldnotes.desktop.runner import Runner
from fieldnotes.desktop.widgets.person_badge import KeyWords
from fieldnotes.domain.people import Standing
from fieldnotes.operations.cards import meet_by_card, save_card
from fieldnotes.operations.changes import Changes, Done
from fieldnotes.operations.notebook import Notebook
from fieldnotes.operations.notes import edit_note
from fieldnotes.operations.people import accept_person, people_known
from fieldnotes.operations.succession import go_on_as, take_over_laptop
from fieldnotes.operations.team import list_team, put_on_team
from fieldnotes.settings import read_settings
from tests.builders import a_note, a_notebook, got, logged, sent
from tests.desktop.conftest import Opened
from tests.desktop.libraries import MARKETER, SELLER, running, show, write


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication) -> None:
    theme.apply(qapp, "light")


@pytest.fixture
def card_of(tmp_path: Path) -> Callable[..., Path]:
    """The card file of somebody."""

    def made(name: str, folder: str = "", email: str = "") -> Path:
        holder = a_notebook(tmp_path, name, folder)
        path = tmp_path / f"{folder or name}.fieldnotes-card"
        try:
            return save_card(holder, path, email).result
        finally:
            holder.close()

    return made


CardOf = Callable[..., Path]


@pytest.fixture
def page_on(qtbot: QtBot, tmp_path: Path) -> Iterator[Callable[..., PeoplePage]]:
    """The page on the marketer's library after something was written there."""
    running_now = []

    def open_on(write_first: Callable[[Notebook], object] = lambda book: None) -> PeoplePage:
        context = running(write(tmp_path, MARKETER, write_first))
        runner: Runner = context.__enter__()
        running_now.append(context)
        ask = AskPaths(lambda parent, name: tmp_path / name, lambda parent: tmp_path / "old-laptop")
        page = PeoplePage(runner, ask=ask)
        page.resize(900, 700)
        show(qtbot, page)
        qtbot.waitUntil(lambda: page.own is not None)
        return page

    yield open_on
    for context in running_now:
        context.__exit__(None, None, None)


PageOn = Callable[..., PeoplePage]


def met(*cards: Path, accepted: bool = False) -> Callable[[Notebook], object]:
    def write_first(book: Notebook) -> None:
        for path in cards:
            author = meet_by_card(book, path).result.author
            if accepted:
                accept_person(book, author)

    return write_first


def row(page: PeoplePage, name: str = "") -> PersonRow:
    return next(each for each in page.rows if name in each.person.name)


def press(qtbot: QtBot, page: PeoplePage, wish: str, name: str = "") -> PersonRow:
    """Unfold somebody with the keyboard, press one of the buttons, wait until it is shown."""
    before = row(page, name)
    if not before.more.isChecked():
        before.more.setFocus()
        qtbot.keyClick(before.more, Qt.Key.Key_Space)
    before.buttons()[wish].setFocus()
    qtbot.keyClick(before.buttons()[wish], Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: not page.rows or row(page, name) is not before)
    return row(page, name) if page.rows else before


def texts(page: PeoplePage) -> str:
    return " ".join(label.text() for label in page.findChildren(QLabel) if label.isVisible())


def test_nobody_is_known_at_first(qtbot: QtBot, page_on: PageOn) -> None:
    page = page_on()
    assert page.rows == []
    qtbot.waitUntil(lambda: "Nobody else yet" in texts(page))


def test_a_new_sender_is_confirmed_by_their_words(
    qtbot: QtBot, page_on: PageOn, card_of: CardOf
) -> None:
    page = page_on(met(card_of("Otto Berg")))
    assert row(page).person.in_words == "New sender"
    assert row(page).more.text() == "Check…"
    row(page).unfold()
    (words,) = row(page).findChildren(KeyWords)
    assert words.words() == row(page).person.words
    after = press(qtbot, page, "confirm")
    assert after.person.in_words == "Known sender"
    assert page.window().focusWidget() is after.more  # the keyboard stays with them


def test_not_them_is_remembered_and_taken_back(
    qtbot: QtBot, page_on: PageOn, card_of: CardOf
) -> None:
    page = page_on(met(card_of("Otto Berg")))
    assert press(qtbot, page, "refuse").person.standing is Standing.REFUSED
    assert set(row(page).buttons()) == {"confirm", "forget"}
    assert press(qtbot, page, "confirm").person.standing is Standing.KNOWN


def test_whoever_is_removed_is_gone(qtbot: QtBot, page_on: PageOn, card_of: CardOf) -> None:
    page = page_on(met(card_of("Otto Berg")))
    press(qtbot, page, "forget")
    assert page.rows == []


def test_a_known_name_with_another_key_shows_both_keys(
    qtbot: QtBot, page_on: PageOn, card_of: CardOf
) -> None:
    def write_first(book: Notebook) -> None:
        accept_person(book, meet_by_card(book, card_of("Otto Berg")).result.author)
        meet_by_card(book, card_of("Otto Berg", "other"))

    page = page_on(write_first)
    first, second = page.rows
    assert first.person.in_words == "Same name but another key: check"
    first.unfold()
    keys = [each.words() for each in first.findChildren(KeyWords)]
    assert keys == [first.person.words, second.person.words]


def test_a_new_laptop_is_confirmed_as_the_same_person(
    qtbot: QtBot, page_on: PageOn, card_of: CardOf
) -> None:
    def write_first(book: Notebook) -> None:
        accept_person(book, meet_by_card(book, card_of("Otto Berg")).result.author)
        meet_by_card(book, card_of("Otto Berg", "other"))

    page = page_on(write_first)
    before = row(page)
    before.unfold()
    before.buttons()["same"].click()
    qtbot.waitUntil(lambda: len(page.rows) == 1)
    assert row(page).person.standing is Standing.KNOWN
    assert [key.lost for key in row(page).person.former] == [True]


def test_the_team_list_is_kept_from_here(
    qtbot: QtBot, page_on: PageOn, card_of: CardOf, tmp_path: Path
) -> None:
    page = page_on(met(card_of("Otto Berg", email="otto@example.com"), accepted=True))
    assert page.own is not None
    assert not page.own.save_list.isVisible()
    row(page).unfold()
    region = row(page).findChild(QLineEdit, "region")
    assert region is not None
    region.setText("Nordics")
    shown = press(qtbot, page, "list").person
    assert (shown.region, shown.email, shown.on_my_list) == ("Nordics", "otto@example.com", True)
    qtbot.waitUntil(page.own.save_list.isVisible)
    page.own.save_list.click()
    qtbot.waitUntil((tmp_path / "team-list.fieldnotes").exists)
    qtbot.waitUntil(lambda: "team-list.fieldnotes is saved." in texts(page))


def test_an_address_that_is_none_is_told_on_the_page(
    qtbot: QtBot, page_on: PageOn, card_of: CardOf
) -> None:
    page = page_on(met(card_of("Otto Berg"), accepted=True))
    row(page).unfold()
    email = row(page).findChild(QLineEdit, "email")
    assert email is not None
    email.setText("not an address")
    row(page).buttons()["list"].click()
    qtbot.waitUntil(lambda: "not an address is no e-mail address." in texts(page))


def test_trust_in_a_team_list_makes_its_people_known(
    qtbot: QtBot, page_on: PageOn, card_of: CardOf, tmp_path: Path
) -> None:
    keeper = a_notebook(tmp_path, "Head Office")
    met(card_of("Otto Berg"), accepted=True)(keeper)
    put_on_team(keeper, people_known(keeper)[1].author, region="Nordics")
    logged(keeper)
    file = sent(keeper, tmp_path / "list.fieldnotes").path
    keeper.close()

    page = page_on(lambda book: got(book, file))
    assert [each.person.name for each in page.rows] == ["Head Office"]
    press(qtbot, page, "trust", "Head Office")
    qtbot.waitUntil(lambda: len(page.rows) == 2)
    words = "Known sender, from the team list of Head Office"
    assert row(page, "Otto").person.in_words == words
    press(qtbot, page, "distrust", "Head Office")
    qtbot.waitUntil(lambda: len(page.rows) == 1)


def test_the_card_is_saved_with_the_address(qtbot: QtBot, page_on: PageOn, tmp_path: Path) -> None:
    page = page_on()
    assert page.own is not None
    page.own.email.setText("marketing@example.com")
    page.own.save_card.click()
    path = tmp_path / "marketing.fieldnotes-card"
    qtbot.waitUntil(path.exists)
    assert read_card(path).email == "marketing@example.com"


def test_the_library_of_an_earlier_laptop_is_taken_over(
    qtbot: QtBot, page_on: PageOn, tmp_path: Path
) -> None:
    old = a_notebook(tmp_path, MARKETER, "old-laptop")
    logged(old)
    old.close()
    page = page_on()
    assert page.own is not None
    page.own.laptop.click()
    qtbot.waitUntil(lambda: "1 records of Marketing are here" in texts(page))
    qtbot.waitUntil(lambda: "with the key of an earlier laptop" in texts(page))


def test_an_old_laptop_that_names_this_one_is_answered(
    qtbot: QtBot, page_on: PageOn, tmp_path: Path
) -> None:
    old = a_notebook(tmp_path, MARKETER, "old-laptop")
    here = a_notebook(tmp_path, MARKETER)
    card = save_card(here, tmp_path / "new.fieldnotes-card").result
    author = meet_by_card(old, card).result.author
    go_on_as(old, author)
    file = sent(old, tmp_path / "mine.fieldnotes").path
    old.close()
    here.close()
    page = page_on(lambda book: got(book, file))
    qtbot.waitUntil(lambda: "Was it yours?" in texts(page))
    assert page.own is not None
    page.own.was_mine.emit(old.owner.author)
    qtbot.waitUntil(lambda: "Was it yours?" not in texts(page))
    assert page.rows == []


def test_a_dropped_card_is_shown_for_its_words_to_be_compared(
    qtbot: QtBot, opened: Opened, card_of: CardOf
) -> None:
    window = opened()
    window.files_dropped.emit([card_of("Otto Berg")])
    qtbot.waitUntil(lambda: isinstance(window.page, PeoplePage) and bool(window.page.rows))
    page = window.page
    assert isinstance(page, PeoplePage)
    assert row(page).more.isChecked()
    qtbot.waitUntil(lambda: row(page).buttons()["confirm"].isVisible())


def test_a_dropped_file_that_is_no_card_gets_one_sentence(
    qtbot: QtBot, opened: Opened, tmp_path: Path
) -> None:
    path = tmp_path / "evil.fieldnotes-card"
    path.write_bytes(b"[" * 100_000)
    window = opened()
    window.files_dropped.emit([path])
    qtbot.waitUntil(lambda: "This file is no key card." in window.notice.words())


def test_a_long_name_leaves_the_page_as_wide_as_its_window(
    qtbot: QtBot, page_on: PageOn, card_of: CardOf
) -> None:
    name = "Annemarie Schleiermacher-Großkopfenstein von und zu Hohenlohe-Langenburg"
    page = page_on(met(card_of(name), accepted=True))
    page.resize(640, 600)
    qtbot.waitUntil(lambda: page.viewport().width() <= 640)
    qtbot.waitUntil(lambda: page.widget().width() <= page.viewport().width())
    more = row(page).more
    assert more.visibleRegion().boundingRect().width() == more.width()


def test_many_people_are_found_by_name(
    qtbot: QtBot, page_on: PageOn, tmp_path: Path, card_of: CardOf
) -> None:
    cards = [card_of(f"Person {number:02}") for number in range(14)]
    page = page_on(met(*cards))
    qtbot.waitUntil(page.name.isVisible)
    page.name.setText("person 07")
    assert [each.person.name for each in page.rows] == ["Person 07"]
    page.name.setText("nobody")
    qtbot.waitUntil(lambda: "Nobody is called so." in texts(page))


def test_only_known_senders_can_be_put_on_the_list(
    page_on: PageOn, card_of: CardOf, tmp_path: Path
) -> None:
    page = page_on(met(card_of("Otto Berg")))
    row(page).unfold()
    assert "list" not in row(page).buttons()
    book = a_notebook(tmp_path, SELLER)
    assert list_team(book) == []
    book.close()


def test_notes_of_an_earlier_laptop_are_changed_from_the_same_window(
    qtbot: QtBot, opened: Opened, tmp_path: Path
) -> None:
    """Also where the writer was at work before the key came."""
    old = a_notebook(tmp_path, SELLER, "old-laptop")
    note = logged(old, text="They bought it.")
    old.close()
    window = opened(lambda book: logged(book))
    runner = window.notes.reader._runner
    said: list[str] = []
    runner.do(lambda book: Done(logged(book), Changes()), said.append)
    task = runner.start(lambda book, progress: take_over_laptop(book, old.library.folder, progress))
    with qtbot.waitSignal(task.finished):
        pass
    edited = a_note(text="They bought two.")
    runner.do(lambda book: edit_note(book, note, edited), said.append)
    qtbot.waitUntil(lambda: said[-1:] == [note])


def test_the_team_folder_is_remembered(qtbot: QtBot, opened: Opened, tmp_path: Path) -> None:
    window = opened()
    window.findChild(Commands).sharing.send()
    dialog = window.findChild(SendingDialog)
    dialog.handing.folder_chosen.emit(str(tmp_path))
    qtbot.waitUntil(lambda: read_settings().team_folder == str(tmp_path))
    dialog.close()
