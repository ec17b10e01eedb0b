"""Times told from today."""

from __future__ import annotations

from datetime import date

import pytest

from fieldnotes.domain.lately import read_lately, span_lately
from fieldnotes.domain.moments import wall_time

FRIDAY = date(2026, 3, 27)


@pytest.mark.parametrize(
    ("text", "first", "end"),
    [
        ("today", "2026-03-27", "2026-03-28"),
        ("Yesterday", "2026-03-26", "2026-03-27"),
        ("last 90 days", "2025-12-27", "2026-03-28"),
        ("last 2 weeks", "2026-03-13", "2026-03-28"),
        ("last 1 month", "2026-02-27", "2026-03-28"),
        ("last 2  Quarters", "2025-09-27", "2026-03-28"),
        ("last 1 year", "2025-03-27", "2026-03-28"),
        ("this week", "2026-03-23", "2026-03-30"),
        ("last week", "2026-03-16", "2026-03-23"),
        ("this month", "2026-03-01", "2026-04-01"),
        ("last month", "2026-02-01", "2026-03-01"),
        ("this quarter", "2026-01-01", "2026-04-01"),
        ("last quarter", "2025-10-01", "2026-01-01"),
        ("this year", "2026-01-01", "2027-01-01"),
        ("last year", "2025-01-01", "2026-01-01"),
    ],
)
def test_times_from_today_are_days(text: str, first: str, end: str) -> None:
    what = read_lately(text)
    assert what is not None
    span = span_lately(what, FRIDAY)
    assert [str(wall_time(each).date()) for each in span] == [first, end]


@pytest.mark.parametrize("text", ["someday", "last", "last days", "90 days", "", "last 5 night"])
def test_other_words_are_no_time(text: str) -> None:
    assert read_lately(text) is None


@pytest.mark.parametrize("today", [date(1, 1, 1), date(9999, 12, 31), date(2024, 2, 29)])
@pytest.mark.parametrize("what", ["last 9999 years", "this year", "last week", "last 1 year"])
def test_calendars_end_somewhere(today: date, what: str) -> None:
    first, end = span_lately(what, today)
    assert first <= end
