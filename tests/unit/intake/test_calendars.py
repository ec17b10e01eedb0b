"""Calendar files: what is in them, however broken they are, at a bounded price."""

from __future__ import annotations

import re
import time
import tracemalloc
from contextlib import suppress
from datetime import date, timedelta, timezone
from pathlib import Path

import pytest

from fieldnotes.domain.calendars import Attendee, CalendarEvent
from fieldnotes.errors import IntakeRefused
from fieldnotes.intake.calendars import LARGEST, CalendarRead, read_calendar, read_file

HERE = timezone(timedelta(hours=1))
DAYS = (date(2026, 3, 3), date(2026, 3, 4))

ZONE = """BEGIN:VTIMEZONE
TZID:Our own
BEGIN:STANDARD
DTSTART:16010101T030000
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:16010101T020000
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3
END:DAYLIGHT
END:VTIMEZONE
"""


def event(*lines: str, start: str = "DTSTART:20260304T120000Z", uid: str = "one@example") -> str:
    body = "\n".join([f"UID:{uid}", start, *lines])
    return f"BEGIN:VEVENT\n{body}\nEND:VEVENT\n"


def read(*blocks: str) -> CalendarRead:
    content = f"BEGIN:VCALENDAR\nVERSION:2.0\n{''.join(blocks)}END:VCALENDAR\n"
    return read_calendar(content.encode(), "calendar.ics", DAYS, HERE)


def only(*blocks: str) -> CalendarEvent:
    found = read(*blocks)
    assert found.unread == 0
    assert len(found.events) == 1
    return found.events[0]


def starts(*blocks: str) -> list[str]:
    return sorted(f"{each.begins.local():%d %H:%M}" for each in read(*blocks).events)


def test_a_meeting_is_read_with_its_people_and_place() -> None:
    told = only(
        event(
            "DTEND:20260304T130000Z",
            "SUMMARY:Halden Foods\\, prices",
            "LOCATION:Hall 2",
            "ORGANIZER;CN=Wren Tolliver:mailto:wren@ours.example",
            'ATTENDEE;CN="Petra K.":MAILTO:petra@halden-foods.example',
            "ATTENDEE;CUTYPE=ROOM;CN=Hall 2:mailto:hall2@ours.example",
            "ATTENDEE:mailto:tom@halden-foods.example",
            "BEGIN:VALARM",
            "DESCRIPTION:hurry",
            "END:VALARM",
        )
    )
    assert (told.uid, told.recurrence, told.title) == ("one@example", "", "Halden Foods, prices")
    assert (told.place, told.whole_day) == ("Hall 2", False)
    assert [f"{at.local():%H:%M}" for at in (told.begins, told.ends)] == ["13:00", "14:00"]
    assert told.people == (
        Attendee("Wren Tolliver", "wren@ours.example"),
        Attendee("Petra K.", "petra@halden-foods.example"),
        Attendee("tom", "tom@halden-foods.example"),
    )


def test_one_of_a_series_says_which_one_it_is() -> None:
    weekly = event("RRULE:FREQ=WEEKLY", start="DTSTART:20250108T120000Z")
    assert only(weekly).recurrence == "2026-03-04T12:00:00Z"


def test_a_meeting_of_a_series_that_was_moved_keeps_its_place_in_the_series() -> None:
    moved = event(
        "RECURRENCE-ID:20260304T120000Z", "SUMMARY:moved", start="DTSTART:20260303T090000Z"
    )
    told = only(event("RRULE:FREQ=WEEKLY", start="DTSTART:20250108T120000Z"), moved)
    assert (told.title, told.recurrence) == ("moved", "2026-03-04T12:00:00Z")
    assert f"{told.begins.local():%d %H:%M}" == "03 10:00"


def test_a_time_zone_that_the_file_explains_is_understood() -> None:
    assert starts(ZONE, event(start="DTSTART;TZID=Our own:20260304T090000")) == ["04 09:00"]
    assert starts(event(start="DTSTART;TZID=America/New_York:20260303T090000")) == ["03 15:00"]
    assert starts(event(start="DTSTART:20260303T090000")) == ["03 09:00"]


def test_whole_days_and_cancelled_meetings_are_told_apart() -> None:
    assert only(event(start="DTSTART;VALUE=DATE:20260304")).whole_day
    assert read(event("STATUS:CANCELLED")).events == ()


def test_a_count_ends_a_series_where_it_should() -> None:
    for count, left in (
        (2, ["03 09:00"]),
        (3, ["03 09:00", "04 09:00"]),
        (9_999, ["03 09:00", "04 09:00"]),
    ):
        daily = event(f"RRULE:FREQ=DAILY;COUNT={count}", start="DTSTART:20260302T080000Z")
        assert starts(daily) == left


def test_days_that_were_taken_out_of_a_series_are_out() -> None:
    assert starts(
        event("RRULE:FREQ=DAILY", "EXDATE:20260303T080000Z", start="DTSTART:20260101T080000Z")
    ) == ["04 09:00"]


def test_what_has_no_time_is_no_meeting() -> None:
    assert read(event(start="SUMMARY:some day")) == CalendarRead(())


