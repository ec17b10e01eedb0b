"""Find notes: as many as a screen shows, newest first, and how many there are."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from fieldnotes.domain import notes
from fieldnotes.domain.moments import month_of
from fieldnotes.domain.query import Not, Query, Words, matches, parse_query
from fieldnotes.domain.records import Copy
from fieldnotes.domain.views import NoteView
from fieldnotes.operations.notebook import Notebook
from fieldnotes.operations.notes import waiting_view
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
    waiting = _waiting_notes(notebook)
    records = notebook.library.records
    places = search.page(records, query, limit, below)
    views = records.views(places)
    following = places[-1] if len(places) == limit else None
    return Page(_overlaid(notebook, query, views, waiting, first=below is None), following)


def count_notes(notebook: Notebook, query: Query, at_most: int | None = None) -> int:
    """How many hits, exactly; `at_most` + 1 where there are more than that."""
    waiting = _waiting_notes(notebook)  # first, as in find_notes
    if waiting:
        with notebook.library.looking():  # else one that arrives meanwhile is taken off again
            total = _count_with(notebook, query, waiting.values(), at_most)
    else:
        total = search.count(notebook.library.records, query, at_most)
    return total if at_most is None else min(total, at_most + 1)


def as_typed(text: str) -> Query:
    """The query of somebody who is still typing: the last word may be a beginning."""
    query = parse_query(text)
    if not query.terms or text[-1:].isspace() or text.endswith('"'):
        return query
    last = query.terms[-1]
    if isinstance(last, Words):
        last = Words(last.text, True, last.within)
    elif isinstance(last, Not) and isinstance(last.what, Words):
        last = Not(Words(last.what.text, True, last.what.within))
    return Query((*query.terms[:-1], last), query.parts)


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


def _count_with(
    notebook: Notebook, query: Query, waiting: Iterable[Copy], at_most: int | None
) -> int:
    """The hits in the library, each that waits in the place of what it replaces."""
    records = notebook.library.records
    total = search.count(records, query, at_most)
    for copy in waiting:
        view = waiting_view(notebook, copy)
        before = records.view(view.id, view.author)
        replaced = before is not None and _passes(notebook, query, before)
        total += int(_passes(notebook, query, view)) - int(replaced)
    return total


def _overlaid(
    notebook: Notebook,
    query: Query,
    views: list[NoteView],
    waiting: dict[str, Copy],
    first: bool,
) -> list[NoteView]:
    if not waiting:
        return views
    kept = [view for view in views if view.id not in waiting]
    if not first:
        return kept
    fresh = [waiting_view(notebook, copy) for copy in waiting.values()]
    shown = [view for view in fresh if _passes(notebook, query, view)] + kept
    return sorted(shown, key=lambda view: view.happened.local_seconds, reverse=True)


def _waiting_notes(notebook: Notebook) -> dict[str, Copy]:
    """The last version of each note that waits, by its id."""
    waiting = notebook.library.outbox.waiting()
    return {copy.revision.id: copy for copy in waiting if copy.revision.type == notes.TYPE}


def _passes(notebook: Notebook, query: Query, view: NoteView) -> bool:
    note = msgspec.structs.replace(view.note, happened=view.happened)
    return view.removed is None and matches(
        query, note, view.author_name, view.marking, notebook.library.names.alike
    )
