"""Every widget with invented content, for looking at: python -m tests.desktop.gallery FOLDER.

Saves one picture for each theme and closes; without a folder it stays open.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QRadioButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from fieldnotes.desktop import icons, theme
from fieldnotes.desktop.widgets.buttons import button, icon_button
from fieldnotes.desktop.widgets.chips import Chip, ChipRow
from fieldnotes.desktop.widgets.choice_pills import Choice, ChoicePills
from fieldnotes.desktop.widgets.command_palette import CommandPalette
from fieldnotes.desktop.widgets.empty_state import EmptyState
from fieldnotes.desktop.widgets.kind_bar import KindBar, KindChoice
from fieldnotes.desktop.widgets.note_list import NoteListView, NoteRow
from fieldnotes.desktop.widgets.notice import Notice
from fieldnotes.desktop.widgets.panel import FieldGrid, Panel
from fieldnotes.desktop.widgets.person_badge import KeyWords, PersonBadge
from fieldnotes.desktop.widgets.progress_row import ProgressRow
from fieldnotes.desktop.widgets.quote_block import QuoteBlock, QuoteEditor
from fieldnotes.desktop.widgets.reading_text import ReadingText
from fieldnotes.desktop.widgets.search_box import ChipToken, SearchBox
from fieldnotes.desktop.widgets.side_bar import (
    PrimaryButton,
    SideBar,
    SideBarEntry,
    SideBarSection,
)
from fieldnotes.desktop.widgets.status_line import StatusLine

SECTIONS = (
    SideBarSection(
        "Notebook",
        (
            SideBarEntry("all", "All notes", "all-notes", 1204),
            SideBarEntry("competitor", "Competitors", "competitor", 412),
            SideBarEntry("objection", "Objections", "objection", 388),
            SideBarEntry("win", "Wins", "win", 241),
            SideBarEntry("pitch", "Pitches", "pitch", 97),
            SideBarEntry("problem", "Problems", "problem", 66),
            SideBarEntry("note", "Other notes", "note", 31),
            SideBarEntry("drafts", "Drafts", "draft", 2),
        ),
    ),
    SideBarSection(
        "Work",
        (
            SideBarEntry("questions", "Questions for you", "question", 3),
            SideBarEntry("accounts", "Accounts", "accounts", 84),
            SideBarEntry("not-sent", "Not sent yet", "not-sent", 14),
            SideBarEntry("promises", "Promises", "promises", "1 due"),
        ),
    ),
    SideBarSection(
        "Saved searches",
        (
            SideBarEntry("s1", "Kolvik, last 90 days", "", 37),
            SideBarEntry("s2", "Lost on price, with evidence", "", 12),
            SideBarEntry("s3", "Wins we may quote", "", 29),
        ),
    ),
)


def marks(words: str, found: str) -> tuple[tuple[int, int], ...]:
    at = words.find(found)
    return ((at, at + len(found)),) if at >= 0 else ()


def row(
    number: str, kind: str, day: str, when: str, title: str, snippet: str, account: str, *tags: str
) -> NoteRow:
    return NoteRow(
        id=number,
        kind=kind,
        title=title,
        snippet=snippet,
        account=account,
        tags=tags,
        when=when,
        day=day,
        title_marks=marks(title, "year"),
        snippet_marks=marks(snippet, "year"),
        sent=number in "14",
        masked=number == "4",
        edited_twice=number == "2",
        draft=number == "6",
        author="Ines Carvalho" if number == "7" else "",
    )


ROWS = (
    row(
        "1",
        "competitor",
        "Yesterday, Friday",
        "14:10",
        "Kolvik gives away year one to win renewals",
        "“They gave us the first year for free if we sign by June.” Champion thinks it is a bluff",
        "Brandt & Söhne",
        "pricing",
        "discount",
    ),
    row(
        "2",
        "objection",
        "Yesterday, Friday",
        "11:32",
        "“We already have something like this”",
        "Status quo. They built a spreadsheet workflow in 2019 and the controller who built it",
        "Lumen Foods",
        "status-quo",
    ),
    row(
        "3",
        "win",
        "Thursday",
        "17:45",
        "Live in nine days, savings of the first year shown in week three of the pilot",
        "Problem in their words: “we could not tell our board which plants were late last year”",
        "Tessaro",
        "onboarding",
        "time-to-value",
    ),
    row(
        "4",
        "competitor",
        "Thursday",
        "09:05",
        "Kolvik’s new EMEA team has two people from Veridan",
        "Second-hand, from the procurement lead. They promise local support by spring",
        "Corvane",
        "people",
        "emea",
    ),
    row(
        "5",
        "pitch",
        "Earlier this week",
        "Wed",
        "Opening with the audit story worked with two CFOs",
        "Started from last year’s audit finding instead of the product. Both asked for more",
        "Norden, Halvard",
        "cfo",
        "talk-track",
    ),
    row(
        "6",
        "objection",
        "Earlier this week",
        "Wed",
        "Security review takes a quarter, they want it by May",
        "No SOC 2 report for the EU region yet. Worked partly: offered the call with our auditor",
        "Halvard",
        "security",
        "timing",
        "compliance",
        "eu-region",
        "auditor",
    ),
    row(
        "7",
        "problem",
        "Earlier this week",
        "Tue",
        "Plants report in four formats, month-end takes nine days",
        "Situation: 14 plants. Implication: the board sees numbers that are old a year late",
        "Ostrava Steel",
        "month-end",
    ),
    row(
        "8",
        "note",
        "Earlier this week",
        "Mon",
        "<b>Not bold</b> <img src=x> &amp; 数字が遅い",
        "Plain text whatever it says\nand on one line",
        "Kestrel",
        "references",
    ),
)


KINDS = (
    KindChoice("competitor", "Competitor", "Ctrl+1"),
    KindChoice("objection", "Objection", "Ctrl+2"),
    KindChoice("win", "Win", "Ctrl+3"),
    KindChoice("pitch", "Pitch", "Ctrl+4"),
    KindChoice("problem", "Problem", "Ctrl+5"),
    KindChoice("note", "Other", "Ctrl+6"),
)
CONCERNS = (
    Choice("price", "price"),
    Choice("fit", "fit"),
    Choice("timing", "timing"),
    Choice("trust", "trust"),
    Choice("decide", "cannot decide alone"),
    Choice("happy", "happy as is"),
)
WORKED = (Choice("yes", "yes", "green"), Choice("partly", "partly"), Choice("no", "no", "red"))
ACTIONS = (
    ("&New note", "Ctrl+N"),
    ("Send to &marketing…", "Ctrl+Shift+S"),
    ("Read in notes…", ""),
    ("Names and tags", ""),
    ("Not sent yet", ""),
    ("Search", "Ctrl+F"),
    ("Copy for CRM", "Ctrl+Shift+C"),
    ("Dark", ""),
)


def main_window() -> QWidget:
    """The main picture: side bar, list, one note, status line."""
    window = theme.styled(QWidget(), ground="surface")
    column = _column(window, gap=0)
    row = QHBoxLayout()
    row.setSpacing(0)
    row.addWidget(_side_bar())
    row.addWidget(_rule())
    row.addWidget(_middle())
    row.addWidget(_rule())
    row.addWidget(_note(), 1)
    column.addLayout(row, 1)
    status = StatusLine("Press Ctrl K for anything")
    status.set_state("Saved on this laptop")
    status.set_texts(["14 notes not sent yet", "Backup today 08:12"])
    column.addWidget(status)
    window.resize(1440, 872)
    return window


def parts() -> QWidget:
    """Everything that stands in forms and dialogs."""
    page = theme.styled(QWidget(), ground="surface")
    row = QHBoxLayout(page)
    row.setContentsMargins(24, 24, 24, 24)
    row.setSpacing(32)
    left, right = QVBoxLayout(), QVBoxLayout()
    for side in (left, right):
        side.setSpacing(16)
        row.addLayout(side, 1)
    for widget in _left_parts():
        left.addWidget(widget)
    for widget in _right_parts():
        right.addWidget(widget)
    left.addStretch()
    right.addStretch()
    page.resize(1440, 900)
    return page


def palette() -> QWidget:
    """The palette over an empty page."""
    page = theme.styled(QWidget(), ground="surface")
    column = _column(page)
    column.addWidget(
        EmptyState(
            "all-notes",
            "No notes yet",
            "What you hear in meetings stands here, newest first. Two lines are enough.",
            "Write the first note",
        )
    )
    page.resize(900, 620)
    actions = [_action(page, name, keys) for name, keys in ACTIONS]
    shown = CommandPalette(page, lambda: actions)
    shown.open()
    shown.type_words("n")
    return page


def _left_parts() -> list[QWidget]:
    bar = KindBar(KINDS)
    bar.set_kind("objection")
    editor = QuoteEditor("Their own words", "Who said it, and how do you know?")
    editor.set_quote("Why would I pay you in year one when they do not ask me to?", "CFO, to me")
    concern = ChoicePills("Concern behind it", CONCERNS)
    concern.set_value("price")
    worked = ChoicePills("Did it work?", WORKED)
    worked.set_value("yes")
    grid = FieldGrid()
    grid.add("Concern behind it", concern)
    grid.add("What you answered", "Asked for the three-year cost, migration included")
    grid.add("Did it work?", worked)
    return [bar, editor, grid, *_notices(), _progress(), _people(), _words()]


def _right_parts() -> list[QWidget]:
    search = SearchBox("Search your notes")
    many = SearchBox("Search your notes")
    many.set_query_parts(
        [ChipToken("a", "last 8 months"), ChipToken("b", "stage: proposal and later")], ""
    )
    return [search, many, _chips(), _buttons(), _inputs(), _panel()]


def _notices() -> list[QWidget]:
    shown = []
    for kind, lead, words, action in (
        ("warn", "One detail helps:", "too expensive compared with what?", "Not now"),
        ("info", "", "Marketing has one question for you.", "Show it"),
        (
            "error",
            "The file could not be written.",
            "The stick is full: 3 MB are missing.",
            "Retry",
        ),
        ("success", "", "16 notes are in the file. Nothing else is.", ""),
    ):
        notice = Notice(closable=kind != "warn")
        notice.show_message(kind, words, lead=lead, action=action)
        shown.append(notice)
    return shown


def _progress() -> QWidget:
    row = ProgressRow("Reading in 61 files")
    row.set_progress(23, 61)
    return row


def _people() -> QWidget:
    return PersonBadge("Jonas Weber", "126 notes wait until you compared the words", "Check", "red")


def _words() -> QWidget:
    return KeyWords(["lantern", "orbit", "maple", "quarter", "salmon", "violin"])


def _chips() -> QWidget:
    holder = QWidget()
    row = ChipRow(["pricing", "discount", "status-quo"])
    row.add("Kolvik", "accent")
    row.add("worked partly", "amber")
    row.add("10 sent whole", "green")
    row.add("Check", "red")
    row.add("Our company", "grey")
    column = _column(holder)
    column.addWidget(row)
    removable = QHBoxLayout()
    removable.addWidget(Chip("#pricing", "accent", removable=True))
    removable.addWidget(Chip("emea", removable=True))
    removable.addStretch()
    column.addLayout(removable)
    return holder


def _buttons() -> QWidget:
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    disabled = button("Not now")
    disabled.setEnabled(False)
    for shown in (
        button("Create file to send", "primary"),
        button("Back"),
        button("Erase", "danger"),
        disabled,
        button("change", "flat"),
        button("Show them", "link"),
        icon_button("copy", "Copy"),
        icon_button("moon", "Dark"),
    ):
        row.addWidget(shown)
    row.addStretch()
    return holder


def _inputs() -> QWidget:
    holder = QWidget()
    grid = FieldGrid()
    grid.add("Title", QLineEdit("Renewals, weeks 46 and 47"))
    text = QPlainTextEdit("The free-year offer is now everywhere in the north.")
    text.setFixedHeight(56)
    text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    grid.add("Note to them", text)
    combo = QComboBox()
    combo.addItems(["Our company", "Only me", "May leave the company"])
    grid.add("Who may see it", combo)
    checks = QWidget()
    row = QHBoxLayout(checks)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(16)
    for made, on in ((QCheckBox("Keep a copy"), True), (QCheckBox("Ask me first"), False)):
        made.setChecked(on)
        row.addWidget(made)
    radio = QRadioButton("Once a week")
    radio.setChecked(True)
    row.addWidget(radio)
    row.addWidget(QRadioButton("Never"))
    row.addStretch()
    grid.add("Then", checks)
    _column(holder).addWidget(grid)
    return holder


def _panel() -> QWidget:
    panel = Panel("What came of it")
    words = theme.label("Read by Marketing an hour later. Four separate meetings now say the same.")
    words.setWordWrap(True)
    panel.body.addWidget(words)
    return panel


def _note() -> QWidget:
    pane = QWidget()
    column = _column(pane, gap=12)
    column.setContentsMargins(32, 24, 32, 24)
    top = QHBoxLayout()
    top.addWidget(
        theme.label("Competitor  ·  Mara Lindqvist  ·  yesterday 14:10, Gothenburg", ink="muted")
    )
    top.addStretch()
    top.addWidget(Chip("Our company", "grey"))
    column.addLayout(top)
    column.addWidget(
        theme.label("Kolvik gives away year one to win renewals", size="title", bold=True)
    )
    column.addWidget(theme.label("Brandt & Söhne  ·  Renewal 2027  ·  Proposal, open", ink="muted"))
    column.addWidget(
        QuoteBlock("They gave us the first year for free if we sign by June.", "CFO, said to me")
    )
    column.addWidget(_panel())
    column.addWidget(
        ReadingText(
            "The champion thinks the offer came after we sent the renewal quote. It covers the "
            "core product alone; migration and the plant connectors are extra, and nobody has "
            "priced those yet."
        )
    )
    grid = FieldGrid()
    grid.add("Competitor", ChipRow(["Kolvik"], "accent"))
    grid.add("Effect on the deal", "Decision moved from March to June")
    grid.add("How we know", "Said to me  ·  quite sure")
    grid.add("Tags", ChipRow(["pricing", "discount"]))
    column.addWidget(grid)
    column.addStretch()
    return pane


def _side_bar() -> QWidget:
    bar = SideBar("Pages", PrimaryButton("New note", "Ctrl+N"))
    bar.set_sections(SECTIONS)
    bar.set_current("all")
    bar.setFixedWidth(216)
    return bar


def _middle() -> QWidget:
    middle = QWidget()
    column = _column(middle, gap=0)
    top = QVBoxLayout()
    top.setContentsMargins(12, 12, 12, 8)
    top.setSpacing(8)
    search = SearchBox("Search your notes")
    search.set_query_parts([ChipToken("last:90d", "last 90 days")], "year")
    top.addWidget(search)
    count = QHBoxLayout()
    count.addWidget(theme.label("118 notes", ink="muted"))
    count.addStretch()
    count.addWidget(button("Newest first", "flat"))
    top.addLayout(count)
    column.addLayout(top)
    notes = NoteListView("Notes")
    notes.notes.set_rows(ROWS)
    notes.set_current("1")
    column.addWidget(notes)
    middle.setFixedWidth(452)
    return middle


def _rule() -> QWidget:
    rule = QWidget()
    rule.setFixedWidth(1)
    rule.setAutoFillBackground(True)
    look = rule.palette()
    look.setColor(look.ColorRole.Window, theme.color("line"))
    rule.setPalette(look)
    return rule


def _column(widget: QWidget, gap: int = 8) -> QVBoxLayout:
    column = QVBoxLayout(widget)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(gap)
    return column


def _action(page: QWidget, name: str, keys: str) -> QAction:
    action = QAction(name, page)
    action.setShortcut(keys)
    return action


PAGES: tuple[Callable[[], QWidget], ...] = (main_window, parts, palette)


def main(folder: str = "") -> None:
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    app.setWindowIcon(icons.app_icon())
    for scheme in ("light", "dark"):
        theme.apply(app, scheme)
        for page in PAGES:
            shown = page()
            shown.show()
            for _ in range(3):
                app.processEvents()
            if folder:
                shown.grab().save(str(Path(folder) / f"{page.__name__}-{scheme}.png"))
                shown.close()
                shown.deleteLater()
            else:
                app.exec()


if __name__ == "__main__":
    main(*sys.argv[1:2])
