"""One filter of a search: `family:name`, what families there are, and what each makes of a name."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from enum import StrEnum

from fieldnotes.domain.languages import language_code
from fieldnotes.domain.lately import midnight, read_lately
from fieldnotes.domain.notes import Kind
from fieldnotes.domain.query import THINGS, Has, Is, Lately, Named, State, Term, Words, between
from fieldnotes.domain.words import words_of

FAMILIES = (
    "kind tag account competitor product author stage outcome concern worked see language"
    " meeting bundle"
).split()
"""Filters by a name. Others: has, is, text, after, before, on."""
TIMES = ("after", "before", "on")
EVERY_FILTER = (*FAMILIES, "has", "is", "text", *TIMES)
STATES = {
    "draft": State.DRAFT,
    "unsent": State.UNSENT,
    "not-sent": State.UNSENT,
    "edited-twice": State.TWICE,
}
_QUOTED = re.compile(r'"((?:[^"]|"")*)"(\*?)')


class Why(StrEnum):
    """What is not right with a piece of a query."""

    NOT_A_TIME = "not a time"
    NOT_A_KIND = "not a kind"
    NOT_A_THING = "not a thing"
    NOT_A_STATE = "not a state"
    NOTHING_SAID = "nothing said"
    NOT_CLOSED = "not closed"
    NOT_OPENED = "not opened"
    ONE_SIDE = "one side"
    TOO_MUCH = "too much"


def read_filter(family: str, name: str, prefix: bool) -> tuple[Term | None, Why | None]:
    """The filter; what is none stays words, with the reason."""
    match family:
        case "text":
            return (Words(name, prefix, "text") if words_of(name) else None), None
        case "after" | "before" | "on":
            term = _time(family, name)
            return term, None if term else Why.NOT_A_TIME
        case "has":
            thing = name.lower().removesuffix("s")
            return (Has(thing), None) if thing in THINGS else (None, Why.NOT_A_THING)
        case "is":
            state = STATES.get("-".join(name.lower().replace("-", " ").split()))
            return (Is(state), None) if state else (None, Why.NOT_A_STATE)
        case "kind":
            kind = _kind(name)
            known = prefix or kind in set(Kind)
            return Named("kind", kind, prefix), None if known else Why.NOT_A_KIND
        case "language":
            return Named("language", name if prefix else language_code(name), prefix), None
        case _:
            return Named(family, name, prefix), None


def unquoted(body: str) -> tuple[str, bool, bool]:
    """The name, whether it is a beginning, and whether its quotation was closed."""
    if not body.startswith('"'):
        return body.removesuffix("*").rstrip('"').strip(), body.endswith("*"), True
    found = _QUOTED.fullmatch(body)
    inner = found[1] if found else body[1:]
    return inner.replace('""', '"').strip(), bool(found and found[2]), found is not None


def _kind(name: str) -> str:
    singular = name.lower().removesuffix("s")
    return singular if singular in set(Kind) else name.lower()


def _time(side: str, text: str) -> Term | None:
    what = read_lately(text)
    if what is not None:
        return Lately(side, what)
    span = _span(text)
    return between(side, *span) if span else None


def _span(text: str) -> tuple[int, int] | None:
    """A year, month or day as local seconds [first, end)."""
    found = re.fullmatch(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?", text)
    if not found:
        return None
    year, month, day = (int(group) if group else None for group in found.groups())
    try:
        first = date(year or 0, month or 1, day or 1)
    except ValueError:
        return None
    last = first if day else first.replace(month=month or 12, day=1)
    if not day:
        last = last.replace(day=monthrange(last.year, last.month)[1])
    return midnight(first), midnight(last) + 86_400
