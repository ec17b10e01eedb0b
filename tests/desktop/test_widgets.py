"""The shared parts: keyboard, selection, paging, plain text and names for a screen reader."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import (
    QCoreApplication,
    QEvent,
    QPoint,
    QRect,
    QSize,
    Qt,
    SignalInstance,
)
from PySide6.QtGui import QAccessible, QAction, QFontMetrics
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from fieldnotes.desktop import theme
from fieldnotes.desktop.widgets.buttons import SignLabel, button, icon_button, plain_tip
from fieldnotes.desktop.widgets.chips import Chip, ChipRow
from fieldnotes.desktop.widgets.choice_pills import Choice, ChoicePills
from fieldnotes.desktop.widgets.command_palette import CommandPalette, plain_name
from fieldnotes.desktop.widgets.empty_state import EmptyState
from fieldnotes.desktop.widgets.flow_layout import FlowLayout
from fieldnotes.desktop.widgets.kind_bar import KindBar, KindChoice
from fieldnotes.desktop.widgets.letters_in_order import find_letters
from fieldnotes.desktop.widgets.marked_line import begin_at_mark, one_line
from fieldnotes.desktop.widgets.note_list import NoteListModel, NoteListView, NoteRow
from fieldnotes.desktop.widgets.notice import Notice
from fieldnotes.desktop.widgets.panel import FieldGrid, Panel
from fieldnotes.desktop.widgets.person_badge import KeyWords, PersonBadge, initials
from fieldnotes.desktop.widgets.primary_button import PrimaryButton
from fieldnotes.desktop.widgets.progress_row import ProgressRow
from fieldnotes.desktop.widgets.quote_block import QuoteBlock, QuoteEditor, quoted
from fieldnotes.desktop.widgets.reading_text import ReadingText
from fieldnotes.desktop.widgets.search_box import ChipToken, SearchBox
from fieldnotes.desktop.widgets.side_bar import SideBar, SideBarEntry, SideBarSection
from fieldnotes.desktop.widgets.status_line import StatusLine

LEFT = Qt.MouseButton.LeftButton
MARKUP = "<b>bold</b> <img src='file:///dev/zero'>"
SECTIONS = (
    SideBarSection(
        "Notebook",
        (SideBarEntry("all", "All notes", "all-notes", 1204), SideBarEntry("wins", "Wins", "win")),
    ),
    SideBarSection("Work", (SideBarEntry("accounts", "Accounts", "", "1 due"),)),
)


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication) -> Iterator[None]:
    theme.apply(qapp, "light")
    yield
    # Closed widgets wait for an event loop that a test does not run.
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@pytest.fixture
def show(qtbot: QtBot) -> Callable[[QWidget], None]:
    def shown(widget: QWidget) -> None:
        qtbot.addWidget(widget)
        widget.show()
        qtbot.waitExposed(widget)
        widget.activateWindow()
        QApplication.processEvents()

    return shown


# Side bar


@pytest.fixture
def bar(show: Callable[[QWidget], None]) -> SideBar:
    made = SideBar("Pages", PrimaryButton("New note", "Ctrl+N"))
    made.set_sections(SECTIONS)
    made.resize(216, 400)
    show(made)
    return made


def test_arrow_keys_skip_the_headings_of_the_side_bar(bar: SideBar, qtbot: QtBot) -> None:
    bar.set_current("wins")
    chosen = heard(bar.chosen)
    qtbot.keyClick(bar.list, Qt.Key.Key_Down)
    assert bar.current() == "accounts"
    qtbot.keyClick(bar.list, Qt.Key.Key_Up)
    assert [chosen[0], chosen[1]] == ["accounts", "wins"]


def test_home_and_end_go_to_the_first_and_last_entry(bar: SideBar, qtbot: QtBot) -> None:
    qtbot.keyClick(bar.list, Qt.Key.Key_End)
    assert bar.current() == "accounts"
    qtbot.keyClick(bar.list, Qt.Key.Key_Home)
    assert bar.current() == "all"


def test_a_click_chooses_an_entry_once(bar: SideBar, qtbot: QtBot) -> None:
    chosen = heard(bar.chosen)
    click_entry(bar, qtbot, 2)
    assert chosen == ["wins"]


def test_a_click_on_the_chosen_entry_asks_for_it_again(bar: SideBar, qtbot: QtBot) -> None:
    bar.set_current("wins")
    chosen = heard(bar.chosen)
    click_entry(bar, qtbot, 2)
    assert len(chosen) == 1


def test_choosing_from_the_program_sends_no_signal(bar: SideBar) -> None:
    chosen = heard(bar.chosen)
    bar.set_current("accounts")
    assert (bar.current(), len(chosen)) == ("accounts", 0)


def test_a_count_changes_without_losing_the_choice(bar: SideBar) -> None:
    bar.set_current("wins")
    bar.set_count("wins", 7)
    bar.set_count("unknown", 3)
    model = bar.list.model()
    assert model.index(2, 0).data(Qt.ItemDataRole.AccessibleTextRole) == "Wins, 7"
    assert bar.current() == "wins"


def test_new_sections_keep_what_was_chosen(bar: SideBar) -> None:
    bar.set_current("accounts")
    bar.set_sections(SECTIONS[1:])
    assert bar.current() == "accounts"


def test_a_long_label_takes_a_second_line(bar: SideBar) -> None:
    bar.set_sections(
        [SideBarSection("S", (SideBarEntry("a", "Lost on price, with evidence", "", 1200),))]
    )
    long = bar.list.sizeHintForIndex(bar.list.model().index(1, 0)).height()
    bar.set_sections(SECTIONS)
    assert long > bar.list.sizeHintForIndex(bar.list.model().index(1, 0)).height()


def test_the_side_bar_has_a_name(bar: SideBar) -> None:
    assert bar.list.accessibleName() == "Pages"


# Note list


@pytest.fixture
def notes(show: Callable[[QWidget], None]) -> NoteListView:
    made = NoteListView("Notes")
    made.resize(450, 400)
    made.notes.set_rows(some_rows(30))
    show(made)
    return made


def test_notes_that_arrive_on_top_leave_the_selection_alone(notes: NoteListView) -> None:
    notes.set_current("n5")
    told = heard(notes.current_changed)
    notes.notes.set_rows([a_row("new"), *some_rows(30)])
    assert (notes.current_id(), notes.selected_ids(), len(told)) == ("n5", ["n5"], 0)


def test_notes_that_arrive_on_top_leave_the_place_alone(notes: NoteListView) -> None:
    notes.verticalScrollBar().setValue(700)
    seen = notes.indexAt(QPoint(50, 50))
    there = (notes.notes.row(seen.row()).id, notes.visualRect(seen).top())
    notes.notes.set_rows([a_row("new"), a_row("newer"), *some_rows(30)])
    seen = notes.indexAt(QPoint(50, 50))
    assert (notes.notes.row(seen.row()).id, notes.visualRect(seen).top()) == there


def test_at_the_top_a_new_note_comes_into_sight(notes: NoteListView) -> None:
    notes.notes.set_rows([a_row("new"), *some_rows(30)])
    QApplication.processEvents()
    assert notes.notes.row(notes.indexAt(QPoint(50, 50)).row()).id == "new"


def test_another_order_keeps_the_current_note(notes: NoteListView) -> None:
    notes.set_current("n5")
    notes.notes.set_rows(list(reversed(some_rows(30))))
    assert notes.current_id() == "n5"


def test_a_note_that_is_gone_is_no_longer_current(notes: NoteListView) -> None:
    notes.set_current("n5")
    told = heard(notes.current_changed)
    notes.notes.set_rows(some_rows(3))
    assert len(told) == 1
    assert told[0] == notes.current_id() != "n5"


def test_a_changed_note_is_shown_anew_where_it_is(notes: NoteListView) -> None:
    changed = heard(notes.notes.dataChanged)
    rows = some_rows(30)
    rows[4] = rows[4]._replace(title="Another title")
    notes.notes.set_rows(rows)
    assert len(changed) == 1
    assert notes.notes.row(4).title == "Another title"


def test_the_arrow_keys_walk_through_the_notes(notes: NoteListView, qtbot: QtBot) -> None:
    notes.go_to_first()
    told = heard(notes.current_changed)
    qtbot.keyClick(notes, Qt.Key.Key_Down)
    qtbot.keyClick(notes, Qt.Key.Key_End)
    assert told == ["n1", "n29"]


def test_enter_opens_the_current_note_once(notes: NoteListView, qtbot: QtBot) -> None:
    notes.set_current("n2")
    opened = heard(notes.opened)
    qtbot.keyClick(notes, Qt.Key.Key_Return)
    assert opened == ["n2"]


def test_an_unknown_note_cannot_become_current(notes: NoteListView) -> None:
    assert not notes.set_current("nobody")


def test_a_note_is_spoken_with_its_kind_and_signs() -> None:
    model = NoteListModel()
    model.set_kind_words({"win": "Win"})
    model.set_rows([a_row("a", day="Friday")._replace(kind="win", when="14:10", sent=True)])
    spoken = model.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Win, Note a, Lumen Foods, Friday 14:10, sent"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_awkward_notes_are_painted(
    notes: NoteListView, qapp: QApplication, scheme: theme.Scheme
) -> None:
    theme.apply(qapp, scheme)
    notes.notes.set_rows(
        [
            a_row("a")._replace(title=MARKUP, snippet="a\nb\u2028c\0d", kind="unheard of"),
            a_row("b")._replace(title="", snippet="", account="", tags=()),
            a_row("c")._replace(tags=tuple(f"tag-{n}" for n in range(40)), edited_twice=True),
            a_row("d")._replace(title="😀 year", title_marks=((2, 6),), draft=True, masked=True),
            a_row("e")._replace(snippet="x" * 9000 + "year", snippet_marks=((9000, 9004),)),
            a_row("f")._replace(snippet="year", snippet_marks=((90, 94), (2, 900), (0, 0))),
            a_row("g")._replace(snippet="שלום year עולם", snippet_marks=((5, 9),)),
        ]
    )
    assert not notes.grab().isNull()


def test_a_line_begins_later_so_that_the_found_word_is_seen(qapp: QApplication) -> None:
    metrics = QFontMetrics(theme.font())
    words = "The board sees numbers that are old, " * 3 + "by a year, every month"
    start = words.index("year")
    shown, marks = begin_at_mark(words, ((start, start + 4),), metrics, 300)
    first, last = marks[0]
    assert shown[0] == "…"
    assert shown[first:last] == "year"
    assert metrics.horizontalAdvance(shown[:last]) < 300


def test_a_line_that_fits_is_left_alone(qapp: QApplication) -> None:
    metrics = QFontMetrics(theme.font())
    assert begin_at_mark("one year", ((4, 8),), metrics, 300)[0] == "one year"


def test_control_characters_take_the_place_of_one_space_each() -> None:
    assert one_line("a\nb\u2028c\x9cd\0e") == "a b c d e"


# Search box


@pytest.fixture
def search(show: Callable[[QWidget], None]) -> SearchBox:
    made = SearchBox("Search your notes")
    tokens = [ChipToken("kind:win", "Wins"), ChipToken("last:90d", "last 90 days")]
    made.set_query_parts(tokens, "year")
    made.resize(440, 36)
    show(made)
    made.setFocus()
    return made


def test_the_query_is_the_filters_and_the_words(search: SearchBox) -> None:
    assert search.query() == "kind:win last:90d year"
    assert search.free_text() == "year"


def test_typing_sends_the_whole_query(search: SearchBox, qtbot: QtBot) -> None:
    edited = heard(search.text_edited)
    qtbot.keyClicks(search.focusProxy(), "s")
    assert edited[-1] == "kind:win last:90d years"


def test_backspace_at_the_start_removes_the_last_filter(search: SearchBox, qtbot: QtBot) -> None:
    removed, edited = heard(search.chip_removed), heard(search.text_edited)
    qtbot.keyClick(search.focusProxy(), Qt.Key.Key_Home)
    qtbot.keyClick(search.focusProxy(), Qt.Key.Key_Backspace)
    assert removed[0] == "last:90d"
    assert edited[0] == search.query() == "kind:win year"


def test_backspace_in_the_words_removes_a_letter(search: SearchBox, qtbot: QtBot) -> None:
    qtbot.keyClick(search.focusProxy(), Qt.Key.Key_End)
    qtbot.keyClick(search.focusProxy(), Qt.Key.Key_Backspace)
    assert search.query() == "kind:win last:90d yea"


def test_the_cross_removes_its_filter(search: SearchBox, qtbot: QtBot) -> None:
    chip = search.findChildren(Chip)[0]
    cross = QPoint(chip.width() - 8, chip.height() // 2)
    qtbot.mouseClick(chip, LEFT, pos=cross)
    assert search.query() == "last:90d year"


def test_delete_on_a_focused_filter_removes_it(search: SearchBox, qtbot: QtBot) -> None:
    qtbot.keyClick(search.findChildren(Chip)[1], Qt.Key.Key_Delete)
    assert search.query() == "kind:win year"


def test_escape_clears_the_search(search: SearchBox, qtbot: QtBot) -> None:
    edited = heard(search.text_edited)
    qtbot.keyClick(search.focusProxy(), Qt.Key.Key_Escape)
    assert (search.query(), edited[0]) == ("", "")


def test_enter_submits_and_down_leaves(search: SearchBox, qtbot: QtBot) -> None:
    submitted, left = heard(search.submitted), heard(search.left_downwards)
    qtbot.keyClick(search.focusProxy(), Qt.Key.Key_Return)
    qtbot.keyClick(search.focusProxy(), Qt.Key.Key_Down)
    assert submitted[0] == "kind:win last:90d year"
    assert len(left) == 1


def test_setting_the_query_sends_no_signal(search: SearchBox) -> None:
    edited = heard(search.text_edited)
    search.set_query_parts([], "price")
    assert (search.query(), search.tokens(), len(edited)) == ("price", (), 0)


# Chips and flow


def test_a_chip_row_tells_which_chip_goes(show: Callable[[QWidget], None], qtbot: QtBot) -> None:
    row = ChipRow(["pricing", "emea"], removable=True)
    show(row)
    removed = heard(row.removed)
    qtbot.keyClick(row.chips()[1], Qt.Key.Key_Backspace)
    assert removed[0] == "emea"


def test_a_chip_row_shows_new_texts_in_place_of_the_old(qtbot: QtBot) -> None:
    row = ChipRow(["pricing", "emea"])
    qtbot.addWidget(row)
    row.set_texts(["trust"])
    assert [chip.text() for chip in row.chips()] == ["trust"]


def test_a_chip_shows_one_line(qtbot: QtBot) -> None:
    chip = Chip("two\nlines")
    qtbot.addWidget(chip)
    assert (chip.text(), chip.accessibleName()) == ("two lines", "two lines")


def test_a_flow_goes_on_in_the_next_line(qtbot: QtBot) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    flow = FlowLayout(holder, gap=0, line_gap=0)
    for _ in range(4):
        box = QWidget()
        box.setFixedSize(QSize(50, 10))
        flow.addWidget(box)
    assert [flow.heightForWidth(width) for width in (200, 100, 50)] == [10, 20, 40]
    flow.setGeometry(QRect(0, 0, 100, 20))
    assert flow.itemAt(2).geometry().topLeft() == QPoint(0, 10)


# Forms


KINDS = [KindChoice("win", "Win", "Ctrl+3"), KindChoice("note", "Other", "Ctrl+6")]


def test_a_kind_is_chosen_by_its_keys(show: Callable[[QWidget], None], qtbot: QtBot) -> None:
    bar = KindBar(KINDS)
    show(bar)
    chosen = heard(bar.kind_chosen)
    qtbot.keyClick(bar, Qt.Key.Key_6, Qt.KeyboardModifier.ControlModifier)
    assert (bar.kind(), chosen[0]) == ("note", "note")


def test_a_kind_set_by_the_program_sends_no_signal(qtbot: QtBot) -> None:
    bar = KindBar(KINDS)
    qtbot.addWidget(bar)
    chosen = heard(bar.kind_chosen)
    bar.set_kind("win")
    assert (bar.kind(), len(chosen)) == ("win", 0)


def test_a_narrow_kind_bar_leaves_out_the_keys(show: Callable[[QWidget], None]) -> None:
    bar = KindBar(KINDS)
    show(bar)
    wide = bar.buttons()[0].sizeHint().width()
    bar.resize(bar.minimumSizeHint().width(), 32)
    QApplication.processEvents()
    assert bar.buttons()[0].sizeHint().width() < wide


@pytest.fixture
def pills(show: Callable[[QWidget], None]) -> ChoicePills:
    choices = [Choice("yes", "yes", "green"), Choice("partly", "partly"), Choice("no", "no")]
    made = ChoicePills("Did it work?", choices)
    show(made)
    return made


def test_choosing_a_pill_takes_the_other_back(pills: ChoicePills, qtbot: QtBot) -> None:
    changed = heard(pills.changed)
    for number in (0, 1):
        qtbot.mouseClick(pills.pills()[number], LEFT)
    assert (pills.value(), changed) == ("partly", ["yes", "partly"])


def test_choosing_a_pill_again_takes_it_back(pills: ChoicePills, qtbot: QtBot) -> None:
    pills.set_value("no")
    changed = heard(pills.changed)
    qtbot.mouseClick(pills.pills()[2], LEFT)
    assert (pills.value(), changed[0]) == ("", "")


def test_pills_are_chosen_with_the_keyboard(pills: ChoicePills, qtbot: QtBot) -> None:
    pills.pills()[0].setFocus()
    qtbot.keyClick(pills.pills()[0], Qt.Key.Key_Right)
    qtbot.keyClick(pills.pills()[1], Qt.Key.Key_Space)
    assert pills.value() == "partly"


def test_a_pill_is_named_with_its_question(pills: ChoicePills) -> None:
    assert pills.pills()[0].accessibleName() == "Did it work?: yes"


def test_a_quote_gets_quotation_marks_once() -> None:
    assert quoted("too dear") == "“too dear”"
    assert quoted("“too dear”") == "“too dear”"
    assert quoted(" ") == ""


def test_a_quote_is_edited_without_its_marks(qtbot: QtBot, show: Callable[[QWidget], None]) -> None:
    editor = QuoteEditor("Their words", "Who said it")
    qtbot.addWidget(editor)
    changed = heard(editor.changed)
    editor.set_quote("“Too dear.”", "CFO")
    assert (editor.quote(), editor.said_by(), len(changed)) == ("Too dear.", "CFO", 0)
    show(editor)
    editor.begin()
    written = editor.focusWidget()
    assert written is not None
    qtbot.keyClicks(written, "x")
    assert len(changed) == 1


def test_a_field_grid_names_its_values(qtbot: QtBot) -> None:
    grid = FieldGrid()
    qtbot.addWidget(grid)
    shown = grid.add("How we know", "Said to me")
    assert shown.accessibleName() == "How we know: Said to me"
    grid.clear()
    QApplication.processEvents()
    assert grid.layout().count() == 0


def test_a_panel_stays_as_low_as_its_content(show: Callable[[QWidget], None]) -> None:
    page = QWidget()
    column = QVBoxLayout(page)
    panel = Panel("What came of it")
    words = theme.label("Four separate meetings now say the same.")
    words.setWordWrap(True)
    panel.body.addWidget(words)
    column.addWidget(panel)
    column.addStretch()
    page.resize(500, 500)
    show(page)
    assert panel.height() < 90


# Messages and long work


def test_a_notice_says_what_happened_and_offers_an_action(qtbot: QtBot) -> None:
    notice = Notice()
    qtbot.addWidget(notice)
    assert notice.isHidden()
    notice.show_message("error", "The stick is full.", lead="Not written.", action="Try again")
    acted, closed = heard(notice.acted), heard(notice.closed)
    qtbot.mouseClick(notice.button, LEFT)
    assert (notice.words(), len(acted)) == ("Not written. The stick is full.", 1)
    notice._cross.click()
    assert (len(closed), notice.isHidden()) == (1, True)


def test_cancelling_is_said_once_and_the_button_waits(qtbot: QtBot) -> None:
    row = ProgressRow("Reading in 61 files")
    qtbot.addWidget(row)
    cancelled = heard(row.cancelled)
    row.button.click()
    row.button.click()
    assert (len(cancelled), row.button.isEnabled()) == (1, False)
    row.start("Again")
    assert row.button.isEnabled()


def test_progress_is_told_in_words(qtbot: QtBot) -> None:
    row = ProgressRow("Reading in")
    qtbot.addWidget(row)
    row.set_progress(1200, 4000)
    assert "1,200 of 4,000" in [label.text() for label in row.findChildren(QLabel)]
    row.start("Looking at 3 files", counted=False)
    row.set_progress(1200, 4000)
    assert "30 %" in [label.text() for label in row.findChildren(QLabel)]


def test_an_empty_page_offers_one_thing(qtbot: QtBot) -> None:
    page = EmptyState("all-notes", "No notes yet", "They stand here.", "Write the first note")
    qtbot.addWidget(page)
    acted = heard(page.acted)
    page.button.click()
    assert len(acted) == 1
    page.show_words("search", "Nothing found", "Try fewer words.")
    assert (page.accessibleName(), page.button.isHidden()) == ("Nothing found", True)


def test_the_status_line_can_be_read_aloud(qtbot: QtBot) -> None:
    line = StatusLine("Press Ctrl K for anything")
    qtbot.addWidget(line)
    line.set_state("Saved on this laptop")
    line.set_texts(["14 notes not sent yet"])
    expected = "Saved on this laptop, 14 notes not sent yet, Press Ctrl K for anything"
    assert line.accessibleName() == expected


def test_the_six_words_can_be_copied(show: Callable[[QWidget], None], qtbot: QtBot) -> None:
    words = KeyWords(["lantern", "orbit", "maple", "quarter", "salmon", "violin"])
    show(words)
    qtbot.keyClick(words, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.clipboard().text() == "lantern orbit maple quarter salmon violin"
    assert words.accessibleName() == "lantern orbit maple quarter salmon violin"


def test_initials_come_from_the_first_and_last_name() -> None:
    assert [initials(name) for name in ("Mara Lindqvist", "Ines", "A b C", "")] == [
        "ML",
        "I",
        "AC",
        "",
    ]


# Palette


@pytest.fixture
def window(show: Callable[[QWidget], None]) -> QWidget:
    made = QWidget()
    made.resize(800, 600)
    show(made)
    return made


@pytest.fixture
def palette(window: QWidget) -> CommandPalette:
    names = ("&New note", "Send to marketing…", "Not sent yet", "Names and tags")
    actions = [QAction(name, window) for name in names]
    hidden, disabled = QAction("Nothing", window), QAction("Never", window)
    hidden.setVisible(False)
    disabled.setEnabled(False)
    return CommandPalette(window, lambda: [*actions, hidden, disabled])


def test_the_palette_offers_every_usable_action(palette: CommandPalette) -> None:
    palette.open()
    assert palette.names() == ["New note", "Send to marketing", "Not sent yet", "Names and tags"]


def test_the_palette_finds_letters_in_their_order(palette: CommandPalette) -> None:
    palette.open()
    palette.type_words("nsy")
    assert palette.names() == ["Not sent yet"]


def test_the_palette_shows_what_was_used_last_first(palette: CommandPalette) -> None:
    palette.set_recent(["Names and tags"])
    palette.open()
    assert palette.names()[0] == "Names and tags"


def test_enter_runs_the_chosen_action(palette: CommandPalette, window: QWidget, qtbot: QtBot):
    ran = heard(palette.ran)
    palette.open()
    field = QApplication.focusWidget()
    qtbot.keyClicks(field, "not sent")
    action = next(found for found in window.findChildren(QAction) if "Not" in found.text())
    with qtbot.waitSignal(action.triggered):
        qtbot.keyClick(field, Qt.Key.Key_Return)
    assert (ran[0], palette.recent(), palette.isHidden()) == (
        "Not sent yet",
        ["Not sent yet"],
        True,
    )


def test_the_arrow_keys_choose_in_the_palette(palette: CommandPalette, qtbot: QtBot) -> None:
    ran = heard(palette.ran)
    palette.open()
    field = QApplication.focusWidget()
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Return):
        qtbot.keyClick(field, key)
    assert ran[0] == "Send to marketing"


def test_escape_closes_the_palette_and_gives_the_focus_back(
    palette: CommandPalette, window: QWidget, qtbot: QtBot
) -> None:
    button = QPushButton("x", window)
    button.show()
    button.setFocus()
    palette.open()
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert palette.isHidden()
    assert button.hasFocus()


def test_no_letters_in_common_shows_a_sentence(palette: CommandPalette) -> None:
    palette.open()
    palette.type_words("zzz")
    assert palette.names() == []
    assert any(label.isVisible() and label.text() for label in palette.findChildren(QLabel))


def test_the_name_of_an_action_loses_its_mnemonic(qapp: QApplication) -> None:
    assert plain_name(QAction("Read && &write…")) == "Read & write"


def test_whole_words_are_found_before_strewn_letters() -> None:
    whole, strewn = find_letters("note", "New note"), find_letters("note", "Not sent yet")
    assert whole is not None
    assert strewn is None or whole.score > strewn.score
    assert find_letters("soh", "Brandt & Söhne") is not None
    assert find_letters("xyz", "New note") is None


# Plain text and names everywhere


def test_nothing_reads_a_persons_words_as_markup(qtbot: QtBot) -> None:
    notice = Notice()
    notice.show_message("warn", MARKUP, lead=MARKUP, action="x")
    grid = FieldGrid()
    grid.add(MARKUP, MARKUP)
    for widget in (
        notice,
        grid,
        Panel(MARKUP),
        QuoteBlock(MARKUP, MARKUP),
        EmptyState("search", MARKUP, MARKUP),
        ProgressRow(MARKUP),
        PersonBadge(MARKUP, MARKUP),
    ):
        qtbot.addWidget(widget)
        labels = [found for found in widget.findChildren(QLabel) if found.text()]
        assert labels
        assert {label.textFormat() for label in labels} == {Qt.TextFormat.PlainText}


def test_reading_text_shows_markup_as_it_is(qtbot: QtBot) -> None:
    text = ReadingText(MARKUP, "The note")
    qtbot.addWidget(text)
    assert (text.toPlainText(), text.accessibleName()) == (MARKUP, "The note")


def test_a_tool_tip_shows_markup_as_it_is() -> None:
    assert "<b>" not in plain_tip("<b>x</b>")
    assert plain_tip("Dark") == "Dark"


def test_a_button_that_is_only_a_sign_has_a_name(qtbot: QtBot) -> None:
    made = icon_button("copy", "Copy")
    qtbot.addWidget(made)
    face = QAccessible.queryAccessibleInterface(made)
    assert face.text(QAccessible.Text.Name) == "Copy"


def test_a_sign_follows_the_theme(qapp: QApplication, qtbot: QtBot) -> None:
    sign = SignLabel("competitor", None, 16)
    qtbot.addWidget(sign)
    light = sign.pixmap().toImage()
    theme.apply(qapp, "dark")
    assert sign.pixmap().toImage() != light


def heard(signal: SignalInstance) -> list[object]:
    """What the signal carries from now on, the first value of each."""
    values: list[object] = []
    signal.connect(lambda *sent: values.append(sent[0] if sent else None))
    return values


def click_entry(bar: SideBar, qtbot: QtBot, row: int) -> None:
    place = bar.list.visualRect(bar.list.model().index(row, 0)).center()
    qtbot.mouseClick(bar.list.viewport(), LEFT, pos=place)


def a_row(note_id: str, day: str = "") -> NoteRow:
    return NoteRow(note_id, "objection", f"Note {note_id}", "Words", "Lumen Foods", day=day)


def some_rows(count: int) -> list[NoteRow]:
    return [a_row(f"n{number}") for number in range(count)]


def test_enter_presses_the_button_that_has_the_keyboard(qtbot: QtBot) -> None:
    pressed: list[bool] = []
    made = button("Open my notebook", "primary")
    qtbot.addWidget(made)
    made.clicked.connect(lambda: pressed.append(True))
    made.show()
    made.setFocus()
    qtbot.keyClick(made, Qt.Key.Key_Return)
    qtbot.keyClick(made, Qt.Key.Key_Enter)
    assert pressed == [True, True]


def test_no_layout_cuts_the_sentence_of_an_empty_page(qapp: QApplication, qtbot: QtBot) -> None:
    theme.apply(qapp, "light")
    empty = EmptyState("people", "Nothing yet", "Short.", "Choose…")
    qtbot.addWidget(empty)
    told = "Drop a file here, or choose one. " * 5
    empty.show_words("people", "Nothing yet", told, "Choose…")
    empty.resize(600, 400)
    empty.show()
    sentence = next(label for label in empty.findChildren(QLabel) if label.text() == told)
    assert sentence.height() >= sentence.heightForWidth(sentence.width()) > 20
