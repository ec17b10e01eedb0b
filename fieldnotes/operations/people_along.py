"""What goes along with notes about people: the owner's team list, and who goes on with which key.

Both are for the company alone. What others said of people travels in a file for oneself, and of a
succession also wherever notes of that person go: their reader has to know who that is.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fieldnotes.domain import merge, succession, team
from fieldnotes.domain.markings import Audience
from fieldnotes.domain.records import Copy
from fieldnotes.operations.leaving import Item, shown_to
from fieldnotes.operations.notebook import Notebook
from fieldnotes.store.others import Said, said

TYPES = (team.TYPE, succession.TYPE)


def people_along(
    notebook: Notebook,
    audience: Audience,
    authors: set[str],
    already: set[tuple[int, str]],
) -> tuple[list[Item], dict[int, list[Copy]]]:
    """Lines for the last screen and copies by number, beside notes of `authors`."""
    items: list[Item] = []
    along: dict[int, list[Copy]] = {}
    if audience is Audience.ANYONE:
        return items, along
    authors = authors | notebook.library.records.own
    for type_ in TYPES:
        for each in said(notebook.library.records, type_):
            if audience is not Audience.MYSELF and not _goes(notebook, each, type_, authors):
                continue
            history = notebook.library.records.history(each.id, each.author)
            heads = [merge.completed(history, copy) for copy in merge.travelling(history)]
            if all((each.note_no, copy.name) in already for copy in heads):
                continue
            going = [c for c in (shown_to(copy, audience) for copy in heads) if c is not None]
            if going:
                along[each.note_no] = going
                items.append(Item(each.id, type_, in_words(type_, each.fields, each.author), ""))
    return items, along


def in_words(type_: str, fields: Mapping[str, Any], author: str) -> str:
    """What such a record says, in one line."""
    if type_ == team.TYPE:
        member = team.from_fields(fields)
        parts = (member.name, member.region, member.language) if member else ()
        return "Team list: " + ", ".join(filter(None, parts))
    claim = succession.from_fields(fields, author)
    return f"New key of {claim.card.name}" if claim else "New key"


def _goes(notebook: Notebook, each: Said, type_: str, authors: set[str]) -> bool:
    if each.author in notebook.library.records.own:
        return True
    claim = succession.from_fields(each.fields, each.author)
    return type_ == succession.TYPE and claim is not None and bool(authors & set(claim.edge))
