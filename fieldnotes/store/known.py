"""What is held of many records, by one look-up: enough to see that copies say nothing new."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from uuid import UUID

import msgspec

from fieldnotes.domain.records import Copy, to_line
from fieldnotes.store.database import Connection, rows

LOOK = 1_000  # records that are looked up together
Key = tuple[str, str]  # a record is its id and its author


class Known(msgspec.Struct):
    """What is held of a record: SHA-256 of lines by the revision's name, and the current one."""

    note_no: int
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
    """What is held of those of `keys` that are known."""
    ids = [record_id.replace("-", "") for record_id, _ in keys]
    found: dict[Key, Known] = {}
    for id_, author, note_no, revision, sha256, is_current in rows(
        connection, _LOOK_UP, msgspec.json.encode(ids).decode()
    ):
        key = str(UUID(bytes=id_)), author.hex()
        each = found.setdefault(key, Known(note_no, {}))
        each.lines[revision.hex()] = sha256
        if is_current:
            each.current = revision.hex()
    return found


def parts(stream: Iterable[list[Copy]], size: int = LOOK) -> Iterator[dict[Key, list[Copy]]]:
    """So many records at a time, none of them twice; each is given by its copies."""
    part: dict[Key, list[Copy]] = {}
    for copies in stream:
        key = key_of(copies)
        if key in part or len(part) == size:
            yield part
            part = {}
        part[key] = copies
    if part:
        yield part


_LOOK_UP = (
    "SELECT f.id, p.author, f.note_no, h.revision, h.sha256, h.seq = f.current FROM json_each(?) j"
    " CROSS JOIN facts f ON f.id = unhex(j.value) CROSS JOIN people p ON p.no = f.author"
    " CROSS JOIN history h ON h.note_no = f.note_no"
)
