"""Saved searches: what somebody looks for again and again, under a name of their own.

A filter may hold a customer's name, so they stay with their owner until sent explicitly.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec
from msgspec.structs import replace

from fieldnotes.domain.markings import Marking
from fieldnotes.errors import FieldnotesError, IncompleteDraft

TYPE = "saved-search"
MARKING = Marking.RED
GAP = 1 << 20  # between two neighbours, so that one moves in between without the others
LONGEST = 200
FIELDS = frozenset({"name", "query", "order"})


class NoSuchSearch(FieldnotesError):
    """No saved search goes by this id."""


class SavedSearch(msgspec.Struct, frozen=True, kw_only=True):
    """`query`: as a person types it; `order`: where it stands, the lowest first."""

    name: str = ""
    query: str = ""
    order: int = 0

    def finish(self) -> SavedSearch:
        """As it is saved. Raises IncompleteDraft where nothing is looked for, or no name given."""
        name, query = " ".join(self.name.split()), self.query.strip()
        if not query:
            raise IncompleteDraft(
                "A saved search needs something to look for.", "Type it in the search box first."
            )
        if not name:
            raise IncompleteDraft("A saved search needs a name.", "Give it a few words.")
        return replace(self, name=name[:LONGEST], query=query)


class SavedView(msgspec.Struct, frozen=True):
    """A saved search as somebody reads it."""

    id: str
    search: SavedSearch
    mine: bool


def in_order(views: list[SavedView]) -> list[SavedView]:
    """As they stand in the side bar."""
    return sorted(views, key=lambda view: (view.search.order, view.id))


def places_after(views: list[SavedView], moving: str, place: int) -> dict[str, int]:
    """The new `order` of those that change it when `moving` goes to `place` among the others.

    >>> rows = [SavedView(each, SavedSearch(order=at), True) for each, at in (("a", 0), ("b", 8))]
    >>> places_after(rows, "b", 0)
    {'b': -1048576}
    """
    others = [view for view in views if view.id != moving]
    before = others[place - 1].search.order if place > 0 else None
    after = others[place].search.order if place < len(others) else None
    match before, after:
        case None, None:
            return {moving: 0}
        case None, int():
            return {moving: after - GAP}
        case int(), None:
            return {moving: before + GAP}
        case int(), int() if after - before > 1:
            return {moving: (before + after) // 2}
    ids = [view.id for view in others]
    ids.insert(place, moving)
    return {each: at * GAP for at, each in enumerate(ids)}


def is_known(name: str) -> bool:
    """Whether this program knows what the field means."""
    return name in FIELDS


def to_fields(search: SavedSearch) -> dict[str, Any]:
    """Leaf name → JSON value."""
    return {"name": search.name, "query": search.query, "order": search.order}


def from_fields(fields: Mapping[str, Any]) -> SavedSearch:
    """The search that these fields tell. Never raises: another shape counts as absent."""
    texts = {name: fields[name] for name in ("name", "query") if isinstance(fields.get(name), str)}
    order = fields.get("order")
    return SavedSearch(**texts, order=order if type(order) is int else 0)
