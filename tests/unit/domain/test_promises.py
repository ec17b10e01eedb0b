"""What a promise is, what becomes of it, and how it lies in the fields of a record."""

from __future__ import annotations

import pytest

from fieldnotes.domain.markings import Marking
from fieldnotes.domain.promises import (
    Due,
    Move,
    Promise,
    PromiseDraft,
    State,
    broken,
    due,
    from_fields,
    is_known,
    kept,
    moved,
    to_fields,
)
from fieldnotes.errors import IncompleteDraft
from tests.builders import at

WEDNESDAY = at("2026-11-18T10:00:00+01:00")
SHEET = Promise(what="the ROI sheet", to="Marta", until="2026-11-20", depends_on="finance")


def test_a_promise_without_words_cannot_be_saved() -> None:
    with pytest.raises(IncompleteDraft):
        PromiseDraft(id="", promise=Promise(to="Marta")).finish()


def test_a_promise_is_for_its_maker_alone_and_so_is_whom_it_was_made_to() -> None:
    draft = PromiseDraft(id="", promise=SHEET).finish()
    assert draft.marking == Marking.RED
    assert draft.marks == {"to": "red"}


def test_moving_keeps_where_it_stood_and_why() -> None:
    promise = moved(SHEET, Move("01", WEDNESDAY, "2026-11-27", why=" finance is late "))
    assert promise.state == State.MOVED
    assert promise.until == "2026-11-27"
    assert promise.moves == (Move("01", WEDNESDAY, "2026-11-27", "2026-11-20", "finance is late"),)
    assert promise.stands


def test_kept_and_broken_ones_stand_no_more() -> None:
    assert not kept(SHEET, WEDNESDAY).stands
    assert broken(SHEET, WEDNESDAY, "no budget").reason == "no budget"


def test_a_word_of_a_newer_program_still_stands() -> None:
    assert Promise(what="x", state="asked back").stands


@pytest.mark.parametrize(
    ("until", "expected"),
    [
        ("2026-11-17", Due.OVERDUE),
        ("2026-11-18", Due.TODAY),
        ("2026-11-18T09:59", Due.OVERDUE),
        ("2026-11-18T10:30", Due.TODAY),
        ("2026-11-22", Due.WEEK),
        ("2026-11-23", Due.LATER),
        ("", Due.NO_DAY),
        ("when it rains", Due.NO_DAY),
    ],
)
def test_how_urgent_it_is_follows_from_the_local_day(until: str, expected: Due) -> None:
    assert due(Promise(what="x", until=until), WEDNESDAY) is expected


@pytest.mark.parametrize(
    ("until", "expected"), [("2026-11-29", Due.WEEK), ("2026-11-30", Due.LATER)]
)
def test_at_the_weekend_the_coming_week_counts(until: str, expected: Due) -> None:
    for day in ("2026-11-21", "2026-11-22"):
        assert due(Promise(what="x", until=until), at(f"{day}T10:00:00+01:00")) is expected


def test_fields_tell_the_same_promise_again() -> None:
    promise = kept(moved(SHEET, Move("01", WEDNESDAY, "2026-11-27")), WEDNESDAY, "sent")
    fields = to_fields(promise)
    assert from_fields(fields) == promise
    assert all(is_known(name) for name in fields)


def test_values_of_another_shape_count_as_absent() -> None:
    told = {"what": 7, "until": None, "moves.1": "x", "moves.2": {"at": 3}, "settled": "now"}
    assert from_fields(told) == Promise()


def test_a_field_of_a_newer_program_is_not_known() -> None:
    assert not is_known("weather")
    assert not is_known("moves.1.why")
