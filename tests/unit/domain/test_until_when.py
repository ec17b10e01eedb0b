"""Until when, as people say it ahead."""

from __future__ import annotations

import pytest

from fieldnotes.domain.until_when import day_of, read_until, say_until
from tests.builders import at

WEDNESDAY = at("2026-11-18T10:00:00+01:00")


@pytest.mark.parametrize(
    ("said", "until"),
    [
        ("Friday", "2026-11-20"),
        ("Wednesday", "2026-11-25"),
        ("next Friday", "2026-11-27"),
        ("fri 15:00", "2026-11-20T15:00"),
        ("tomorrow at 3pm", "2026-11-19T15:00"),
        ("noon", "2026-11-18T12:00"),
        ("end of day", "2026-11-18"),
        ("the end of the week", "2026-11-20"),
        ("next week", "2026-11-27"),
        ("end of the month", "2026-11-30"),
        ("end of the quarter", "2026-12-31"),
        ("in two weeks", "2026-12-02"),
        ("within a month", "2026-12-18"),
        ("the 3rd", "2026-12-03"),
        ("Nov 27", "2026-11-27"),
        ("5th of January", "2027-01-05"),
        ("11/27", "2026-11-27"),
        ("2026-12-01 9:30", "2026-12-01T09:30"),
        ("Fr", "2026-11-20"),
        ("Freitag 15 Uhr", "2026-11-20T15:00"),
        ("kommenden Montag", "2026-11-23"),
        ("Ende nächster Woche", "2026-11-27"),
        ("Monatsende", "2026-11-30"),
        ("27.11.", "2026-11-27"),
        ("3.2.27", "2027-02-03"),
        ("in einer Woche", "2026-11-25"),
        ("vendredi 15h30", "2026-11-20T15:30"),
        ("vendredi prochain", "2026-11-20"),
        ("fin du mois", "2026-11-30"),
        ("le 27 novembre", "2026-11-27"),
        ("dans 3 jours", "2026-11-21"),
    ],
)
def test_a_day_to_come_is_read_as_it_is_said(said: str, until: str) -> None:
    assert read_until(said, WEDNESDAY) == until


@pytest.mark.parametrize("said", ["", "the meeting", "31.2.", "99", "in a", "25:00", "9999-99-99"])
def test_what_is_no_day_is_not_read(said: str) -> None:
    assert read_until(said, WEDNESDAY) is None


@pytest.mark.parametrize(
    "until", ["2026-11-18", "2026-11-19T12:00", "2026-11-20", "2026-11-25", "2027-03-01T09:05"]
)
def test_what_is_said_of_a_day_is_read_back_as_the_same_day(until: str) -> None:
    assert read_until(say_until(until, WEDNESDAY), WEDNESDAY) == until


def test_a_day_of_another_shape_has_no_day() -> None:
    assert day_of("someday") is None
