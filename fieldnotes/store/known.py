"""What is held of many records, by one look-up: enough to see that copies say nothing new."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from uuid import UUID

import msgspec

from fieldnotes.domain.records import Copy, to_line
from fieldnotes.store.database import Connection, rows

LOOK = 1_000  # records that are looked up together
HEAVY = 24 << 20  # bytes of memory, about, that they take at most
Key = tuple[str, str]  # a record is its id and its author


class Known(msgspec.Struct):
    """What is held of a record: SHA-256 of lines by the revision's name, and the current one."""

    note_no: int
    type: int
    lines: dict[str, bytes]
    current: str = ""

    def says(self, copies: list[Copy]) -> bool:
        """Whether exactly these copies are held, the current one among them."""
        return any(copy.name == self.current for copy in copies) and all(
            self.lines.get(copy.name) == hashlib.sha256(to_line(copy)).digest() for copy in copies
        )


def key_of(copies: list[Copy]) -> Key:
    """Whose copies these are."""
    return copies[0].revision.id, copies[0].revision.author


def look_up(connection: Connection, keys: Iterable[Key]) -> dict[Key, Known]:
    """What is held of those of `keys` that are known, whichever key of its author's is named."""
    ids = [record_id.replace("-", "") for record_id, _ in keys]
    found: dict[Key, Known] = {}
    for id_, author, note_no, type_, revision, sha256, is_current in rows(
        connection, _LOOK_UP, msgspec.json.encode(ids).decode()
    ):
        key = str(UUID(bytes=id_)), author.hex()
        each = found.setdefault(key, Known(note_no, type_, {}))
        each.lines[revision.hex()] = sha256
        if is_current:
            each.current = revision.hex()
    return _by_every_key(connection, found)


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


def parts(
    stream: Iterable[list[Copy]], size: int = LOOK, weight: Callable[[], int] = lambda: 0
) -> Iterator[dict[Key, list[Copy]]]:
    """So many records at a time, none of them twice; each is given by its copies.

    `weight`: of all that came out of `stream` so far. What is HEAVY is not waited with for more.
    """
    part: dict[Key, list[Copy]] = {}
    light = weight() + HEAVY
    for copies in stream:
        key = key_of(copies)
        if key in part or len(part) == size or (part and weight() > light):
            yield part
            part = {}
            light = weight() + HEAVY
        part[key] = copies
    if part:
        yield part


_PERSONS = "SELECT author, person FROM people WHERE person IS NOT NULL"
_APART = "SELECT no FROM names WHERE family = 'type' AND name = 'succession'"
_LOOK_UP = (
    "SELECT f.id, p.author, f.note_no, f.type, h.revision, h.sha256, h.seq = f.current"
    " FROM json_each(?) j"
    " CROSS JOIN facts f ON f.id = unhex(j.value) CROSS JOIN people p ON p.no = f.author"
    " CROSS JOIN history h ON h.note_no = f.note_no"
)
