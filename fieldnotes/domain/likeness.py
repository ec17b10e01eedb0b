"""Two notes that say the same thing: when that may be so, and what somebody said about it.

Whether two notes *may* say the same is a measure: the share of their words that stand in both, in
the same order, in runs of at least `RUN` words. Single words that notes have in common ("the",
"pricing", a competitor) count for nothing, whole phrases do. Three rules, tuned on notes that
other people wrote:

1. The words of a note are its text and its quotes; where it has none, its title.
2. Fewer than `SHORTEST` words say too little to be the same as anything.
3. From `ENOUGH` on, two notes are offered as the same. What is less is merely similar.

While somebody types, the earlier note is mostly the longer one: then a text of `SOME` words is
offered as soon as nearly all of it (`WITHIN`) stands in the earlier note.

Whether they *are* the same, only a person says. That is a record of its own, so that nobody's
note is touched. What follows from several people's records is `judged`: of two people who say
different things, the one with the higher turn holds (a Lamport clock, as in the vocabulary),
then "the same" before "not the same". A note that a record speaks of may not be here yet.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from fieldnotes.domain.notes import Note
from fieldnotes.domain.words import words_of

TYPE = "likeness"
FIELDS = frozenset({"one", "other", "same", "turn"})
LAST_TURN = 2**31 - 1

RUN = 3
ENOUGH = 0.69
SHORTEST = 6
SOME = 10
WITHIN = 0.85
MOST_WORDS = 2_000  # of one note are compared

Pair = tuple[str, str]  # ids of two notes, the smaller first


class Likeness(msgspec.Struct, frozen=True):
    """What one person says of two notes."""

    notes: Pair
    same: bool
    turn: int = 0


class Stated(msgspec.Struct, frozen=True):
    """A likeness and whose it is: the id and the author of its record."""

    id: str
    author: str
    likeness: Likeness

    @property
    def weight(self) -> tuple[int, bool, str, str]:
        """Smaller is stronger."""
        return -self.likeness.turn, not self.likeness.same, self.id, self.author


def pair_of(one: str, other: str) -> Pair:
    """The ids of two notes in the order in which a likeness has them."""
    return (one, other) if one <= other else (other, one)


def judged(stated: Iterable[Stated]) -> dict[Pair, bool]:
    """Whether two notes are the same, for every pair that somebody judged."""
    verdicts: dict[Pair, bool] = {}
    for each in sorted(stated, key=lambda each: each.weight):
        verdicts.setdefault(each.likeness.notes, each.likeness.same)
    return verdicts


def groups(verdicts: Mapping[Pair, bool]) -> dict[str, frozenset[str]]:
    """Note → all notes that are the same as it, itself among them; who is alone is left out."""
    held: dict[str, set[str]] = {}
    for (one, other), same in verdicts.items():
        if same:
            both = held.get(one, {one}) | held.get(other, {other})
            held |= dict.fromkeys(both, both)
    return {note: frozenset(others) for note, others in held.items()}


def said_in(note: Note) -> list[str]:
    """The words by which a note is compared; none where there are too few."""
    text = note.text or note.text_redacted
    words = words_of(" ".join([text, *(quote.text for quote in note.quotes)]))
    words = words or words_of(note.title)
    return words[:MOST_WORDS] if len(words) >= SHORTEST else []


def share_of(runs: Iterable[int], words: int) -> float:
    """`runs`: how many words stand in a row in both texts; `words`: of both texts together."""
    counted = sum(run for run in runs if run >= RUN)
    return 2 * counted / words if words else 0.0


def is_known(field: str) -> bool:
    """Whether this program knows what the field means (an unknown one counts as RED)."""
    return field in FIELDS


def to_fields(likeness: Likeness) -> dict[str, Any]:
    """Leaf name → JSON value."""
    one, other = likeness.notes
    return {"one": one, "other": other, "same": likeness.same, "turn": likeness.turn}


def from_fields(fields: Mapping[str, Any]) -> Likeness | None:
    """The likeness that these fields tell; None where they tell none. Never raises."""
    one, other, same = (fields.get(name) for name in ("one", "other", "same"))
    if not _is_id(one) or not _is_id(other) or one == other or type(same) is not bool:
        return None
    turn = fields.get("turn")
    turn = turn if type(turn) is int and 0 <= turn <= LAST_TURN else 0
    return Likeness(pair_of(str(one), str(other)), same, turn)


def in_words(likeness: Likeness) -> str:
    """One line for people."""
    return "Two notes say the same" if likeness.same else "Two notes do not say the same"


def _is_id(value: Any) -> bool:
    """A UUID as records write it."""
    if not isinstance(value, str) or [len(part) for part in value.split("-")] != [8, 4, 4, 4, 12]:
        return False
    return all(c in "0123456789abcdef-" for c in value)
