"""What a search found, counted by kind, account, competitor, tag, stage and month."""

from __future__ import annotations

import msgspec

from fieldnotes.domain.moments import month_of
from fieldnotes.domain.query import Named, Query, leaves, names_in
from fieldnotes.domain.words import fold
from fieldnotes.operations.beside import Beside, beside, passes
from fieldnotes.operations.notebook import Notebook
from fieldnotes.operations.search import dated

MOST = 8  # names told of each family
MOST_MONTHS = 12
MONTH = "month"
FAMILIES = ("kind", "account", "competitor", "tag", "stage", MONTH)


class Value(msgspec.Struct, frozen=True):
    """A name of a family, or a month as `2026-03`, and how many of the notes carry it."""

    name: str
    notes: int


class Facets(msgspec.Struct, frozen=True):
    """`by_family`: the values that most notes carry, the most first, months the newest first.

    `more`: how many values of a family are left out.
    """

    total: int
    by_family: dict[str, tuple[Value, ...]]
    more: dict[str, int]


def count_facets(notebook: Notebook, query: Query, most: int = MOST) -> Facets:
    """Counts of everything that `query` finds; what waits to be applied is counted, too.

    Under a search the columns have to be in memory: where they are not, they are loaded first.
    """
    from fieldnotes.store import facets

    query = dated(notebook, query)
    asked = _asked(query)
    records = notebook.library.records
    with notebook.library.looking():
        others = beside(notebook, query)
        if not query.terms and not others:
            tally = facets.of_all(records, most, asked)
        else:
            without = _places(notebook, others)
            tally = facets.of_hits(records, query, most, asked, without)
        found = [each for each in others.values() if passes(notebook, query, each)]
        counts = {family: dict(named) for family, named in tally.by_name.items()}
        counts[MONTH] = {month_name(month): notes for month, notes in tally.by_month}
        for each in found:
            _add(notebook, counts, tally.more, each)
    left = {MONTH: max(0, len(counts[MONTH]) - MOST_MONTHS)}
    counts[MONTH] = dict(sorted(counts[MONTH].items(), reverse=True)[:MOST_MONTHS])
    by_family = {family: _values(counts[family]) for family in FAMILIES}
    return Facets(tally.total + len(found), by_family, {**tally.more, **left})


def make_facets_ready(notebook: Notebook) -> bool:
    """Take the narrow columns of all notes into memory, unless they are there; takes a while."""
    from fieldnotes.store import columns

    columns.load(notebook.library.records)
    return True


def month_name(month: int) -> str:
    """Months since year 0, as a search writes them: `2026-03`."""
    return f"{month // 12:04}-{month % 12 + 1:02}"


def _asked(query: Query) -> dict[str, list[str]]:
    """The names that the search itself speaks of: they are told, however few notes carry them."""
    found: dict[str, list[str]] = {}
    for leaf in (leaf for term in query.terms for leaf in leaves(term)):
        if isinstance(leaf, Named) and not leaf.prefix:
            found.setdefault(leaf.family, []).append(leaf.name)
    return found


def _places(notebook: Notebook, others: dict[str, Beside]) -> list[int]:
    """Where the library holds an older version of what waits."""
    records = notebook.library.records
    views = (records.view(each.view.id, each.view.author) for each in others.values())
    return [view.place for view in views if view is not None]


def _add(
    notebook: Notebook, counts: dict[str, dict[str, int]], more: dict[str, int], each: Beside
) -> None:
    """One note more under all that it carries; a name that is left out stays so for now."""
    note, names = each.view.note, notebook.library.names
    month = month_name(month_of(each.view.happened.local_seconds))
    counts[MONTH][month] = counts[MONTH].get(month, 0) + 1
    for family in FAMILIES[:-1]:
        for called in {names.called(family, name) for name in names_in(note, family)}:
            told = {fold(name): name for name in counts[family]}.get(fold(called))
            if told is not None or not more[family]:
                counts[family][told or called] = counts[family].get(told or called, 0) + 1


def _values(counts: dict[str, int]) -> tuple[Value, ...]:
    return tuple(Value(name, notes) for name, notes in counts.items())
