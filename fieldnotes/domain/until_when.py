"""Until when, as people say it ahead: 'Friday', 'end of the month', 'in zwei Wochen', '27.11. 15h'.

`spoken_times` reads what has happened; this reads what is still to come, in English, German and
French. A time to come is kept as ISO text: a day ('2026-11-27') or a wall time there
('2026-11-27T15:00').
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

from fieldnotes.domain.moments import Moment
from fieldnotes.domain.spoken_times import read_time

FRIDAY = 4
_WEEKDAYS = (
    "monday mon montag lundi",
    "tuesday tue tues dienstag mardi",
    "wednesday wed mittwoch mercredi",
    "thursday thu thur thurs donnerstag jeudi",
    "friday fri freitag vendredi",
    "saturday sat samstag sonnabend samedi",
    "sunday sun sonntag dimanche",
)
_MONTHS = (
    "january jan januar jänner janvier janv",
    "february feb februar février fevrier févr",
    "march mar märz maerz mars",
    "april apr avril avr",
    "may mai",
    "june jun juni juin",
    "july jul juli juillet juil",
    "august aug août aout",
    "september sep sept septembre",
    "october oct oktober okt octobre",
    "november nov novembre",
    "december dec dezember dez décembre decembre déc",
)
_TWO_LETTERS = {"Mo": 0, "Di": 1, "Mi": 2, "Do": 3, "Fr": 4, "Sa": 5, "So": 6}
_WEEKDAY = {name: at for at, names in enumerate(_WEEKDAYS) for name in names.split()}
_MONTH = {name: at for at, names in enumerate(_MONTHS, 1) for name in names.split()}
_NUMBERS = {
    name: number
    for number, names in enumerate(
        ("a an one ein eine einem einer un une", "two zwei deux", "three drei trois"), 1
    )
    for name in names.split()
}
_CLOCK = re.compile(
    r"\b(\d{1,2})(?:(?::|h)(\d{2})\b|\s*(am|pm)\b|\s*(?:h|uhr|o'clock)\b)(?:\s*(am|pm)\b|\s*uhr\b)?"
)
_NOON = re.compile(r"\b(?:noon|mittags?|midi)\b")
_LEADS = re.compile(
    r"^(?:the|on|at|um|à|den|dem|der|des|zum|am|le|la|au|this coming|coming|kommenden|kommender"
    r"|nächsten|naechsten|this|diesen|dieser|diese|ce|cette)\s+(?=\S)"
)
_WORD = r"[^\W\d_]+"
_DAY_OF_MONTH = re.compile(r"(\d{1,2})(?:\.|th|st|nd|rd|er)")
_DOTTED = re.compile(r"(\d{1,2})[./](\d{1,2})[./]?(\d{4}|\d{2})?")
_DAY_MONTH = re.compile(
    rf"(\d{{1,2}})(?:\.|th|st|nd|rd|er)?\s+(?:of\s+)?({_WORD})\.?(?:\s+(\d{{4}}))?"
)
_MONTH_DAY = re.compile(rf"({_WORD})\.?\s+(\d{{1,2}})(?:\.|th|st|nd|rd)?(?:\s+(\d{{4}}))?")
_IN = re.compile(
    rf"(?:in|within|innerhalb von|innert|binnen|dans)\s+(\d{{1,3}}|{_WORD})\s+"
    r"(day|week|month|tag|woche|monat|jour|semaine|mois)\w*"
)
_END_OF_MONTH = re.compile(rf"(?:end of|ende|fin)\s+({_WORD})")


def read_until(text: str, now: Moment) -> str | None:
    """The day or wall time to come that `text` says, in ISO; None when it cannot be read.

    A weekday is the next one, 'next Friday' that of next week; a week ends on its Friday; a day
    without a year is the next such day.
    """
    written = " ".join(text.split()).strip(" ,;:!?")
    if written in _TWO_LETTERS:
        return _next_weekday(now.local().date(), _TWO_LETTERS[written]).isoformat()
    told, clock = _without_clock(written.lower().replace("’", "'"))
    today = now.local().date()
    try:
        day = _day(told.strip(" ,"), today) if told.strip(" ,") else today
    except (ValueError, OverflowError):
        return None
    if day is None or not (told.strip(" ,") or clock):
        return None
    if not clock:
        return day.isoformat()
    read = read_time(f"{day.isoformat()} {clock}", now)
    return f"{read[0].local():%Y-%m-%dT%H:%M}" if read else None


def say_until(until: str, now: Moment) -> str:
    """In words that `read_until` reads back: 'today', 'Friday', '2026-12-24 15:00'."""
    day = day_of(until)
    if day is None:
        return until
    ahead = (day - now.local().date()).days
    words = day.isoformat()
    if ahead in (0, 1):
        words = ("today", "tomorrow")[ahead]
    elif 1 < ahead < 7:
        words = _WEEKDAYS[day.weekday()].split()[0].capitalize()
    return f"{words} {until[11:16]}".strip()


def day_of(until: str) -> date | None:
    """The day of an ISO text; None where there is none."""
    try:
        return date.fromisoformat(until[:10])
    except ValueError:
        return None


def _without_clock(told: str) -> tuple[str, str]:
    """The words without their time of day, and that as `read_time` reads it."""
    if noon := _NOON.search(told):
        return told[: noon.start()] + told[noon.end() :], "12:00"
    found = _CLOCK.search(told)
    if not found:
        return told, ""
    half = found[3] or found[4] or ""
    rest = re.sub(r"\b(?:at|um|à|by)\s*$", "", told[: found.start()]) + told[found.end() :]
    return rest, f"{found[1]}:{found[2] or '00'}{half}"


def _day(told: str, today: date) -> date | None:
    for rule in (_named, _span, _written):
        if (day := rule(told, today)) is not None:
            return day
    bare = _LEADS.sub("", told)
    return _day(bare, today) if bare != told else None


def _named(told: str, today: date) -> date | None:
    if told in _RELATIVE:
        return _RELATIVE[told](today)
    if told in _WEEKDAY:
        return _next_weekday(today, _WEEKDAY[told])
    first, _, rest = told.partition(" ")
    if first == "next" and rest in _WEEKDAY:
        return _monday(today) + timedelta(days=7 + _WEEKDAY[rest])
    if rest in ("prochain", "next week", "week", "early", "morning", "evening") and (
        first in _WEEKDAY
    ):
        late = rest in ("next week", "week")
        coming = _next_weekday(today, _WEEKDAY[first])
        return _monday(today) + timedelta(days=7 + _WEEKDAY[first]) if late else coming
    return None


def _span(told: str, today: date) -> date | None:
    """'in two weeks', 'end of March'."""
    if found := _IN.fullmatch(told):
        many = int(found[1]) if found[1].isdecimal() else _NUMBERS.get(found[1], 0)
        if not many:
            return None
        days = {"d": 1, "t": 1, "j": 1, "w": 7, "s": 7}.get(found[2][0])
        return today + timedelta(days=many * days) if days else _months_on(today, many)
    found = _END_OF_MONTH.fullmatch(told)
    if found and found[1] in _MONTH:
        year = today.year + (_MONTH[found[1]] < today.month)
        return _month_end(date(year, _MONTH[found[1]], 1))
    return None


def _written(told: str, today: date) -> date | None:
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", told):
        return date.fromisoformat(told)
    if found := _DOTTED.fullmatch(told):
        day, month = int(found[1]), int(found[2])
        if month > 12 >= day:
            day, month = month, day
        return _dated(day, month, found[3], today)
    if (found := _DAY_MONTH.fullmatch(told)) and found[2] in _MONTH:
        return _dated(int(found[1]), _MONTH[found[2]], found[3], today)
    if (found := _MONTH_DAY.fullmatch(told)) and found[1] in _MONTH:
        return _dated(int(found[2]), _MONTH[found[1]], found[3], today)
    if found := _DAY_OF_MONTH.fullmatch(told):
        this = today.replace(day=int(found[1]))
        return this if this >= today else _months_on(today, 1).replace(day=int(found[1]))
    return None


def _dated(day: int, month: int, year: str | None, today: date) -> date:
    if year:
        return date(int(year) + (2000 if len(year) == 2 else 0), month, day)
    this = date(today.year, month, day)
    return this if this >= today else date(today.year + 1, month, day)


def _next_weekday(today: date, weekday: int) -> date:
    return today + timedelta(days=(weekday - today.weekday()) % 7 or 7)


def _monday(today: date) -> date:
    return today - timedelta(days=today.weekday())


def _this_friday(today: date) -> date:
    return today + timedelta(days=(FRIDAY - today.weekday()) % 7)


def _months_on(today: date, months: int) -> date:
    month = today.year * 12 + today.month - 1 + months
    last = _month_end(date(month // 12, month % 12 + 1, 1))
    return last.replace(day=min(today.day, last.day))


def _month_end(day: date) -> date:
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def _quarter_end(today: date) -> date:
    return _month_end(date(today.year, (today.month + 2) // 3 * 3, 1))


_DAYS: tuple[tuple[str, Callable[[date], date]], ...] = (
    (
        "today|tonight|end of day|eod|cob|close of business|this evening|this afternoon|heute"
        "|heute abend|heute nachmittag|aujourd'hui|ce soir|cet après-midi",
        lambda today: today,
    ),
    (
        "tomorrow|tomorrow morning|tomorrow evening|morgen|morgen früh|morgen abend|demain"
        "|demain matin|demain soir",
        lambda today: today + timedelta(days=1),
    ),
    (
        "the day after tomorrow|day after tomorrow|übermorgen|uebermorgen|après-demain",
        lambda today: today + timedelta(days=2),
    ),
    (
        "this week|end of the week|end of this week|end of week|eow|ende der woche|diese woche"
        "|ende dieser woche|wochenende|cette semaine|fin de semaine|la fin de la semaine"
        "|fin de la semaine",
        _this_friday,
    ),
    (
        "next week|end of next week|nächste woche|nächster woche|ende nächster woche"
        "|ende der nächsten woche|la semaine prochaine|semaine prochaine"
        "|fin de la semaine prochaine",
        lambda today: _monday(today) + timedelta(days=7 + FRIDAY),
    ),
    (
        "this month|end of the month|end of this month|end of month|eom|monatsende|ende des monats"
        "|ende monat|fin du mois|la fin du mois|fin de mois|ce mois-ci",
        _month_end,
    ),
    (
        "next month|end of next month|nächsten monat|nächstem monat|ende nächsten monats"
        "|le mois prochain|mois prochain|fin du mois prochain",
        lambda today: _month_end(_months_on(today.replace(day=1), 1)),
    ),
    (
        "end of the quarter|end of this quarter|end of quarter|eoq|quartalsende"
        "|ende des quartals|fin du trimestre|la fin du trimestre",
        _quarter_end,
    ),
    (
        "end of the year|end of this year|end of year|eoy|year-end|jahresende|ende des jahres"
        "|fin d'année|fin de l'année|la fin de l'année",
        lambda today: date(today.year, 12, 31),
    ),
)
_RELATIVE = {words: rule for many, rule in _DAYS for words in many.split("|")}
