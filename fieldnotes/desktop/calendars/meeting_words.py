"""A meeting in words: whom, with which account, when."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from fieldnotes.desktop.widgets.line_list import Line
from fieldnotes.domain.calendars import Encounter
from fieldnotes.domain.moments import Moment
from fieldnotes.domain.spoken_times import say_time

_SHOWN = 2


def lead(met: Encounter, now: Moment) -> str:
    """How a line about it begins."""
    today = met.event.begins.local().date() == now.local().date()
    if not met.event.people:
        return _tr("Just over:") if today else _tr("Over:")
    return _tr("You just met") if today else _tr("You met")


def whom(met: Encounter) -> str:
    """'Petra K., Tom R. and 2 more', else what the meeting was called."""
    names = [person.name for person in met.event.people]
    if not names:
        return met.event.title or met.account or _tr("somebody")
    more = len(names) - _SHOWN
    told = ", ".join(names[:_SHOWN])
    return _tr("{names} and {count} more").format(names=told, count=more) if more > 0 else told


def what(met: Encounter, now: Moment) -> str:
    """'Halden Foods, today 13:00', with the title where it says something else."""
    title = met.event.title if met.event.people else ""
    parts = (met.account or title, say_time(met.event.begins, False, now))
    return ", ".join(part for part in parts if part)


def line(met: Encounter, now: Moment, before: Encounter | None) -> Line:
    """One line of the list, below a heading where a day begins."""
    day = say_time(met.event.begins, True, now).capitalize()
    same = before and say_time(before.event.begins, True, now).capitalize() == day
    chip = _tr("1 note") if met.notes == 1 else _tr("{count} notes").format(count=met.notes)
    names = ", ".join(person.name for person in met.event.people)
    title = met.event.title or whom(met)
    detail = "  ·  ".join(part for part in (met.account, names) if part and part != title)
    return Line(
        met.event.key,
        title,
        detail=detail,
        lead=f"{met.event.begins.local():%H:%M}",
        chip=chip if met.notes else _tr("nothing written"),
        chip_role="green" if met.notes else "grey",
        bold=not met.notes,
        heading="" if same else day,
    )


def _tr(text: str) -> str:
    return QCoreApplication.translate("meetings", text)
