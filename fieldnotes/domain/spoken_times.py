"""When something happened, as people write it: 'yesterday 13:00', 'last Tue', '31.3.'."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta, timezone

from fieldnotes.domain.moments import Moment, moment_of

_ENGLISH = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
WEEKDAYS = {
    "en": _ENGLISH,
    "de": ("montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag", "sonntag"),
    "fr": ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"),
}
_GERMAN_SHORT = ("mo", "di", "mi", "do", "fr", "sa", "so")
_BACK = {
    **dict.fromkeys(("", "today", "now", "this morning", "heute", "heute früh", "ce matin"), 0),
    **dict.fromkeys(("aujourd'hui", "aujourd’hui"), 0),
    **dict.fromkeys(("yesterday", "gestern", "hier"), 1),
    **dict.fromkeys(("the day before yesterday", "vorgestern", "avant-hier"), 2),
    **dict.fromkeys(("a week ago", "vor einer woche", "il y a une semaine"), 7),
}
"""Words for a day → how many days ago it was."""
_MONTHS = (
    ("january", "januar", "jänner", "janvier"),
    ("february", "februar", "février", "fevrier"),
    ("march", "märz", "maerz", "mars"),
    ("april", "avril"),
    ("may", "mai"),
    ("june", "juni", "juin"),
    ("july", "juli", "juillet"),
    ("august", "août", "aout"),
    ("september", "septembre"),
    ("october", "oktober", "octobre"),
    ("november", "novembre"),
    ("december", "dezember", "décembre", "decembre"),
)
_FILLERS = frozenset(
    "at last on um am à le past letzten letzte letzter vergangenen dernier dernière uhr".split()
)
_CLOCK = re.compile(
    r"\b(\d{1,2})(?::(\d{2})|h(\d{2})?(?!\w)|[.](\d{2})(?=\s*uhr)|(?=\s*uhr)|\s*(am|pm))"
    r"(?:\s*(am|pm)\b)?"
)
_AGO = re.compile(r"(\d{1,3}) days? ago|vor (\d{1,3}) tagen?|il y a (\d{1,3}) jours?")
_ISO = re.compile(r"\d{4}-\d{1,2}-\d{1,2}$")
_DOTTED = re.compile(r"(\d{1,2})[./](\d{1,2})[./]?(\d{4}|\d{2})?$")
_NAMED = re.compile(
    r"(?:(\d{1,2})(?:\.|st|nd|rd|th|er)? )?([^\W\d]{3,})\.?(?: (\d{1,2}))?(?: (\d{4}))?$"
)
_ANY_DAY = "|".join(
    rf"{name[:3]}(?:{name[3:]})?" if language == "en" else name
    for language, names in WEEKDAYS.items()
    for name in names
)
_IN_TEXT = re.compile(
    rf"\b(?:the day before yesterday|yesterday|gestern|vorgestern|avant-hier"
    rf"|(?:last|letzten|vergangenen)\s+(?:{_ANY_DAY})\b|(?:{_ANY_DAY})\s+dernier"
    rf"|\d{{1,3}} days? ago|vor \d{{1,3}} tagen|il y a \d{{1,3}} jours)\b",
    re.IGNORECASE,
)


def read_time(text: str, now: Moment) -> tuple[Moment, bool] | None:
    """The moment and whether only its day is known (noon then); None when it cannot be read.

    English, German and French. Days without a year lie in the past twelve months; a time alone
    means today.
    """
    told = re.sub(r"(?<=\d)t(?=\d)", " ", text.strip().lower()).rstrip(",")
    clock = _CLOCK.search(told)
    if clock:
        told = f"{told[: clock.start()]} {told[clock.end() :]}"
    words = [word for word in re.split(r"[\s,]+", told) if word and word not in _FILLERS]
    day = _day(" ".join(words), now.local().date())
    hour = _hour(clock) if clock else (12, 0)
    if day is None or hour is None or (not words and not clock):
        return None
    here = timezone(timedelta(minutes=now.offset))
    when = datetime(day.year, day.month, day.day, *hour, tzinfo=here)
    if not words and when > now.local() + timedelta(hours=1):
        when -= timedelta(days=1)
    return moment_of(when), clock is None


def time_in(text: str, now: Moment) -> tuple[str, Moment] | None:
    """The first words of a text that say on which day it was, and noon of that day.

    Only such as cannot mean anything else: 'yesterday', 'last Tue', 'mardi dernier', '3 days ago'.
    """
    for found in _IN_TEXT.finditer(text):
        words = " ".join(found[0].split())
        if read := read_time(words, now):
            return words, read[0]
    return None


def say_time(when: Moment, whole_day: bool, now: Moment) -> str:
    """The moment in words that `read_time` reads: 'today 13:00', 'Monday', '2026-03-31 09:30'."""
    local, today = when.local(), now.local().date()
    back = (today - local.date()).days
    day = local.date().isoformat()
    if back in (0, 1):
        day = ("today", "yesterday")[back]
    elif 1 < back < 7:
        day = _ENGLISH[local.weekday()].capitalize()
    return day if whole_day else f"{day} {local:%H:%M}"


def _day(words: str, today: date) -> date | None:
    if words in _BACK:
        return today - timedelta(days=_BACK[words])
    if ago := _AGO.fullmatch(words):
        return today - timedelta(days=int(ago[1] or ago[2] or ago[3]))
    weekday = _weekday(words)
    if weekday is not None:
        return today - timedelta(days=(today.weekday() - weekday) % 7 or 7)
    try:
        return _written(words, today)
    except ValueError:
        return None


def _weekday(word: str) -> int | None:
    plain = word.removesuffix(".")
    if plain in _GERMAN_SHORT:
        return _GERMAN_SHORT.index(plain)
    for names in WEEKDAYS.values():
        named = [at for at, name in enumerate(names) if len(plain) > 2 and name.startswith(plain)]
        if named:
            return named[0]
    return None


def _written(words: str, today: date) -> date | None:
    if _ISO.match(words):
        year, month, day = map(int, words.split("-"))
        return date(year, month, day)
    if found := _DOTTED.match(words):
        return _past(int(found[1]), int(found[2]), found[3], today)
    named = _NAMED.match(words)
    if not named or not (named[1] or named[3]) or (named[1] and named[3]):
        return None
    return _past(int(named[1] or named[3]), _month(named[2]), named[4], today)


def _past(day: int, month: int, written: str | None, today: date) -> date:
    """The last such day, where no year is written."""
    if written:
        return date(int(written) + (2000 if len(written) == 2 else 0), month, day)
    this = date(today.year, month, day)
    return this if this <= today else date(today.year - 1, month, day)


def _month(word: str) -> int:
    """1 to 12, or 0 for a word that names no month."""
    months = enumerate(_MONTHS, 1)
    return next((at for at, names in months if any(n.startswith(word) for n in names)), 0)


def _hour(clock: re.Match[str]) -> tuple[int, int] | None:
    hour, minute = int(clock[1]), int(clock[2] or clock[3] or clock[4] or 0)
    half = clock[5] or clock[6]
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0)
    return (hour, minute) if hour < 24 and minute < 60 else None
