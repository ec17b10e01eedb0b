"""Accounts, competitors, products and tags: every one in a list, and a page for each."""

from __future__ import annotations

from collections import Counter
from datetime import date

import msgspec

from fieldnotes.domain.notes import Kind
from fieldnotes.domain.query import Named, Query
from fieldnotes.domain.query_text import quoted
from fieldnotes.domain.views import NoteView
from fieldnotes.domain.words import fold
from fieldnotes.operations.notebook import Notebook
from fieldnotes.operations.saving import settle_outbox
from fieldnotes.operations.vocabulary import NameRefused
from fieldnotes.store import counts, search

NEWEST = 20
MONTHS = 24  # the page shows so many, up to the newest note


class NameLine(msgspec.Struct, frozen=True):
    """One of a list: what it is called, how many notes carry it, and what else it is called.

    `folded`: all of its names as typed letters are looked for in them.
    """

    name: str
    notes: int
    also: tuple[str, ...] = ()
    folded: str = ""


class Spelling(msgspec.Struct, frozen=True):
    """A name as it was written, in so many notes."""

    name: str
    notes: int


class Month(msgspec.Struct, frozen=True):
    """Notes of one month, by kind."""

    first: date
    kinds: tuple[tuple[str, int], ...]

    @property
    def notes(self) -> int:
        """Of every kind."""
        return sum(count for _, count in self.kinds)


class NamePage(msgspec.Struct, frozen=True):
    """Everything about one name. `also`: its other names, which can be taken away from it.

    `spelt`: every way it was written; `query` finds its notes, `newest` holds some of them.
    """

    family: str
    name: str
    query: str
    notes: int
    also: tuple[Spelling, ...]
    spelt: tuple[Spelling, ...]
    kinds: tuple[tuple[str, int], ...] = ()
    months: tuple[Month, ...] = ()
    newest: tuple[NoteView, ...] = ()


def list_names(notebook: Notebook, family: str) -> list[NameLine]:
    """Every name of a family that is used or spoken of, the most used first."""
    settle_outbox(notebook)
    return [_line(each) for each in counts.entities(notebook.library.records, family)]


def name_page(notebook: Notebook, family: str, name: str) -> NamePage:
    """Everything about one name, whichever of its names is asked for. Raises NameRefused."""
    settle_outbox(notebook)
    records = notebook.library.records
    entity = records.names.entity(family, name)
    found = counts.entities(records, family, only=entity) if entity is not None else []
    if not found:
        raise NameRefused(f"Nothing is called {name}.", "Look for it in the list.")
    one = found[0]
    by_month = counts.by_month(records, one.no)
    places = search.page(records, Query((Named(family, one.name),)), NEWEST)
    return NamePage(
        family=family,
        name=one.name,
        query=f"{family}:{quoted(one.name)}",
        notes=one.notes,
        also=tuple(_also(one)),
        spelt=tuple(Spelling(*each) for each in one.spelt if each[1]),
        kinds=_by_kind(by_month),
        months=_months(by_month),
        newest=tuple(records.views(places)),
    )


def _line(entity: counts.Entity) -> NameLine:
    also = tuple(each.name for each in _also(entity)) if len(entity.spelt) > 1 else ()
    return NameLine(entity.name, entity.notes, also, fold("\n".join((entity.name, *also))))


def _also(entity: counts.Entity) -> list[Spelling]:
    """Other names: spellings that fold to the same are one, as it was written most."""
    spelt: dict[str, Spelling] = {}
    for name, notes in entity.spelt:
        held = spelt.get(fold(name))
        spelt[fold(name)] = Spelling(
            held.name if held else name, notes + (held.notes if held else 0)
        )
    spelt.pop(fold(entity.name), None)
    return list(spelt.values())


def _by_kind(by_month: list[tuple[int, str, int]]) -> tuple[tuple[str, int], ...]:
    count: Counter[str] = Counter()
    for _, kind, notes in by_month:
        count[kind] += notes
    known = [kind.value for kind in Kind if count[kind.value]]
    return tuple((kind, count[kind]) for kind in [*known, *sorted(count.keys() - set(Kind))])


def _months(by_month: list[tuple[int, str, int]]) -> tuple[Month, ...]:
    """The last months up to the newest note, those without notes too."""
    if not by_month:
        return ()
    last = by_month[-1][0]
    first = max(by_month[0][0], last - MONTHS + 1)
    kinds: dict[int, list[tuple[str, int]]] = {month: [] for month in range(first, last + 1)}
    for month, kind, notes in by_month:
        if month >= first:
            kinds[month].append((kind, notes))
    return tuple(
        Month(date(month // 12, month % 12 + 1, 1), tuple(each)) for month, each in kinds.items()
    )
