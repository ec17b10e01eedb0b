"""Days and times as people say them: 'Yesterday, Friday', 'today 14:10'."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QCoreApplication, QLocale

from fieldnotes.domain.moments import Moment

if TYPE_CHECKING:
    from datetime import date, datetime

Grouping = Literal["day", "month", "none"]

_SHAPES = re.compile("dddd|ddd|d|MMMM|MMM|yyyy")


def heading(day: date, today: date, grouping: Grouping = "day") -> str:
    """The heading a note of `day` stands under."""
    if grouping == "none":
        return ""
    if grouping == "month":
        return _said(day, "MMMM yyyy")
    weekday = _said(day, "dddd")
    match (today - day).days:
        case 0:
            return _tr("Today, {weekday}").format(weekday=weekday)
        case 1:
            return _tr("Yesterday, {weekday}").format(weekday=weekday)
        case past if 1 < past < 7:
            return weekday
        case _:
            return _said(day, "dddd, d MMMM" if day.year == today.year else "d MMMM yyyy")


def short(when: datetime, today: date, grouping: Grouping = "day", whole_day: bool = False) -> str:
    """The few letters at the end of a row: what its heading does not say already."""
    clock = "" if whole_day else _clock(when)
    match grouping:
        case "day":
            return clock
        case "month":
            return _said(when.date(), "ddd d")
        case "none":
            if when.date() == today and clock:
                return clock
            return _said(when.date(), "d MMM" if when.year == today.year else "d MMM yyyy")


def told(when: datetime, today: date, whole_day: bool = False) -> str:
    """A moment inside a sentence: 'yesterday 14:10', '12 November 2025, 14:10'."""
    clock = "" if whole_day else _clock(when)
    match (today - when.date()).days:
        case 0:
            day = _tr("today")
        case 1:
            day = _tr("yesterday")
        case past if 1 < past < 7:
            day = _said(when.date(), "dddd")
        case _:
            day = _said(when.date(), "d MMMM" if when.year == today.year else "d MMMM yyyy")
            return f"{day}, {clock}" if clock else day
    return f"{day} {clock}".rstrip()


def here(moment: Moment, now: Moment) -> datetime:
    """The wall time of `moment` where `now` is lived."""
    return Moment(moment.ms, now.offset).local()


def _clock(when: datetime) -> str:
    return f"{when:%H:%M}"


def _said(day: date, shape: str) -> str:
    """The day in a shape of QLocale's, without QDate: that alone loads for 8 ms."""
    locale, short = QLocale(), QLocale.FormatType.ShortFormat
    words = {
        "dddd": lambda: locale.dayName(day.isoweekday()),
        "ddd": lambda: locale.dayName(day.isoweekday(), short),
        "d": lambda: str(day.day),
        "MMMM": lambda: locale.monthName(day.month),
        "MMM": lambda: locale.monthName(day.month, short),
        "yyyy": lambda: str(day.year),
    }
    return _SHAPES.sub(lambda found: words[found.group()](), shape)


def _tr(words: str) -> str:
    return QCoreApplication.translate("Days", words)
