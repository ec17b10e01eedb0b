"""Times told from today in a search: 'last 90 days', 'this month', 'yesterday'."""

from __future__ import annotations

import re
from datetime import date

from fieldnotes.domain.moments import seconds_of, wall_time

_DAYS = {"day": 1, "week": 7}
_MONTHS = {"month": 1, "quarter": 3, "year": 12}
_UNITS = "|".join((*_DAYS, *_MONTHS))
LAST = re.compile(rf"last\s+(\d{{1,4}})\s+({_UNITS})s?", re.IGNORECASE)
_NAMED = re.compile(rf"(this|last)\s+({_UNITS})", re.IGNORECASE)
_EARLIEST, _LATEST = date(1, 1, 1), date(9999, 12, 30)


def read_lately(text: str) -> str | None:
    """What `text` says in one spelling, such as 'last 90 days' or 'this week'; None: no such time.

    >>> read_lately("Last 1 week"), read_lately("TODAY"), read_lately("someday")
    ('last 1 week', 'today', None)
    """
    written = " ".join(text.split()).lower()
    if written in ("today", "yesterday") or _NAMED.fullmatch(written):
        return written
    return written if LAST.fullmatch(written) else None


def span_lately(what: str, today: date) -> tuple[int, int]:
    """The time that `read_lately` read, as local seconds [first, end).

    The last 90 days are the 90 before today and today; the last week is the one before this one,
    and a week begins on its Monday.
    """
    first, end = _days(what, today)
    return midnight(first), midnight(end)


def midnight(day: date) -> int:
    """The first local second of a day."""
    return seconds_of(wall_time(0).replace(year=day.year, month=day.month, day=day.day))


def months_on(day: date, months: int) -> date:
    """The first of the month so many months after (or before) that of `day`."""
    number = min(max(day.year * 12 + day.month - 1 + months, 12), 9999 * 12 + 11)
    return date(number // 12, number % 12 + 1, 1)


def _days(what: str, today: date) -> tuple[date, date]:
    tomorrow = _moved(today, 1)
    if what in ("today", "yesterday"):
        return (today, tomorrow) if what == "today" else (_moved(today, -1), today)
    if found := LAST.fullmatch(what):
        return _back(today, int(found[1]), found[2]), tomorrow
    which, unit = what.split()
    first = _begin(today, unit)
    return (first, _begin_next(first, unit)) if which == "this" else (_before(first, unit), first)


def _back(today: date, count: int, unit: str) -> date:
    if unit in _DAYS:
        return _moved(today, -count * _DAYS[unit])
    first = months_on(today, -count * _MONTHS[unit])
    last = _moved(months_on(first, 1), -1)
    return first.replace(day=min(today.day, last.day))


def _begin(today: date, unit: str) -> date:
    if unit in _DAYS:
        return _moved(today, -today.weekday() if unit == "week" else 0)
    return today.replace(month=(today.month - 1) // _MONTHS[unit] * _MONTHS[unit] + 1, day=1)


def _begin_next(first: date, unit: str) -> date:
    return _moved(first, _DAYS[unit]) if unit in _DAYS else months_on(first, _MONTHS[unit])


def _before(first: date, unit: str) -> date:
    return _moved(first, -_DAYS[unit]) if unit in _DAYS else months_on(first, -_MONTHS[unit])


def _moved(day: date, days: int) -> date:
    number = day.toordinal() + days
    return date.fromordinal(min(max(number, _EARLIEST.toordinal()), _LATEST.toordinal()))
