"""Days as they are written where the program runs."""

from __future__ import annotations

from datetime import date, datetime

from PySide6.QtCore import QDate, QLocale


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
