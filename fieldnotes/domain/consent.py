"""May we tell it? What a consent says, in the words a person acts on."""

from __future__ import annotations

from datetime import date

from fieldnotes.domain.notes import Consent

ASK = "ask the customer before use"


def in_words(consent: Consent | None, today: date) -> str:
    """What may be done with a win today; whatever is not plainly allowed must be asked for."""
    if consent is None or not consent.who:
        return ASK
    if consent.withdrawn:
        return "do not use: the customer withdrew consent"
    if consent.until and not _holds(consent.until, today):
        return f"{ASK}: consent ended on {consent.until}"
    how = "by name" if consent.named else "without their name"
    until = f" until {consent.until}" if consent.until else ""
    return f"may be told {how}{until}"


def may_tell(consent: Consent | None, today: date) -> bool:
    """Whether it may be told today, by name or without."""
    return in_words(consent, today).startswith("may be told")


def _holds(until: str, today: date) -> bool:
    """A day that cannot be read has passed: nothing is told on a guess."""
    try:
        return date.fromisoformat(until) >= today
    except ValueError:
        return False
