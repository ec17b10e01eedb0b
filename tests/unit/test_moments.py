"""Moments: UTC and the wall time they were lived in, however far away."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldnotes.domain.moments import (
    Moment,
    is_doubtful,
    moment_of,
    month_of,
    seconds_of,
    wall_time,
)


@given(st.datetimes(timezones=st.sampled_from([UTC, timezone(timedelta(minutes=-330))])))
def test_a_time_comes_back_to_the_millisecond(when: datetime) -> None:
    moment = moment_of(when)
    assert abs(moment.local() - when.replace(microsecond=0)) < timedelta(seconds=1)
    assert wall_time(moment.local_seconds) == when.replace(tzinfo=None, microsecond=0)


@given(st.integers(-(2**53), 2**53), st.integers(-(2**53), 2**53))
def test_no_number_is_too_large_to_be_shown(ms: int, offset: int) -> None:
    moment = Moment(ms, offset)
    assert 1 <= moment.local().year <= 9999
    assert moment.local().isoformat()
    assert 12 <= month_of(moment.local_seconds) < 120_000


def test_the_day_is_that_of_the_place() -> None:
    late = moment_of(datetime(2026, 3, 31, 23, 30, tzinfo=timezone(timedelta(hours=-5))))
    assert late.local().date().isoformat() == "2026-03-31"
    assert month_of(late.local_seconds) == 2026 * 12 + 2


def test_a_time_without_a_zone_is_no_moment() -> None:
    with pytest.raises(ValueError, match="offset"):
        moment_of(datetime(2026, 3, 31))  # noqa: DTZ001


def test_seconds_count_the_wall_time() -> None:
    assert seconds_of(datetime(1970, 1, 2)) == 86_400  # noqa: DTZ001


@pytest.mark.parametrize(
    ("told", "doubtful"),
    [
        ("1970-01-01", True),
        ("1999-12-31", True),
        ("2000-01-01", False),
        ("2026-03-31", False),
        ("2027-03-30", False),
        ("2027-04-02", True),
        ("9999-12-31", True),
    ],
)
def test_a_clock_that_is_far_off_is_doubted(told: str, doubtful: bool) -> None:
    now = moment_of(datetime(2026, 3, 31, tzinfo=UTC))
    moment = moment_of(datetime.fromisoformat(told).replace(tzinfo=UTC))
    assert is_doubtful(moment, now) is doubtful
