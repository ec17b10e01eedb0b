"""Differences are in words, whole and readable, and add up to both texts."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldnotes.domain.differences import How, Piece, differences, words_between
from fieldnotes.domain.notes import Contact, Note, Quote
from tests.builders import a_note, at

SAME, GONE, COME = How.SAME, How.GONE, How.COME


def told(before: str, after: str) -> list[tuple[How, str]]:
    return [(piece.how, piece.text) for piece in words_between(before, after)]


def side(pieces: tuple[Piece, ...], without: How) -> str:
    return "".join(piece.text for piece in pieces if piece.how is not without)


@pytest.mark.parametrize(
    ("before", "after", "pieces"),
    [
        ("Too dear", "Too dear", [(SAME, "Too dear")]),
        ("", "Too dear", [(COME, "Too dear")]),
        ("Too dear", "", [(GONE, "Too dear")]),
        (
            "Kolvik is cheaper",
            "Kolvik was cheaper",
            [(SAME, "Kolvik "), (GONE, "is "), (COME, "was "), (SAME, "cheaper")],
        ),
        ("They pay.", "They pay!", [(SAME, "They pay"), (GONE, "."), (COME, "!")]),
        ("pricing", "prices", [(GONE, "pricing"), (COME, "prices")]),
        ("one, two", "three, four", [(GONE, "one, two"), (COME, "three, four")]),
        ("Über uns", "Über alle", [(SAME, "Über "), (GONE, "uns"), (COME, "alle")]),
    ],
)
def test_words_stay_whole(before: str, after: str, pieces: list[tuple[How, str]]) -> None:
    assert told(before, after) == pieces


def test_lines_that_are_only_broken_elsewhere_are_no_change() -> None:
    assert [how for how, _ in told("one two\nthree", "one\ntwo three")] == [SAME]


@given(st.text(alphabet="ab ,.\n", max_size=40), st.text(alphabet="ab ,.\n", max_size=40))
def test_the_pieces_are_both_texts(before: str, after: str) -> None:
    pieces = words_between(before, after)
    assert side(pieces, GONE) == after
    assert re.sub(r"\s", "", side(pieces, COME)) == re.sub(r"\s", "", before)


def test_fields_are_compared_as_well_as_the_text() -> None:
    before = a_note(text="Same", tags=["pricing"], account="Norden", quotes=(Quote("1", "Hm"),))
    after = a_note(
        text="Same",
        tags=["pricing", "discount"],
        quotes=(Quote("1", "Hm", "CFO"),),
        contacts=(Contact("c", "Ada", "CFO"),),
        happened=at("2026-03-31T14:00:00+02:00"),
    )
    found = {each.field: each.pieces for each in differences(before, after)}
    assert found.keys() == {"tags", "account", "quotes", "contacts", "happened"}
    assert found["tags"] == (Piece(SAME, "pricing"), Piece(COME, ", discount"))
    assert found["account"] == (Piece(GONE, "Norden"),)
    assert differences(after, after) == ()
    assert differences(Note(), Note()) == ()


def test_two_long_texts_are_compared_while_one_waits() -> None:
    before = " ".join(f"word{number % 700} and so on" for number in range(5_000))
    begun = time.process_time()
    pieces = words_between(before, before.replace("word13 ", "another "))
    assert time.process_time() - begun < 20
    assert sum(piece.how is GONE for piece in pieces) == 8
