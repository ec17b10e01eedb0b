"""Notes that leave as the very bytes that lie here: most of them, told apart without a digest.

Nothing is hidden where a note has one version of which all is held, no field is marked by itself,
and this program knows every field. Its line is then what masking would write.
"""

from __future__ import annotations

from typing import Any

import msgspec

from fieldnotes.domain import note_fields, notes
from fieldnotes.domain.markings import Audience, may_see
from fieldnotes.domain.moments import Moment
from fieldnotes.domain.records import Copy, Revision, whole_marking


class Told(msgspec.Struct, frozen=True, gc=False):
    """What the line of a note tells; no digest and no name is computed."""

    id: str
    author: str
    marking: str
    marks: dict[str, str]
    digests: dict[str, str]
    fields: dict[str, Any]
    tight: dict[str, str] = {}

    def is_plain(self, audience: Audience) -> bool:
        """Whether all of it goes to `audience`, to whom the note as a whole may go."""
        if self.marks or self.tight or self.digests:
            return False
        known = note_fields.KNOWN_FIELDS
        return known.issuperset(self.fields) or all(map(note_fields.is_known, self.fields))

    def copy(self) -> Copy:
        """A copy to look at and not to send: it has neither digests nor a name."""
        about = (notes.TYPE, self.id, self.author, "", 0, (), 0, _NEVER, _NEVER, None)
        names = dict.fromkeys((*self.fields, *self.digests), "")
        revision = Revision(*about, self.marking, self.marks, names)
        return Copy(revision, "", self.fields, tight=self.tight)


_NEVER = Moment(0)
told_of = msgspec.json.Decoder(Told).decode


class Audible:
    """Whether a note as a whole may go to an audience, asked once for each marking."""

    def __init__(self, audience: Audience) -> None:
        self._audience = audience
        self._may: dict[str, bool] = {}

    def may_go(self, told: Told) -> bool:
        """Whether anybody of the audience may see that it exists."""
        if told.tight:
            return may_see(self._audience, whole_marking(told.copy()))
        if told.marking not in self._may:
            self._may[told.marking] = may_see(self._audience, whole_marking(told.copy()))
        return self._may[told.marking]
