"""Until when, as it is written where the program runs."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QDate, QLocale

from fieldnotes.domain.until_when import day_of


def until_words(until: str) -> str:
    """'by Fri 20 Nov, 15:00' for an ISO day or wall time; words that are no day as they are."""
    day = day_of(until)
    if day is None:
        return until
    shown = QLocale().toString(QDate(day.year, day.month, day.day), "ddd d MMM")
    clock = f", {until[11:16]}" if len(until) > 10 else ""
    return QCoreApplication.translate("promises", "by {day}").format(day=shown + clock)
