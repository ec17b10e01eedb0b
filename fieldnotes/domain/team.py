"""The team list: whose key is whose, as one person (marketing, mostly) keeps and sends it.

Each entry is a record of whoever keeps the list. What follows from the entries of everybody whose
list is trusted is `listings`, a pure function of their set: a key that one of them withdrew is
withdrawn; otherwise the entry with the smaller keeper, then id, says who it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from fieldnotes.domain.people import KeyCard, card_from

TYPE = "team"
FIELDS = frozenset({"name", "region", "language", "email", "card", "withdrawn"})


class Member(msgspec.Struct, frozen=True):
    """One entry. `withdrawn`: this key is not theirs any more, say because a laptop was lost."""

    name: str
    card: KeyCard
    region: str = ""
    language: str = ""
    email: str = ""
    withdrawn: bool = False


class Listing(msgspec.Struct, frozen=True):
    """An entry and whose it is: the id and the author of its record."""

    id: str
    keeper: str
    member: Member


def to_fields(member: Member) -> dict[str, Any]:
    """Leaf name → JSON value; what is empty is left out."""
    fields = {
        "name": member.name,
        "card": member.card.written(),
        "region": member.region,
        "language": member.language,
        "email": member.email,
        "withdrawn": member.withdrawn,
    }
    return {name: value for name, value in fields.items() if value not in ("", False)}


def from_fields(fields: Mapping[str, Any]) -> Member | None:
    """The entry that these fields tell; None where they tell none. Never raises."""
    card = card_from(fields.get("card"))
    if card is None:
        return None
    texts = {name: _text(fields.get(name)) for name in ("region", "language", "email")}
    name = _text(fields.get("name")) or card.name
    return Member(name, card, **texts, withdrawn=fields.get("withdrawn") is True)


def listings(said: Iterable[Listing], trusted: frozenset[str]) -> dict[str, Listing]:
    """Hash of a key → the entry that holds for it, of those whose list is trusted."""
    heard = [each for each in said if each.keeper in trusted]
    heard.sort(key=lambda each: (not each.member.withdrawn, each.keeper, each.id))
    found: dict[str, Listing] = {}
    for each in heard:
        found.setdefault(each.member.card.author, each)
    return found


def _text(value: Any) -> str:
    return value if isinstance(value, str) and len(value) <= 200 else ""
