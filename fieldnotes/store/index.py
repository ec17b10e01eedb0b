"""The index and the roll-ups: what a note is found by and counted under, always both together."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence

import msgspec

from fieldnotes.domain.moments import month_of
from fieldnotes.domain.notes import Note
from fieldnotes.domain.query import main_texts, names_in, other_texts, things_in
from fieldnotes.domain.words import fold, spelled
from fieldnotes.store.database import Connection
from fieldnotes.store.names import SEVERAL, Names

RULES = "2"  # raised when `words_of`, or what is indexed of a note, changes
FENCE = " \ue000 "  # a word of its own, so that no phrase runs from one text into the next
COUNTED = ("account", "competitor", "product", "tag")
NAMED = (*COUNTED, "kind", "stage", "outcome", "concern", "worked", "language")
FILTER = "¬"  # begins every filter word, and no word of a text
EVERY = f"{FILTER}x"  # the filter word that every note carries
ALL = 0  # in roll-ups: whatever the name
Counts = Counter[tuple[int, int, int]]  # (name, month, kind) → how often
_LITTLE, _MUCH = 1 << 20, 64 << 20  # bytes of words in memory; the first is what FTS5 begins with


class Facts(msgspec.Struct, frozen=True, array_like=True):
    """The narrow row of a record. Numbers are those of names and people."""

    place: int
    note_no: int
    id: bytes
    current: int
    type: int
    kind: int | None
    author: int
    account: int | None
    stage: int | None
    outcome: int | None
    happened: int
    modified: int
    marking: str
    removed: str | None
    versions: int
    masked: int
    sent: int | None


class Indexed(msgspec.Struct, frozen=True):
    """What the index holds of a note."""

    text: str
    more: str
    filters: str


class Index:
    """Words and counts of notes. Writing is the caller's transaction."""

    def __init__(self, connection: Connection, names: Names) -> None:
        self._connection = connection
        self._names = names

    def indexed(self, facts: Facts, note: Note) -> Indexed:
        """What the index holds of a note."""
        tokens = [EVERY, author_token(facts.author)]
        tokens.append(name_token(self._names.number("see", facts.marking)))
        for family in NAMED:
            names = names_in(note, family)
            tokens += (name_token(self._names.number(family, name)) for name in names)
        tokens += map(thing_token, things_in(note))
        if note.meeting and note.meeting.id:
            tokens.append(meeting_token(note.meeting.id))
        return Indexed(
            FENCE.join(map(spelled, main_texts(note))),
            FENCE.join(map(spelled, other_texts(note))),
            " ".join(tokens),
        )

    def counted(self, facts: Facts, note: Note) -> Counts:
        """The roll-up keys (name, month, kind) that a note counts under."""
        if facts.removed is not None or facts.kind is None:
            return Counter()
        named = {self._names.number(f, name) for f in COUNTED for name in names_in(note, f)}
        month = month_of(facts.happened)
        return Counter({(number, month, facts.kind): 1 for number in {ALL, *named}})

    def doubled(self, facts: Facts, note: Note) -> Counts:
        """By how much a note counts too often under entities of which it carries several names."""
        found: Counts = Counter()
        for family in SEVERAL:
            numbers = {self._names.number(family, name) for name in names_in(note, family)}
            if len(numbers) < 2 or facts.removed is not None or facts.kind is None:
                continue
            for entity, n in Counter(map(self._names.stands_for, numbers)).items():
                if n > 1:
                    found[entity, month_of(facts.happened), facts.kind] += n - 1
        return found

    def add(self, facts: Facts, note: Note) -> None:
        """Hold the words of a note and count it; nothing of what was removed or is no note."""
        if facts.removed is not None or facts.kind is None:
            return
        self.add_words([(facts.place, self.indexed(facts, note))])
        self.add_counts(self.counted(facts, note), self.doubled(facts, note))

    def add_words(self, held: Iterable[tuple[int, Indexed]]) -> None:
        """Hold the words of notes at their places; cheapest in the order of these."""
        self._connection.executemany(
            "INSERT INTO words (rowid, text, more, filters) VALUES (?, ?, ?, ?)",
            ((place, each.text, each.more, each.filters) for place, each in held),
        )

    def add_counts(self, counted: Counts, doubled: Counts) -> None:
        """Count what `counted` and `doubled` said, of one note or of many."""
        self._count("rollups", counted, 1)
        self._count("doubles", doubled, 1)

    def hold(self, much: bool) -> None:
        """Whether many notes are written to the file together; they take memory until then."""
        self._connection.execute(
            "INSERT INTO words (words, rank) VALUES ('hashsize', ?)", (_MUCH if much else _LITTLE,)
        )

    def take_out(self, facts: Facts, note: Note) -> None:
        """Forget what `add` did for this row."""
        if facts.removed is None and facts.kind is not None:
            self.take_out_many([(facts, note)])

    def take_out_many(self, held: Sequence[tuple[Facts, Note]]) -> None:
        """The same for many notes, none of which is removed."""
        self._connection.executemany(
            "DELETE FROM words WHERE rowid = ?", sorted((facts.place,) for facts, _ in held)
        )
        for table, keys in (("rollups", self.counted), ("doubles", self.doubled)):
            together: Counts = Counter()
            for each in held:
                together.update(keys(*each))
            self._count(table, together, -1)

    def _count(self, table: str, keys: Counts, sign: int) -> None:
        if not keys:
            return
        self._connection.executemany(
            f"INSERT INTO {table} (name, month, kind, n) VALUES (?, ?, ?, ?)"
            " ON CONFLICT (name, month, kind) DO UPDATE SET n = n + excluded.n",
            [(*key, sign * times) for key, times in keys.items()],
        )
        if sign < 0:
            self._connection.executemany(
                f"DELETE FROM {table} WHERE name = ? AND month = ? AND kind = ? AND n = 0",
                list(keys),
            )


def name_token(number: int) -> str:
    """The filter word of a name as it was written."""
    return f"{FILTER}n{number}"


def author_token(number: int) -> str:
    """The filter word of an author."""
    return f"{FILTER}a{number}"


def thing_token(thing: str) -> str:
    """The filter word of what hangs on a note: one of domain.query.THINGS."""
    return f"{FILTER}h{thing}"


def meeting_token(meeting: str) -> str:
    """The filter word of a meeting's id, whatever its case."""
    return f"{FILTER}m" + hashlib.sha256(fold(meeting).encode()).hexdigest()[:16]
