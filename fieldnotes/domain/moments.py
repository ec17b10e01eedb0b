"""A moment as people mean it: UTC and the local offset it was lived in."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from functools import lru_cache
from typing import NamedTuple

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC).replace(tzinfo=None)  # a wall time, so naive

_FIRST, _YEAR = 946_684_800_000, 366 * 86_400_000  # ms


class Moment(NamedTuple):
    """`ms`: integer milliseconds since 1970 in UTC; `offset`: minutes east of it, local then."""

    ms: int
    offset: int = 0

    @property
    def local_seconds(self) -> int:
        """Seconds of the local wall time since 1970: what days and months are counted by."""
        return self.ms // 1000 + self.offset * 60

    def local(self) -> datetime:
        """The wall time, aware. Years that a calendar lacks are clamped to its ends."""
        return wall_time(self.local_seconds).replace(tzinfo=timezone(self._delta()))

    def _delta(self) -> timedelta:
        return timedelta(minutes=max(-1439, min(1439, self.offset)))


def moment_of(when: datetime) -> Moment:
    """`when` must be aware."""
    offset = when.utcoffset()
    if offset is None:
        raise ValueError("a moment needs an offset")
    epoch = datetime(1970, 1, 1, tzinfo=UTC)
    return Moment((when - epoch) // timedelta(milliseconds=1), int(offset.total_seconds() // 60))


def is_doubtful(moment: Moment, now: Moment) -> bool:
    """Whether the clock that told `moment` was wrong: before 2000, or over a year after `now`."""
    return not _FIRST <= moment.ms <= now.ms + _YEAR


def wall_time(local_seconds: int) -> datetime:
    """The naive wall time of so many local seconds, clamped to the years 1 to 9999."""
    try:
        return _EPOCH + timedelta(seconds=local_seconds)
    except OverflowError:
        year = 9999 if local_seconds > 0 else 1
        return _EPOCH.replace(year=year)


def seconds_of(when: datetime) -> int:
    """Local seconds since 1970 of a naive wall time."""
    return (when - _EPOCH) // timedelta(seconds=1)


def month_of(local_seconds: int) -> int:
    """Months since year 0: what roll-ups are keyed by."""
    return _month_of_day(local_seconds // 86_400)


@lru_cache(8_192)
def _month_of_day(day: int) -> int:
    when = wall_time(day * 86_400)
    return when.year * 12 + when.month - 1
