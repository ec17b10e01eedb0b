"""Between what a person types and what is looked for: filters become chips once they are whole."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec.structs import replace

from fieldnotes.desktop.notes.wording import KIND_PLURALS
from fieldnotes.desktop.widgets.search_box import ChipToken
from fieldnotes.domain.notes import Kind
from fieldnotes.domain.query import Named
from fieldnotes.domain.query_text import FAMILIES, as_typed, is_filter, parse_query, quoted

if TYPE_CHECKING:
    from fieldnotes.domain.query import Query, Term

_NAMES = {"account": "Account", "competitor": "Competitor", "product": "Product"}
_NAMES |= {"author": "By", "stage": "Stage", "outcome": "Outcome", "see": "Who may see it"}
_GROWING = ("tag", "account", "competitor", "product")
_BEGUN = re.compile(
    rf"(?:^|\s)-?(?:(?:{'|'.join(FAMILIES)}|text|after|before|on):|(?:after|before|on):\S+)$"
)


def split_query(text: str, *, finished: bool = False) -> tuple[list[ChipToken], str]:
    """The filters of `text` as chips, and the words that stay in the field.

    The filter at the very end is still being typed unless `finished`.
    """
    chips, words = [], text
    parts = parse_query(text).parts
    for number, part in enumerate(parts):
        typing = number == len(parts) - 1 and text.endswith(part) and not finished
        if is_filter(part) and not typing:
            chips.append(ChipToken(part, chip_label(part)))
            words = words.replace(part, "", 1)
    return chips, " ".join(words.split()) + _tail(words) if chips else words


def typed_query(text: str) -> Query:
    """What is looked for while somebody types: the last word or name may be a beginning."""
    begun = _BEGUN.search(text)
    if begun and not is_filter(begun.group().strip()):
        text = text[: begun.start()]
    query = as_typed(text)
    if not query.terms or text[-1:].isspace() or text.endswith('"'):
        return query
    return replace(query, terms=(*query.terms[:-1], _begun(query.terms[-1])))


def filter_part(family: str, name: str) -> str:
    """The text of a filter by a name, as a person would type it."""
    return f"{family}:{quoted(name)}"


def chip_label(part: str) -> str:
    """What a chip says for its part of the query."""
    minus = "Not " if part.startswith("-") else ""
    family, _, body = part.lstrip("-").partition(":")
    name = body.strip('"')
    family = family.lower()
    if family == "kind":
        kind = name.lower().removesuffix("s")
        return minus + (KIND_PLURALS[Kind(kind)] if kind in set(Kind) else name)
    if family == "tag":
        return f"{minus}#{name}"
    return f"{minus}{_NAMES.get(family, family.capitalize())}: {name}"


def _begun(term: Term) -> Term:
    match term:
        case Named(family, name, _) if family in _GROWING:
            return Named(family, name, prefix=True)
        case _:
            return term


def _tail(words: str) -> str:
    """A space at the end stays: the person is about to type the next word."""
    return " " if words.strip() and words[-1:].isspace() else ""
