"""Every type of record there is: which of its fields are known, and what it is called.

A field that is not known here counts as RED unless it is marked, and so does any field of a
record whose type is not in the table.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import msgspec

from fieldnotes.domain import (
    likeness,
    note_fields,
    notes,
    promises,
    saved_searches,
    succession,
    team,
    vocabulary,
)


class RecordType(msgspec.Struct, frozen=True):
    """`is_known`: whether this program knows what a field means.

    `along`: it goes with the notes it belongs to, and is never chosen by itself. `private`: it
    leaves for others only when asked for. `says`: what stands for one that is no note.
    """

    is_known: Callable[[str], bool]
    along: bool = False
    private: bool = False
    says: Callable[[Mapping[str, Any]], str] | None = None


RECORD_TYPES = {
    notes.TYPE: RecordType(note_fields.is_known),
    promises.TYPE: RecordType(
        promises.is_known, private=True, says=lambda fields: promises.from_fields(fields).what
    ),
    saved_searches.TYPE: RecordType(
        saved_searches.is_known, says=lambda fields: saved_searches.from_fields(fields).name
    ),
    vocabulary.TYPE: RecordType(vocabulary.is_known, along=True),
    likeness.TYPE: RecordType(likeness.is_known, along=True),
    team.TYPE: RecordType(team.FIELDS.__contains__, along=True),
    succession.TYPE: RecordType(succession.FIELDS.__contains__, along=True),
}
_OTHER = RecordType(lambda _: False)


def record_type(name: str) -> RecordType:
    """The type of this name; of a newer program's nothing is known."""
    return RECORD_TYPES.get(name, _OTHER)
