"""Finding notes and reading one: the list, the reader, drafts, and what was not sent."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from fieldnotes.desktop.main_window import MainWindow
from fieldnotes.desktop.notes import days
from fieldnotes.desktop.notes.drafts_page import DraftsPage
from fieldnotes.desktop.notes.notes_page import NotesPage
from fieldnotes.desktop.notes.query_chips import chip_label, filter_part, split_query, typed_query
from fieldnotes.desktop.notes.removal_choice import RemovalChoice
from fieldnotes.desktop.notes.sheet import Sheet
from fieldnotes.desktop.notes.versions_panel import VersionsPanel
from fieldnotes.desktop.widgets.chips import Chip
from fieldnotes.desktop.widgets.empty_state import EmptyState
from fieldnotes.desktop.widgets.note_list import NoteRow
from fieldnotes.desktop.widgets.notice import Notice
from fieldnotes.domain.drafts import OpenDraft
from fieldnotes.domain.markings import Audience
from fieldnotes.domain.notes import Contact, NoteDraft, Quote
from fieldnotes.domain.query import Named, Query, Words
from fieldnotes.domain.records import Reason
from fieldnotes.domain.selections import Selection
from fieldnotes.operations.drafts import keep_draft
from fieldnotes.operations.hits import Grouping
from fieldnotes.operations.notebook import Notebook, open_notebook
from fieldnotes.operations.notes import edit_note
from tests.builders import TickingClock, a_note, at, found, got, logged, sent
from tests.desktop.conftest import Opened, Starter
from tests.desktop.libraries import SELLER, a_file, question, write

SATURDAY = date(2026, 3, 21)


def some_notes(notebook: Notebook) -> None:
    logged(
        notebook,
        kind="competitor",
        title="Kolvik gives year one away",
        text="The champion thinks it is a bluff.",
        account="Brandt & Söhne",
        opportunity="Renewal 2027",
        stage="proposal",
        outcome="open",
        competitors=("Kolvik",),
        tags=["pricing", "discount"],
        place="Gothenburg",
        did="price",
        did_what="the first year is free",
        effect="decision moved to June",
        answer="the three-year cost",
        worked="partly",
        known_by="said to me",
        sureness="quite sure",
        quotes=(Quote(id="q1", text="They gave us the first year for free.", role="CFO"),),
        happened=at("2026-03-20T14:10:00+01:00"),
    )
    logged(
        notebook,
        kind="objection",
        text="Café owners say it is too expensive\nThey compare it with a spreadsheet.",
        account="Lumen Foods",
        tags=["pricing"],
        happened=at("2026-03-19T09:00:00+01:00"),
    )
    logged(notebook, kind="win", text="Live in nine days", happened=at("2025-11-03T10:00:00+01:00"))


def rows(page: NotesPage) -> list[NoteRow]:
    model = page.finder.list.notes
    return [model.row(number) for number in range(model.rowCount())]


def typed(window: MainWindow, qtbot: QtBot, words: str) -> NotesPage:
    window.notes.finder.search.select_all()
    field = window.notes.finder.search.focusProxy()
    assert field is not None
    qtbot.keyClicks(field, words)
    return window.notes


def read(window: MainWindow, qtbot: QtBot, number: int = 0) -> Sheet:
    """Stand on a row and wait for its sheet."""
    wanted = rows(window.notes)[number].id
    window.notes.finder.list.set_current(wanted)

    def shown() -> bool:
        reading = window.notes.reader.reading
        return reading is not None and reading.view.id == wanted

    qtbot.waitUntil(shown)
    return window.notes.reader.findChildren(Sheet)[-1]  # one before it may not be gone yet


def words_on(sheet: Sheet) -> str:
    return "\n".join(label.text() for label in sheet.findChildren(QLabel))


# --- the list ---------------------------------------------------------------------------------


def test_notes_stand_under_their_day_with_the_newest_first(opened: Opened) -> None:
    shown = rows(opened(some_notes).notes)
    assert [(row.day, row.when) for row in shown] == [
        ("Yesterday, Friday", "14:10"),
        ("Thursday", "09:00"),
        ("3 November 2025", "10:00"),
    ]


def test_the_list_follows_every_letter_and_marks_what_it_found(
    opened: Opened, qtbot: QtBot
) -> None:
    page = typed(opened(some_notes), qtbot, "spreadsh")
    qtbot.waitUntil(lambda: len(rows(page)) == 1)
    row = rows(page)[0]
    assert [row.snippet[a:b] for a, b in row.snippet_marks] == ["spreadsheet"]
    page = typed(page.window(), qtbot, "cafe")  # type: ignore[arg-type]
    qtbot.waitUntil(lambda: bool(rows(page)) and rows(page)[0].title_marks == ((0, 4),))


def test_a_filter_becomes_a_chip_once_it_is_whole(opened: Opened, qtbot: QtBot) -> None:
    page = typed(opened(some_notes), qtbot, "tag:pricing")
    assert page.finder.search.tokens() == ()
    qtbot.keyClick(page.finder.search.focusProxy(), Qt.Key.Key_Space)
    assert [chip.label for chip in page.finder.search.tokens()] == ["#pricing"]
    qtbot.waitUntil(lambda: len(rows(page)) == 2)


def test_a_filter_that_is_still_typed_counts_as_a_beginning(opened: Opened, qtbot: QtBot) -> None:
    page = typed(opened(some_notes), qtbot, "account:lum")
    qtbot.waitUntil(lambda: [row.account for row in rows(page)] == ["Lumen Foods"])


def test_a_clicked_name_narrows_the_search(opened: Opened, qtbot: QtBot) -> None:
    window = opened(some_notes)
    sheet = read(window, qtbot)
    chip = next(chip for chip in sheet.findChildren(Chip) if chip.text() == "discount")
    chip.clicked.emit()
    assert window.notes.finder.query() == "tag:discount"
    sheet = read(window, qtbot)
    account = sheet.findChildren(QPushButton)
    next(b for b in account if b.accessibleName() == "Brandt & Söhne").click()
    assert window.notes.finder.query() == 'tag:discount account:"Brandt & Söhne"'
    qtbot.waitUntil(lambda: len(rows(window.notes)) == 1)


def test_the_same_filter_is_added_only_once(opened: Opened) -> None:
    finder = opened(some_notes).notes.finder
    finder.add_filter("tag:pricing")
    finder.add_filter("tag:pricing")
    assert finder.query() == "tag:pricing"


def test_a_search_without_hits_offers_the_way_back(opened: Opened, qtbot: QtBot) -> None:
    window = opened(some_notes)
    typed(window, qtbot, "zebra")
    qtbot.waitUntil(lambda: window.notes.finder._pages.currentWidget() is not page_list(window))
    empty = window.notes.finder.findChild(EmptyState)
    assert empty is not None
    assert empty.accessibleName() == "Nothing found"
    empty.button.click()
    qtbot.waitUntil(lambda: len(rows(window.notes)) == 3)
    assert window.notes.finder.query() == ""


def page_list(window: MainWindow) -> object:
    return window.notes.finder.list


def test_an_empty_library_says_what_would_be_here(opened: Opened, qtbot: QtBot) -> None:
    window = opened()
    empty = window.notes.finder.findChild(EmptyState)
    assert empty is not None
    assert empty.accessibleName() == "No notes yet"
    with qtbot.waitSignal(window.write_wanted):
        empty.button.click()


def test_many_hits_are_counted_up_to_a_thousand() -> None:
    from fieldnotes.desktop.notes.list_pane import count_words

    assert [count_words(n) for n in (0, 1, 118, 1000, 1001)] == [
        "0 notes",
        "1 note",
        "118 notes",
        "1,000 notes",
        "1,000+ notes",
    ]


def test_a_saved_note_appears_and_the_place_in_the_list_stays(opened: Opened, qtbot: QtBot) -> None:
    window = opened(some_notes)
    read(window, qtbot, 1)
    draft = NoteDraft(id="01890a5d-ac96-774b-bcce-b302099a8057", note=a_note(text="Just now"))
    from fieldnotes.operations.notes import log_note

    window._runner.do(lambda book: log_note(book, draft))
    qtbot.waitUntil(lambda: len(rows(window.notes)) == 4)
    assert rows(window.notes)[0].title == "Just now"
    assert window.notes.finder.list.current_id() == rows(window.notes)[2].id


def test_months_can_stand_above_the_notes_instead_of_days(opened: Opened, qtbot: QtBot) -> None:
    page = opened(some_notes).notes
    page.finder._arranging.group_by(Grouping.MONTH)
    qtbot.waitUntil(lambda: rows(page)[0].day == "March 2026")
    assert [row.when for row in rows(page)] == ["Fri 20", "Thu 19", "Mon 3"]


# --- the reader -------------------------------------------------------------------------------


def test_the_reader_shows_everything_in_plain_words(opened: Opened, qtbot: QtBot) -> None:
    sheet = read(opened(some_notes), qtbot)
    words = words_on(sheet)
    for told in (
        "Competitor · yesterday 14:10, Gothenburg",
        "Kolvik gives year one away",
        "Renewal 2027  ·  Proposal, open",
        "“They gave us the first year for free.”",
        "On price: the first year is free",
        "Decision moved to June",
        "Said to me  ·  quite sure",
        "Not sent yet",
    ):
        assert told in words
    chips = [chip.text() for chip in sheet.findChildren(Chip)]
    assert chips == ["Our company", "Kolvik", "worked partly", "pricing", "discount"]


def test_a_note_is_never_read_as_html(opened: Opened, qtbot: QtBot) -> None:
    nasty = '<img src="/dev/zero"><b>bold</b>'

    def write_nasty(notebook: Notebook) -> None:
        logged(notebook, title=nasty, text=nasty, account=nasty, tags=[nasty])

    sheet = read(opened(write_nasty), qtbot)
    labels = sheet.findChildren(QLabel)
    assert nasty in [label.text() for label in labels]
    assert {label.textFormat() for label in labels if label.text()} == {Qt.TextFormat.PlainText}


def test_the_first_line_is_not_said_twice(opened: Opened, qtbot: QtBot) -> None:
    from fieldnotes.desktop.widgets.reading_text import ReadingText

    sheet = read(opened(some_notes), qtbot, 1)
    text = sheet.findChild(ReadingText)
    assert text is not None
    assert text.toPlainText() == "They compare it with a spreadsheet."


def test_a_removed_note_can_be_brought_back(opened: Opened, qtbot: QtBot) -> None:
    window = opened(some_notes)
    read(window, qtbot)
    reader = window.notes.reader
    reader.ask_removal()
    choice = reader.findChild(RemovalChoice)
    assert choice is not None
    choice.chosen.emit(Reason.WRONG)
    qtbot.waitUntil(lambda: len(rows(window.notes)) == 2)
    assert "Removed: Kolvik gives year one away" in reader._undo_notice.words()
    assert window.notes.finder.list.selected_ids() == [rows(window.notes)[0].id]
    next(b for b in reader._undo_notice.findChildren(QPushButton) if "Undo" in b.text()).click()
    qtbot.waitUntil(lambda: len(rows(window.notes)) == 3)
    assert reader._undo_notice.words() == ""


def test_erasing_asks_once_more_and_cannot_be_undone(opened: Opened, qtbot: QtBot) -> None:
    window = opened(some_notes)
    read(window, qtbot)
    reader = window.notes.reader
    reader.ask_removal()
    choice = reader.findChild(RemovalChoice)
    assert choice is not None
    next(b for b in choice.findChildren(QPushButton) if "Erase" in b.text()).click()
    box = question(qtbot)
    assert box.checkBox() is None
    assert len(rows(window.notes)) == 3
    next(button for button in box.buttons() if button.text() == "Erase").click()
    qtbot.waitUntil(lambda: len(rows(window.notes)) == 2)
    assert "Erasing" in reader._undo_notice.words()


def test_hidden_fields_are_said_plainly(start: Starter, tmp_path: Path, qtbot: QtBot) -> None:
    def with_contact(notebook: Notebook) -> None:
        contact = Contact(id="c1", name="Ada Quill", role="CFO", email="ada@example.com")
        logged(notebook, text="Too dear", account="Norden", contacts=(contact,))

    file = a_file(tmp_path, "Ines Carvalho", with_contact)
    window = start(write(tmp_path, SELLER, lambda notebook: got(notebook, file))).window
    assert window is not None
    sheet = read(window, qtbot)
    notices = [notice.words() for notice in window.notes.reader.findChildren(Notice)]
    told = "Ines Carvalho kept back details of people at the customer’s."
    assert f"Not everything is here. {told}" in notices
    assert "Ines Carvalho" in words_on(sheet)
    assert not window.notes.reader.may_change


def test_of_two_versions_one_can_be_kept(start: Starter, tmp_path: Path, qtbot: QtBot) -> None:
    folder = edited_on_two_laptops(tmp_path)
    window = start(folder).window
    assert window is not None
    assert rows(window.notes)[0].edited_twice
    read(window, qtbot)
    panel = window.notes.reader.findChild(VersionsPanel)
    assert panel is not None
    texts = [label.text() for label in panel.findChildren(QLabel)]
    assert {"From the laptop", "From the desk"} <= set(texts)
    assert [text for text in texts if "newer" in text]
    qtbot.waitUntil(lambda: panel.height() == panel.layout().heightForWidth(panel.width()))
    assert all(
        each.height() >= each.heightForWidth(each.width()) for each in panel.findChildren(QLabel)
    )
    wanted = next(v.note for v in reading(window).twice if v.note.text == "From the laptop")
    panel.kept.emit(wanted)
    qtbot.waitUntil(lambda: not rows(window.notes)[0].edited_twice)
    qtbot.waitUntil(lambda: reading(window).view.note.text == "From the laptop")
    assert reading(window).twice == ()


def reading(window: MainWindow):  # type: ignore[no-untyped-def]
    return window.notes.reader.reading


def edited_on_two_laptops(tmp_path: Path) -> Path:
    """One owner's library with a note that was changed in two places and met again."""
    desk = write(tmp_path, SELLER, lambda notebook: logged(notebook, text="At first"))
    laptop = tmp_path / "laptop"
    shutil.copytree(desk, laptop)
    file = tmp_path / "from-the-laptop.fieldnotes"

    def edit(folder: Path, text: str, clock: TickingClock) -> Notebook:
        notebook = open_notebook(folder, clock=clock)
        note_id = found(notebook)[0]
        edit_note(notebook, note_id, a_note(text=text))
        return notebook

    away = edit(laptop, "From the laptop", TickingClock(at("2026-03-20T10:00:00")))
    sent(away, file, Selection(audience=Audience.COMPANY))
    away.close()
    here = edit(desk, "From the desk", TickingClock(at("2026-03-20T11:00:00")))
    got(here, file)
    here.close()
    return desk


