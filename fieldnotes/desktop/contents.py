"""What stands in the side bar, for sellers and for marketing, and how much there is of each."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from fieldnotes.desktop.widgets.side_bar_model import SideBarEntry, SideBarSection, grouped
from fieldnotes.domain.notes import Kind
from fieldnotes.operations.search import count_names, count_unsent, counts_by_kind, sent_before

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from fieldnotes.domain.saved_searches import SavedView
    from fieldnotes.operations.notebook import Notebook

ALL = "all"
DRAFTS = "drafts"
ACCOUNTS = "accounts"
NOT_SENT = "not-sent"
TRASH = "trash"
CAME_IN = "came-in"
PEOPLE = "people"
PROMISES = "promises"
NAMES = "names"
MEETINGS = "meetings"
SAID_BEFORE = "said-before"
LEDGER = "ledger"
SAVED = "saved:"  # before the id of a saved search

MENUS = ("&File", "&Edit", "&Note", "&Share", "&View", "&Help")
_KINDS = (
    (Kind.COMPETITOR, "Competitors"),
    (Kind.OBJECTION, "Objections"),
    (Kind.WIN, "Wins"),
    (Kind.PITCH, "Pitches"),
    (Kind.PROBLEM, "Problems"),
    (Kind.NOTE, "Other notes"),
)
_NOTEBOOK = SideBarSection(
    "Notebook",
    (
        SideBarEntry(ALL, "All notes", "all-notes"),
        *(SideBarEntry(kind.value, plural, kind.value) for kind, plural in _KINDS),
        SideBarEntry(DRAFTS, "Drafts", "draft"),
        SideBarEntry(TRASH, "Trash", "trash"),
    ),
)
_WORK = SideBarSection(
    "Work",
    (
        SideBarEntry(ACCOUNTS, "Accounts", "accounts"),
        SideBarEntry(PROMISES, "Promises", "promise"),
        SideBarEntry(MEETINGS, "Meetings", "people"),
        SideBarEntry(NOT_SENT, "Not sent yet", "not-sent"),
        SideBarEntry(LEDGER, "What went where", "send"),
        SideBarEntry(SAID_BEFORE, "Said before", "likeness", passing=True),
        SideBarEntry(NAMES, "Names and tags", "tag"),
        SideBarEntry(PEOPLE, "People and keys", "people"),
    ),
)
_ARRIVING = SideBarSection("Arriving", (SideBarEntry(CAME_IN, "What came in", "inbox"),))


def sections(side: str) -> tuple[SideBarSection, ...]:
    """The pages in the order in which somebody who sells, markets or does both needs them."""
    match side:
        case "sell":
            return _NOTEBOOK, _WORK
        case "market":
            return _ARRIVING, _NOTEBOOK, _WORK
        case _:
            return _NOTEBOOK, _WORK, _ARRIVING


def saved_section(searches: Iterable[SavedView]) -> tuple[SideBarSection, ...]:
    """The saved searches, where there are any."""
    entries = tuple(SideBarEntry(SAVED + view.id, view.search.name, own=True) for view in searches)
    return (SideBarSection("Saved searches", entries),) if entries else ()


def key_of_query(query: str, saved: Mapping[str, str] | None = None) -> str:
    """The entry that shows exactly this query: all notes, one kind, a saved one, or none ('')."""
    if not query:
        return ALL
    for key, text in (saved or {}).items():
        if text == query:
            return key
    kind = query.removeprefix("kind:")
    return kind if query.startswith("kind:") and kind in set(Kind) else ""


def due_words(due: int) -> str:
    """'2 promises due', for the status line."""
    from PySide6.QtCore import QCoreApplication

    words = "1 promise due" if due == 1 else "{n} promises due"
    return QCoreApplication.translate("MainWindow", words).format(n=grouped(due))


class Counts(msgspec.Struct, frozen=True):
    """How much there is: `by_key` for the side bar, all else for the status line."""

    by_key: dict[str, int | None]
    unsent: int
    due: int = 0
    sent: bool = False  # whether anything ever was


def read_counts(notebook: Notebook) -> Counts:
    """Count everything that the frame of the window shows."""
    from fieldnotes.operations.promises import count_due
    from fieldnotes.operations.said_before import count_pairs
    from fieldnotes.operations.where_it_went import count_open

    kinds = counts_by_kind(notebook)
    by_key: dict[str, int | None] = {kind.value: kinds.get(kind.value, 0) for kind, _ in _KINDS}
    unsent = count_unsent(notebook)
    by_key[ALL] = sum(kinds.values())
    by_key[TRASH] = notebook.library.records.count_trash() or None
    by_key[DRAFTS] = len(notebook.library.drafts.all()) or None
    by_key[ACCOUNTS] = count_names(notebook, "account")
    by_key[NOT_SENT] = unsent or None
    by_key[LEDGER] = count_open(notebook) or None
    by_key[SAID_BEFORE] = count_pairs(notebook) or None
    due = count_due(notebook)
    by_key[PROMISES] = due or None
    return Counts(by_key, unsent, due, sent_before(notebook))
