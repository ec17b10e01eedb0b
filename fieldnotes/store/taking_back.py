"""Take a batch back: whatever no other file brought, and nothing of the owner's, goes again.

Part by part inside one transaction: a record goes wholly, or is put back to the versions that are
left, or stays and says why. Removals stay, also those that only this batch brought.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from uuid import UUID

import msgspec

from fieldnotes.domain import merge, note_fields
from fieldnotes.domain.attachments import hashes_in
from fieldnotes.domain.batches import Back, Left, TakenBack, Why
from fieldnotes.domain.likeness import TYPE as LIKENESS
from fieldnotes.domain.merge import History
from fieldnotes.domain.notes import Note
from fieldnotes.domain.query import names_in
from fieldnotes.domain.records import Copy, read_line
from fieldnotes.errors import FieldnotesError
from fieldnotes.store.database import Connection, one, rows
from fieldnotes.store.disclosures import Disclosures
from fieldnotes.store.gists import NAMED, said_in
from fieldnotes.store.held_records import TAKEN_BACK
from fieldnotes.store.index import Facts
from fieldnotes.store.records import Records
from fieldnotes.store.seals import seal_of
from fieldnotes.store.vocabulary import stated_by

PART = 1_000  # records that are taken back together
TIMES_TAKEN_BACK = TAKEN_BACK
LISTED = 10_000  # of those left, that are told one by one
Progress = Callable[[int, int], None]


class _Held(msgspec.Struct):
    """One record of the batch: its versions, and which bundles beside the batch brought each."""

    note_no: int
    facts: Facts | None
    author: str
    history: dict[str, Copy]
    whole: bool
    mine: set[str]  # names of versions that the batch brought
    others: dict[str, list[int]]
    passed_on: bool

    def only_here(self) -> set[str]:
        """Versions that nothing but the batch brought, removals aside."""
        return {
            name
            for name in self.mine - self.others.keys()
            if name in self.history and self.history[name].revision.removed is None
        }


class TakingBack:
    """Takes one batch back. `cited`: ids that something of the owner's refers to."""

    def __init__(self, records: Records, batch: int, cited: frozenset[str]) -> None:
        self._records, self._batch, self._cited = records, batch, cited
        self._own = records.own
        self._connection = records.connection
        self._disclosures = Disclosures(records.connection)
        self._counts: Counter[str] = Counter()
        self._left: list[Left] = []
        self._back: list[Back] = []
        self._names: set[tuple[str, str]] = set()
        self.attached: set[str] = set()  # hashes of what the versions that went referred to

    def run(self, batch_id: str, progress: Progress) -> TakenBack:
        """Do it, inside the caller's transaction."""
        self._through(progress, self._take)
        _forget_batch(self._connection, self._batch)
        for family, name in sorted(self._names):
            self._records.names.drop_unused(family, name)
        return self._told(batch_id)

    def look(self, batch_id: str, progress: Progress) -> TakenBack:
        """What `run` would do; nothing but tables that nobody else sees is written."""
        self._through(progress, lambda part: list(map(self._weigh, part)))
        _drop_what_came(self._connection)
        return self._told(batch_id)

    def _through(self, progress: Progress, each: Callable[[list[_Held]], object]) -> None:
        """Part by part."""
        numbers = _note_what_came(self._connection, self._batch)
        for start in range(0, len(numbers), PART):
            part = numbers[start : start + PART]
            each(_held(self._connection, part))
            progress(min(start + PART, len(numbers)), len(numbers))

    def _told(self, batch_id: str) -> TakenBack:
        counts = self._counts
        return TakenBack(
            batch_id,
            counts["reversed"],
            counts["kept"],
            counts["failed"],
            tuple(self._left),
            tuple(self._back),
        )

    def _take(self, part: list[_Held]) -> None:
        gone: list[tuple[Facts, Note]] = []
        for held in part:
            left = self._weigh(held)
            if left is held.history:
                continue
            assert held.facts is not None
            lost = [held.history[name] for name in held.history.keys() - left.keys()]
            self.attached.update(sha for copy in lost for sha in hashes_in(copy.values))
            self._names |= _names_of(held.history)
            if left:
                self._records.take_back(held.note_no, held.history, left)
            else:
                gone.append((held.facts, _note(held.history)))
        take_out(self._records, gone)

    def _weigh(self, held: _Held) -> History:
        """Count and list what becomes of a record; returns which of its versions are left."""
        why = self._why_it_stays(held)
        left = held.history if why is not None else self._what_is_left(held)
        if why is None and left:
            why = _still_shown(held.history, left)
        if why is not None:
            self._stays(held, why)
        else:
            self._counts["reversed"] += 1
            if len(self._back) < LISTED and held.facts is not None:
                heading = _note(held.history).heading
                self._back.append(Back(_id(held.facts), heading, goes=not left))
        return left

    def _why_it_stays(self, held: _Held) -> Why | None:
        """Why nothing of a record is touched; None where something may be."""
        if not held.whole or held.facts is None:
            return Why.DAMAGED
        if held.author in self._own:
            return Why.MINE
        if not held.only_here() and not self._shows_less(held):
            here = [held.history[name] for name in held.mine if name in held.history]
            removed = any(copy.revision.removed for copy in here)
            return Why.REMOVED if removed or not here else Why.OTHERS
        if _id(held.facts) in self._cited:
            return Why.CITED
        return Why.PASSED_ON if held.passed_on else None

    def _what_is_left(self, held: _Held) -> dict[str, Copy]:
        only_here = held.only_here()
        left = {name: copy for name, copy in held.history.items() if name not in only_here}
        return left | self._shows_less(held)

    def _shows_less(self, held: _Held) -> dict[str, Copy]:
        """Versions of which the batch disclosed something that no other file did."""
        found = {}
        for name in held.mine & held.others.keys() & held.history.keys():
            copy = held.history[name]
            if copy.revision.removed is not None:
                continue
            left = self._disclosures.left(held.note_no, name, copy, held.others[name])
            if left != copy:
                found[name] = left
        return found

    def _stays(self, held: _Held, why: Why) -> None:
        self._counts["failed" if why is Why.DAMAGED else "kept"] += 1
        if len(self._left) < LISTED:
            record_id = _id(held.facts) if held.facts else ""
            heading = _note(held.history).heading if held.history and held.whole else ""
            self._left.append(Left(record_id, heading, why, self._removed_by(held)))

    def _removed_by(self, held: _Held) -> str:
        if held.facts is None or held.facts.removed is None:
            return ""
        return self._records.people.card(held.facts.author).name


