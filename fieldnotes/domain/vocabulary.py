"""What a name means: entities with aliases, said by several people, resolved in one way.

Names are kept as they were written. An *entry* is what one person says about one entity; what
follows from everybody's entries together is `resolve`, a pure function of their set.

1. An alias leads to the name of its entry. Where several entries say what an alias means, the
   *strongest* holds: the one with the higher turn, then with the smaller id, then author.
2. `apart` says that two names are not the same: it takes away what weaker entries say of the two.
3. Whoever follows the aliases from a name comes to its root: that is the entity. In a cycle the
   strongest entry of the cycle names the root; of equal turns that is the smallest id.
4. The entity is called as the strongest entry for its root writes it.

The turn is a Lamport clock (one more than any that its writer had seen), so that whoever
renames knowing of the others is heard, whatever the clocks of laptops say.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from fieldnotes.domain.words import fold

TYPE = "vocabulary"
FAMILIES = ("account", "competitor", "product", "tag")
FIELDS = frozenset({"family", "name", "aliases", "apart", "turn"})
LAST_TURN = 2**31 - 1


class Entry(msgspec.Struct, frozen=True):
    """What one person says: these `aliases` mean `name`, and those `apart` do not."""

    family: str
    name: str
    aliases: tuple[str, ...] = ()
    apart: tuple[str, ...] = ()
    turn: int = 0


class Stated(msgspec.Struct, frozen=True):
    """An entry and whose it is: the id and the author of its record."""

    id: str
    author: str
    entry: Entry

    @property
    def weight(self) -> tuple[int, str, str]:
        """Smaller is stronger."""
        return -self.entry.turn, self.id, self.author


class Meaning(msgspec.Struct, frozen=True):
    """The entity behind a name: folded, and as it is called ('' where no entry names it)."""

    root: str
    name: str = ""


def is_known(field: str) -> bool:
    """Whether this program knows what the field means (an unknown one counts as RED)."""
    return field in FIELDS


def to_fields(entry: Entry) -> dict[str, Any]:
    """Leaf name → JSON value; what is empty is left out."""
    fields = {
        "family": entry.family,
        "name": entry.name,
        "aliases": list(entry.aliases),
        "apart": list(entry.apart),
        "turn": entry.turn,
    }
    return {name: value for name, value in fields.items() if value not in ("", [])}


def from_fields(fields: Mapping[str, Any]) -> Entry | None:
    """The entry that these fields tell; None where they tell none. Never raises."""
    family, name = _text(fields.get("family")), _text(fields.get("name"))
    if family not in FAMILIES or not fold(name):
        return None
    turn = fields.get("turn")
    return Entry(
        family=family,
        name=name,
        aliases=_texts(fields.get("aliases")),
        apart=_texts(fields.get("apart")),
        turn=turn if type(turn) is int and 0 <= turn <= LAST_TURN else 0,
    )


def in_words(entry: Entry) -> str:
    """One line for people."""
    if not entry.aliases:
        return entry.name
    first, last = ", ".join(entry.aliases[:-1]), entry.aliases[-1]
    return f"{entry.name}, also called {first + ' and ' if first else ''}{last}"


def resolve(stated: Iterable[Stated]) -> dict[str, Meaning]:
    """Folded name → its meaning, for every name that some entry speaks of.

    All entries are of one family. Their order and repetition do not matter.
    """
    entries = sorted(stated, key=lambda each: each.weight)
    leads = leads_of(entries)
    called: dict[str, str] = {}
    for each in entries:
        called.setdefault(fold(each.entry.name), each.entry.name)
    keys = {key for each in entries for key in names_of(each.entry)}
    roots = {key: _root(key, leads) for key in keys}
    return {key: Meaning(root, called.get(root, "")) for key, root in roots.items()}


def names_of(entry: Entry) -> list[str]:
    """Every name that an entry speaks of, folded."""
    return list(dict.fromkeys(map(fold, (entry.name, *entry.aliases, *entry.apart))))


def leads_of(stated: Iterable[Stated]) -> dict[str, Stated]:
    """Folded alias → the entry that says what it means."""
    entries = sorted(stated, key=lambda each: each.weight)
    parted: dict[frozenset[str], Stated] = {}
    for each in entries:
        for other in each.entry.apart:
            parted.setdefault(frozenset({fold(each.entry.name), fold(other)}), each)
    leads: dict[str, Stated] = {}
    for each in entries:
        name = fold(each.entry.name)
        for alias in map(fold, each.entry.aliases):
            against = parted.get(frozenset({name, alias}))
            if alias != name and alias and (against is None or each.weight <= against.weight):
                leads.setdefault(alias, each)
    return leads


def _root(key: str, leads: Mapping[str, Stated]) -> str:
    passed: dict[str, None] = {}
    while key in leads and key not in passed:
        passed[key] = None
        key = fold(leads[key].entry.name)
    if key not in passed:
        return key
    cycle = list(passed)[list(passed).index(key) :]
    return fold(min((leads[each] for each in cycle), key=lambda each: each.weight).entry.name)


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _texts(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list):
        return ()
    return tuple(each for each in value if isinstance(each, str) and fold(each))
