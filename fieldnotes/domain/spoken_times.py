"""When something happened, as people write it: 'yesterday 13:00', 'monday', '31.3.'."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta, timezone

from fieldnotes.domain.moments import Moment, moment_of

_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_CLOCK = re.compile(r"\b(\d{1,2})(?::(\d{2})|\s*(am|pm))(?:\s*(am|pm))?\b")
_ISO = re.compile(r"\d{4}-\d{1,2}-\d{1,2}$")
_DOTTED = re.compile(r"(\d{1,2})[./](\d{1,2})[./]?(\d{4}|\d{2})?$")


def read_time(text: str, now: Moment) -> tuple[Moment, bool] | None:
    """The moment and whether only its day is known (noon then); None when it cannot be read.

    Days without a year lie in the past twelve months; a time alone means today.
    """
    told = re.sub(r"(?<=\d)t(?=\d)", " ", text.strip().lower()).rstrip(",")
    clock = _CLOCK.search(told)
    if clock:
        told = f"{told[: clock.start()]} {told[clock.end() :]}"
    words = [word for word in re.split(r"[\s,]+", told) if word not in ("at", "last", "um", "")]
    day = _day(" ".join(words), now.local().date())
    hour = _hour(clock) if clock else (12, 0)
    if day is None or hour is None or (not words and not clock):
        return None
    here = timezone(timedelta(minutes=now.offset))
    when = datetime(day.year, day.month, day.day, *hour, tzinfo=here)
    if not words and when > now.local() + timedelta(hours=1):
        when -= timedelta(days=1)
    return moment_of(when), clock is None


def say_time(when: Moment, whole_day: bool, now: Moment) -> str:
    """The moment in words that `read_time` reads: 'today 13:00', 'Monday', '2026-03-31 09:30'."""
    local, today = when.local(), now.local().date()
    back = (today - local.date()).days
    day = local.date().isoformat()
    if back in (0, 1):
        day = ("today", "yesterday")[back]
    elif 1 < back < 7:
        day = _DAYS[local.weekday()].capitalize()
    return day if whole_day else f"{day} {local:%H:%M}"


def _day(words: str, today: date) -> date | None:
    if words in ("", "today", "now"):
        return today
    if words in ("yesterday", "the day before yesterday"):
        return today - timedelta(days=1 if words == "yesterday" else 2)
    if ago := re.fullmatch(r"(\d{1,3}) days? ago", words):
        return today - timedelta(days=int(ago[1]))
    named = [at for at, name in enumerate(_DAYS) if len(words) > 2 and name.startswith(words)]
    if named:
        return today - timedelta(days=(today.weekday() - named[0]) % 7 or 7)
    try:
        return _written(words, today)
    except ValueError:
        return None


def _written(words: str, today: date) -> date | None:
    if _ISO.match(words):
        year, month, day = map(int, words.split("-"))
        return date(year, month, day)
    found = _DOTTED.match(words)
    if not found:
        return None
    day, month, written = int(found[1]), int(found[2]), found[3]
    if written:
        return date(int(written) + (2000 if len(written) == 2 else 0), month, day)
    this = date(today.year, month, day)
    return this if this <= today else date(today.year - 1, month, day)


def _hour(clock: re.Match[str]) -> tuple[int, int] | None:
    hour, minute = int(clock[1]), int(clock[2] or 0)
    half = clock[3] or clock[4]
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0)
    return (hour, minute) if hour < 24 and minute < 60 else None
