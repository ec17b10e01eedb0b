"""Between what a person types and what is looked for: filters become chips once they are whole."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from fieldnotes.desktop.notes.wording import KIND_PLURALS
from fieldnotes.desktop.widgets.search_box import ChipToken
from fieldnotes.domain.languages import NAMES as LANGUAGES
from fieldnotes.domain.markings import CHOICES, IN_WORDS
from fieldnotes.domain.moments import wall_time
from fieldnotes.domain.notes import Kind
from fieldnotes.domain.query import Between, Every, Has, Is, Lately, Named, Not, Some
from fieldnotes.domain.query_filters import FAMILIES
from fieldnotes.domain.query_text import as_typed, is_filter, parse_query, quoted, read_query

if TYPE_CHECKING:
    from fieldnotes.domain.query import Query, Term

_NAMES = {"account": "Account", "competitor": "Competitor", "product": "Product"}
_NAMES |= {"author": "By", "stage": "Stage", "outcome": "Outcome", "see": "Who may see it"}
_GROWING = ("tag", "account", "competitor", "product")
_SPACE = re.compile(r"\s*")
_OPERATOR = re.compile(r"\s*(AND|OR|NOT)(?=[\s()]|$)")
_BEGUN = re.compile(
    rf"(?:^|\s)-?(?:(?:{'|'.join(FAMILIES)}|text|after|before|on):|(?:after|before|on):\S+)$"
)


class Settled(msgspec.Struct, frozen=True):
    """A search as chips and words; `cursor` counts characters of the words."""

    chips: tuple[ChipToken, ...]
    words: str
    cursor: int


def settle(text: str, cursor: int | None = None) -> Settled:
    """Filters of `text` as chips, and what stays as words: both together are the same search.

    The piece at the cursor stays, as it is still being typed; without one nothing is. So does what
    was not understood, or what an operator waits behind.
    """
    reading = read_query(text)
    spans = []
    for part, start in zip(reading.query.parts, reading.starts, strict=True):
        end = start + len(part)
        typing = cursor is not None and start <= cursor <= end
        wrong = any(each.start < end and start < each.end for each in reading.troubles)
        if is_filter(part) and not (typing or wrong or _OPERATOR.match(text, end)):
            spans.append((start, end))
    chips = tuple(ChipToken(text[a:b], chip_label(text[a:b])) for a, b in spans)
    words, place = _without(text, spans, len(text) if cursor is None else cursor)
    if chips and _terms(" ".join([*(chip.text for chip in chips), words])) != _terms(text):
        return Settled((), text, len(text) if cursor is None else cursor)
    return Settled(chips, words.strip() if cursor is None else words, place)


def split_query(text: str, *, finished: bool = False) -> tuple[list[ChipToken], str]:
    """The same of somebody who types at the end, or is `finished`."""
    settled = settle(text, None if finished else len(text))
    return list(settled.chips), settled.words


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
    term = parse_query(part).terms[0]
    label = _label(term.what if isinstance(term, Not) else term)
    return f"Not {label[:1].lower()}{label[1:]}" if isinstance(term, Not) else label


def _label(term: Term) -> str:
    match term:
        case Named("kind", name, False) if name in set(Kind):
            return KIND_PLURALS[Kind(name)]
        case Named("tag", name, prefix):
            return f"#{name}{'*' if prefix else ''}"
        case Named("language", name, False):
            return f"Language: {LANGUAGES.get(name, (name,))[0]}"
        case Named(family, name, prefix):
            if family == "see" and name.lower() in CHOICES:
                name = IN_WORDS[CHOICES[name.lower()]]
            return f"{_NAMES.get(family, family.capitalize())}: {name}{'*' if prefix else ''}"
        case Has(what):
            return f"Has: {what}"
        case Is(state):
            return f"Is: {state.replace('-', ' ')}"
        case Lately(side, what):
            return what.capitalize() if side == "on" else f"{side.capitalize()} {what}"
        case Between():
            return _span_label(term)
        case Not(what):
            return f"not {_label(what)}"
        case Every(terms):
            return " and ".join(map(_label, terms))
        case Some(terms):
            return _some_label(terms)
        case _:
            return str(getattr(term, "text", ""))


def _some_label(terms: tuple[Term, ...]) -> str:
    """'Kolvik or Lentor': a family that all share is said once."""
    labels = [_label(each) for each in terms]
    leads = {label.partition(": ")[0] for label in labels if ": " in label}
    if len(leads) == 1 and all(": " in label for label in labels):
        return f"{leads.pop()}: {' or '.join(label.partition(': ')[2] for label in labels)}"
    return " or ".join(labels)


def _span_label(term: Between) -> str:
    first = wall_time(term.first).date() if term.first is not None else None
    end = wall_time(term.end).date() if term.end is not None else None
    if first is None or end is None:
        return f"Since {_day(first)}" if first else f"Before {_day(end)}"
    last = end - timedelta(days=1)
    if first == last:
        return f"On {first}"
    whole_month = first.day == 1 and (first.year, first.month) == (last.year, last.month)
    return f"In {first:%Y-%m}" if whole_month else f"In {first:%Y}"


def _day(day: date | None) -> str:
    return f"{day:%Y-%m}" if day and day.day == 1 else str(day)


def _begun(term: Term) -> Term:
    match term:
        case Named(family, name, _) if family in _GROWING:
            return Named(family, name, prefix=True)
        case _:
            return term


def _without(text: str, spans: list[tuple[int, int]], cursor: int) -> tuple[str, int]:
    """The text without these spans and the space behind each, and where the cursor is in it."""
    kept, last, place = "", 0, cursor
    for start, end in spans:
        end = _SPACE.match(text, end).end()  # type: ignore[union-attr]
        kept += text[last:start]
        if cursor > start:
            place -= min(cursor, end) - start
        last = end
    return kept + text[last:], place


def _terms(text: str) -> list[str]:
    """What a text looks for, in whatever order."""
    return sorted(map(repr, parse_query(text).terms))
