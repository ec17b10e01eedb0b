"""A note as a row of plain columns: the one table behind every other shape of export, both ways.

A value is a text, a list of texts, a whole number, or yes and no; each shape spells it in its own
way (see `sheet_cells` and `vault_pages`). What has parts, such as a quote with the role of who
said it, lies in columns beside each other whose lists run side by side.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

import msgspec

from fieldnotes.domain.markings import CHOICES, marking
from fieldnotes.domain.moments import Moment, moment_of
from fieldnotes.domain.notes import Attachment, Consent, Contact, Meeting, Note, Person, Quote
from fieldnotes.domain.written import FIELD_NAME

Value = str | int | bool | list[str]
Columns = dict[str, Value]


class Kept(StrEnum):
    """What a column holds."""

    TEXT = "text"
    NAMES = "names"  # a list in which nothing is empty
    PARTS = "parts"  # a list beside others
    NUMBER = "number"
    FLAG = "flag"


class NoteRow(msgspec.Struct, frozen=True):
    """A note and what is told around it. `written`: when it was first saved; `marks`: by field.

    `see` and `marks` are markings. `author` is a name and `label` says what goes with a win that
    may not simply be told, both for people to read.
    """

    note: Note
    id: str = ""
    author: str = ""
    written: Moment | None = None
    see: str = ""
    marks: Mapping[str, str] = {}
    label: str = ""


_TEXTS = (
    "kind title text text_redacted account opportunity stage outcome place known_by sureness"
    " heard_from_note heard_from_person did did_what effect concern answer worked problem why_us"
    " result why_happy tried on_whom situation implication need_payoff language"
).split()
_NAMES = ("competitors", "products", "tags", "material")
_NUMBERS = ("replies", "tries")
_PARTS: dict[str, tuple[type[Quote | Contact | Attachment], dict[str, str]]] = {
    "quotes": (Quote, {"quotes": "text", "quotes_role": "role", "quotes_id": "id"}),
    "contacts": (
        Contact,
        {"contacts": "name", "contacts_role": "role", "contacts_email": "email"}
        | {"contacts_phone": "phone", "contacts_id": "id"},
    ),
    "attachments": (
        Attachment,
        {"attachments": "name", "attachments_media": "media", "attachments_size": "size"}
        | {"attachments_sha256": "sha256", "attachments_id": "id"},
    ),
}
_MEETING = ("id", "account", "day", "event", "recurrence")
_CONSENT = ("who", "wording", "until", "withdrawn")
_ORDER = (
    "day kind title text text_redacted label quotes quotes_role account competitors products tags"
    " contacts contacts_role contacts_email contacts_phone opportunity stage outcome did did_what"
    " effect concern answer worked problem why_us result why_happy tried on_whom replies tries"
    " situation implication need_payoff happened whole_day place known_by sureness"
    " heard_from_person heard_from_note material meeting_id meeting_account meeting_day"
    " meeting_people meeting_people_id meeting_event meeting_recurrence consent_who"
    " consent_wording consent_named consent_channels consent_until consent_withdrawn language"
    " attachments attachments_media attachments_size attachments_sha256 attachments_id author see"
    " see_parts written quotes_id contacts_id id"
).split()
_KEPT = {
    **dict.fromkeys((*_NAMES, "consent_channels", "see_parts"), Kept.NAMES),
    **dict.fromkeys((name for _, each in _PARTS.values() for name in each), Kept.PARTS),
    **dict.fromkeys(("meeting_people", "meeting_people_id"), Kept.PARTS),
    **dict.fromkeys(_NUMBERS, Kept.NUMBER),
    **dict.fromkeys(("whole_day", "consent_named"), Kept.FLAG),
}
COLUMNS: dict[str, Kept] = {name: _KEPT.get(name, Kept.TEXT) for name in _ORDER}
"""Every column in the order in which sheets show them. `day` is for people and other programs."""
ALWAYS = frozenset(("id", "kind", "day", "author", "see", "written"))
"""Columns that no row lacks: whoever has them all was written here."""
_PART_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
_WORDS = {CHOICES[word]: word for word in CHOICES}


def is_ours(names: Iterable[str]) -> bool:
    """Whether rows with these columns were written by this program."""
    return frozenset(names) >= ALWAYS


def columns_of(row: NoteRow) -> Columns:
    """The filled columns of a note, in order. Where the text is hidden, that for others stands."""
    note = row.note
    told: dict[str, Any] = {name: getattr(note, name) for name in (*_TEXTS, *_NUMBERS)}
    told["text"] = note.text or note.text_redacted
    told |= {name: _filled(getattr(note, name)) for name in _NAMES}
    told["happened"] = _spelt(note.happened)
    told["whole_day"] = note.whole_day or None
    for family, (_, columns) in _PARTS.items():
        parts = getattr(note, family)
        told |= {name: [str(getattr(p, of)) for p in parts] for name, of in columns.items()}
    told |= _meeting_columns(note.meeting) | _consent_columns(note.consent)
    told |= {
        "id": row.id,
        "author": row.author,
        "see": _word(row.see),
        "see_parts": [f"{name}={_word(row.marks[name])}" for name in sorted(row.marks)],
        "written": _spelt(row.written),
        "day": _spelt(note.happened or row.written)[:10],
        "label": row.label,
    }
    return {
        name: told[name]
        for name in COLUMNS
        if name in ALWAYS or (told.get(name) not in ("", None) and any_of(told[name]))
    }


def any_of(value: Value) -> bool:
    """Whether a list says anything at all; what is no list does."""
    return not isinstance(value, list) or any(value)


def row_of(told: Mapping[str, Any]) -> NoteRow:
    """The note that these columns tell; what is missing or of another shape counts as empty.

    Raises ValueError, in words, for a day or time that cannot be read.
    """
    fields: dict[str, Any] = {name: _text(told.get(name)) for name in _TEXTS}
    fields |= {name: tuple(_filled(_list(told.get(name)))) for name in _NAMES}
    fields |= {name: _number(told.get(name)) for name in _NUMBERS}
    if fields["text"] == fields["text_redacted"]:
        fields["text"] = ""
    for family, (shape, columns) in _PARTS.items():
        fields[family] = tuple(_parts(shape, columns, told))
    note = Note(
        **fields,
        happened=_moment(told.get("happened")),
        whole_day=_flag(told.get("whole_day")) is True,
        meeting=_meeting(told),
        consent=_consent(told),
    )
    return NoteRow(
        note,
        _text(told.get("id")),
        _text(told.get("author")),
        _moment(told.get("written")),
        _marked(_text(told.get("see"))),
        dict(_marks(_list(told.get("see_parts")))),
        _text(told.get("label")),
    )


# --- out --------------------------------------------------------------------------------------


def _filled(names: Iterable[str]) -> list[str]:
    return [name for name in names if name]


def _spelt(when: Moment | None) -> str:
    """ISO 8601 with the offset lived in; milliseconds only where there are some."""
    if when is None:
        return ""
    local = when.local().replace(microsecond=when.ms % 1000 * 1000)
    return local.isoformat(timespec="milliseconds" if when.ms % 1000 else "seconds")


def _word(of: str) -> str:
    return _WORDS.get(marking(of), marking(of).value)


def _meeting_columns(meeting: Meeting | None) -> dict[str, Any]:
    if meeting is None:
        return {}
    told: dict[str, Any] = {f"meeting_{part}": getattr(meeting, part) for part in _MEETING}
    told["meeting_people"] = [person.name for person in meeting.people]
    told["meeting_people_id"] = [person.id for person in meeting.people]
    return told


def _consent_columns(consent: Consent | None) -> dict[str, Any]:
    if consent is None:
        return {}
    told: dict[str, Any] = {f"consent_{part}": getattr(consent, part) for part in _CONSENT}
    return told | {
        "consent_named": consent.named,
        "consent_channels": _filled(consent.channels),
    }


# --- back -------------------------------------------------------------------------------------


def _text(value: Any) -> str:
    if isinstance(value, float) and value.is_integer():
        value = int(value)  # spreadsheets know no other numbers
    return "" if value is None or isinstance(value, list | dict) else str(value)


def _list(value: Any) -> list[str]:
    if isinstance(value, list):
        return [_text(each) for each in value]
    return [text] if (text := _text(value)) else []


def _number(value: Any) -> int | None:
    text = _text(value)
    number = int(text) if re.fullmatch(r"-?[0-9]{1,16}", text) else None
    return number if number is not None and abs(number) < 1 << 53 else None


def _flag(value: Any) -> bool | None:
    return {"yes": True, "true": True, "no": False, "false": False}.get(_text(value).casefold())


def _moment(value: Any) -> Moment | None:
    text = _text(value)
    if not text:
        return None
    try:
        when = datetime.fromisoformat(text)
        return moment_of(when if when.tzinfo else when.replace(tzinfo=UTC))
    except (ValueError, OverflowError) as error:
        raise ValueError(f"“{text[:40]}” is not a time like 2026-03-31T14:00:00+02:00") from error


def _marked(word: str) -> str:
    return CHOICES[word].value if word in CHOICES else marking(word).value


def _marks(told: Iterable[str]) -> Iterator[tuple[str, str]]:
    for each in told:
        name, equals, word = each.rpartition("=")
        if equals and FIELD_NAME.fullmatch(name):
            yield name, _marked(word)


def _beside(columns: Iterable[str], told: Mapping[str, Any]) -> dict[str, list[str]]:
    """Lists that run side by side, made equally long."""
    lists = {name: _list(told.get(name)) for name in columns}
    longest = max(map(len, lists.values()))
    return {name: each + [""] * (longest - len(each)) for name, each in lists.items()}


def _ids(told: list[str]) -> list[str]:
    """As they are told, if every one can be used; else their places."""
    usable = len(set(told)) == len(told) and all(map(_PART_ID.fullmatch, told))
    return told if usable else [f"{place:02}" for place in range(len(told))]


def _parts(
    shape: type[Quote | Contact | Attachment], columns: Mapping[str, str], told: Mapping[str, Any]
) -> Iterator[Any]:
    lists: dict[str, Any] = {columns[name]: each for name, each in _beside(columns, told).items()}
    lists["id"] = _ids(lists["id"])
    if "size" in lists:
        lists["size"] = [_number(size) or 0 for size in lists["size"]]
    for values in zip(*lists.values(), strict=True):
        yield shape(**dict(zip(lists, values, strict=True)))


def _meeting(told: Mapping[str, Any]) -> Meeting | None:
    parts = {part: _text(told.get(f"meeting_{part}")) for part in _MEETING}
    lists = _beside(("meeting_people", "meeting_people_id"), told)
    ids = _ids(lists["meeting_people_id"])
    people = tuple(map(Person, ids, lists["meeting_people"]))
    return Meeting(**parts, people=people) if any(parts.values()) or people else None


def _consent(told: Mapping[str, Any]) -> Consent | None:
    consent = Consent(
        **{part: _text(told.get(f"consent_{part}")) for part in _CONSENT},
        named=_flag(told.get("consent_named")),
        channels=tuple(_filled(_list(told.get("consent_channels")))),
    )
    return consent if consent != Consent() else None
