"""Notes that leave as the very bytes that lie here: most of them, told apart without a digest.

Nothing is hidden where a note has one version of which all is held, no field is marked by itself,
and this program knows every field. Its line is then what masking would write.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import filterfalse
from typing import Any

import msgspec

from fieldnotes.bundle.contents import Counts
from fieldnotes.domain import note_fields, notes
from fieldnotes.domain.markings import Audience, may_see
from fieldnotes.domain.moments import Moment
from fieldnotes.domain.records import Copy, Revision, whole_marking
from fieldnotes.store.library import Library
from fieldnotes.store.outlines import Outline


class Told(msgspec.Struct, frozen=True, gc=False):
    """What the line of a note tells; no digest and no name is computed."""

    id: str
    author: str
    marking: str
    marks: dict[str, str]
    digests: dict[str, str]
    fields: dict[str, Any]
    tight: dict[str, str] = {}

    def copy(self) -> Copy:
        """A copy to look at and not to send: it has neither digests nor a name."""
        about = (notes.TYPE, self.id, self.author, "", 0, (), 0, _NEVER, _NEVER, None)
        names = dict.fromkeys((*self.fields, *self.digests), "")
        revision = Revision(*about, self.marking, self.marks, names)
        return Copy(revision, "", self.fields, tight=self.tight)


class Named(Told, frozen=True, gc=False):
    """The same where only the names of the fields are asked for, and few of the values."""

    fields: dict[str, msgspec.Raw]


_NEVER = Moment(0)
told_of = msgspec.json.Decoder(Told).decode
told_in = msgspec.json.Decoder(Told).decode_lines
_decode = msgspec.json.Decoder().decode
named_in = msgspec.json.Decoder(Named).decode_lines


def count(counts: Counts, several: Sequence[Told]) -> None:
    """More notes that go whole."""
    counts.add([_kind(each.fields) for each in several], [_tags(each.fields) for each in several])


def _kind(fields: Mapping[str, Any]) -> str:
    said = _value(fields.get("kind"))
    return said if isinstance(said, str) and said else notes.TYPE


def _tags(fields: Mapping[str, Any]) -> set[str]:
    said = _value(fields.get("tags"))
    return {each for each in said if isinstance(each, str)} if isinstance(said, list) else set()


def _value(said: Any) -> Any:
    return _decode(said) if isinstance(said, msgspec.Raw) else said


class Numbered:
    """The same of notes whose lines are not read: kinds, tags and authors by their numbers."""

    def __init__(self) -> None:
        self._kinds: Counter[int] = Counter()
        self._tags: Counter[str] = Counter()
        self._authors: set[int] = set()

    def add(self, several: Sequence[Outline]) -> None:
        """More notes that go whole."""
        self._kinds.update([each.kind for each in several])
        self._tags.update(" ".join([each.plain or "" for each in several]).split())
        self._authors.update([each.author for each in several])

    def name(self, counts: Counts, authors: set[str], library: Library) -> None:
        """Add them to those that have names."""
        written = library.names.written
        for kind, several in self._kinds.items():
            counts.kinds[written(kind) or notes.TYPE] += several
        for tag, several in self._tags.items():
            counts.tags[written(int(tag))] += several
        authors.update(library.people.card(each).author for each in self._authors)


class Audible:
    """Whether a note as a whole may go to an audience, asked once for each marking."""

    def __init__(self, audience: Audience) -> None:
        self._audience = audience
        self._may: dict[str, bool] = {}

    def goes_plainly(self, told: Told) -> bool:
        """Whether all of it goes, as nothing of it is marked by itself, hidden or not known."""
        if told.marks or told.tight or told.digests:
            return False
        if not (self._may.get(told.marking) or self.may_go(told)):
            return False
        others = filterfalse(note_fields.KNOWN_FIELDS.__contains__, told.fields)
        return all(map(note_fields.is_known, others))

    def may_go(self, told: Told) -> bool:
        """Whether anybody of the audience may see that it exists."""
        if told.tight:
            return may_see(self._audience, whole_marking(told.copy()))
        if told.marking not in self._may:
            self._may[told.marking] = may_see(self._audience, whole_marking(told.copy()))
        return self._may[told.marking]
