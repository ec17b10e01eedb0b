"""Every widget with invented content, for looking at: python -m tests.desktop.gallery FOLDER.

Saves one picture for each theme and closes; without a folder it stays open.
"""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from fieldnotes.desktop import theme
from fieldnotes.desktop.widgets.note_list import NoteListView, NoteRow
from fieldnotes.desktop.widgets.search_box import ChipToken, SearchBox
from fieldnotes.desktop.widgets.side_bar import (
    PrimaryButton,
    SideBar,
    SideBarEntry,
    SideBarSection,
)

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


def main_pane() -> QWidget:
    bar = SideBar("Pages", PrimaryButton("New note", "Ctrl+N"))
    bar.set_sections(SECTIONS)
    bar.set_current("all")
    bar.setFixedWidth(216)
    middle = QWidget()
    theme.styled(middle, ground="surface")
    column = QVBoxLayout(middle)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    top = QVBoxLayout()
    top.setContentsMargins(12, 12, 12, 8)
    search = SearchBox("Search your notes")
    search.set_query_parts([ChipToken("last:90d", "last 90 days")], "year")
    top.addWidget(search)
    count = QHBoxLayout()
    count.addWidget(theme.label("118 notes", ink="muted"))
    count.addStretch()
    count.addWidget(theme.label("Newest first", ink="muted"))
    top.addLayout(count)
    column.addLayout(top)
    notes = NoteListView("Notes")
    notes.notes.set_rows(ROWS)
    notes.set_current("1")
    column.addWidget(notes)
    middle.setFixedWidth(452)
    pane = QWidget()
    line = QHBoxLayout(pane)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(1)
    line.addWidget(bar)
    line.addWidget(middle)
    search.setFocus()
    pane.resize(669, 900)
    return pane
