"""Calendar files (RFC 5545) → the meetings of a few days, however broken or hostile the file.

Each series of meetings is read by itself, with nothing but the lines that matter here: one bad
meeting spoils no other. What a file may cost is bounded: its size, the length of a series, rules
that repeat more often than daily or begin before 1970, and the time for all of it.
"""

from __future__ import annotations

import re
import time
import warnings
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime, timedelta, tzinfo
from itertools import islice
from pathlib import Path
from typing import Any

import icalendar
import msgspec
import recurring_ical_events
from dateutil.rrule import rrulestr

from fieldnotes.domain.calendars import Attendee, CalendarEvent
from fieldnotes.domain.moments import moment_of
from fieldnotes.errors import IntakeRefused

LARGEST = 16 << 20
SECONDS = 6.0
_LONGEST_SERIES = 1 << 18
_MOST_PEOPLE = 40
_MOST_IN_RULE = 400
_EARLIEST = 1970
_CYCLES = 19  # of 400 years: from 1970 to 9570
_KEPT = frozenset(
    "uid dtstart dtend duration rrule rdate exdate recurrence-id summary location status attendee"
    " organizer sequence".split()
)
_DAY = re.compile(r"(\d{4})(\d\d)(\d\d)")
_NAME = re.compile(r"[A-Za-z0-9-]+")
_FREQUENCIES = frozenset(("DAILY", "WEEKLY", "MONTHLY", "YEARLY"))
_WITHIN_A_DAY = ("BYHOUR", "BYMINUTE", "BYSECOND")
_BROKEN = (
    ValueError,
    TypeError,
    KeyError,
    IndexError,
    AttributeError,
    ArithmeticError,
    RecursionError,
    NotImplementedError,
    AssertionError,
)
"""What the two libraries were seen to raise on broken files, and what is near to it."""


class CalendarRead(msgspec.Struct, frozen=True):
    """`unread`: how many series could not be read, or were left when the time was up."""

    events: tuple[CalendarEvent, ...]
    unread: int = 0


class _Series:
    """The event blocks of one UID, as the lines that matter."""

    def __init__(self) -> None:
        self.blocks: list[list[str]] = []
        self.size = 0
        self.repeats = False

    def add(self, block: list[str]) -> None:
        self.size += sum(map(len, block))
        names = {_name(line) for line in block}
        self.repeats = self.repeats or bool(names & {"rrule", "rdate", "recurrence-id"})
        if self.size <= _LONGEST_SERIES:
            self.blocks.append(block)


def read_file(path: Path) -> bytes:
    """The content of a calendar file. Raises IntakeRefused."""
    try:
        if path.stat().st_size > LARGEST:
            raise IntakeRefused(f"{path.name} is too large.", "Export fewer months of it.")
        return path.read_bytes()
    except OSError as error:
        raise IntakeRefused(f"{path.name} could not be read.", "Is it still there?") from error


def read_calendar(
    content: bytes,
    name: str,
    days: tuple[date, date],
    here: tzinfo,
    clock: Callable[[], float] = time.monotonic,
) -> CalendarRead:
    """The meetings that begin on `days` (first, last), by the wall time `here`.

    Raises IntakeRefused for what is no calendar, or when not one meeting in it could be read.
    """
    if len(content) > LARGEST:
        raise IntakeRefused(f"{name} is too large.", "Export fewer months of it.")
    lines = _unfolded(content)
    if not any(line[:7].upper() == "BEGIN:V" for line in lines):
        raise IntakeRefused(f"{name} is not a calendar file.", "Choose one that ends in .ics.")
    zones, series = _sorted_out(lines)
    late = clock() + SECONDS
    events: dict[str, CalendarEvent] = {}
    unread = 0
    for each in series:
        try:
            if clock() > late or each.size > _LONGEST_SERIES:
                raise ValueError("too much of it")
            if _may_fall(each, days):
                events |= {event.key: event for event in _meetings(each, zones, days, here)}
        except _BROKEN:
            unread += 1
    if unread and unread == len(series):
        raise IntakeRefused(f"No meeting in {name} could be read.", "Export the calendar again.")
    return CalendarRead(tuple(events.values()), unread)


def _unfolded(content: bytes) -> list[str]:
    """Lines with their continuations (a line that begins with a blank) joined, without NULs."""
    text = content.decode("utf-8-sig", errors="replace").replace("\0", "")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return re.sub(r"\n[ \t]", "", text).split("\n")


