"""What the list is to show, found on a reader's thread: the first rows, then the order of all."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QCoreApplication

from fieldnotes.desktop.notes import days
from fieldnotes.desktop.notes.rows import rows_of, today
from fieldnotes.desktop.notes.wording import KIND_PLURALS
from fieldnotes.desktop.widgets.note_list_model import Groups
from fieldnotes.desktop.widgets.row_changes import differences
from fieldnotes.domain.notes import Kind
from fieldnotes.operations.glances import find_glances, glances_at
from fieldnotes.operations.hits import (
    Grouping,
    Hits,
    Order,
    all_hits,
    date_at,
    holds,
    is_by_time,
    starts_by_time,
)
from fieldnotes.operations.search import place_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from fieldnotes.desktop.widgets.note_row import NoteRow
    from fieldnotes.desktop.widgets.row_changes import Change
    from fieldnotes.domain.query import Query
    from fieldnotes.operations.notebook import Notebook

_FIRST = 24  # rows that a large screen shows at once


class Arrangement(NamedTuple):
    """How the list stands."""

    grouping: Grouping = Grouping.DAY
    order: Order = Order.NEWEST

    @property
    def by_pages(self) -> bool:
        """Whether its first rows are found without looking at all."""
        return is_by_time(self.order, self.grouping)

    @property
    def headings(self) -> days.Grouping:
        """What the headings tell of the time, so that a row need not."""
        by_time = self.order in (Order.NEWEST, Order.OLDEST)
        match self.grouping:
            case Grouping.DAY | Grouping.MEETING if by_time:
                return "day"
            case Grouping.MONTH if by_time:
                return "month"
            case _:
                return "none"


class Listing(NamedTuple):
    """`order` and `groups` of the rows, the first `rows` themselves; `whole`: no hit is missing.

    `total`: how many notes, where all are known; `changes` lead from the order `before`;
    `stands`: id and place of the note a person stands on; not `settled`: it is among the hits
    perhaps, but not in this order.
    """

    order: array[int]
    groups: Groups
    rows: list[NoteRow]
    whole: bool
    total: int | None
    before: array[int]
    changes: list[Change]
    stands: tuple[str, int] | None = None
    settled: bool = True


def first_rows(
    notebook: Notebook,
    query: Query,
    arranged: Arrangement,
    before: array[int],
    stands: str,
    *,
    same: bool,
) -> Listing:
    """The newest rows; where `before` is an order of the `same` hits, its rest stays below.

    `stands`: the id of the note a person stands on.
    """
    found = find_glances(notebook, query, _FIRST)
    order = array("q", [glance.place for glance in found.notes])
    whole, total = found.below is None, len(order)
    if same and not whole:
        order = _continued(order, before)
    hits = Hits(order, starts_by_time(order, arranged.order, arranged.grouping))
    place = place_of(notebook, query, stands) if stands else None
    return Listing(
        order,
        _groups(hits, arranged, today(notebook)),
        rows_of(found.notes, today(notebook), arranged.headings),
        whole,
        total if whole else None,
        before,
        differences(before, order),
        None if place is None else (stands, place),
        settled=whole or not same or place is None or holds(order, place),
    )


def all_rows(
    notebook: Notebook, query: Query, arranged: Arrangement, before: array[int], stands: str
) -> Listing:
    """The order of all hits, with the rows at its top. `stands`: as in `first_rows`."""
    hits = all_hits(notebook, query, arranged.order, arranged.grouping)
    place = place_of(notebook, query, stands) if stands else None
    first = [*hits.places[:_FIRST], *([] if place is None else [place])]
    return Listing(
        hits.places,
        _groups(hits, arranged, today(notebook)),
        rows_at(notebook, first, query, arranged),
        True,
        hits.count,
        before,
        differences(before, hits.places),
        None if place is None else (stands, place),
    )


def rows_at(
    notebook: Notebook, places: Sequence[int], query: Query, arranged: Arrangement
) -> list[NoteRow]:
    """The rows at these places."""
    glances = glances_at(notebook, places, query)
    return rows_of(glances, today(notebook), arranged.headings)


def _continued(order: array[int], before: array[int]) -> array[int]:
    """The rows before that are older than the last of these."""
    last = order[-1]
    low, high = 0, len(before)
    while low < high:
        middle = (low + high) // 2
        low, high = (middle + 1, high) if before[middle] >= last else (low, middle)
    return order + before[low:]


def _groups(hits: Hits, arranged: Arrangement, today: date) -> Groups:
    grouping = arranged.grouping

    def heading(group: int) -> str:
        name = hits.names[hits.named[group]] if hits.named else ""
        day = date_at(hits.places[hits.starts[group]])
        match grouping:
            case Grouping.ACCOUNT:
                return name or _tr("No account")
            case Grouping.COMPETITOR:
                return name or _tr("No competitor")
            case Grouping.KIND:
                return KIND_PLURALS[Kind(name)] if name in set(Kind) else name
            case Grouping.MEETING:
                return f"{name or _tr('No account')}  ·  {days.heading(day, today)}"
            case _:
                return days.heading(day, today, arranged.headings)

    return Groups(hits.starts, heading)


def _tr(words: str) -> str:
    return QCoreApplication.translate("Listing", words)
