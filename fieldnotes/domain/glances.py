"""A note at a glance: what one row of a list says. Loaded before anything else, so light."""

from __future__ import annotations

from typing import NamedTuple

Span = tuple[int, int]
"""Where a found word starts and ends, counted in characters."""


class Glance(NamedTuple):
    """`author` is empty for one's own notes; `happened` counts seconds of local wall time.

    Spans count in the characters of title and snippet. `place` is where it stands among all notes.
    """

    id: str
    kind: str
    title: str
    snippet: str
    account: str
    tags: tuple[str, ...]
    author: str
    happened: int
    whole_day: bool = False
    title_marks: tuple[Span, ...] = ()
    snippet_marks: tuple[Span, ...] = ()
    edited_twice: bool = False
    sent: bool = False
    masked: bool = False
    draft: bool = False
    place: int = 0