def _sorted_out(lines: Iterable[str]) -> tuple[list[str], list[_Series]]:
    """Time zones as text, and events by UID; what stands inside an event (an alarm) is left out."""
    zones: list[str] = []
    series: dict[str, _Series] = {}
    block: list[str] = []
    inside: list[str] = []
    for number, line in enumerate(lines):
        upper = line[:40].strip().upper()
        if upper.startswith("BEGIN:"):
            inside.append(upper[6:])
            if upper[6:] in ("VEVENT", "VTIMEZONE"):
                block = []
        where = next((each for each in reversed(inside) if each in ("VEVENT", "VTIMEZONE")), "")
        if where == "VTIMEZONE" or (where and inside[-1] == where and _name(line) in _KEPT):
            block.append(line)
        if upper.startswith("END:") and inside:
            ended = inside.pop()
            if ended == "VEVENT" and any(_name(each) == "dtstart" for each in block):
                uid = next((each for each in block if _name(each) == "uid"), f"UID:no-{number}")
                series.setdefault(uid.partition(":")[2].strip(), _Series()).add(block)
            elif ended == "VTIMEZONE" and _zone_is_bounded(block):
                zones += block
    return zones, list(series.values())


def _name(line: str) -> str:
    found = _NAME.match(line)
    return found[0].lower() if found else ""


def _zone_is_bounded(block: list[str]) -> bool:
    """Clocks are put forward and back once a year; anything else could repeat without end."""
    rules = [line.upper() for line in block if _name(line) == "rrule"]
    return len(block) < _MOST_IN_RULE and all(
        "FREQ=YEARLY" in rule and "INTERVAL" not in rule and len(rule) < 100 for rule in rules
    )


def _may_fall(series: _Series, days: tuple[date, date]) -> bool:
    """Whether a meeting of it may fall on these days: most of a calendar is long over."""
    if series.repeats:
        return True
    near = [day - timedelta(days=2 * sign) for day, sign in zip(days, (1, -1), strict=True)]
    starts = [_day(line) for block in series.blocks for line in block if _name(line) == "dtstart"]
    return not starts or any(start is None or near[0] <= start <= near[1] for start in starts)


def _day(line: str) -> date | None:
    found = _DAY.search(line.rpartition(":")[2])
    try:
        return date(int(found[1]), int(found[2]), int(found[3])) if found else None
    except ValueError:
        return None


def _meetings(
    series: _Series, zones: list[str], days: tuple[date, date], here: tzinfo
) -> Iterator[CalendarEvent]:
    """Raises one of _BROKEN."""
    last = days[1] + timedelta(days=2)
    told = ["BEGIN:VCALENDAR", "VERSION:2.0", *zones]
    for block in series.blocks:
        told += ["BEGIN:VEVENT", *_bounded(block, last), "END:VEVENT"]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        calendar = icalendar.Calendar.from_ical("\r\n".join([*told, "END:VCALENDAR", ""]))
        found = recurring_ical_events.of(calendar).between(
            datetime(days[0].year, days[0].month, days[0].day) - timedelta(days=1),  # noqa: DTZ001
            datetime(last.year, last.month, last.day),  # noqa: DTZ001
        )
    events = [_event(each, series.repeats, here) for each in islice(found, _MOST_IN_RULE)]
    yield from (
        event for event in events if event and days[0] <= event.begins.local().date() <= days[1]
    )


def _bounded(block: list[str], last: date) -> Iterator[str]:
    """The block with rules that end after `last`, and people that are not too many."""
    start = next((line for line in block if _name(line) == "dtstart"), "")
    people = 0
    for line in block:
        name = _name(line)
        people += name == "attendee"
        if name == "rrule":
            yield _bounded_rule(line, start, last)
        elif name != "attendee" or people <= _MOST_PEOPLE:
            yield line