def test_where_a_note_went_stands_below_it(start: Starter, tmp_path: Path, qtbot: QtBot) -> None:
    def write_and_send(notebook: Notebook) -> None:
        some_notes(notebook)
        sent(notebook, tmp_path / "out.fieldnotes", Selection(recipient="Marketing"))

    window = start(write(tmp_path, SELLER, write_and_send)).window
    assert window is not None
    assert "to Marketing, 2 March, 10:00" in words_on(read(window, qtbot))


# --- drafts and what was not sent -------------------------------------------------------------


def test_a_draft_can_be_gone_on_with_or_thrown_away(opened: Opened, qtbot: QtBot) -> None:
    def with_draft(notebook: Notebook) -> None:
        draft = NoteDraft(id=notebook.new_id(), note=a_note(text="Half a thou"))
        keep_draft(notebook, OpenDraft(draft=draft, text="Half a thou", open=False))

    window = opened(with_draft)
    window.go_to("drafts")
    page = window.page
    assert isinstance(page, DraftsPage)
    qtbot.waitUntil(lambda: page.list.notes.rowCount() == 1)
    with qtbot.waitSignal(page.resume_wanted) as asked:
        page.list.opened.emit(page.list.current_id())
    assert asked.args == [page.list.notes.row(0).id]
    page.throw_away.click()
    qtbot.waitUntil(lambda: page.list.notes.rowCount() == 0)
    empty = page.findChild(EmptyState)
    assert empty is not None
    assert empty.accessibleName() == "No drafts"


