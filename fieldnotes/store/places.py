"""Row ids that are times: local seconds << 8 | slot, the next free one upwards."""

from __future__ import annotations

from uuid import UUID

from fieldnotes.store.database import Connection, one
from fieldnotes.store.seals import seal_of

SLOTS = 8
_FURTHEST = 2**54  # local seconds beyond this would not fit a row id


class Places:
    """Gives a free row id for a time. Remembers where long runs end, so that thousands of
    notes of one second cost the same each."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._run_ends: dict[int, int] = {}

    def free(self, seconds: int, record_id: str) -> int:
        """A free place for something that happened at `seconds`."""
        first = start_of(seconds)
        wanted = first | UUID(record_id).int & 0xFF
        if not self._taken(wanted):
            return wanted
        place = self._run_ends.get(first, first)
        while self._taken(place):
            place = self._after_run(place)
        self._run_ends[first] = place
        self._note_overflow((place >> SLOTS) - (first >> SLOTS))
        return place

    def overflow(self) -> int:
        """By how many seconds a place may lie after its time."""
        found = one(self._connection, "SELECT value FROM about WHERE key = 'overflow'")
        return int(found or 0)

    def _note_overflow(self, seconds: int) -> None:
        if seconds > self.overflow():
            self._connection.execute(
                "INSERT OR REPLACE INTO about (key, value, seal) VALUES ('overflow', ?, ?)",
                (str(seconds), seal_of("overflow", str(seconds))),
            )

    def _taken(self, place: int) -> bool:
        return one(self._connection, "SELECT 1 FROM facts WHERE place = ?", place) is not None

    def _after_run(self, place: int) -> int:
        sql = (
            "SELECT f.place + 1 FROM facts f WHERE f.place >= ? AND NOT EXISTS"
            " (SELECT 1 FROM facts n WHERE n.place = f.place + 1) ORDER BY f.place LIMIT 1"
        )
        return int(one(self._connection, sql, place))


def start_of(seconds: int) -> int:
    """The first place of a second."""
    return max(-_FURTHEST, min(_FURTHEST, seconds)) << SLOTS
