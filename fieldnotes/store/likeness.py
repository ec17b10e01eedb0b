"""What people say of two notes, and the pairs that were found to be alike.

`likenesses` is written through with every record of this type. `alike` is what was found by
looking through the library, and can be found again: numbers of notes and no word of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from uuid import UUID

import msgspec

from fieldnotes.domain import likeness, merge
from fieldnotes.domain.likeness import Likeness, Pair, Stated
from fieldnotes.store.database import Connection, marks, one, rows
from fieldnotes.store.seals import seal_of

_UPTO = "alike up to"  # in about: the version in the history that was looked at last
_FEW = 2_000
_STATED = "SELECT id, author, one, other, same, turn FROM likenesses"


class Found(msgspec.Struct, frozen=True):
    """Two notes that are alike, by their ids; `share` of their words, the later one first."""

    later: str
    earlier: str
    share: float

    @property
    def pair(self) -> Pair:
        """As a likeness has them."""
        return likeness.pair_of(self.later, self.earlier)


class Likenesses:
    """Writing is the caller's transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    # --- what people say ---

    def put(self, note_no: int, history: merge.History) -> None:
        """What a record says now, in place of what it said before."""
        self._connection.execute("DELETE FROM likenesses WHERE note_no = ?", (note_no,))
        stated = stated_by(history)
        if stated is not None:
            pair = [UUID(each).bytes for each in stated.likeness.notes]
            self._connection.execute(
                "INSERT INTO likenesses (note_no, id, author, one, other, same, turn)"
                " VALUES (?, ?, ?, ?, ?, ?, ?)",
                (
                    note_no,
                    UUID(stated.id).bytes,
                    bytes.fromhex(stated.author),
                    *pair,
                    stated.likeness.same,
                    stated.likeness.turn,
                ),
            )

    def drop(self, numbers: Iterable[int]) -> None:
        """These records are not here any more: they say nothing, and are like nothing."""
        gone = [(no,) for no in numbers]
        for table, column in (("likenesses", "note_no"), ("alike", "one"), ("alike", "other")):
            self._connection.executemany(f"DELETE FROM {table} WHERE {column} = ?", gone)

    def numbered(self) -> list[tuple[int, Stated]]:
        """Everything that anybody says, with the number of its record."""
        sql = _STATED.replace("SELECT", "SELECT note_no,") + " ORDER BY note_no"
        return [(no, _stated(*row)) for no, *row in rows(self._connection, sql)]

    def everything(self) -> list[Stated]:
        """Everything that anybody says."""
        return [stated for _, stated in self.numbered()]

    def about(self, note_id: str) -> list[Stated]:
        """What is said of a note and any other."""
        key = UUID(note_id).bytes
        found = rows(self._connection, f"{_STATED} WHERE one = ?1 OR other = ?1", key)
        return [_stated(*row) for row in found]

    # --- what was found ---

    def upto(self) -> int:
        """The last version in the history that was looked at."""
        return int(one(self._connection, "SELECT value FROM about WHERE key = ?", _UPTO) or 0)

    def go_on_from(self, seq: int) -> None:
        """Everything up to this version was looked at."""
        value = str(seq)
        self._connection.execute(
            "INSERT OR REPLACE INTO about (key, value, seal) VALUES (?, ?, ?)",
            (_UPTO, value, seal_of(_UPTO, value)),
        )

    def left(self) -> int:
        """How many versions of notes are still to be looked at; many are not counted one by one."""
        upto = self.upto()
        last = int(one(self._connection, "SELECT coalesce(max(seq), 0) FROM history"))
        if last - upto > _FEW:
            return last - upto
        sql = (
            "SELECT count(*) FROM history h JOIN facts f ON f.note_no = h.note_no"
            " WHERE h.seq > ? AND f.kind IS NOT NULL AND f.removed IS NULL AND f.current = h.seq"
        )
        return int(one(self._connection, sql, upto))

    def following(self, seq: int, limit: int) -> list[tuple[int, int, int, bytes, bool]]:
        """(seq, number, place, line, whether to look at it) of the versions after `seq`."""
        sql = (
            "SELECT h.seq, h.note_no, f.place, h.line, f.current = h.seq AND f.kind IS NOT NULL"
            " AND f.removed IS NULL FROM history h JOIN facts f ON f.note_no = h.note_no"
            " WHERE h.seq > ? ORDER BY h.seq LIMIT ?"
        )
        found = rows(self._connection, sql, seq, limit)
        return [(at, no, place, line, bool(due)) for at, no, place, line, due in found]

    def at(self, places: list[int]) -> Iterator[tuple[int, bytes]]:
        """(number, current line) of the notes at these places."""
        sql = (
            "SELECT f.note_no, h.line FROM facts f JOIN history h ON h.seq = f.current"
            f" WHERE f.place IN ({marks(len(places))})"
        )
        yield from rows(self._connection, sql, *places)

    def replace(self, note_no: int, alike: Iterable[tuple[int, float]]) -> None:
        """These (number, share) are what a note is like now."""
        self._connection.execute("DELETE FROM alike WHERE one = ?1 OR other = ?1", (note_no,))
        self._connection.executemany(
            "INSERT OR REPLACE INTO alike (one, other, share) VALUES (?, ?, ?)",
            [(min(note_no, no), max(note_no, no), share) for no, share in alike],
        )

    def open_pairs(self, limit: int, *, in_order: bool = True) -> list[Found]:
        """Pairs that nobody judged, of notes that are still there; `in_order`: the latest first."""
        order = _LATEST_FIRST if in_order else ""
        found = rows(self._connection, f"{_OPEN}{order} LIMIT ?", limit)
        return [_found(*row) for row in found]


def stated_by(history: merge.History) -> Stated | None:
    """What a record says: None where it is of another type, removed, or says nothing."""
    top = merge.current(history)
    if top.revision.type != likeness.TYPE or top.revision.removed is not None:
        return None
    said = likeness.from_fields(merge.view(history, top))
    return Stated(top.revision.id, top.revision.author, said) if said else None


_OPEN = (
    "SELECT f.id, f.happened, g.id, g.happened, a.share FROM alike a"
    " JOIN facts f ON f.note_no = a.one JOIN facts g ON g.note_no = a.other"
    " WHERE f.removed IS NULL AND g.removed IS NULL AND f.id != g.id"
    " AND NOT EXISTS (SELECT 1 FROM likenesses l WHERE l.one = min(f.id, g.id)"
    " AND l.other = max(f.id, g.id))"
)
_LATEST_FIRST = " ORDER BY max(f.happened, g.happened) DESC, max(f.id, g.id) DESC, a.share DESC"


def _found(one_: bytes, happened: int, other: bytes, other_happened: int, share: float) -> Found:
    """Ids of one second are in the order in which they were minted."""
    earlier, later = (id_ for _, id_ in sorted(((happened, one_), (other_happened, other))))
    return Found(str(UUID(bytes=later)), str(UUID(bytes=earlier)), share)


def _stated(id_: bytes, author: bytes, one_: bytes, other: bytes, same: int, turn: int) -> Stated:
    pair = likeness.pair_of(str(UUID(bytes=one_)), str(UUID(bytes=other)))
    return Stated(str(UUID(bytes=id_)), author.hex(), Likeness(pair, bool(same), turn))