def test_when_everything_is_sent_the_page_says_so(
    start: Starter, tmp_path: Path, qtbot: QtBot
) -> None:
    def write_and_send(notebook: Notebook) -> None:
        some_notes(notebook)
        sent(notebook, tmp_path / "out.fieldnotes")

    window = start(write(tmp_path, SELLER, write_and_send)).window
    assert window is not None
    window.go_to("not-sent")
    empty = window.page.findChild(EmptyState)
    assert empty is not None
    qtbot.waitUntil(empty.isVisible)
    assert "Everything is sent" in window.status.accessibleName()


def test_what_only_its_author_may_see_is_nothing_to_send(
    start: Starter, tmp_path: Path, qtbot: QtBot
) -> None:
    folder = write(tmp_path, SELLER, lambda book: logged(book, see="me", text="Mine alone"))
    window = start(folder).window
    assert window is not None
    sheet = read(window, qtbot)
    assert "It stays with you" in words_on(sheet)
    window.go_to("not-sent")
    empty = window.page.findChild(EmptyState)
    assert empty is not None
    qtbot.waitUntil(empty.isVisible)
    qtbot.waitUntil(lambda: "Nothing to send" in window.status.accessibleName())
    assert empty.accessibleName() == "Nothing to send"


# --- words ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 3, 21), "Today, Saturday"),
        (date(2026, 3, 20), "Yesterday, Friday"),
        (date(2026, 3, 16), "Monday"),
        (date(2026, 3, 14), "Saturday, 14 March"),
        (date(2026, 3, 23), "Monday, 23 March"),
        (date(2025, 12, 31), "31 December 2025"),
    ],
)
def test_a_day_is_called_as_people_call_it(day: date, words: str) -> None:
    assert days.heading(day, SATURDAY) == words


