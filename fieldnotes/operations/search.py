"""Find notes: as many as a screen shows, newest first, and how many there are."""

from __future__ import annotations

import msgspec

from fieldnotes.domain.moments import month_of
from fieldnotes.domain.query import Query, on_day
from fieldnotes.domain.views import NoteView
from fieldnotes.operations.beside import Beside, beside, in_library, passes
from fieldnotes.operations.notebook import Notebook
from fieldnotes.store import counts, search

PAGE = 50
CAP = 1_000


class Page(msgspec.Struct, frozen=True):
    """Some notes, and from where the next ones go on (None: there are no more)."""

    notes: list[NoteView]
    below: int | None


def find_notes(
    notebook: Notebook, query: Query, limit: int = PAGE, below: int | None = None
) -> Page:
    """The newest `limit` hits below a place; what waits to be applied is among them."""
    # First what waits: a note on its way into the library is then seen twice, and never not at all.
    query = dated(notebook, query)
    others = beside(notebook, query)
    records = notebook.library.records
    places = search.page(records, query, limit, below)
    kept = [view for view in records.views(places) if view.id not in others]
    following = places[-1] if len(places) == limit else None
    if below is None and others:
        kept += [each.view for each in others.values() if passes(notebook, query, each)]
        kept.sort(key=lambda view: view.happened.local_seconds, reverse=True)
    return Page(kept, following)


def count_notes(notebook: Notebook, query: Query, at_most: int | None = None) -> int:
    """How many hits, exactly; `at_most` + 1 where there are more than that."""
    query = dated(notebook, query)
    others = beside(notebook, query)  # first, as in find_notes
    if others:
        with notebook.library.looking():  # else one that arrives meanwhile is taken off again
            total = search.count(notebook.library.records, query, at_most)
            total += sum(_adds(notebook, query, each) for each in others.values())
    else:
        total = search.count(notebook.library.records, query, at_most)
    return total if at_most is None else min(total, at_most + 1)


def dated(notebook: Notebook, query: Query) -> Query:
    """The query with what is told from today as days."""
    return on_day(query, notebook.clock().local().date())


def make_ready(notebook: Notebook) -> bool:
    """Learn which words there are, so that beginnings are found at once; takes a while, beside."""
    notebook.library.records.terms.read()
    return True


def counts_by_kind(notebook: Notebook) -> dict[str, int]:
    """Notes by kind, for the side bar."""
    return counts.by_kind(notebook.library.records)


def names_used(notebook: Notebook, family: str) -> list[tuple[str, int]]:
    """(account, competitor, product or tag as it is called; notes), the most first."""
    return counts.by_name(notebook.library.records, family)


def count_names(notebook: Notebook, family: str) -> int:
    """How many of them notes name."""
    return counts.how_many(notebook.library.records, family)


def names_to_complete(notebook: Notebook, family: str) -> list[tuple[str, int]]:
    """(name, notes), those used often and lately first: this month and last weigh most."""
    month = month_of(notebook.clock().local_seconds)
    return counts.by_use(notebook.library.records, family, lately=month - 1, year=month - 11)


def unsent_notes(notebook: Notebook, limit: int = 200) -> list[NoteView]:
    """The owner's newest notes that were never sent as they are now."""
    records = notebook.library.records
    return records.views(counts.unsent_places(records, limit))


def count_unsent(notebook: Notebook) -> int:
    """How many those are."""
    return counts.unsent(notebook.library.records)


def _adds(notebook: Notebook, query: Query, other: Beside) -> int:
    """By how much the count of the library changes: each stands in the place of what it replaces.

    A draft of a saved note stands in its place only where it is found itself.
    """
    before = notebook.library.records.view(other.view.id, other.view.author)
    replaced = before is not None and passes(notebook, query, in_library(notebook, query, before))
    return int(passes(notebook, query, other)) - int(replaced)
