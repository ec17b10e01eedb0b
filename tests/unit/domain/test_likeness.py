"""What counts as the same, and what follows from several people's words about it."""

from __future__ import annotations

from itertools import permutations

from fieldnotes.domain.likeness import (
    Likeness,
    Stated,
    from_fields,
    groups,
    judged,
    pair_of,
    said_in,
    share_of,
    to_fields,
)
from fieldnotes.domain.notes import Note, Quote

A, B, C, D = (f"0190{n}000-0000-7000-8000-000000000000" for n in range(4))


def said(one: str, other: str, same: bool, turn: int = 1, author: str = "a") -> Stated:
    return Stated(f"{author}{turn}", author, Likeness(pair_of(one, other), same, turn))


def test_only_runs_of_three_words_and_more_count() -> None:
    assert share_of([1, 2, 2, 1], 20) == 0
    assert share_of([3, 2, 5], 20) == 0.8


def test_a_note_is_compared_by_its_text_and_its_quotes() -> None:
    quote = Quote(id="q", text="We wait for spring.")
    note = Note(title="Halden", text="They ask about the price.", quotes=(quote,))
    assert said_in(note) == "they ask about the price we wait for spring".split()


def test_a_note_without_text_is_compared_by_its_title() -> None:
    assert said_in(Note(title="Who trains the night shift there?"))[:2] == ["who", "trains"]


def test_too_few_words_are_the_same_as_nothing() -> None:
    assert said_in(Note(text="Too expensive, they say.")) == []


def test_a_likeness_survives_its_fields() -> None:
    likeness = Likeness(pair_of(B, A), same=False, turn=4)
    assert likeness.notes == (A, B)
    assert from_fields(to_fields(likeness)) == likeness


def test_fields_of_another_shape_tell_no_likeness() -> None:
    good = to_fields(Likeness((A, B), same=True))
    for changed in ({"one": 7}, {"one": "x"}, {"one": B}, {"same": 1}, {"same": None}):
        assert from_fields({**good, **changed}) is None
    assert from_fields({**good, "turn": "later"}) == Likeness((A, B), same=True)


def test_whoever_spoke_knowing_of_the_other_is_heard_in_any_order() -> None:
    stated = [said(A, B, True), said(A, B, False, turn=2), said(C, D, False)]
    for order in permutations(stated):
        assert judged(order) == {(A, B): False, (C, D): False}


def test_of_two_who_did_not_know_of_each_other_the_same_holds() -> None:
    stated = [said(A, B, False, author="a"), said(A, B, True, author="z")]
    assert judged(stated) == judged(stated[::-1]) == {(A, B): True}


def test_what_is_the_same_as_the_same_is_in_one_group() -> None:
    grouped = groups({(A, B): True, (C, D): True, (B, C): True, (A, D): False})
    assert grouped[A] == grouped[D] == {A, B, C, D}
    assert groups({(A, B): False}) == {}
