"""When it happened, as people write it."""

from __future__ import annotations

import pytest

from fieldnotes.domain.spoken_times import read_time, say_time
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
        ("2026-02-28T07:45", "2026-02-28T07:45", False),
    ],
)
def test_times_are_read_as_they_are_written(written: str, local: str, whole_day: bool) -> None:
    read = read_time(written, NOW)
    assert read is not None
    assert (f"{read[0].local():%Y-%m-%dT%H:%M}", read[1]) == (local, whole_day)
    assert read[0].offset == 60


@pytest.mark.parametrize(
    "written", ["", "soon", "31.2.", "25:00", "99.99.9999", "2026-13-01", "x" * 99]
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
