"""Records as they are held: histories, views and lists of them. Nothing here writes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple
from uuid import UUID

import msgspec

from fieldnotes.domain import merge, note_fields
from fieldnotes.domain.attachments import hashes_in
from fieldnotes.domain.markings import Marking
from fieldnotes.domain.moments import Moment
from fieldnotes.domain.notes import Note
from fieldnotes.domain.records import Copy, read_line
from fieldnotes.domain.views import NoteView
from fieldnotes.store.arriving import Arrival
from fieldnotes.store.database import Connection, marks, one, rows
from fieldnotes.store.index import Facts
from fieldnotes.store.people import People
from fieldnotes.store.stretches import Told

FACTS = (
    "place note_no id current type kind author account stage outcome happened modified marking"
    " removed versions masked sent plain"
).split()
TAKEN_BACK = "times taken back"  # in about: for whoever remembers what was there
_TRASH = "removed IS NOT NULL AND removed != 'erase' AND sent IS NOT NULL AND kind IS NOT NULL"


class State(NamedTuple):
    """Two alike: no version came between. `seq`: of the last one; how often some were taken back"""

    seq: int
    taken_back: int


class HeldRecords:
    """Reads records."""

    def __init__(self, connection: Connection, people: People, owner: str) -> None:
        self.connection = connection
        self.people = people
        self.owner = owner
        self._own = frozenset({owner})

    @property
    def own(self) -> frozenset[str]:
        """The owner's keys: this library's, and those of earlier laptops, here or lost.

        Whatever another program or thread has added is seen, but never in the midst of something.
        """
        if not self.connection.in_transaction:
            self.look_for_own_keys()
        return self._own

    def look_for_own_keys(self) -> None:
        """Somebody else may have added one."""
        found = rows(self.connection, _OWN_KEYS, bytes.fromhex(self.owner))
        self._own = frozenset({self.owner, *(author.hex() for (author,) in found)})

    def history(self, record_id: str, author: str | None = None) -> dict[str, Copy]:
        """Every accepted copy by revision name; empty where the record is unknown.

        A record is its id and its author: whoever signs under somebody else's id makes a record
        of their own. Keys of one person are one author (see store/persons.py). Without `author`
        the owner's is meant, else the first that came.
        """
        number = self._number_of(record_id, author)
        return {} if number is None else self.history_of(number)

    def history_of(self, note_no: int) -> dict[str, Copy]:
        """The same for the record with this number."""
        sql = "SELECT line FROM history WHERE note_no = ? ORDER BY seq"
        lines = rows(self.connection, sql, note_no)
        copies = (read_line(line) for (line,) in lines)
        return {copy.name: copy for copy in copies}

    def just_so(self, told: Iterable[Told]) -> list[list[Arrival]] | None:
        """Versions that were held when somebody looked; None where one of them is not any more."""
        found = []
        for note_no, names in told:
            sql = "SELECT revision, line, sha256 FROM history WHERE note_no = ? AND revision IN"
            sql += f" ({marks(len(names))})"
            held = rows(self.connection, sql, note_no, *map(bytes.fromhex, names))
            if len(held) < len(names):
                return None
            found.append([_just_so(*row) for row in held])
        return found

    def resolve(self, reference: str) -> str | None:
        """The full id behind an id, a unique beginning of one, or a note's short number."""
        if reference.isdecimal() and len(reference) < 12:
            found = one(self.connection, "SELECT id FROM facts WHERE note_no = ?", int(reference))
            if found:
                return str(UUID(bytes=found))
        digits = reference.replace("-", "").lower()
        if not 4 <= len(digits) <= 32 or set(digits) - set("0123456789abcdef"):
            return None
        low, high = digits.ljust(32, "0"), digits.ljust(32, "f")
        several = rows(
            self.connection,
            "SELECT DISTINCT id FROM facts WHERE id BETWEEN ? AND ? LIMIT 2",
            bytes.fromhex(low),
            bytes.fromhex(high),
        )
        return str(UUID(bytes=several[0][0])) if len(several) == 1 else None

    def named(self) -> Iterator[tuple[str, str]]:
        """(id, author) of all records, in that order."""
        sql = (
            "SELECT f.id, p.author FROM facts f JOIN people p ON p.no = f.author"
            " ORDER BY f.id, p.author"
        )
        for each, author in self.connection.execute(sql):
            yield str(UUID(bytes=each)), author.hex()

    def views(self, places: list[int]) -> list[NoteView]:
        """The notes at `places`, in that order."""
        found: dict[int, NoteView] = {}
        for start in range(0, len(places), 500):
            part = places[start : start + 500]
            sql = _VIEW + f" WHERE f.place IN ({marks(len(part))})"
            found |= {row[0]: self._view(row) for row in rows(self.connection, sql, *part)}
        return [found[place] for place in places if place in found]

    def shown(self, line: bytes) -> Note:
        """The note that a line tells, with what only other copies of it show."""
        fields, hidden, told = read_fields(line)
        if hidden:
            history = self.history(told["id"], told["author"])
            fields = merge.view(history, merge.current(history))
        return note_fields.from_fields(fields)

    def ids_at(self, places: Sequence[int]) -> dict[int, str]:
        """The ids of the records at these places, as far as there are some."""
        found: dict[int, str] = {}
        for start in range(0, len(places), 500):
            part = places[start : start + 500]
            sql = f"SELECT place, id FROM facts WHERE place IN ({marks(len(part))})"
            found |= {at: str(UUID(bytes=each)) for at, each in rows(self.connection, sql, *part)}
        return found

    def view(self, record_id: str, author: str | None = None) -> NoteView | None:
        """One note, removed or not; `author` as in `history`."""
        number = self._number_of(record_id, author)
        found = rows(self.connection, _VIEW + " WHERE f.note_no = ?", number)
        return self._view(found[0]) if found else None

    def currents(self) -> Iterator[tuple[str, str, bytes, bytes]]:
        """(id, author, revision, line) of the current version of every record, in that order."""
        sql = (
            "SELECT f.id, p.author, h.revision, h.line FROM facts f JOIN history h"
            " ON h.seq = f.current JOIN people p ON p.no = f.author ORDER BY f.id, p.author"
        )
        for record_id, author, revision, line in self.connection.execute(sql):
            yield str(UUID(bytes=record_id)), author.hex(), revision, line

    def numbers_of(self, record_ids: Iterable[str]) -> list[int]:
        """The short numbers of the owner's records among these."""
        found = (self._number_of(each, self.owner) for each in record_ids)
        return [number for number in found if number is not None]

    def count_own(self) -> int:
        """The owner's notes that are not removed."""
        sql = "SELECT count(*) FROM facts WHERE sent >= 0 AND removed IS NULL AND kind IS NOT NULL"
        return int(one(self.connection, sql))

    def count_by(self, author_name: str) -> int:
        """Notes held of everybody who goes by this name."""
        total = 0
        for number, card in self.people.numbers().items():
            if card.name == author_name:
                sql = "SELECT count(*) FROM facts WHERE author = ? AND removed IS NULL"
                total += int(one(self.connection, sql, number))
        return total

    def removed_places(self) -> list[int]:
        """Records that were removed."""
        sql = "SELECT place FROM facts WHERE removed IS NOT NULL ORDER BY place DESC"
        return [place for (place,) in rows(self.connection, sql)]

    def trash(self, limit: int) -> list[int]:
        """Where the owner's notes are that were removed but not erased, the last first."""
        sql = f"SELECT place FROM facts WHERE {_TRASH} ORDER BY modified DESC LIMIT ?"
        return [place for (place,) in rows(self.connection, sql, limit)]

    def count_trash(self) -> int:
        """How many those are."""
        return int(one(self.connection, f"SELECT count(*) FROM facts WHERE {_TRASH}"))

    def other_places(self) -> list[int]:
        """Records of types that are no notes (a newer program's): kept and passed on."""
        sql = "SELECT place FROM facts WHERE removed IS NULL AND kind IS NULL ORDER BY place DESC"
        return [place for (place,) in rows(self.connection, sql)]

    def attached(self) -> set[str]:
        """Hex hashes of all content that any held version refers to."""
        found: set[str] = set()
        query = "SELECT line FROM history WHERE instr(line, CAST('attachments.' AS BLOB))"
        for (line,) in self.connection.execute(query):
            found.update(hashes_in(read_fields(line)[0]))
        return found

    def last_numbers(self) -> tuple[int, int]:
        """The last number given to a record, and to a version."""
        seq = one(self.connection, "SELECT seq FROM sqlite_sequence WHERE name = 'history'")
        return self._next_note_no() - 1, int(seq or 0)

    def state(self) -> State:
        """What is held now."""
        taken_back = one(self.connection, "SELECT value FROM about WHERE key = ?", TAKEN_BACK)
        return State(self.last_numbers()[1], int(taken_back or 0))

    def facts(self, record_id: str, author: str | None = None) -> Facts | None:
        """The narrow row of a record; `author` as in `history`."""
        sql = f"SELECT {', '.join(FACTS)} FROM facts WHERE note_no = ?"
        found = rows(self.connection, sql, self._number_of(record_id, author))
        return Facts(*found[0]) if found else None

    def _number_of(self, record_id: str, author: str | None) -> int | None:
        own = sorted(self.own) if author is None else ()
        number: int | None = one(
            self.connection,
            "SELECT f.note_no FROM facts f JOIN people p ON p.no = f.author WHERE f.id = ?1"
            f" AND (?2 IS NULL OR p.author = ?2 OR {OF_ONE_PERSON}) ORDER BY p.author = ?3 DESC,"
            f" p.author IN ({marks(len(own))}) DESC, f.note_no LIMIT 1",
            UUID(record_id).bytes,
            bytes.fromhex(author) if author else None,
            bytes.fromhex(author or self.owner),
            *map(bytes.fromhex, own),
        )
        return number

    def _next_note_no(self) -> int:
        return int(one(self.connection, "SELECT coalesce(max(note_no), 0) + 1 FROM facts"))

    def _view(self, row: tuple[Any, ...]) -> NoteView:
        place, note_no, author, marking, removed, versions, masked, sent, revision, line = row
        card = self.people.card(author)
        fields, hidden, told = read_fields(line)
        if masked or hidden:
            history = self.history(told["id"], told["author"])
            top = history[revision.hex()]
            fields = merge.view(history, top)
            hidden = tuple(sorted(top.revision.digests.keys() - fields.keys()))
        return NoteView(
            id=told["id"],
            note_no=note_no,
            note=note_fields.from_fields(fields),
            author=card.author,
            author_name=card.name,
            mine=sent is not None,
            revision=revision.hex(),
            rev=told["rev"],
            marking=marking if marking else Marking.RED,
            created=Moment(*told["created"]),
            modified=Moment(*told["modified"]),
            hidden=hidden,
            versions=versions,
            removed=removed,
            sent=None if sent is None else bool(sent),
            place=place,
            type=told["type"],
        )


# Another key of the author's wrote it. Who goes on as whom is said by each key for itself.
OF_ONE_PERSON = (
    "p.person = (SELECT person FROM people WHERE author = ?2) AND f.type NOT IN"
    " (SELECT no FROM names WHERE family = 'type' AND name = 'succession')"
)
_OWN_KEYS = (
    "SELECT author FROM former_keys UNION"
    " SELECT p.author FROM people o JOIN people p ON p.person = o.person WHERE o.author = ?"
)
_VIEW = (
    "SELECT f.place, f.note_no, f.author, f.marking, f.removed, f.versions, f.masked, f.sent,"
    " h.revision, h.line FROM facts f JOIN history h ON h.seq = f.current"
)


def _just_so(revision: bytes, line: bytes, sha256: bytes) -> Arrival:
    fields, _, told = read_fields(line)
    attached = list(hashes_in(fields))
    return Arrival(told["id"], told["author"], revision.hex(), line, sha256, None, attached, True)


def read_fields(line: bytes) -> tuple[dict[str, Any], tuple[str, ...], dict[str, Any]]:
    """(shown fields, names of hidden ones, the whole line) without computing digests."""
    told = msgspec.json.decode(line)
    return told["fields"], tuple(told["digests"]), told
