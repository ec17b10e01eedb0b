"""Who goes on as whom: one person with several keys, said in records, resolved in one way.

A *claim* says that the key `old` goes on as the key of `card`. Anybody can write one; `persons`, a
pure function of the set of all claims, says which of them hold:

1. Both sides: the old key and the new one each signed a claim that says the same. Nobody can make
   somebody else's key their own, or their own somebody else's.
2. Somebody whose team list is trusted here said so, after looking into it.

Where such a person also says that the old key is lost, whoever found it can claim nothing with it:
rule 1 does not hold for lost keys. Whatever else is claimed changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from fieldnotes.domain.people import KeyCard, card_from, is_author

TYPE = "succession"
FIELDS = frozenset({"old", "card", "lost"})
Edge = tuple[str, str]  # old key, new key


class Claim(msgspec.Struct, frozen=True):
    """The key `old` goes on as `card`. `author`: whose record says so."""

    author: str
    old: str
    card: KeyCard
    lost: bool = False
    id: str = ""

    @property
    def edge(self) -> Edge:
        """From the old key to the new one."""
        return self.old, self.card.author


class Persons(msgspec.Struct, frozen=True):
    """Keys by person. `together`: key → all keys of its person, where there are several.

    `now`: key → the key that the person goes by now.
    """

    together: Mapping[str, frozenset[str]] = {}
    now: Mapping[str, str] = {}
    lost: frozenset[str] = frozenset()

    def keys(self, author: str) -> frozenset[str]:
        """Every key of whoever has this one."""
        return self.together.get(author, frozenset({author}))

    def present(self, author: str) -> str:
        """The key that its person goes by now."""
        return self.now.get(author, author)


def to_fields(old: str, card: KeyCard, lost: bool = False) -> dict[str, Any]:
    """Leaf name → JSON value."""
    fields: dict[str, Any] = {"old": old, "card": card.written()}
    return {**fields, "lost": True} if lost else fields


def from_fields(fields: Mapping[str, Any], author: str, record_id: str = "") -> Claim | None:
    """What these fields claim; None where they claim nothing. Never raises."""
    old, card = fields.get("old"), card_from(fields.get("card"))
    if card is None or not is_author(old) or old == card.author:
        return None
    return Claim(author, old, card, fields.get("lost") is True, record_id)


def persons(claims: Iterable[Claim], trusted: frozenset[str]) -> Persons:
    """Who is one person. `trusted`: keys whose word counts for others."""
    said = set(claims)
    both = _said_by_both(said)
    heard = trusted.union(*(group for group in _groups(both) if group & trusted))
    lost = frozenset(each.old for each in said if each.lost and each.author in heard | {each.old})
    confirmed = {each.edge for each in said if each.author in heard}
    holds = confirmed | {edge for edge in both if lost.isdisjoint(edge)}
    together: dict[str, frozenset[str]] = {}
    now: dict[str, str] = {}
    for group in _groups(holds):
        present = _present(group, holds, lost)
        together |= dict.fromkeys(group, group)
        now |= dict.fromkeys(group, present)
    return Persons(together, now, lost)


def _said_by_both(said: Iterable[Claim]) -> set[Edge]:
    by_whom: dict[Edge, set[str]] = {}
    for each in said:
        by_whom.setdefault(each.edge, set()).add(each.author)
    return {edge for edge, authors in by_whom.items() if authors >= set(edge)}


def _groups(edges: Iterable[Edge]) -> set[frozenset[str]]:
    """The keys that hang together."""
    group_of: dict[str, frozenset[str]] = {}
    for edge in edges:
        joined = frozenset(edge).union(*(group_of.get(key, frozenset()) for key in edge))
        group_of |= dict.fromkeys(joined, joined)
    return set(group_of.values())


def _present(group: frozenset[str], edges: Iterable[Edge], lost: frozenset[str]) -> str:
    """A key that no other succeeded; in a cycle any, but the same one everywhere."""
    succeeded = {old for old, _ in edges}
    return min(group, key=lambda key: (key in lost, key in succeeded, key))
