"""Which notes share a meeting, and what the next note of one starts with."""

from __future__ import annotations

from collections.abc import Iterator

from fieldnotes.domain.meetings import (
    held_meetings,
    meeting_for,
    next_note,
    since_yesterday,
    with_people,
)
from fieldnotes.domain.moments import Moment
from fieldnotes.domain.notes import Meeting, Note, Person
from fieldnotes.domain.views import NoteView
from tests.builders import a_note, at

MONDAY = at("2026-03-02T13:00:00+01:00")


def ids() -> Iterator[str]:
    return iter(["m1", "m2", "m3"])


def a_view(note: Note, record_id: str = "n", at: Moment = MONDAY) -> NoteView:
    return NoteView(record_id, 1, note, "me", "Me", True, "r", 1, "red", at, at)


def test_a_first_note_begins_a_meeting_of_its_account_and_day() -> None:
    note = a_note(account="Halden Foods", happened=MONDAY)
    assert meeting_for(note, ids().__next__) == Meeting("m1", "Halden Foods", "2026-03-02")


def test_the_next_note_shares_the_meeting() -> None:
    first = a_note(account="Halden Foods", happened=MONDAY)
    meeting = meeting_for(first, ids().__next__)
    following = next_note(Note(account="Halden Foods", happened=MONDAY, meeting=meeting))
    assert meeting_for(following, lambda: "other").id == meeting.id


def test_the_next_note_has_account_day_and_people_but_no_text() -> None:
    meeting = Meeting("m", "Halden Foods", "2026-03-02", (Person("p", "Petra K."),))
    first = a_note(
        "objection",
        account="Halden Foods",
        happened=MONDAY,
        meeting=meeting,
        answer="No.",
        tags=["a"],
    )
    assert next_note(first) == Note(account="Halden Foods", happened=MONDAY, meeting=meeting)


def test_another_spelling_of_the_account_is_the_same_meeting() -> None:
    held = Meeting("m", "Halden Foods", "2026-03-02")
    note = a_note(account="halden  foods", happened=MONDAY, meeting=held)
    assert meeting_for(note, lambda: "other").id == "m"


def test_another_account_is_another_meeting_with_other_people() -> None:
    held = Meeting("m", "Halden Foods", "2026-03-02", (Person("p", "Petra K."),))
    note = a_note(account="Nordlund Glas", happened=MONDAY, meeting=held)
    assert meeting_for(note, lambda: "other") == Meeting("other", "Nordlund Glas", "2026-03-02")


def test_another_day_is_another_meeting_with_the_same_people() -> None:
    held = Meeting("m", "Halden Foods", "2026-03-01", (Person("p", "Petra K."),))
    note = a_note(account="Halden Foods", happened=MONDAY, meeting=held)
    told = meeting_for(note, lambda: "other")
    assert (told.id, told.people) == ("other", held.people)


def test_a_meeting_without_an_account_takes_the_one_of_its_next_note() -> None:
    held = Meeting("m", "", "2026-03-02")
    note = a_note(account="Halden Foods", happened=MONDAY, meeting=held)
    assert meeting_for(note, lambda: "other") == Meeting("m", "Halden Foods", "2026-03-02")


def test_the_day_is_the_day_where_it_happened() -> None:
    late = at("2026-03-02T23:30:00-08:00")
    assert meeting_for(a_note(happened=late), lambda: "m").day == "2026-03-02"


def test_meetings_are_told_by_their_notes_the_latest_first() -> None:
    early, late = at("2026-03-02T09:00:00+01:00"), at("2026-03-02T13:30:00+01:00")
    one = Meeting("m1", "Halden Foods", "2026-03-02", (Person("p", "Petra K."),))
    more = Meeting("m1", "Halden Foods", "2026-03-02", (Person("q", "Tom R."),))
    views = [
        a_view(a_note(happened=late, meeting=more)),
        a_view(a_note(happened=early, meeting=one)),
        a_view(a_note(happened=MONDAY, meeting=Meeting("m2", "Nordlund Glas"))),
        a_view(a_note(happened=MONDAY)),
    ]
    held = held_meetings(views)
    assert [(each.meeting.id, each.notes, each.happened) for each in held] == [
        ("m2", 1, MONDAY),
        ("m1", 2, early),
    ]
    assert [person.name for person in held[1].meeting.people] == ["Petra K.", "Tom R."]


def test_meetings_of_today_and_yesterday_are_recent() -> None:
    days = ["2026-02-27T10:00:00+01:00", "2026-03-01T23:59:00+01:00", "2026-03-02T00:01:00+01:00"]
    views = [a_view(a_note(happened=at(day), meeting=Meeting(day))) for day in days]
    recent = since_yesterday(held_meetings(views), MONDAY)
    assert [each.meeting.id for each in recent] == [days[2], days[1]]


def test_people_keep_their_ids() -> None:
    petra = Person("p", "Petra K.")
    told = with_people([petra, Person("x", "Ute")], [" Tom R. ", "Petra K.", ""], lambda: "new")
    assert told == (Person("new", "Tom R."), petra)
