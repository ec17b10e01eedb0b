"""Which meetings were just held, and with which account."""

from __future__ import annotations

import pytest

from fieldnotes.domain.calendars import (
    Accounts,
    Attendee,
    CalendarEvent,
    encounters,
    held_lately,
)
from fieldnotes.domain.meetings import HeldMeeting
from fieldnotes.domain.moments import Moment
from fieldnotes.domain.notes import Meeting, Note
from tests.builders import at

NOW = at("2026-03-04T14:20:00+01:00")
KNOWN = Accounts(
    ["Halden Foods", "Brandt & Söhne GmbH", "Überlingen Glas", "Nordlund", "Halden Steel", "Acme"]
)


def an_event(
    title: str = "", begins: str = "13:00", ends: str = "14:00", *people: str, **fields: object
) -> CalendarEvent:
    day = str(fields.pop("day", "2026-03-04"))
    return CalendarEvent(
        uid=f"{title}{begins}",
        title=title,
        begins=at(f"{day}T{begins}:00+01:00"),
        ends=at(f"{day}T{ends}:00+01:00"),
        people=tuple(Attendee(each.partition("@")[0], each) for each in people),
        **fields,  # type: ignore[arg-type]
    )


def test_the_meetings_of_today_and_yesterday_that_are_over_come_the_latest_first() -> None:
    events = [
        an_event("over", "09:00", "10:00"),
        an_event("just over", "13:30", "14:30"),
        an_event("under way", "14:00", "15:00"),
        an_event("to come", "16:00", "17:00"),
        an_event("yesterday", "16:00", "17:00", day="2026-03-03"),
        an_event("long ago", "16:00", "17:00", day="2026-03-02"),
        an_event("fair", "00:00", "12:00", whole_day=True),
    ]
    assert [each.title for each in held_lately(events, NOW)] == ["just over", "over", "yesterday"]


@pytest.mark.parametrize(
    ("title", "people", "account"),
    [
        ("Halden Foods: prices", (), "Halden Foods"),
        ("Call with Überlingen", (), "Überlingen Glas"),
        ("brandt & söhne / us", (), "Brandt & Söhne GmbH"),
        ("ACME renewal", (), "Acme"),
        ("Weekly", ("wren@ours.example", "petra@halden-foods.example"), "Halden Foods"),
        ("Weekly", ("petra@mail.nordlund.co.uk",), "Nordlund"),
        ("Halden", (), ""),
        ("Weekly", ("petra@gmail.com", "tom@acmeists.example"), ""),
        ("Lunch", (), ""),
        ("", ("nobody", "@", "x@"), ""),
    ],
)
def test_the_account_is_guessed_from_title_and_addresses(
    title: str, people: tuple[str, ...], account: str
) -> None:
    assert KNOWN.guess(an_event(title, "13:00", "14:00", *people)) == account


def test_a_debrief_begins_with_account_day_people_and_the_event() -> None:
    event = an_event("Halden Foods", "13:00", "14:00", "Wren@ours", "Petra@x", place="Hall 2")
    (met,) = encounters([event], KNOWN, [], "wren")
    ids = iter(["meeting", "petra"])
    note = met.begun(lambda: next(ids))
    assert (note.account, note.happened, note.place) == ("Halden Foods", event.begins, "Hall 2")
    assert note.meeting is not None
    assert (note.meeting.day, note.meeting.event) == ("2026-03-04", event.uid)
    assert [person.name for person in note.meeting.people] == ["Petra"]


def test_a_debrief_of_a_meeting_with_notes_goes_on_in_it() -> None:
    event = an_event("Standup")
    meeting = Meeting(id="there", account="Nordlund", event=event.uid)
    held = HeldMeeting(meeting, Note(), Moment(0), 2)
    (met,) = encounters([event], KNOWN, [held], "Wren")
    assert (met.account, met.notes) == ("Nordlund", 2)
    assert met.begun(lambda: "new").meeting == meeting
