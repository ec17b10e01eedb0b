"""What is held of many records, by one look-up: enough to see that versions say nothing new."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from fieldnotes.store.arriving import Arrival, Key
from fieldnotes.store.database import Connection, rows

LOOK = 1_000  # records that are looked up together
HEAVY = 16 << 20  # bytes of memory, about, that they take at most
ALONE = 1 << 20  # bytes of a line that nothing waits with


class Known(msgspec.Struct):
    """What is held of a record: SHA-256 of lines by the revision's name, and the current one."""

    note_no: int
    type: int
    lines: dict[str, bytes]
    current: str = ""

    def says(self, arrivals: list[Arrival]) -> bool:
        """Whether exactly these versions are held, the current one among them."""
        is_current = False
        for each in arrivals:
            if self.lines.get(each.name) != each.sha256:
                return False
            is_current = is_current or each.name == self.current
        return is_current


def look_up(connection: Connection, keys: Iterable[Key]) -> dict[Key, Known]:
    """What is held of those of `keys` that are known, whichever key of its author's is named."""
    ids = [record_id for record_id, _ in keys]
    found: dict[Key, Known] = {}
    written: dict[bytes, str] = {}  # of few authors there are many records
    for record_id, author, note_no, type_, revision, sha256, is_current in rows(
        connection, _LOOK_UP, msgspec.json.encode(ids).decode()
    ):
        whose, name = written.get(author), revision.hex()
        if whose is None:
            whose = written[author] = author.hex()
        each = found.get((record_id, whose))
        if each is None:
            each = found[record_id, whose] = Known(note_no, type_, {})
        each.lines[name] = sha256
        if is_current:
            each.current = name
    return _by_every_key(connection, found) if found else found


def _by_every_key(connection: Connection, found: dict[Key, Known]) -> dict[Key, Known]:
    keys: dict[int, list[str]] = {}
    for author, person in rows(connection, _PERSONS):
        keys.setdefault(person, []).append(author.hex())
    if not keys:
        return found
    together = {author: each for each in keys.values() for author in each}
    apart = {no for (no,) in rows(connection, _APART)}
    also = {
        (record_id, key): each
        for (record_id, author), each in found.items()
        if each.type not in apart
        for key in together.get(author, ())
    }
    return also | found


def parts(stream: Iterable[list[Arrival]], size: int = LOOK) -> Iterator[dict[Key, list[Arrival]]]:
    """So many records at a time, none of them twice; each is given by its versions.

    What is HEAVY is not waited with for more.
    """
    part: dict[Key, list[Arrival]] = {}
    weight = 0
    for arrivals in stream:
        key = arrivals[0].id, arrivals[0].author
        if key in part or len(part) == size or weight > HEAVY:
            yield part
            part, weight = {}, 0
        part[key] = arrivals
        for each in arrivals:  # the line, and what was made of it
            weight += 2 * each.weight if len(each.line) < ALONE else HEAVY + 1
    if part:
        yield part


_PERSONS = "SELECT author, person FROM people WHERE person IS NOT NULL"
_APART = "SELECT no FROM names WHERE family = 'type' AND name = 'succession'"
_LOOK_UP = (
    "SELECT j.value, p.author, f.note_no, f.type, h.revision, h.sha256, h.seq = f.current"
    " FROM json_each(?) j CROSS JOIN facts f ON f.id = unhex(j.value, '-')"
    " CROSS JOIN people p ON p.no = f.author CROSS JOIN history h ON h.note_no = f.note_no"
)
