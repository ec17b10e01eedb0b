"""Very many records at once: the same rows that `Records.put` makes of them one by one.

New records are written in slices: facts and index in the order of places, counts added up first,
versions as they come. What is known and says nothing new costs a look-up. Whatever else is known
is put one by one, after the slice it came with.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

import msgspec

from fieldnotes.domain import merge
from fieldnotes.domain.attachments import hashes_in
from fieldnotes.domain.merge import History, Word
from fieldnotes.domain.records import Copy, to_line
from fieldnotes.store.disclosures import Disclosures
from fieldnotes.store.index import Counts, Facts, Indexed
from fieldnotes.store.known import HEAVY, LOOK, Key, Known, look_up, parts
from fieldnotes.store.records import Records

SLICE = 50_000  # new records that are written together
LATER = 1_000  # known records that wait for their slice at most
MANY = 10_000  # changed records that somebody may still want to list


@contextmanager
def joining(records: Records, size: int = SLICE) -> Iterator[Joining]:
    """Join many records inside one transaction of the caller, who writes nothing else meanwhile."""
    each = Joining(records, size)
    yield each
    each.finish()


class Joining:
    """Takes records in any order and writes them in slices. Made by `joining`."""

    def __init__(self, records: Records, size: int) -> None:
        self._records, self._size = records, size
        self._note_no, self._seq = records.last_numbers()
        self._lines: list[tuple[int, int, bytes, bytes, bytes]] = []
        self._fresh: dict[Key, tuple[Facts, Indexed | None]] = {}
        self._entries: list[tuple[int, History]] = []
        self._disclosures = Disclosures(records.connection)
        self._later: list[tuple[list[Copy], int | None]] = []  # and the bundle it came in
        self._counted: Counts = Counter()
        self._doubled: Counts = Counter()
        self._much = False
        self._letters = 0  # of new records that wait for their slice
        self.changed: set[str] | None = set()  # ids of records; None: more than MANY
        self.let_go: set[str] = set()  # hashes of attachments of what was erased

    def put(
        self,
        stream: Iterable[list[Copy]],
        bundle: int | None = None,
        weight: Callable[[], int] = lambda: 0,
    ) -> Iterator[tuple[int, list[Copy]]]:
        """Join each record's copies, as `Records.put` asks for them; yields (its number, copies).

        `bundle`: the number of the one that they came in; `weight`: of all that came out of
        `stream` so far, in bytes of memory. Numbers stand at once.
        Rows, `changed` and `let_go` are complete when the joining is.
        """
        for part in parts(stream, min(LOOK, self._size), weight):
            if not self._fresh.keys().isdisjoint(part):
                self._write()
            known = look_up(self._records.connection, part)
            for key, copies in part.items():
                yield self._put(key, copies, known.get(key), bundle), copies
            self._write_lines()
            many = len(self._fresh) >= self._size or len(self._later) >= min(LATER, self._size)
            if many or self._letters > HEAVY:
                self._write()

    def finish(self) -> None:
        """Write what is still waiting."""
        self._write()
        if self._much:
            self._records.index.hold(much=False)

    def _put(self, key: Key, copies: list[Copy], held: Known | None, bundle: int | None) -> int:
        if held is None:
            return self._add(key, copies)
        if not held.says(copies):
            self._later.append((copies, bundle))
            if any(copy.revision.erased for copy in copies):
                self._write()
        return held.note_no

    def _add(self, key: Key, copies: list[Copy]) -> int:
        self._note_no += 1
        both = merge.join({}, copies)
        seqs = {name: self._line(name, copy) for name, copy in both.items()}
        facts, note = self._records.derived(both, self._note_no, seqs)
        held = None
        if facts.removed is None and facts.kind is not None:
            index = self._records.index
            held = index.indexed(facts, note)
            self._letters += len(held.text) + len(held.more)
            self._counted.update(index.counted(facts, note))
            self._doubled.update(index.doubled(facts, note))
        if facts.kind is None:
            self._entries.append((self._note_no, both))
        self._fresh[key] = facts, held
        self._has_changed(key[0])
        return self._note_no

    def _line(self, name: str, copy: Copy) -> int:
        self._seq += 1
        line = to_line(copy)
        sha256 = hashlib.sha256(line).digest()
        self._lines.append((self._seq, self._note_no, bytes.fromhex(name), line, sha256))
        return self._seq

    def _write(self) -> None:
        """The slice, then what its entries mean, then what was known before."""
        self._write_lines()
        self._write_fresh()
        for note_no, both in self._entries:
            self._records.vocabulary.put(note_no, both)
            self._records.likenesses.put(note_no, both)
        for copies, bundle in self._later:
            self._put_singly(copies, bundle)
        self._seq = self._records.last_numbers()[1]
        self._fresh, self._entries, self._later, self._letters = {}, [], [], 0

    def _write_lines(self) -> None:
        self._records.connection.executemany(
            "INSERT INTO history (seq, note_no, revision, line, sha256) VALUES (?, ?, ?, ?, ?)",
            self._lines,
        )
        self._lines = []

    def _write_fresh(self) -> None:
        fresh = [(facts, held) for facts, held in self._fresh.values()]
        asked = [(facts.happened, record_id) for (record_id, _), (facts, _) in self._fresh.items()]
        places = self._records.places.free_for(asked)
        order = sorted(range(len(places)), key=places.__getitem__)
        self._records.add_facts(
            msgspec.structs.replace(fresh[at][0], place=places[at]) for at in order
        )
        index = self._records.index
        if len(order) > LOOK and not self._much:
            self._much = True
            index.hold(much=True)
        index.add_words((places[at], held) for at in order if (held := fresh[at][1]))
        index.add_counts(self._counted, self._doubled)
        self._counted, self._doubled = Counter(), Counter()

    def _put_singly(self, copies: list[Copy], bundle: int | None) -> None:
        revision = copies[0].revision
        held = self._records.history(revision.id, revision.author)
        facts = self._records.facts(revision.id, revision.author)
        if bundle is not None and facts is not None:
            self._disclosures.note(bundle, facts.note_no, held, copies)
        if self._records.put(revision.id, copies) is not Word.UNCHANGED:
            self._has_changed(revision.id)
        if any(copy.revision.erased for copy in copies):
            self.let_go.update(sha for copy in held.values() for sha in hashes_in(copy.values))

    def _has_changed(self, record_id: str) -> None:
        if self.changed is not None:
            self.changed.add(record_id)
            if len(self.changed) > MANY:
                self.changed = None
