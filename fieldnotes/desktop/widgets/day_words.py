"""Days as they are written where the program runs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from PySide6.QtCore import QCoreApplication, QDate, QLocale


def day_words(day: date) -> str:
    """21 Nov 2026."""
    return QLocale().toString(QDate(day.year, day.month, day.day), "d MMM yyyy")


def short_day(day: date) -> str:
    """21 Nov."""
    return QLocale().toString(QDate(day.year, day.month, day.day), "d MMM")


def month_words(day: date) -> str:
    """November 2026."""
    return QLocale().toString(QDate(day.year, day.month, day.day), "MMMM yyyy")


def moment_words(when: datetime) -> str:
    """21 Nov 2026, 14:10."""
    return f"{day_words(when.date())}, {when:%H:%M}"


def told_apart(words: Sequence[str], whens: Sequence[datetime]) -> list[str]:
    """`words` that end with hours and minutes: with seconds where two are alike; which is newer."""
    alike = len(set(words)) < len(words)
    told = [f"{each}:{when:%S}" if alike else each for each, when in zip(words, whens, strict=True)]
    if len(set(whens)) == len(whens) > 1:
        newer = QCoreApplication.translate("DayWords", "{when}, newer")
        last = whens.index(max(whens))
        told[last] = newer.format(when=told[last])
    return told
