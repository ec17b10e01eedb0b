"""How a note lies in the fields of a record: leaves with ASCII names, and back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from fieldnotes.domain.notes import (
    Attachment,
    Consent,
    Meeting,
    Note,
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
_PUT_TOGETHER = frozenset(
    "quotes attachments contacts meeting consent heard_from_note heard_from_person".split()
)
_MEMBERS = frozenset(Note.__struct_fields__)
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
    told = dict(fields) if _PUT_TOGETHER.isdisjoint(fields) else _without_put_together(fields)
    if parts := sorted([name for name in fields if "." in name]):
        told |= _put_together(fields, parts)
    try:
        return msgspec.convert(told, Note)
    except msgspec.ValidationError:
        return msgspec.convert(_what_fits(told), Note)


def heading_of(fields: Mapping[str, Any]) -> str:
    """The heading of the note that these fields tell."""
    title, text = fields.get("title"), fields.get("text")
    said = title if isinstance(title, str) else ""
    if not said and isinstance(text, str):
        said = first_line(text)
    return said or from_fields(fields).heading


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


def _without_put_together(fields: Mapping[str, Any]) -> dict[str, Any]:
    """What several fields tell is no field itself."""
    return {name: value for name, value in fields.items() if name not in _PUT_TOGETHER}


def _put_together(fields: Mapping[str, Any], names: list[str]) -> dict[str, Any]:
    """What the fields of these names tell that have a family, `quotes.` and the like."""
    families: dict[str, dict[str, Any]] = {}
    for name in names:
        family, _, rest = name.partition(".")
        families.setdefault(family, {})[rest] = fields[name]
    told: dict[str, Any] = {}
    for family, parts in families.items():
        match family:
            case "quotes" | "attachments":
                told[family] = _with_id(parts)
            case "contacts":
                told[family] = _contacts(parts)
            case "meeting":
                told[family] = _meeting(parts)
            case "consent":
                told[family] = _consent(parts)
            case "heard_from":
                told["heard_from_note"] = _str(parts.get("note"))
                told["heard_from_person"] = _str(parts.get("person"))
            case _:
                pass
    return told


def _with_id(parts: dict[str, Any]) -> list[dict[str, Any]]:
    return [{**part, "id": id_} for id_, part in parts.items() if isinstance(part, dict)]


def _contacts(parts: dict[str, Any]) -> list[dict[str, str]]:
    people: dict[str, dict[str, str]] = {}
    for name, value in parts.items():
        who, _, part = name.partition(".")
        if part in _CONTACT_PARTS and (told := _str(value)):
            people.setdefault(who, {"id": who})[part] = told
    return list(people.values())


def _meeting(parts: dict[str, Any]) -> dict[str, Any] | None:
    told: dict[str, Any] = {}
    people = []
    for name, value in parts.items():
        if not value or not isinstance(value, str):
            continue
        if name in _MEETING:
            told[name] = value
        elif name.startswith("people."):
            people.append({"id": name.rpartition(".")[2], "name": value})
    return {"id": "", **told, "people": people} if told or people else None


def _consent(parts: dict[str, Any]) -> dict[str, Any] | None:
    told: dict[str, Any] = {part: _str(parts.get(part)) for part in _CONSENT_TEXTS}
    named, channels = parts.get("named"), parts.get("channels")
    told["named"] = named if isinstance(named, bool) else None
    told["channels"] = list(map(str, channels)) if isinstance(channels, list) else []
    return told if any(told.values()) or told["named"] is False else None


def _what_fits(told: dict[str, Any]) -> dict[str, Any]:
    """Each member of a note that is of its shape, and of those that hold several what is."""
    fitting = {}
    for name in told.keys() & _MEMBERS:
        value = told[name]
        if name in _LISTS and isinstance(value, list):
            fitting[name] = [each for each in value if isinstance(each, str)]
        elif name in _PUT_TOGETHER and isinstance(value, list):
            fitting[name] = [each for each in value if _fits(name, [each])]
        elif _fits(name, value):
            fitting[name] = value
    return fitting


def _fits(name: str, value: Any) -> bool:
    try:
        msgspec.convert({name: value}, Note)
    except msgspec.ValidationError:
        return False
    return True