def test_one_bad_meeting_spoils_no_other() -> None:
    found = read(event(start="DTSTART:2026-soon", uid="bad"), event("DTSTAMP:nonsense"))
    assert (len(found.events), found.unread) == (1, 1)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "is not a calendar file"),
        (b"\x00\xff\xfe", "is not a calendar file"),
        (b"BEGIN:VCARD\nEND:VCARD\n", "0"),
        (b"PK\x03\x04 a zip", "is not a calendar file"),
        (b"BEGIN:VEVENT\nDTSTART:x\nEND:VEVENT", "No meeting in calendar.ics could be read"),
    ],
)
def test_what_is_no_calendar_is_refused_with_a_sentence(content: bytes, says: str) -> None:
    if says == "0":
        assert read_calendar(content, "calendar.ics", DAYS, HERE).events == ()
        return
    with pytest.raises(IntakeRefused, match=says):
        read_calendar(content, "calendar.ics", DAYS, HERE)


def test_a_file_that_is_gone_or_too_large_is_refused_before_it_is_read(tmp_path: Path) -> None:
    with pytest.raises(IntakeRefused, match="could not be read"):
        read_file(tmp_path / "gone.ics")
    with (tmp_path / "large.ics").open("wb") as large:
        large.truncate(LARGEST + 1)
    with pytest.raises(IntakeRefused, match="too large"):
        read_file(tmp_path / "large.ics")


HOSTILE = {
    "every second": "FREQ=SECONDLY",
    "every minute of ages": "FREQ=MINUTELY;COUNT=1000000000",
    "a step of nothing": "FREQ=DAILY;INTERVAL=0",
    "every second of each day": "FREQ=DAILY;BYHOUR="
    + ",".join(map(str, range(24)))
    + ";BYMINUTE="
    + ",".join(map(str, range(60)))
    + ";BYSECOND="
    + ",".join(map(str, range(60))),
    "a day that never comes": "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
    "five days that never come": "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30;COUNT=5",
    "a week that never comes": "FREQ=YEARLY;BYWEEKNO=53;BYMONTH=6;BYDAY=MO;COUNT=3",
    "until the end of time": "FREQ=DAILY;UNTIL=99991231T000000Z",
    "no frequency": "COUNT=3",
    "a weekday between its weeks": "FREQ=DAILY;INTERVAL=7;BYDAY=MO,TU,WE,FR,SA,SU",
    "the two hundredth of each week": "FREQ=WEEKLY;BYSETPOS=200",
    "30 February by months": "FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=30",
    "30 February by years": "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30;COUNT=9",
    "nonsense": "FREQ=DAILY;BYDAY=XX;;;===",
}


@pytest.mark.parametrize("rule", HOSTILE.values(), ids=HOSTILE.keys())
@pytest.mark.parametrize("year", ["0001", "1970", "2026"])
def test_a_hostile_rule_costs_little(rule: str, year: str) -> None:
    bad = event(f"RRULE:{rule}", start=f"DTSTART:{year}0101T080000Z", uid="bad")
    begun = time.process_time()
    found = read(bad, event())
    assert time.process_time() - begun < 2
    assert "one@example" in {each.uid for each in found.events}


def test_a_hostile_time_zone_is_not_asked() -> None:
    zone = ZONE.replace("FREQ=YEARLY", "FREQ=SECONDLY")
    assert starts(zone, event(start="DTSTART;TZID=Our own:20260304T090000")) == ["04 09:00"]


def test_many_hostile_series_end_when_the_time_is_up() -> None:
    ticks = iter(range(10_000))
    blocks = "".join(event("RRULE:FREQ=DAILY", uid=f"{at}") for at in range(500))
    content = f"BEGIN:VCALENDAR\n{blocks}END:VCALENDAR"
    found = read_calendar(content.encode(), "c.ics", DAYS, HERE, lambda: float(next(ticks)))
    assert (len(found.events), found.unread) == (6, 494)


def test_a_large_calendar_is_read_without_holding_much() -> None:
    old = "".join(
        event(f"SUMMARY:{'x' * 400}", start=f"DTSTART:2019{1 + at % 12:02}05T080000Z", uid=f"{at}")
        for at in range(4_000)
    )
    content = f"BEGIN:VCALENDAR\n{old}{event()}END:VCALENDAR".encode()
    tracemalloc.start()
    try:
        found = read_calendar(content, "c.ics", DAYS, HERE)
        _now, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert [each.uid for each in found.events] == ["one@example"]
    assert peak < 12 * len(content)


def test_real_calendars_are_read_or_refused_with_a_sentence(real_data: Path) -> None:
    """Each of 163 files, broken ones among them, on the days of its last meeting."""
    files = sorted((real_data / "contacts_calendars" / "ics_icalendar").glob("*.ics"))
    meetings, refused = 0, []
    for file in files:
        content = read_file(file)
        days = re.findall(rb"DTSTART[^:\n]*:(\d{4})([01]\d)([0-2]\d)", content)
        first = DAYS[0]
        with suppress(ValueError, IndexError):
            first = date(*map(int, days[-1]))
        try:
            found = read_calendar(content, file.name, (first, first + timedelta(days=9)), HERE)
            meetings += len(found.events)
        except IntakeRefused as refusal:
            refused.append(str(refusal))
    assert len(files) == 163
    assert 12 <= len(refused) <= 14
    assert all(re.fullmatch(r"(No meeting in )?\S+[.]ics .*[.]", each) for each in refused)
    assert meetings > 100