def _bounded_rule(line: str, start: str, last: date) -> str:
    """The rule with an end. Raises ValueError for one that no meeting has."""
    rule = line.partition(":")[2].strip().rstrip(";").upper()
    parts = dict(part.partition("=")[::2] for part in rule.split(";"))
    first = _day(start)
    often = any(len(parts.get(name, "").split(",")) > 1 for name in _WITHIN_A_DAY)
    if parts.get("FREQ") not in _FREQUENCIES or often or rule.count(",") > _MOST_IN_RULE:
        raise ValueError("it repeats too often")
    if first is None or first.year < _EARLIEST or not parts.get("INTERVAL", "1").strip("0"):
        raise ValueError("it begins too early or never ends")
    count = parts.pop("COUNT", "")
    until = _day(parts.pop("UNTIL", "")) or last
    if not _ever_comes(parts, start):
        raise ValueError("it never comes")
    if count.isdecimal() and int(count):
        until = min(until, _last_of(parts, start, int(count), last))
    value = start.rpartition(":")[2].strip()
    end = f"{min(until, last):%Y%m%d}"
    if len(value) > 8:
        end += "T235959" + ("Z" if value.endswith("Z") or "TZID=" in start.upper() else "")
    return f"RRULE:{_rule(parts | {'UNTIL': end})}"


def _ever_comes(parts: dict[str, str], start: str) -> bool:
    """Whether it falls on any day. For 30 February dateutil would look until the year 9999.

    Asked in a time so late that little is left to look through: after 400 years all weekdays and
    leap days come again.
    """
    late = _begins(start)
    late = late.replace(year=late.year + _CYCLES * 400)
    return next(iter(rrulestr(_rule(parts), dtstart=late)), None) is not None


def _begins(start: str) -> datetime:
    """The wall time that a DTSTART line tells."""
    value = start.rpartition(":")[2].strip().rstrip("Zz")
    return datetime.strptime(value, "%Y%m%dT%H%M%S" if len(value) > 8 else "%Y%m%d")  # noqa: DTZ007


def _rule(parts: dict[str, str]) -> str:
    return ";".join(f"{name}={told}" for name, told in parts.items())


def _last_of(parts: dict[str, str], start: str, count: int, last: date) -> date:
    """The day of the last of so many, or `last`, whichever is first."""
    until = {"UNTIL": f"{last:%Y%m%d}T235959"}
    limited = rrulestr(_rule(parts | until), dtstart=_begins(start))
    days = [each.date() for each in islice(limited, count)]
    return days[-1] if len(days) == count else last


def _event(found: Any, repeats: bool, here: tzinfo) -> CalendarEvent | None:
    """One meeting; None for one that was cancelled."""
    if str(found.get("STATUS", "")).upper() == "CANCELLED":
        return None
    begins, ends = found["DTSTART"].dt, found["DTEND"].dt
    planned = found.get("RECURRENCE-ID")
    return CalendarEvent(
        uid=_text(found.get("UID", "")),
        recurrence=_utc(planned.dt, here) if repeats and planned is not None else "",
        title=_text(found.get("SUMMARY", "")),
        begins=moment_of(_aware(begins, here)),
        ends=moment_of(_aware(ends, here)),
        whole_day=not isinstance(begins, datetime),
        place=_text(found.get("LOCATION", "")),
        people=tuple(_people(found)),
    )


def _people(found: Any) -> Iterator[Attendee]:
    """Who is invited and the organizer, once each; rooms and projectors are nobody."""
    seen = set()
    told = [found.get("ORGANIZER"), *_several(found.get("ATTENDEE"))]
    for each in islice((one for one in told if one is not None), _MOST_PEOPLE + 1):
        parameters = getattr(each, "params", {})
        if str(parameters.get("CUTYPE", "")).upper() in ("ROOM", "RESOURCE"):
            continue
        address = re.sub(r"(?i)^mailto:", "", _text(each))
        name = _text(parameters.get("CN", "")).strip("\"' ")
        email = address if "@" in address else ""
        if (name or email) and (email or name).casefold() not in seen:
            seen.add((email or name).casefold())
            yield Attendee(name or email.partition("@")[0], email)


def _several(told: Any) -> list[Any]:
    return told if isinstance(told, list) else [told]


def _text(told: Any) -> str:
    """One line of at most 300 characters."""
    return " ".join(str(told).split())[:300]


def _aware(when: date, here: tzinfo) -> datetime:
    """By the wall time `here`; a time without a zone is meant there, too."""
    if not isinstance(when, datetime):
        when = datetime(when.year, when.month, when.day, 12, tzinfo=here)
    return when.astimezone(here) if when.tzinfo else when.replace(tzinfo=here)


def _utc(when: date, here: tzinfo) -> str:
    if not isinstance(when, datetime):
        return when.isoformat()
    return f"{_aware(when, here).astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
