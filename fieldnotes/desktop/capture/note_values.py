"""The fields of a note as the words in their editors, and back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from msgspec.structs import replace

from fieldnotes.domain.consent import is_day, read_day
from fieldnotes.domain.languages import language_code, language_name
from fieldnotes.domain.meetings import with_people
from fieldnotes.domain.moments import Moment
from fieldnotes.domain.notes import Consent, Meeting, Note
from fieldnotes.domain.spoken_times import read_time, say_time

NAMED, ANONYMOUS = "with their name", "anonymously"
TEXTS = tuple(
    "title account opportunity stage outcome place known_by sureness heard_from_person did did_what"
    " effect answer worked concern problem why_us result why_happy tried on_whom situation"
    " implication need_payoff".split()
)
_NUMBERS = ("replies", "tries")
_CONSENT_DAYS = ("until", "withdrawn")
_CONSENT = ("who", "wording", "until", "withdrawn")


def values_of(note: Note, now: Moment) -> dict[str, str]:
    """What each editor shows, by the name of its field."""
    values: dict[str, str] = {name: getattr(note, name) for name in TEXTS}
    for name in _NUMBERS:
        number = getattr(note, name)
        values[name] = "" if number is None else str(number)
    values["material"] = ", ".join(note.material)
    values["language"] = language_name(note.language)
    people = note.meeting.people if note.meeting else ()
    values["people"] = ", ".join(person.name for person in people)
    values["happened"] = say_time(note.happened, note.whole_day, now) if note.happened else ""
    consent = note.consent or Consent()
    values |= {f"consent.{part}": getattr(consent, part) for part in _CONSENT}
    values["consent.channels"] = ", ".join(consent.channels)
    named = {True: NAMED, False: ANONYMOUS, None: ""}
    return values | {"consent.named": named[consent.named]}


def with_values(
    note: Note, values: Mapping[str, str], now: Moment, mint: Callable[[], str]
) -> Note:
    """`note` with what the editors say; a field that is not among `values` stays as it is.

    What cannot be read (a time, a number) stays as it was.
    """
    told: dict[str, Any] = {name: values[name].strip() for name in TEXTS if name in values}
    for name in _NUMBERS:
        if name in values:
            told[name] = int(values[name]) if values[name].isdecimal() else None
    if "material" in values:
        told["material"] = _list(values["material"])
    if "language" in values:
        told["language"] = language_code(values["language"])
    told |= _time(note, values, now)
    if "people" in values:
        told["meeting"] = _meeting(note.meeting, values["people"], mint)
    if "consent.named" in values:
        told["consent"] = _consent(note.consent or Consent(), values)
    return replace(note, **told)


def understood(time: str, now: Moment) -> bool:
    """Whether a time can be read; an empty one can."""
    return not time.strip() or read_time(time, now) is not None


def unread_day(note: Note) -> bool:
    """Whether a consent names a day that nobody can read: it then counts as over."""
    days = [getattr(note.consent, part) for part in _CONSENT_DAYS] if note.consent else []
    return any(day and not is_day(day) for day in days)


def _time(note: Note, values: Mapping[str, str], now: Moment) -> dict[str, Any]:
    """Only a time that was changed is read again: what is shown is rounded to the minute."""
    written = values.get("happened")
    shown = say_time(note.happened, note.whole_day, now) if note.happened else ""
    if written is None or written == shown:
        return {}
    read = read_time(written, now)
    return {"happened": read[0], "whole_day": read[1]} if read else {}


def _meeting(meeting: Meeting | None, people: str, mint: Callable[[], str]) -> Meeting | None:
    held = meeting or Meeting(id="")
    fresh = replace(held, people=with_people(held.people, _list(people), mint))
    return fresh if fresh != Meeting(id="") else None


def _consent(held: Consent, values: Mapping[str, str]) -> Consent | None:
    named = {NAMED: True, ANONYMOUS: False}.get(values["consent.named"])
    parts = {
        part: values[f"consent.{part}"].strip() for part in _CONSENT if f"consent.{part}" in values
    }
    parts |= {part: read_day(parts[part]) for part in _CONSENT_DAYS if part in parts}
    channels = values.get("consent.channels")
    fresh = replace(
        held,
        named=named,
        channels=held.channels if channels is None else _list(channels),
        **parts,
    )
    return fresh if fresh != Consent() else None


def _list(written: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part.strip() for part in written.split(",") if part.strip()))
