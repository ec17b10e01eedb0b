"""Row ids that are times: local seconds << 8 | slot, the next free one upwards."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from fieldnotes.store.database import Connection, one, rows
from fieldnotes.store.seals import seal_of

SLOTS = 8
_FURTHEST = 2**54  # local seconds beyond this would not fit a row id


class Places:
    """Gives free row ids for times. Remembers where runs of taken ones end, so that thousands of
    notes of one second, or of seconds side by side, cost the same each."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._run_ends: dict[int, int] = {}  # second → all from its first place up to here is taken

    def free(self, seconds: int, record_id: str) -> int:
        """A free place for something that happened at `seconds`."""
        return self.free_for([(seconds, record_id)])[0]

    def free_for(self, asked: Sequence[tuple[int, str]]) -> list[int]:
        """As many different free places, to be taken now: for each (seconds, record id) one."""
        found = self.likely_for(asked)
        begun = (start_of(seconds) for seconds, _ in asked)
        late = [(at >> SLOTS) - (first >> SLOTS) for at, first in zip(found, begun, strict=True)]
        self._note_overflow(max(late, default=0))
        return found

    def likely_for(self, asked: Sequence[tuple[int, str]]) -> list[int]:
        """Where `free_for` would put them as things are now; writes nothing."""
        wanted = [start_of(seconds) | int(each[-2:], 16) for seconds, each in asked]
        taken = self._taken_of(wanted)
        found = []
        for place in wanted:
            if place in taken:
                place = self._free_from(place >> SLOTS << SLOTS, taken)
            taken.add(place)
            found.append(place)
        return found

    def overflow(self) -> int:
        """By how many seconds a place may lie after its time."""
        found = one(self._connection, "SELECT value FROM about WHERE key = 'overflow'")
        return int(found or 0)

    def _note_overflow(self, seconds: int) -> None:
        if seconds > 0 and seconds > self.overflow():
            self._connection.execute(
                "INSERT OR REPLACE INTO about (key, value, seal) VALUES ('overflow', ?, ?)",
                (str(seconds), seal_of("overflow", str(seconds))),
            )

    def _taken_of(self, wanted: Sequence[int]) -> set[int]:
        sql = "SELECT place FROM facts WHERE place IN (SELECT value FROM json_each(?))"
        found = rows(self._connection, sql, msgspec.json.encode(wanted).decode())
        return {place for (place,) in found}

    def _free_from(self, place: int, taken: set[int]) -> int:
        """The first place from here on that is neither in the library nor in `taken`."""
        passed: set[int] = set()  # seconds of which everything up to the end is taken
        while True:
            second = place >> SLOTS
            if (known := self._run_ends.get(second, place)) > place:
                passed.add(second)
                place = known
                continue
            after = place + 1 if place in taken else self._after_run(place)
            if after == place:
                break
            passed.update(range(_seconds_begun(place), _seconds_begun(after)))
            place = after
        self._run_ends.update(dict.fromkeys(passed, place))
        return place

    def _after_run(self, place: int) -> int:
        """The first place from here on that is not in the library."""
        if one(self._connection, "SELECT 1 FROM facts WHERE place = ?", place) is None:
            return place
        sql = (
            "SELECT f.place + 1 FROM facts f WHERE f.place >= ? AND NOT EXISTS"
            " (SELECT 1 FROM facts n WHERE n.place = f.place + 1) ORDER BY f.place LIMIT 1"
        )
        return int(one(self._connection, sql, place))


def start_of(seconds: int) -> int:
    """The first place of a second."""
    return max(-_FURTHEST, min(_FURTHEST, seconds)) << SLOTS


def _seconds_begun(place: int) -> int:
    """The first second that begins at this place or after it."""
    return -(-place >> SLOTS)