def _still_shown(history: History, left: History) -> Why | None:
    """Why a record shows the same as before with fewer versions; None where it does not."""
    before, after = merge.current(history), merge.current(left)
    if merge.view(history, before) != merge.view(left, after) or before.name != after.name:
        return None
    return Why.REMOVED if after.revision.removed else Why.NEWER


def cited_by_owner(records: Records, found: Callable[[bytes], Iterator[str]]) -> set[str]:
    """Whatever `found` finds in the current versions of the owner's records, but their own ids.

    What is said of two notes' likeness waits for them, as it does before they have come.
    """
    cited: set[str] = set()
    for author in records.own:
        for own_id, line in records.connection.execute(_OWN, (bytes.fromhex(author), LIKENESS)):
            cited |= set(found(line)) - {str(UUID(bytes=own_id))}
    return cited


def take_out_record(records: Records, note_no: int, history: History) -> None:
    """A record whose versions are `history` is not here any more."""
    top = merge.current(history)
    facts = records.facts(top.revision.id, top.revision.author)
    assert facts is not None
    assert facts.note_no == note_no
    take_out(records, [(facts, _note(history))])


def count_taking_back(connection: Connection) -> None:
    """Whoever remembers what was there has to look again."""
    times = one(connection, "SELECT value FROM about WHERE key = ?", TIMES_TAKEN_BACK)
    told = str(int(times or 0) + 1)
    connection.execute(
        "INSERT OR REPLACE INTO about (key, value, seal) VALUES (?, ?, ?)",
        (TIMES_TAKEN_BACK, told, seal_of(TIMES_TAKEN_BACK, told)),
    )


def take_out(records: Records, gone: list[tuple[Facts, Note]]) -> None:
    """These records are not here any more, nor anything that is derived from them."""
    numbers = [facts.note_no for facts, _ in gone]
    records.index.take_out_many(
        [(facts, said_in(note)) for facts, note in gone if facts.removed is None and facts.kind]
    )
    for table in ("facts", "history"):
        records.connection.executemany(
            f"DELETE FROM {table} WHERE note_no = ?", [(no,) for no in numbers]
        )
    records.likenesses.drop(numbers)
    for facts, _ in gone:
        if facts.kind is None:
            records.vocabulary.drop(facts.note_no)


def _note_what_came(connection: Connection, batch: int) -> list[int]:
    """Remember what the batch brought, and who brought it as well; numbers of its records."""
    for statement in _BROUGHT:
        connection.execute(statement, {"batch": batch} if ":batch" in statement else {})
    return [no for (no,) in rows(connection, "SELECT DISTINCT note_no FROM temp.brought")]


