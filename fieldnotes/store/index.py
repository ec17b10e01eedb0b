"""The index and the roll-ups: what a note is found by and counted under, always both together."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

import msgspec

from fieldnotes.domain.moments import month_of
from fieldnotes.store.database import Connection, rows
from fieldnotes.store.gists import COUNTED, FILTER, Said
from fieldnotes.store.names import LONGEST, SEVERAL, Names

# raised when `words_of`, what is indexed of a note, or the fields that this program knows change
RULES = "2"
CLOSELY = "-"
EVERY = f"{FILTER}x"  # the filter word that every note carries
ALL = 0  # in roll-ups: whatever the name
Counts = Counter[tuple[int, int, int]]  # (name, month, kind) → how often
_LITTLE_CACHED, _MUCH_CACHED = -8_000, -16_000  # KiB of pages; the first is what SQLite begins with
_LITTLE, _MUCH = 1 << 20, 64 << 20  # bytes of words in memory; the first is what FTS5 begins with


class Facts(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """The narrow row of a record. Numbers are those of names and people.

    `plain`: of a note of which all goes wherever any of it may (see `gists.goes_plainly`) the
    numbers of its tags; CLOSELY of every other record, and None where nobody has looked yet.
    """

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
    plain: str | None


class Indexed(msgspec.Struct, frozen=True, gc=False):
    """What the index holds of a note."""

    text: str
    more: str
    filters: str


class Tally(msgspec.Struct):
    """Counts that wait to be added: the numbers of names, each as often as it was counted, by
    (month, kind), and what is counted too often."""

    numbers: defaultdict[tuple[int, int], list[int]] = msgspec.field(
        default_factory=lambda: defaultdict(list)
    )
    doubled: Counts = msgspec.field(default_factory=Counter)


class Held(msgspec.Struct, frozen=True, gc=False):
    """A name: its number and filter word, and its entity where a note may have several."""

    family: str
    number: int
    word: str
    counted: bool
    entity: int | None


class Index:
    """Words and counts of notes. Writing is the caller's transaction."""

    def __init__(self, connection: Connection, names: Names) -> None:
        self._connection = connection
        self._names = names
        self._tokens: dict[tuple[str, str], Held] = {}
        self._begun: dict[tuple[int, str], str] = {}
        self._forgotten = 0

    def indexed(self, facts: Facts, said: Said) -> Indexed:
        """What the index holds of a note."""
        number = self._names.number
        tokens = [self._beginning(facts)]
        tokens += [name_token(number(family, name)) for family, name in said.names]
        return Indexed(said.text, said.more, " ".join(tokens + said.marks))

    def counted(self, facts: Facts, said: Said) -> Counts:
        """The roll-up keys (name, month, kind) that a note counts under."""
        if facts.removed is not None or facts.kind is None:
            return Counter()
        named = {self._names.number(family, name) for family, name in said.named(*COUNTED)}
        month = month_of(facts.happened)
        return Counter({(number, month, facts.kind): 1 for number in {ALL, *named}})

    def doubled(self, facts: Facts, said: Said) -> Counts:
        """By how much a note counts too often under entities of which it carries several names."""
        found: Counts = Counter()
        for family in SEVERAL:
            numbers = {self._names.number(family, name) for _, name in said.named(family)}
            if len(numbers) < 2 or facts.removed is not None or facts.kind is None:
                continue
            for entity, n in Counter(map(self._names.stands_for, numbers)).items():
                if n > 1:
                    found[entity, month_of(facts.happened), facts.kind] += n - 1
        return found

    def weighed(self, facts: Facts, said: Said, tally: Tally) -> Indexed:
        """`indexed` of a note that is counted in `tally` as well."""
        kind, held = facts.kind, self.held(said.names)
        assert kind is not None
        told = tally.numbers[month_of(facts.happened), kind]
        told.append(ALL)
        told += {each.number for each in held if each.counted}
        entities = [each.entity for each in held if each.entity is not None]
        if len(set(entities)) < len(entities):
            tally.doubled.update(self.doubled(facts, said))
        words = [self._beginning(facts), *(each.word for each in held), *said.marks]
        return Indexed(said.text, said.more, " ".join(words))

    def _beginning(self, facts: Facts) -> str:
        """The filter words that have to do with no name that it says."""
        key = facts.author, facts.marking
        words = self._begun.get(key)
        if words is None:
            see = name_token(self._names.number("see", facts.marking))
            words = self._begun[key] = f"{EVERY} {author_token(facts.author)} {see}"
        return words

    def held(self, names: Sequence[tuple[str, str]]) -> list[Held]:
        """Names by (family, name), given numbers where they are new; in a write transaction."""
        known, once = self._known(), []
        for each in names:
            if each not in known:
                known[each] = self._held(*each)
                if len(each[1]) > LONGEST:
                    once.append(each)
        found = [known[each] for each in names]
        for each in once:
            del known[each]
        return found

    def _known(self) -> dict[tuple[str, str], Held]:
        """Names as they were looked up, as long as their numbers and meanings stay."""
        if self._forgotten != self._names.forgotten:
            self._forgotten = self._names.forgotten
            self._tokens.clear()
            self._begun.clear()
        return self._tokens

    def _held(self, family: str, name: str) -> Held:
        number = self._names.number(family, name)
        entity = self._names.stands_for(number) if family in SEVERAL else None
        return Held(family, number, name_token(number), family in COUNTED, entity)

    def add(self, facts: Facts, said: Said) -> None:
        """Hold the words of a note and count it; nothing of what was removed or is no note."""
        if facts.removed is not None or facts.kind is None:
            return
        self.add_words([(facts.place, self.indexed(facts, said))])
        self.add_counts(self.counted(facts, said), self.doubled(facts, said))

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

    def add_tally(self, tally: Tally) -> None:
        """The same for what `weighed` counted."""
        counted = {
            (number, month, kind): n
            for (month, kind), numbers in tally.numbers.items()
            for number, n in Counter(numbers).items()
        }
        self.add_counts(Counter(counted), tally.doubled)

    def hold(self, much: bool) -> None:
        """Whether many notes are written to the file together; they take memory until then."""
        self._connection.execute(
            "INSERT INTO words (words, rank) VALUES ('hashsize', ?)", (_MUCH if much else _LITTLE,)
        )
        pages = _MUCH_CACHED if much else _LITTLE_CACHED
        rows(self._connection, f"PRAGMA cache_size={pages}")

    def take_out(self, facts: Facts, said: Said) -> None:
        """Forget what `add` did for this row."""
        if facts.removed is None and facts.kind is not None:
            self.take_out_many([(facts, said)])

    def take_out_many(self, held: Sequence[tuple[Facts, Said]]) -> None:
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
            sorted((*key, sign * times) for key, times in keys.items()),
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
