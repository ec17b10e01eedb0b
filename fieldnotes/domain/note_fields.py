"""How a note lies in the fields of a record: leaves with ASCII names, and back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

import msgspec

from fieldnotes.domain.moments import Moment
from fieldnotes.domain.notes import (
    Attachment,
    Consent,
    Contact,
    Meeting,
    Note,
    Person,
    Quote,
    first_line,
)

_TEXTS = tuple(
    "kind title text text_redacted language account opportunity stage outcome place known_by "
    "sureness did did_what effect answer worked concern problem why_us result why_happy tried "
    "on_whom situation implication need_payoff".split()
)
_LISTS = ("competitors", "products", "tags", "material")
_NUMBERS = ("replies", "tries")
_MEETING = ("id", "account", "day", "event", "recurrence")
_CONSENT_TEXTS = ("who", "wording", "until", "withdrawn")
_CONTACT_PARTS = ("name", "role", "email", "phone")
_SHAPES = {
    **dict.fromkeys(_TEXTS, str),
    **dict.fromkeys(_LISTS, list),
    **dict.fromkeys(_NUMBERS, int),
}
KNOWN_FIELDS = frozenset(
    {
        *(*_TEXTS, *_LISTS, *_NUMBERS, "happened", "whole_day"),
        *("heard_from.note", "heard_from.person", "consent.named", "consent.channels"),
        *(f"meeting.{part}" for part in _MEETING),
        *(f"consent.{part}" for part in _CONSENT_TEXTS),
    }
)


def is_known(name: str) -> bool:
    """Whether this program knows what the field means (an unknown one counts as RED)."""
    if name in KNOWN_FIELDS:
        return True
    family, _, rest = name.partition(".")
    if family in ("quotes", "attachments"):
        return bool(rest) and "." not in rest
    if family == "contacts":
        who, _, part = rest.partition(".")
        return bool(who) and part in _CONTACT_PARTS
    return name.startswith("meeting.people.") and name.count(".") == 2


def known_fields(names: Iterable[str]) -> frozenset[str]:
    """Those of `names` that this program knows."""
    return frozenset(filter(is_known, names))


def to_fields(note: Note) -> dict[str, Any]:
    """Leaf name → JSON value; what is empty is left out."""
    fields: dict[str, Any] = {name: getattr(note, name) for name in _TEXTS + _NUMBERS}
    fields |= {name: list(getattr(note, name)) for name in _LISTS}
    fields["happened"] = list(note.happened) if note.happened else None
    fields["whole_day"] = note.whole_day or None
    fields["heard_from.note"] = note.heard_from_note
    fields["heard_from.person"] = note.heard_from_person
    for quote in note.quotes:
        fields[f"quotes.{quote.id}"] = _without_id(quote)
    for attachment in note.attachments:
        fields[f"attachments.{attachment.id}"] = _without_id(attachment)
    for contact in note.contacts:
        for part in _CONTACT_PARTS:
            fields[f"contacts.{contact.id}.{part}"] = getattr(contact, part)
    _put_meeting(fields, note.meeting)
    _put_consent(fields, note.consent)
    return {name: value for name, value in fields.items() if value not in ("", [], None)}


def from_fields(fields: Mapping[str, Any]) -> Note:
    """The note that these fields tell. Never raises: a value of another shape counts as absent."""
    told: dict[str, Any] = {}
    parts: dict[str, Any] = {}
    for name, value in fields.items():
        shape = _SHAPES.get(name)
        if shape is None:
            if "." in name:
                parts[name] = value
        elif type(value) is shape:
            told[name] = _texts(value) if isinstance(value, list) else value
    return Note(
        **told,
        happened=_as(Moment, fields.get("happened")),
        whole_day=fields.get("whole_day") is True,
        **_from_parts(parts) if parts else {},
    )


def _texts(value: list[Any]) -> tuple[str, ...]:
    return tuple([each for each in value if isinstance(each, str)])


def heading_of(fields: Mapping[str, Any]) -> str:
    """The heading of the note that these fields tell."""
    title, text = fields.get("title"), fields.get("text")
    said = title if isinstance(title, str) else ""
    if not said and isinstance(text, str):
        said = first_line(text)
    return said or from_fields(fields).heading


def _from_parts(fields: Mapping[str, Any]) -> dict[str, Any]:
    """What the fields tell that have a family, `quotes.` and the like."""
    return {
        "heard_from_note": _str(fields.get("heard_from.note")),
        "heard_from_person": _str(fields.get("heard_from.person")),
        "quotes": _family(Quote, fields, "quotes."),
        "attachments": _family(Attachment, fields, "attachments."),
        "contacts": _contacts(fields),
        "meeting": _meeting(fields),
        "consent": _consent(fields),
    }


_T = TypeVar("_T")


def _without_id(part: Quote | Attachment) -> dict[str, Any]:
    plain: dict[str, Any] = msgspec.to_builtins(part)
    del plain["id"]
    return plain


def _put_meeting(fields: dict[str, Any], meeting: Meeting | None) -> None:
    if meeting:
        fields |= {f"meeting.{part}": getattr(meeting, part) for part in _MEETING}
        fields |= {f"meeting.people.{person.id}": person.name for person in meeting.people}


def _put_consent(fields: dict[str, Any], consent: Consent | None) -> None:
    if consent:
        fields |= {f"consent.{part}": getattr(consent, part) for part in _CONSENT_TEXTS}
        fields["consent.named"] = consent.named
        fields["consent.channels"] = list(consent.channels)


def _str(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _as(shape: type[_T], value: Any) -> _T | None:
    if value is None:
        return None
    try:
        return msgspec.convert(value, shape)
    except msgspec.ValidationError:
        return None


def _family(shape: type[_T], fields: Mapping[str, Any], prefix: str) -> tuple[_T, ...]:
    found = []
    for name in sorted(fields):
        value = fields[name]
        if name.startswith(prefix) and isinstance(value, dict):
            part = _as(shape, {**value, "id": name.removeprefix(prefix)})
            if part is not None:
                found.append(part)
    return tuple(found)


def _contacts(fields: Mapping[str, Any]) -> tuple[Contact, ...]:
    people: dict[str, dict[str, str]] = {}
    for name in sorted(fields):
        family, _, rest = name.partition(".")
        who, _, part = rest.partition(".")
        if family == "contacts" and part in _CONTACT_PARTS and (told := _str(fields[name])):
            people.setdefault(who, {})[part] = told
    return tuple(Contact(id=who, **parts) for who, parts in people.items())


def _meeting(fields: Mapping[str, Any]) -> Meeting | None:
    parts = {part: _str(fields.get(f"meeting.{part}")) for part in _MEETING}
    people = tuple(
        Person(name.rpartition(".")[2], _str(fields[name]))
        for name in sorted(fields)
        if name.startswith("meeting.people.") and _str(fields[name])
    )
    return Meeting(**parts, people=people) if any(parts.values()) or people else None


def _consent(fields: Mapping[str, Any]) -> Consent | None:
    texts = {part: _str(fields.get(f"consent.{part}")) for part in _CONSENT_TEXTS}
    named = fields.get("consent.named")
    channels = fields.get("consent.channels")
    consent = Consent(
        **texts,
        named=named if isinstance(named, bool) else None,
        channels=tuple(map(str, channels)) if isinstance(channels, list) else (),
    )
    return consent if consent != Consent() else None