def _held(connection: Connection, numbers: list[int]) -> list[_Held]:
    """What is known of some records of the batch."""
    asked = msgspec.json.encode(numbers).decode()
    found = {no: _Held(no, None, "", {}, True, set(), defaultdict(list), False) for no in numbers}
    columns = ", ".join(f"f.{name}" for name in Facts.__struct_fields__)
    for author, *row in rows(connection, _FACTS.format(columns=columns), asked):
        facts = Facts(*row)
        found[facts.note_no].facts, found[facts.note_no].author = facts, author.hex()
    for note_no, name, line, sha256 in rows(connection, _HISTORY, asked):
        _read(found[note_no], name.hex(), line, sha256)
    for note_no, name in rows(connection, _MINE, asked):
        found[note_no].mine.add(name.hex())
    for note_no, name, bundle in rows(connection, _OTHERS, asked):
        found[note_no].others[name.hex()].append(bundle)
    for (note_no,) in rows(connection, _PASSED_ON, asked):
        found[note_no].passed_on = True
    return list(found.values())


def _read(held: _Held, name: str, line: bytes, sha256: bytes) -> None:
    held.whole = held.whole and hashlib.sha256(line).digest() == sha256
    if held.whole:
        try:
            held.history[name] = read_line(line)
        except FieldnotesError:
            held.whole = False


def _forget_batch(connection: Connection, batch: int) -> None:
    """Its files are not read in any more, so that they can be once again."""
    for table in ("disclosures", "arrivals", "left_over", "read_whole"):
        connection.execute(
            f"DELETE FROM {table} WHERE bundle IN (SELECT no FROM bundles WHERE batch = ?)",
            (batch,),
        )
    connection.execute("DELETE FROM bundles WHERE batch = ?", (batch,))
    _drop_what_came(connection)


def _drop_what_came(connection: Connection) -> None:
    for table in ("brought", "brought_as_well"):
        connection.execute(f"DROP TABLE temp.{table}")


def _note(history: History) -> Note:
    return note_fields.from_fields(merge.view(history, merge.current(history)))


def _names_of(history: History) -> set[tuple[str, str]]:
    """What is written in a note, or said about names."""
    stated = stated_by(history)
    if stated is not None:
        return {(stated.entry.family, name) for name in (stated.entry.name, *stated.entry.aliases)}
    note = _note(history)
    return {(family, name) for family in NAMED for name in names_in(note, family)}


def _id(facts: Facts) -> str:
    return str(UUID(bytes=facts.id))


_OWN = (
    "SELECT f.id, h.line FROM people p JOIN facts f ON f.author = p.no JOIN history h"
    " ON h.seq = f.current WHERE p.author = ? AND f.removed IS NULL"
    " AND f.type NOT IN (SELECT no FROM names WHERE family = 'type' AND name = ?)"
)
_BROUGHT = (
    "DROP TABLE IF EXISTS temp.brought",
    "DROP TABLE IF EXISTS temp.brought_as_well",
    "CREATE TEMP TABLE brought (note_no INTEGER NOT NULL, revision BLOB NOT NULL,"
    " PRIMARY KEY (note_no, revision)) WITHOUT ROWID",
    "CREATE TEMP TABLE brought_as_well (note_no INTEGER NOT NULL, revision BLOB NOT NULL,"
    " bundle INTEGER NOT NULL, PRIMARY KEY (note_no, revision, bundle)) WITHOUT ROWID",
    "INSERT OR IGNORE INTO temp.brought SELECT a.note_no, a.revision FROM bundles b"
    " JOIN arrivals a ON a.bundle = b.no WHERE b.batch = :batch",
    # one walk over all arrivals: they have no index by note, which every reading in would pay for
    "INSERT INTO temp.brought_as_well SELECT a.note_no, a.revision, a.bundle FROM arrivals a"
    " WHERE a.bundle NOT IN (SELECT no FROM bundles WHERE batch = :batch) AND EXISTS"
    " (SELECT 1 FROM temp.brought t WHERE t.note_no = a.note_no AND t.revision = a.revision)",
)
_ASKED = "FROM json_each(?) j CROSS JOIN"
_FACTS = (
    f"SELECT p.author, {{columns}} {_ASKED} facts f ON f.note_no = j.value JOIN people p"
    " ON p.no = f.author"
)
_HISTORY = (
    f"SELECT h.note_no, h.revision, h.line, h.sha256 {_ASKED} history h ON h.note_no = j.value"
    " ORDER BY h.note_no, h.seq"
)
_MINE = f"SELECT t.note_no, t.revision {_ASKED} temp.brought t ON t.note_no = j.value"
_OTHERS = (
    f"SELECT t.note_no, t.revision, t.bundle {_ASKED} temp.brought_as_well t ON t.note_no = j.value"
)
_PASSED_ON = f"SELECT DISTINCT s.note_no {_ASKED} sent_revisions s ON s.note_no = j.value"
