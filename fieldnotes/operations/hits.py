"""All hits of a query in the order of the list: where each stands, and which stand together."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING

import msgspec

from fieldnotes.domain.moments import seconds_of, wall_time
from fieldnotes.domain.notes import Kind
from fieldnotes.domain.words import fold
from fieldnotes.operations.search import every_place
from fieldnotes.store import counts, orders
from fieldnotes.store.places import SLOTS
from fieldnotes.store.relevance import best_first

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from fieldnotes.domain.query import Query
    from fieldnotes.operations.notebook import Notebook
    from fieldnotes.store.records import Records

_DAY = 24 * 60 * 60 << SLOTS  # places in a day
NOBODY = 0  # the number of a group without a name


class Order(StrEnum):
    """What comes first. `BEST`: what fits the query best."""

    NEWEST = "newest"
    OLDEST = "oldest"
    CHANGED = "changed"
    BEST = "best"
    ACCOUNT = "account"


class Grouping(StrEnum):
    """Which notes stand together. `MEETING`: one account on one day, as voices are counted."""

    DAY = "day"
    MONTH = "month"
    MEETING = "meeting"
    ACCOUNT = "account"
    COMPETITOR = "competitor"
    KIND = "kind"
    NONE = "none"


def _nothing() -> array[int]:
    return array("q")


class Hits(msgspec.Struct, frozen=True):
    """Where every hit stands, as arrays: a million of them fit into eight megabytes.

    `starts`: the row at which each group begins; `named`: for each group the key of its name in
    `names`, empty where days or months are told by the places alone; `count`: how many notes, as
    one that names several competitors stands in several groups.
    """

    places: array[int]
    starts: array[int] = msgspec.field(default_factory=_nothing)
    named: array[int] = msgspec.field(default_factory=_nothing)
    names: dict[int, str] = {}
    count: int = 0


def day_of(place: int) -> int:
    """Days since 1970 of the wall time at which a note stands."""
    return place // _DAY


def date_at(place: int) -> date:
    """The day of the wall time at which a note stands."""
    return wall_time(place >> SLOTS).date()


def is_by_time(order: Order, grouping: Grouping) -> bool:
    """Whether the list is the newest notes under their days, months or nothing: read by pages."""
    plain = grouping in (Grouping.DAY, Grouping.MONTH, Grouping.NONE)
    return order is Order.NEWEST and plain


def starts_by_time(places: array[int], order: Order, grouping: Grouping) -> array[int]:
    """The rows at which days or months begin, found by as many looks as there are of them."""
    if grouping is Grouping.NONE:
        return array("q")
    starts = array("q")
    at = 0
    while at < len(places):
        starts.append(at)
        first, end = _span(places[at], grouping)
        if order is Order.OLDEST:
            following = bisect_left(places, end, at)
        else:
            following = bisect_left(places, 1 - first, at, key=int.__neg__)
        at = max(at + 1, following)
    return starts


def holds(places: array[int], place: int) -> bool:
    """Whether a place is among these, which come newest first."""
    at = bisect_left(places, -place, key=int.__neg__)
    return at < len(places) and places[at] == place


def all_hits(
    notebook: Notebook,
    query: Query,
    order: Order = Order.NEWEST,
    grouping: Grouping = Grouping.DAY,
) -> Hits:
    """Every hit. Days, months and meetings are told where the order is one of time.

    A note that waits to be applied counts among those without a name.
    """
    with notebook.library.looking():
        places = every_place(notebook, query)
        hits = _Arranged(notebook, query, order).hits(places, grouping)
        return msgspec.structs.replace(hits, count=len(places))


_Group = tuple[int, str, "array[int]"]  # key, name, places


class _Arranged:
    """Arranges places that come newest first."""

    def __init__(self, notebook: Notebook, query: Query, order: Order) -> None:
        self._records = notebook.library.records
        self._query, self._order = query, order

    def hits(self, places: array[int], grouping: Grouping) -> Hits:
        by_time = self._order in (Order.NEWEST, Order.OLDEST)
        match grouping:
            case Grouping.KIND:
                return self._joined(self._by_kind(places))
            case Grouping.ACCOUNT:
                return self._joined(self._by_account(places))
            case Grouping.COMPETITOR:
                return self._joined(self._by_competitor(places))
            case Grouping.MEETING if by_time:
                return self._by_meeting(self._sorted(places))
            case Grouping.DAY | Grouping.MONTH if by_time:
                places = self._sorted(places)
                return Hits(places, starts_by_time(places, self._order, grouping))
            case _:
                return Hits(self._sorted(places))

    def _sorted(self, places: array[int]) -> array[int]:
        match self._order:
            case Order.NEWEST:
                return places
            case Order.BEST:
                return best_first(self._records, self._query, places)
            case Order.OLDEST:
                return places[::-1]
            case Order.CHANGED:
                return _with_all(orders.last_changed_first(self._records, places), places)
            case Order.ACCOUNT:
                return array("q", (p for _, _, held in self._by_account(places) for p in held))

    def _joined(self, groups: Iterable[_Group]) -> Hits:
        places, starts, named = array("q"), array("q"), array("q")
        names = {}
        for key, name, members in groups:
            starts.append(len(places))
            named.append(key)
            names[key] = name
            places.extend(self._sorted(members))
        return Hits(places, starts, named, names)

    def _by_kind(self, places: array[int]) -> Iterator[_Group]:
        held = _together(_numbered(self._records, places, "kind"))
        by_name = {self._records.names.written(number): number for number in held}
        known = [kind.value for kind in Kind if kind.value in by_name]
        for name in [*known, *sorted(by_name.keys() - set(known))]:
            yield by_name[name], name, held[by_name[name]]

    def _by_account(self, places: array[int]) -> Iterator[_Group]:
        held = _together(self._accounts(places))
        return self._alphabetical(held, self._account_names)

    def _by_competitor(self, places: array[int]) -> Iterator[_Group]:
        """Under every competitor that it names; what names none stands last."""
        held, named = {}, set[int]()
        for entity in sorted({*orders.entities(self._records, "competitor").values()}):
            found = orders.naming(self._records, entity)
            if members := array("q", (place for place in found if holds(places, place))):
                held[entity] = members
                named.update(members)
        if rest := array("q", (place for place in places if place not in named)):
            held[NOBODY] = rest
        return self._alphabetical(held, self._called("competitor"))

    def _alphabetical(
        self, held: dict[int, array[int]], called: dict[int, str]
    ) -> Iterator[_Group]:
        """A to Z, what has no name last."""
        names = {key: called.get(key) or self._records.names.written(key) for key in held if key}
        for key in sorted(names, key=lambda key: (fold(names[key]), key)):
            yield key, names[key], held[key]
        if NOBODY in held:
            yield NOBODY, "", held[NOBODY]

    def _by_meeting(self, places: array[int]) -> Hits:
        """Within each day by account, in the order of the first note of each."""
        hits = Hits(array("q"), array("q"), array("q"), self._account_names)
        held: dict[int, list[int]] = {}
        day = None
        for place, account in self._accounts(places):
            if day != day_of(place):
                _end_day(hits, held)
                held, day = {}, day_of(place)
            held.setdefault(account, []).append(place)
        _end_day(hits, held)
        return hits

    def _accounts(self, places: array[int]) -> Iterator[tuple[int, int]]:
        meant = orders.entities(self._records, "account")
        for place, number in _numbered(self._records, places, "account"):
            yield place, meant.get(number, NOBODY)

    @cached_property
    def _account_names(self) -> dict[int, str]:
        return self._called("account")

    def _called(self, family: str) -> dict[int, str]:
        return {NOBODY: ""} | {
            each.no: each.name for each in counts.entities(self._records, family)
        }


def _end_day(hits: Hits, held: dict[int, list[int]]) -> None:
    for account, members in held.items():
        hits.starts.append(len(hits.places))
        hits.named.append(account)
        hits.places.extend(members)


def _with_all(found: array[int], places: array[int]) -> array[int]:
    """What the library does not hold yet was changed last."""
    if len(found) == len(places):
        return found
    held = set(found)
    return array("q", [place for place in places if place not in held]) + found


def _span(place: int, grouping: Grouping) -> tuple[int, int]:
    """From which place to which its day or month goes."""
    if grouping is Grouping.DAY:
        day = day_of(place)
        return day * _DAY, (day + 1) * _DAY
    first = wall_time(place >> SLOTS).replace(day=1, hour=0, minute=0, second=0)
    over = first.month == 12
    if over and first.year == 9999:
        return seconds_of(first) << SLOTS, place + 1
    end = first.replace(year=first.year + over, month=1 if over else first.month + 1)
    return seconds_of(first) << SLOTS, seconds_of(end) << SLOTS


def _together(pairs: Iterable[tuple[int, int]]) -> dict[int, array[int]]:
    """(place, key) → the places of each key, in their order."""
    found: dict[int, array[int]] = {}
    for place, key in pairs:
        found.setdefault(key, array("q")).append(place)
    return found


def _numbered(
    records: Records, places: array[int], column: orders.Column
) -> Iterator[tuple[int, int]]:
    """Each place with the number of its name; what only waits has none yet."""
    at = 0
    for place, number in orders.numbered(records, places, column):
        while places[at] != place:
            yield places[at], NOBODY
            at += 1
        yield place, number
        at += 1
    for place in places[at:]:
        yield place, NOBODY
