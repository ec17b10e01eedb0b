"""Glances as rows of a list, put under their headings."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from fieldnotes.desktop.notes import days
from fieldnotes.desktop.widgets.note_row import NoteRow
from fieldnotes.domain.moments import wall_time

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from fieldnotes.desktop.notes.days import Grouping
    from fieldnotes.domain.glances import Glance
    from fieldnotes.domain.query import Query
    from fieldnotes.operations.notebook import Notebook


class Unsent(NamedTuple):
    """The newest notes that were not sent yet, how many there are, whether anything ever was."""

    rows: list[NoteRow]
    total: int
    sent_before: bool


def read_unsent(notebook: Notebook) -> Unsent:
    """What nobody else has yet."""
    from fieldnotes.operations.glances import unsent_glances
    from fieldnotes.operations.search import count_unsent, sent_before

    rows = rows_of(unsent_glances(notebook), today(notebook))
    return Unsent(rows, count_unsent(notebook), sent_before(notebook))


def count_hits(notebook: Notebook, query: Query) -> int:
    """How many hits; CAP + 1 where there are more than that."""
    from fieldnotes.operations.search import CAP, count_notes

    return count_notes(notebook, query, CAP)


def rows_of(glances: Sequence[Glance], today: date, grouping: Grouping = "day") -> list[NoteRow]:
    """Notes as the list shows them."""
    return [_row(glance, today, grouping) for glance in glances]


def today(notebook: Notebook) -> date:
    """The local day."""
    return notebook.clock().local().date()


def _row(glance: Glance, today: date, grouping: Grouping) -> NoteRow:
    when = wall_time(glance.happened)
    return NoteRow(
        id=glance.id,
        kind=glance.kind,
        title=glance.title,
        snippet=glance.snippet,
        account=glance.account,
        tags=glance.tags,
        when=days.short(when, today, grouping, glance.whole_day),
        author=glance.author,
        day=days.heading(when.date(), today, grouping),
        title_marks=glance.title_marks,
        snippet_marks=glance.snippet_marks,
        edited_twice=glance.edited_twice,
        sent=glance.sent,
        masked=glance.masked,
        draft=glance.draft,
        place=glance.place,
    )
