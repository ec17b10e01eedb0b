"""May we tell it? What a consent says, in the words a person acts on."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from fieldnotes.domain.notes import Consent

ASK = "ask the customer before use"


class State(StrEnum):
    """What a consent is worth today."""

    VALID = "valid"
    ENDED = "ended"
    WITHDRAWN = "withdrawn"
    MISSING = "missing"


def state_of(consent: Consent | None, today: date) -> State:
    """Without somebody who agreed there is no consent; a day that cannot be read has passed."""
    if consent is not None and consent.withdrawn:
        return State.WITHDRAWN
    if consent is None or not consent.who:
        return State.MISSING
    return State.VALID if not consent.until or _holds(consent.until, today) else State.ENDED


def in_words(consent: Consent | None, today: date) -> str:
    """What may be done with a win today; whatever is not plainly allowed must be asked for."""
    state = state_of(consent, today)
    if consent is None or state is State.MISSING:
        return ASK
    if state is State.WITHDRAWN:
        return "do not use: the customer withdrew consent"
    if state is State.ENDED:
        return f"{ASK}: consent ended on {consent.until}"
    how = "by name" if consent.named else "without their name"
    until = f" until {consent.until}" if consent.until else ""
    return f"may be told {how}{until}"


def may_tell(consent: Consent | None, today: date) -> bool:
    """Whether it may be told today, by name or without."""
    return state_of(consent, today) is State.VALID


def read_day(written: str) -> str:
    """A day as it is kept, '2027-03-31', from that or from 31.3.2027; else as it was written."""
    parts = written.strip().rstrip(".").replace("/", ".").split(".")
    if len(parts) == 3 and all(part.isdecimal() for part in parts) and len(parts[2]) == 4:
        day, month, year = map(int, parts)
        written = f"{year:04}-{month:02}-{day:02}"
    return written.strip()


def is_day(written: str) -> bool:
    """Whether a kept day can be read."""
    try:
        date.fromisoformat(written)
    except ValueError:
        return False
    return True


def _holds(until: str, today: date) -> bool:
    return is_day(until) and date.fromisoformat(until) >= today
