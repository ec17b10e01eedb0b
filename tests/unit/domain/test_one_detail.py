"""One detail is asked for, and only when it is really missing."""

from __future__ import annotations

import pytest

from fieldnotes.domain.notes import Note, Quote
from fieldnotes.domain.one_detail import Detail, missing_detail
from tests.builders import a_note


@pytest.mark.parametrize(
    ("note", "detail"),
    [
        (a_note("objection", "They say we are too expensive."), Detail.COMPARED_WITH),
        (a_note("objection", "Wir sind ihnen zu teuer."), Detail.COMPARED_WITH),
        (a_note("competitor", "Somebody else was there last week."), Detail.WHICH_COMPETITOR),
        (a_note("objection", "We should build what they have."), Detail.WHAT_FOR),
        (a_note("win", "They are happy with the new rounds."), Detail.IN_NUMBERS),
        (a_note("pitch", "Wrote to plant managers.", replies=3), Detail.OUT_OF),
        (a_note("problem", "They write shifts on paper.", problem="Errors"), Detail.WHAT_IF_NOT),
    ],
)
def test_the_missing_detail_is_asked_for(note: Note, detail: Detail) -> None:
    assert missing_detail(note) is detail


@pytest.mark.parametrize(
    "note",
    [
        a_note("objection", "Too dear"),
        a_note("objection", "They say we are 20 % too expensive."),
        a_note("objection", "They say we are too expensive.", competitors=("Kolvik",)),
        a_note("objection", "More expensive than doing nothing."),
        a_note("competitor", "Kolvik was there last week.", competitors=("Kolvik",)),
        a_note("win", "They are happy now.", result="8 hours a week"),
        a_note("note", "They are too expensive, they say."),
    ],
)
def test_a_note_that_says_it_is_left_alone(note: Note) -> None:
    assert missing_detail(note) is None


def test_quotes_count_as_what_was_said() -> None:
    note = Note(kind="objection", quotes=(Quote("q", "You are far too expensive for us."),))
    assert missing_detail(note) is Detail.COMPARED_WITH
