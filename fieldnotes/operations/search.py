"""Find notes: as many as a screen shows, newest first, and how many there are."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Mapping, Sequence

import msgspec
from msgspec.structs import replace

from fieldnotes.domain.moments import month_of
from fieldnotes.domain.query import EVERYTHING, Query, on_day
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
        placed = _placed(notebook, others)
        kept += [placed[id_] for id_, each in others.items() if passes(notebook, query, each)]
        kept.sort(key=lambda view: view.happened.local_seconds, reverse=True)
    return Page(kept, following)


def every_place(notebook: Notebook, query: Query) -> array[int]:
    """Places of all hits, newest first; what is beside the library stands where it would be put."""
    query = dated(notebook, query)
    others = beside(notebook, query)  # first, as in find_notes
    found = search.every(notebook.library.records, query)
    if not others:
        return found
    records = notebook.library.records
    placed = _placed(notebook, others)
    held = (records.facts(view.id, view.author) for view in placed.values())
    stale = {facts.place for facts in held if facts is not None}
    fresh = {placed[id_].place for id_, each in others.items() if passes(notebook, query, each)}
    for place in stale | fresh:
        at = bisect_left(found, -place, key=int.__neg__)  # newest first
        here = at < len(found) and found[at] == place
        if here and place not in fresh:
            found.pop(at)
        elif not here and place in fresh:
            found.insert(at, place)
    return found


def views_at(notebook: Notebook, query: Query, places: Sequence[int]) -> list[NoteView]:
    """The notes at places that `every_place` told, in that order; what is gone is left out."""
    others = _placed(notebook, beside(notebook, query))
    found = {view.place: view for view in notebook.library.records.views(list(places))}
    found |= {view.place: view for view in others.values()}
    return [found[place] for place in places if place in found]


def place_of(notebook: Notebook, query: Query, note_id: str) -> int | None:
    """Where a note stands, whether it is a hit or not; None for one that is not there."""
    other = _placed(notebook, beside(notebook, query)).get(note_id)
    if other is not None:
        return None if other.removed else other.place
    held = notebook.library.records.facts(note_id)
    return held.place if held and held.removed is None else None


def ids_at(notebook: Notebook, places: Sequence[int]) -> list[str]:
    """The ids of the notes at these places, in that order; drafts and what is gone left out."""
    found = notebook.library.records.ids_at(places)
    found |= {
        view.place: view.id for view in _placed(notebook, beside(notebook, EVERYTHING)).values()
    }
    return [found[place] for place in places if place in found]


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


def few_names(notebook: Notebook, family: str) -> list[tuple[str, int]]:
    """(name, notes, at most CAP + 1) of a family with few names, such as stages, the most first."""
    return counts.by_token(notebook.library.records, family, CAP)


def authors(notebook: Notebook) -> list[tuple[str, int]]:
    """(name, notes, at most CAP + 1) of everybody whose notes are here, the most first."""
    return counts.by_author(notebook.library.records, CAP)


def unsent_notes(notebook: Notebook, limit: int = 200) -> list[NoteView]:
    """The owner's newest notes that were never sent as they are now; none of “Only me”."""
    records = notebook.library.records
    return records.views(counts.unsent_places(records, limit))


def count_unsent(notebook: Notebook) -> int:
    """How many those are."""
    return counts.unsent(notebook.library.records)


def sent_before(notebook: Notebook) -> bool:
    """Whether anything was ever sent from here."""
    return notebook.library.sendings.any()


def _adds(notebook: Notebook, query: Query, other: Beside) -> int:
    """By how much the count of the library changes: each stands in the place of what it replaces.

    A draft of a saved note stands in its place only where it is found itself.
    """
    before = notebook.library.records.view(other.view.id, other.view.author)
    replaced = before is not None and passes(notebook, query, in_library(notebook, query, before))
    return int(passes(notebook, query, other)) - int(replaced)


def _placed(notebook: Notebook, others: Mapping[str, Beside]) -> dict[str, NoteView]:
    """By id, what is beside the library, at the place that it has or is likely to get there."""
    records = notebook.library.records
    places, asked = dict[str, int](), []
    for id_, each in others.items():
        held, seconds = records.facts(id_, each.view.author), each.view.happened.local_seconds
        if held is not None and held.happened == seconds:
            places[id_] = held.place
        else:
            asked.append((seconds, id_))
    likely = records.places.likely_for(asked) if asked else []
    places |= {id_: place for (_, id_), place in zip(asked, likely, strict=True)}
    return {id_: replace(each.view, place=places[id_]) for id_, each in others.items()}
