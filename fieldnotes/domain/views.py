"""A note as somebody reads it: its current version, with what this library knows around it."""

from __future__ import annotations

import msgspec

from fieldnotes.domain.moments import Moment
from fieldnotes.domain.notes import TYPE, Note


class NoteView(msgspec.Struct, frozen=True):
    """`hidden`: fields the sender kept back; `versions`: heads, more than 1 is *edited twice*.

    `sent` is None for notes of other people; `place` orders lists, newest first is descending;
    `draft`: it was never saved as it stands; `type`: that of the record, which is no note where a
    newer program wrote it.
    """

    id: str
    note_no: int
    note: Note
    author: str
    author_name: str
    mine: bool
    revision: str
    rev: int
    marking: str
    created: Moment
    modified: Moment
    hidden: tuple[str, ...] = ()
    versions: int = 1
    removed: str | None = None
    sent: bool | None = None
    waiting: bool = False
    draft: bool = False
    place: int = 0
    type: str = TYPE

    @property
    def happened(self) -> Moment:
        """When it happened; where nobody said, when it was written down."""
        return self.note.happened or self.created
