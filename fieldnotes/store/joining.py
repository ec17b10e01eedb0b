"""Very many records at once: the same rows that `Records.put` makes of them one by one.

New records are written in slices: facts and index in the order of places, counts added up first,
versions as they come. What is known and says nothing new costs a look-up. Whatever else is known
is put one by one, after the slice it came with.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

import msgspec

from fieldnotes.domain import merge
from fieldnotes.domain.attachments import hashes_in
from fieldnotes.domain.merge import History, Word
from fieldnotes.domain.records import Copy
from fieldnotes.store.arriving import Arrival, Key, arrival_of, arrivals_of
from fieldnotes.store.disclosures import Disclosures
from fieldnotes.store.gists import Said
from fieldnotes.store.index import Facts, Indexed, Tally
from fieldnotes.store.known import HEAVY, LOOK, Known, look_up, parts
from fieldnotes.store.records import Records, gist_in

SLICE = 5_000  # new records that are written together
COUNTED = 50_000  # new records that are counted together
LATER = 1_000  # known records that wait for their slice at most
Prove = Callable[[list[Arrival]], list[Arrival]]
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
        self._later: list[tuple[list[Copy], int | None, Prove]] = []  # the bundle it came in
        self._tally, self._uncounted = Tally(), 0
        self._much = False
        self._letters = 0  # of records that wait for their slice, about
        self._vouched: tuple[int, int] | None = None
        self.singly = 0  # records that were known, and of which something else came
        self.changed: set[str] | None = set()  # ids of records; None: more than MANY
        self.let_go: set[str] = set()  # hashes of attachments of what was erased

    def put(
        self, stream: Iterable[list[Copy]], bundle: int | None = None
    ) -> Iterator[tuple[int, list[Arrival]]]:
        """Join each record's copies, as `Records.put` asks for them; yields (its number, copies).

        `bundle`: the number of the one that they came in. Numbers stand at once.
        Rows, `changed` and `let_go` are complete when the joining is.
        """
        for part in self.take(map(arrivals_of, stream), bundle):
            yield from part

    def take(
        self,
        stream: Iterable[list[Arrival]],
        bundle: int | None = None,
        prove: Prove = list,
        *,
        sure: bool = False,
    ) -> Iterator[list[tuple[int, list[Arrival]]]]:
        """The same for versions as files bring them, many records at a time.

        `prove`: those of a record's versions of which it is sure that their author signed them;
        asked where a version, so far vouched for by its file alone, meets others. `sure`: nothing
        has come since they were looked at, so that what was new then is new.
        """
        for part in parts(stream, min(LOOK, self._size)):
            if not self._fresh.keys().isdisjoint(part):
                self._write()
            asked = [key for key, held in part.items() if not (sure and held[0].new)]
            known = look_up(self._records.connection, asked) if asked else {}
            yield [
                self._put(arrivals, known.get(key), bundle, prove) for key, arrivals in part.items()
            ]
            self._write_lines()
            many = len(self._fresh) >= self._size or len(self._later) >= min(LATER, self._size)
            if many or self._letters > HEAVY:
                self._write()

    def finish(self) -> None:
        """Write what is still waiting."""
        self._write()
        self._count()
        if self._much:
            self._records.index.hold(much=False)

    def _put(
        self, arrivals: list[Arrival], held: Known | None, bundle: int | None, prove: Prove
    ) -> tuple[int, list[Arrival]]:
        if held is None:
            return self._add(arrivals), arrivals
        if not held.says(arrivals):
            arrivals = prove(arrivals)
            if arrivals:
                self._later.append(([each.copy() for each in arrivals], bundle, prove))
                self._letters += sum(len(each.line) for each in arrivals)
            if any(each.erased for each in arrivals):
                self._write()
        return held.note_no, arrivals

    def _add(self, arrivals: list[Arrival]) -> int:
        self._note_no += 1
        facts, said = self._alone(arrivals[0]) if len(arrivals) == 1 else self._together(arrivals)
        held = None
        if facts.removed is None and facts.kind is not None:
            held = self._records.index.weighed(facts, said, self._tally)
            self._letters += len(held.text) + len(held.more)
        self._fresh[arrivals[0].key] = facts, held
        self._has_changed(arrivals[0].id)
        return self._note_no

    def _alone(self, only: Arrival) -> tuple[Facts, Said]:
        """A record of which nothing but one version is there."""
        assert only.gist is not None  # it is not held
        seq = self._line(only)
        if not only.gist.is_note:
            self._entries.append((self._note_no, {only.name: only.copy()}))
        row = self._records.row(only.gist, only.id, only.author, self._note_no, seq, 1)
        return row, only.gist.said

    def _together(self, arrivals: list[Arrival]) -> tuple[Facts, Said]:
        both = merge.join({}, [each.copy() for each in arrivals])
        lines = {name: arrival_of(copy) for name, copy in both.items()}
        seqs = {name: self._line(each) for name, each in lines.items()}
        gist, seq = gist_in(both), seqs[merge.current(both).name]
        if not gist.is_note:
            self._entries.append((self._note_no, both))
        return self._records.derived(gist, both, self._note_no, seq), gist.said

    def _line(self, each: Arrival) -> int:
        self._seq += 1
        name = bytes.fromhex(each.name)
        self._lines.append((self._seq, self._note_no, name, each.line, each.sha256))
        if each.genuine is None:
            self._vouched = (self._vouched or (self._seq,))[0], self._seq
        else:
            self._end_run()
        return self._seq

    def _end_run(self) -> None:
        """Versions that only the file vouches for, in a row."""
        if self._vouched is not None:
            self._records.unproven.add(*self._vouched)
            self._vouched = None

    def _write(self) -> None:
        """The slice, then what its entries mean, then what was known before."""
        self._end_run()
        self._write_lines()
        self._write_fresh()
        if self._entries or self._later:
            self._count()
        for note_no, both in self._entries:
            self._records.vocabulary.put(note_no, both)
            self._records.likenesses.put(note_no, both)
        for later in self._later:
            self._put_singly(*later)
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
            (places[at], *msgspec.structs.astuple(fresh[at][0])[1:]) for at in order
        )
        index = self._records.index
        if len(order) > LOOK and not self._much:
            self._much = True
            index.hold(much=True)
        index.add_words((places[at], held) for at in order if (held := fresh[at][1]))
        self._uncounted += len(order)
        if self._uncounted >= COUNTED:
            self._count()

    def _count(self) -> None:
        """The same names come again and again: counted up, they take fewer rows to be written."""
        self._records.index.add_tally(self._tally)
        self._tally, self._uncounted = Tally(), 0

    def _put_singly(self, copies: list[Copy], bundle: int | None, prove: Prove) -> None:
        self.singly += 1
        revision = copies[0].revision
        facts = self._records.facts(revision.id, revision.author)
        if facts is not None:
            self._sign_again(facts.note_no, copies, prove)
        held = self._records.history(revision.id, revision.author)
        if bundle is not None and facts is not None:
            self._disclosures.note(bundle, facts.note_no, held, copies)
        if self._records.put(revision.id, copies) is not Word.UNCHANGED:
            self._has_changed(revision.id)
        if any(copy.revision.erased for copy in copies):
            self.let_go.update(sha for copy in held.values() for sha in hashes_in(copy.values))

    def _sign_again(self, note_no: int, copies: list[Copy], prove: Prove) -> None:
        """What a file vouched for with a wrong signature takes the right one that comes now."""
        waiting = self._records.unproven.of(note_no)
        if waiting:
            held = self._records.history_of(note_no)
            for copy in copies:
                if copy.name in waiting and not prove([arrival_of(held[copy.name], genuine=None)]):
                    again = msgspec.structs.replace(held[copy.name], signature=copy.signature)
                    self._records.write_line(note_no, again)

    def _has_changed(self, record_id: str) -> None:
        if self.changed is not None:
            self.changed.add(record_id)
            if len(self.changed) > MANY:
                self.changed = None
