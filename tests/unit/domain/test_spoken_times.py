"""When it happened, as people write it."""

from __future__ import annotations

import pytest

from fieldnotes.domain.spoken_times import read_time, say_time, time_in
from tests.builders import at

NOW = at("2026-03-04T14:20:00+01:00")  # a Wednesday


@pytest.mark.parametrize(
    ("written", "local", "whole_day"),
    [
        ("today", "2026-03-04T12:00", True),
        ("yesterday", "2026-03-03T12:00", True),
        ("Yesterday 13:05", "2026-03-03T13:05", False),
        ("yesterday at 1pm", "2026-03-03T13:00", False),
        ("12 am", "2026-03-04T00:00", False),
        ("9:30", "2026-03-04T09:30", False),
        ("15:00", "2026-03-04T15:00", False),
        ("23:30", "2026-03-03T23:30", False),
        ("monday", "2026-03-02T12:00", True),
        ("last wednesday", "2026-02-25T12:00", True),
        ("fri 8:00", "2026-02-27T08:00", False),
        ("3 days ago", "2026-03-01T12:00", True),
        ("31.12.", "2025-12-31T12:00", True),
        ("1.3.26 10:15", "2026-03-01T10:15", False),
        ("2026-02-28", "2026-02-28T12:00", True),
        ("last Tue", "2026-03-03T12:00", True),
        ("on Tue.", "2026-03-03T12:00", True),
        ("a week ago", "2026-02-25T12:00", True),
        ("12 March", "2025-03-12T12:00", True),
        ("Feb 3", "2026-02-03T12:00", True),
        ("gestern 14 Uhr", "2026-03-03T14:00", False),
        ("gestern um 14.30 Uhr", "2026-03-03T14:30", False),
        ("vorgestern", "2026-03-02T12:00", True),
        ("letzten Dienstag", "2026-03-03T12:00", True),
        ("Di 9:15", "2026-03-03T09:15", False),
        ("vor 3 Tagen", "2026-03-01T12:00", True),
        ("3. Februar", "2026-02-03T12:00", True),
        ("12. März 2024", "2024-03-12T12:00", True),
        ("hier à 14h30", "2026-03-03T14:30", False),
        ("avant-hier", "2026-03-02T12:00", True),
        ("mardi dernier", "2026-03-03T12:00", True),
        ("lundi 9h", "2026-03-02T09:00", False),
        ("il y a 3 jours", "2026-03-01T12:00", True),
        ("1er mars", "2026-03-01T12:00", True),
        ("2026-02-28T07:45", "2026-02-28T07:45", False),
    ],
)
def test_times_are_read_as_they_are_written(written: str, local: str, whole_day: bool) -> None:
    read = read_time(written, NOW)
    assert read is not None
    assert (f"{read[0].local():%Y-%m-%dT%H:%M}", read[1]) == (local, whole_day)
    assert read[0].offset == 60


@pytest.mark.parametrize(
    "written",
    ["", "soon", "31.2.", "25:00", "99.99.9999", "2026-13-01", "x" * 99, "12 Smith", "may", "3 4"],
)
def test_what_cannot_be_read_is_not_guessed(written: str) -> None:
    assert read_time(written, NOW) is None


@pytest.mark.parametrize(
    ("when", "whole_day", "words"),
    [
        ("2026-03-04T13:00:00+01:00", False, "today 13:00"),
        ("2026-03-03T13:00:00+01:00", False, "yesterday 13:00"),
        ("2026-03-02T12:00:00+01:00", True, "Monday"),
        ("2026-01-15T09:05:00+01:00", False, "2026-01-15 09:05"),
    ],
)
def test_what_is_said_is_read_again(when: str, whole_day: bool, words: str) -> None:
    assert say_time(at(when), whole_day, NOW) == words
    assert read_time(words, NOW) == (at(when), whole_day)


@pytest.mark.parametrize(
    ("text", "words", "day"),
    [
        ("They called yesterday, at last.", "yesterday", "2026-03-03"),
        ("Met Petra last Tue about the price.", "last Tue", "2026-03-03"),
        ("Letzten Freitag bei Halden: zu teuer.", "Letzten Freitag", "2026-02-27"),
        ("Vu le DSI mardi dernier.", "mardi dernier", "2026-03-03"),
        ("Asked 3 days ago.", "3 days ago", "2026-03-01"),
    ],
)
def test_a_day_is_found_in_a_text(text: str, words: str, day: str) -> None:
    found = time_in(text, NOW)
    assert found is not None
    assert (found[0], found[1].local().date().isoformat()) == (words, day)


@pytest.mark.parametrize(
    "text",
    [
        "We meet on Monday.",
        "The last months were hard.",
        "Sie ist hier.",
        "Friday works",
        "last sunrise",
    ],
)
def test_a_day_is_not_found_where_none_is_told(text: str) -> None:
    assert time_in(text, NOW) is None
