"""One note as a list shows it, and what may be asked about it."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from fieldnotes.domain.glances import Span


class NoteRow(NamedTuple):
    """One note as the list shows it. `day` is the heading it stands under, `when` the short time.

    `author` is empty for one's own notes. Spans count in the characters of title and snippet.
    `place` is where it stands among all notes, 0 where that is not told.
    """

    id: str
    kind: str
    title: str
    snippet: str = ""
    account: str = ""
    tags: tuple[str, ...] = ()
    when: str = ""
    author: str = ""
    day: str = ""
    title_marks: tuple[Span, ...] = ()
    snippet_marks: tuple[Span, ...] = ()
    edited_twice: bool = False
    sent: bool = False
    masked: bool = False
    draft: bool = False
    place: int = 0


class NoteListRole(IntEnum):
    """What a view, a reader of the screen or a test asks the model for.

    The first three are Qt's own numbers: to name them would load all of its enumerations.
    """

    SHOWN = 0
    TIP = 3
    SPOKEN = 11
    ROW = 0x0101
    ID = 0x0102
