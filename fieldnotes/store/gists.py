"""What a record is held by, as its versions say it and before its names have numbers.

Pure, so that other processes can make it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import lru_cache
from itertools import repeat
from operator import attrgetter
from typing import Any

import msgspec

from fieldnotes.domain import note_fields, notes
from fieldnotes.domain.notes import Note
from fieldnotes.domain.query import HELD_IN, main_texts, other_texts, things_in
from fieldnotes.domain.records import Copy, whole_marking
from fieldnotes.domain.words import all_spelled, fold

FENCE = " \ue000 "  # a word of its own, so that no phrase runs from one text into the next
COUNTED = ("account", "competitor", "product", "tag")
NAMED = (*COUNTED, "kind", "stage", "outcome", "concern", "worked", "language")
_held = attrgetter(*map(HELD_IN.__getitem__, NAMED))
_ATTACHED = "attachments."
FILTER = "¬"  # begins every filter word, and no word of a text


class Said(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What a note is found by and counted under. `names`: (family, name), in the order of NAMED.

    `marks`: filter words that follow from the note alone.
    """

    text: str
    more: str
    names: list[tuple[str, str]]
    marks: list[str]

    def named(self, *families: str) -> list[tuple[str, str]]:
        """Those of `names` that are of these families."""
        return [each for each in self.names if each[0] in families]


class Gist(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What the narrow row of a record follows from. `happened`: local s; `modified`: ms in UTC.

    `masked`: some field is hidden. `plain`: see `goes_plainly`. `heading` is for whoever looks
    before it is read in.
    """

    type: str
    is_note: bool
    happened: int
    modified: int
    marking: str
    removed: str | None
    masked: bool
    plain: bool
    heading: str
    said: Said


def gist_of(top: Copy, values: Mapping[str, Any]) -> Gist:
    """Of a record whose current version is `top`, of which `values` are shown."""
    revision = top.revision
    note = note_fields.from_fields(values)
    return Gist(
        type=revision.type,
        is_note=revision.type == notes.TYPE,
        happened=(note.happened or revision.created).local_seconds,
        modified=revision.modified.ms,
        marking=whole_marking(top).value,
        removed=revision.removed.reason if revision.removed else None,
        masked=len(values) < len(revision.digests),
        plain=goes_plainly(top),
        heading=note.heading,
        said=said_in(note),
    )


def goes_plainly(top: Copy) -> bool:
    """Whether whoever may see a note at all may see all of it, and its line is all there is to see.

    Nothing of it is marked by itself, hidden or not known to this program, and no file belongs to
    it.
    """
    revision, shown = top.revision, top.values
    if revision.type != notes.TYPE or revision.removed or revision.marks or top.tight:
        return False
    if len(shown) < len(revision.digests):
        return False
    if note_fields.KNOWN_FIELDS.issuperset(shown):
        return True
    return all(note_fields.is_known(name) and not name.startswith(_ATTACHED) for name in shown)


def said_in(note: Note) -> Said:
    """The words and names of a note."""
    marks = list(map(thing_token, things_in(note)))
    if note.meeting and note.meeting.id:
        marks.append(meeting_token(note.meeting.id))
    return Said(
        all_spelled(main_texts(note), FENCE),
        all_spelled(other_texts(note), FENCE),
        _names_in(note),
        marks,
    )


def _names_in(note: Note) -> list[tuple[str, str]]:
    """Names of all families, as `query.names_in` has those of one."""
    names: list[tuple[str, str]] = []
    for family, held in zip(NAMED, _held(note), strict=True):
        if held:
            names += [(family, held)] if type(held) is str else zip(repeat(family), held)
    return names


def thing_token(thing: str) -> str:
    """The filter word of what hangs on a note: one of domain.query.THINGS."""
    return f"{FILTER}h{thing}"


@lru_cache(1024)
def meeting_token(meeting: str) -> str:
    """The filter word of a meeting's id, whatever its case."""
    return f"{FILTER}m" + hashlib.sha256(fold(meeting).encode()).hexdigest()[:16]
