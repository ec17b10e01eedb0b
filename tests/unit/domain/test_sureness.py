"""Plain words become the grades that analysts use."""

from __future__ import annotations

import pytest

from fieldnotes.domain.notes import KNOWN_BY, SURENESS
from fieldnotes.domain.sureness import UNJUDGED, grade


@pytest.mark.parametrize(
    ("known_by", "sureness", "told"),
    [
        ("said to me", "quite sure", "B2"),
        ("seen", "confirmed", "A1"),
        ("published", "probably", "C3"),
        ("second-hand", "doubtful", "D4"),
        ("a guess", "unlikely", "F5"),
        ("said to me", "", "B6"),
        ("", "probably", "F3"),
        ("overheard", "rather", UNJUDGED),
    ],
)
def test_plain_words_have_a_grade(known_by: str, sureness: str, told: str) -> None:
    assert grade(known_by, sureness) == told


def test_every_answer_of_the_form_is_graded_apart() -> None:
    assert len({grade(each, "") for each in KNOWN_BY}) == len(KNOWN_BY)
    assert len({grade("", each) for each in SURENESS}) == len(SURENESS)