@pytest.mark.parametrize(
    ("text", "chips", "words"),
    [
        ("price", [], "price"),
        ("tag:a ", ["tag:a"], ""),
        ("tag:a", [], "tag:a"),
        ("tag:a price ", ["tag:a"], "price "),
        ("-tag:a price", ["-tag:a"], "price"),
        ('account:"Lumen Foo', [], 'account:"Lumen Foo'),
        ('account:"Lumen Foods" x', ['account:"Lumen Foods"'], "x"),
        ("after:2026-0", [], "after:2026-0"),
    ],
)
def test_whole_filters_leave_the_words(text: str, chips: list[str], words: str) -> None:
    found_chips, left = split_query(text)
    assert ([chip.text for chip in found_chips], left) == (chips, words)


def test_what_was_chosen_elsewhere_is_a_chip_at_once() -> None:
    chips, words = split_query("kind:objection", finished=True)
    assert ([chip.label for chip in chips], words) == (["Objections"], "")


@pytest.mark.parametrize("text", ["after:", "price after:20", "tag:", "-tag:"])
def test_a_filter_with_nothing_in_it_yet_hides_nothing(text: str) -> None:
    assert all(isinstance(t, Words) and t.text == "price" for t in typed_query(text).terms)


def test_the_last_name_may_be_a_beginning() -> None:
    assert typed_query("tag:pri") == Query((Named("tag", "pri", prefix=True),), ("tag:pri",))
    assert typed_query("tag:pri ") == Query((Named("tag", "pri"),), ("tag:pri",))


@pytest.mark.parametrize(
    ("part", "label"),
    [
        ("tag:pricing", "#pricing"),
        ("-tag:pricing", "Not #pricing"),
        ("kind:wins", "Wins"),
        ('account:"Lumen Foods"', "Account: Lumen Foods"),
        ("after:2026-01", "Since 2026-01"),
        ("on:2026-03-05", "On 2026-03-05"),
        ("last 90 days", "Last 90 days"),
        ("competitor:kolvik OR competitor:lentor", "Competitor: kolvik or lentor"),
        ("-(tag:a OR tag:b)", "Not #a or #b"),
        ("tag:industry:*", "#industry:*"),
        ("see:me", "Who may see it: Only me"),
        ("language:german", "Language: German"),
    ],
)
def test_a_chip_says_its_filter_in_words(part: str, label: str) -> None:
    assert chip_label(part) == label


def test_a_name_with_spaces_is_quoted() -> None:
    assert filter_part("account", "Lumen Foods") == 'account:"Lumen Foods"'
