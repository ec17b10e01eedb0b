"""Meetings: which notes share one, and what the next note of the same one starts with."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import timedelta

import msgspec
from msgspec.structs import replace

from fieldnotes.domain.moments import Moment
from fieldnotes.domain.notes import Meeting, Note, Person
from fieldnotes.domain.views import NoteView
from fieldnotes.domain.words import fold

CARRIED = ("account", "opportunity", "happened", "whole_day", "place", "meeting")
"""What the next note of a meeting has before anything is typed."""
Voice = tuple[str, ...]
"""What the notes of one separate meeting share."""


class HeldMeeting(msgspec.Struct, frozen=True):
    """A meeting as its notes tell it. `first` is its earliest note, `notes` how many there are."""

    meeting: Meeting
    first: Note
    happened: Moment
    notes: int


def meeting_for(note: Note, mint: Callable[[], str]) -> Meeting:
    """The meeting that `note` belongs to: the one it carries while account and day agree.

    A meeting without an account takes the note's. Otherwise a new one; the people stay with the
    account, `mint` makes its id.
    """
    day = note.happened.local().date().isoformat() if note.happened else ""
    held = note.meeting
    if held is None:
        return Meeting(id=mint(), account=note.account, day=day)
    if held.id and same_meeting(held, note.account, day):
        return replace(held, account=held.account or note.account, day=held.day or day)
    people = held.people if _same_name(held.account, note.account) or not held.account else ()
    return Meeting(id=mint(), account=note.account, day=day, people=people)


def corrected(meeting: Meeting, note: Note) -> Meeting:
    """The meeting of a note that was edited: the same one, with the account and day it says now."""
    day = note.happened.local().date().isoformat() if note.happened else meeting.day
    return replace(meeting, account=note.account or meeting.account, day=day)


def same_meeting(held: Meeting, account: str, day: str) -> bool:
    """Whether a note about this account on this day belongs to a meeting."""
    same_account = not held.account or not account or _same_name(held.account, account)
    return same_account and (not held.day or not day or held.day == day)


def voice(note: Note, happened: Moment, means: Callable[[str], str]) -> Voice:
    """What notes of one separate meeting share, whoever wrote them: voices are counted by it.

    The calendar's event where it is known, else the account and the local day; `means` is the same
    for all names of one account. Notes of one day without an account are one voice: too few beats
    too many.
    """
    held = note.meeting
    if held and held.event:
        return "event", held.event, held.recurrence
    account = note.account or (held.account if held else "")
    return "day", means(account) if account else "", happened.local().date().isoformat()


def next_note(note: Note) -> Note:
    """The empty note that follows `note` in its meeting."""
    return Note(**{name: getattr(note, name) for name in CARRIED})


def held_meetings(views: Iterable[NoteView]) -> list[HeldMeeting]:
    """The meetings of these notes, the latest first."""
    told: dict[str, list[NoteView]] = {}
    for view in views:
        if view.note.meeting and view.note.meeting.id:
            told.setdefault(view.note.meeting.id, []).append(view)
    held = [_held(notes) for notes in told.values()]
    return sorted(held, key=lambda each: each.happened.local_seconds, reverse=True)


def since_yesterday(meetings: Iterable[HeldMeeting], now: Moment) -> list[HeldMeeting]:
    """Those of today and yesterday, by the day of their own wall time."""
    days = {now.local().date(), now.local().date() - timedelta(days=1)}
    return [each for each in meetings if each.happened.local().date() in days]


def with_people(
    people: Iterable[Person], names: Iterable[str], mint: Callable[[], str]
) -> tuple[Person, ...]:
    """Everybody of `names`; who was there already keeps their id."""
    known = {person.name: person for person in people}
    wanted = dict.fromkeys(name.strip() for name in names)
    return tuple(known.get(name) or Person(mint(), name) for name in wanted if name)


def _held(views: list[NoteView]) -> HeldMeeting:
    first = min(views, key=lambda view: (view.happened.local_seconds, view.created.ms))
    people: dict[str, Person] = {}
    account = ""
    for view in views:
        if meeting := view.note.meeting:
            people |= {person.id: person for person in meeting.people}
            account = account or meeting.account or view.note.account
    held = first.note.meeting
    assert held is not None
    meeting = replace(held, account=account, people=tuple(people[each] for each in sorted(people)))
    return HeldMeeting(meeting, first.note, first.happened, len(views))


def _same_name(one: str, other: str) -> bool:
    return fold(one) == fold(other)
