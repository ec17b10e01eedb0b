"""Which column means what: ours, listed synonyms, or as somebody said."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from fieldnotes.domain.markings import CHOICES, DEFAULT, Marking
from fieldnotes.domain.moments import Moment, moment_of
from fieldnotes.domain.notes import Kind, Note, Quote
from fieldnotes.errors import FieldnotesError, IntakeRefused

SYNONYMS: dict[str, tuple[str, ...]] = {
    "kind": ("type", "category"),
    "title": ("subject", "headline", "heading"),
    "text": ("body", "note", "notes", "content", "comment", "description", "details"),
    "happened": ("date", "day", "when", "happened_on", "created", "created_at", "timestamp"),
    "account": ("company", "customer", "client", "organisation", "organization", "account_name"),
    "competitors": ("competitor", "rival", "rivals"),
    "products": ("product",),
    "tags": ("tag", "labels", "label", "keywords"),
    "quotes": ("quote", "verbatim"),
    "stage": ("deal_stage", "sales_stage"),
    "outcome": ("result_of_deal", "won_lost", "status"),
    "opportunity": ("deal", "opportunity_name"),
    "language": ("lang",),
    "place": ("location", "city"),
    "see": ("marking", "visibility", "tlp"),
    "row": ("id", "key", "uuid", "guid"),
}
_TEXTS = frozenset(
    "kind title text account stage outcome opportunity language place known_by sureness did"
    " did_what effect concern answer worked problem why_us result why_happy tried on_whom situation"
    " implication need_payoff text_redacted heard_from_person".split()
)
_SEVERAL = frozenset(("competitors", "products", "tags", "material"))
_NUMBERS = frozenset(("replies", "tries"))
FIELDS = _TEXTS | _SEVERAL | _NUMBERS | {"happened", "quotes", "see", "row"}


class NotUsable(FieldnotesError):
    """A row that cannot become a note, and why."""


def columns_for(header: list[str], said: Mapping[str, str]) -> dict[str, str]:
    """Field → column. `said` wins, then our own names, then synonyms. Raises IntakeRefused."""
    for field, column in said.items():
        if field not in FIELDS:
            raise IntakeRefused(
                f"There is no field {field}.", f"Fields: {', '.join(sorted(FIELDS))}."
            )
        if column not in header:
            raise IntakeRefused(f"The file has no column {column}.")
    plain = {re.sub(r"[\s-]+", "_", column.strip().casefold()): column for column in header}
    found = {field: plain[field] for field in FIELDS if field in plain}
    for field, synonyms in SYNONYMS.items():
        match = next((plain[name] for name in synonyms if name in plain), None)
        if match is not None and match not in found.values():
            found.setdefault(field, match)
    return found | dict(said)


def note_from(
    cells: Mapping[str, Any],
    columns: Mapping[str, str],
    kinds: Mapping[str, str],
    offset: int,
    separators: str = ";,|\n",
) -> tuple[Note, Marking]:
    """The note that a row tells. Raises NotUsable.

    `kinds`: their word → our kind; `separators`: between several names in one cell.
    """
    told = {field: cells.get(column) for field, column in columns.items()}
    texts = {field: _text(told[field]) for field in _TEXTS & told.keys()}
    texts["kind"] = _kind(texts.get("kind", ""), kinds)
    happened, whole_day = _when(told.get("happened"), offset)
    quotes = tuple(
        Quote(f"{place:02}", text) for place, text in enumerate(_several(told.get("quotes"), "\n"))
    )
    fields: dict[str, Any] = dict(texts)
    fields |= {field: tuple(_several(told[field], separators)) for field in _SEVERAL & told.keys()}
    fields |= {field: _number(told[field]) for field in _NUMBERS & told.keys()}
    note = Note(**fields, happened=happened, whole_day=whole_day, quotes=quotes)
    if not (note.text or note.title or note.quotes):
        raise NotUsable("nothing is written in it")
    return note, _marking(_text(told.get("see")))


def row_key(cells: Mapping[str, Any], columns: Mapping[str, str]) -> str:
    """How their program calls the row; '' where it has no name of its own."""
    column = columns.get("row")
    return _text(cells.get(column)) if column else ""


def _kind(word: str, kinds: Mapping[str, str]) -> str:
    plain = word.strip().casefold()
    mapped = kinds.get(word) or kinds.get(plain) or plain or Kind.NOTE.value
    if mapped not in set(Kind):
        raise NotUsable(f"“{word}” is not a kind of note")
    return mapped


def _marking(word: str) -> Marking:
    plain = word.casefold()
    if plain in CHOICES:
        return CHOICES[plain]
    if not plain:
        return DEFAULT
    return Marking(plain) if plain in set(Marking) else Marking.RED


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        return ", ".join(map(_text, value))
    text = value if isinstance(value, str) else str(value)
    return text.replace("\r\n", "\n").replace("\0", "").strip()


def _several(value: Any, separators: str) -> list[str]:
    if isinstance(value, list):
        parts = [_text(each) for each in value]
    else:
        parts = re.split(f"[{re.escape(separators)}]", _text(value))
    return list(dict.fromkeys(part.strip() for part in parts if part.strip()))


def _number(value: Any) -> int | None:
    text = _text(value)
    return int(text) if re.fullmatch(r"\d{1,12}", text) else None


def _when(value: Any, offset: int) -> tuple[Moment | None, bool]:
    """ISO 8601 day or time; a day alone counts from noon. Raises NotUsable for other text."""
    text = _text(value)
    if not text:
        return None, False
    try:
        when = datetime.fromisoformat(text)
    except ValueError as error:
        raise NotUsable(f"“{text[:40]}” is not a date like 2026-03-31") from error
    whole_day = len(text) <= 10
    if whole_day:
        when = when.replace(hour=12)
    if when.tzinfo is None:
        wall = moment_of(when.replace(tzinfo=UTC))
        return Moment(wall.ms - offset * 60_000, offset), whole_day
    return moment_of(when), whole_day
