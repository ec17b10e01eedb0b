"""What somebody chose to send: which notes, to whom, and in which shape."""

from __future__ import annotations

import msgspec

from fieldnotes.domain.markings import Audience
from fieldnotes.domain.query import Named, Query
from fieldnotes.domain.query_text import parse_query
from fieldnotes.domain.shapes import Shape


class Selection(msgspec.Struct, frozen=True):
    """What to send. `query` as in the search box; `recipient` names whom it is for, several with
    semicolons between them.

    `promises`: the owner's promises as well, which otherwise go into no file for others. Other
    shapes than a bundle hold notes alone, each as it is now. `notes`: ids that were
    picked by hand, and then just these.
    """

    query: str = ""
    tags: tuple[str, ...] = ()
    audience: Audience = Audience.COMPANY
    recipient: str = ""
    since_last: bool = False
    promises: bool = False
    shape: Shape = Shape.BUNDLE
    notes: tuple[str, ...] = ()

    @property
    def filter(self) -> Query:
        """The query with every tag as a further condition."""
        tagged = tuple(Named("tag", tag) for tag in self.tags)
        return Query(parse_query(self.query).terms + tagged)

    @property
    def everything(self) -> bool:
        """Nothing narrows it."""
        return not self.query.strip() and not self.tags and not self.notes
