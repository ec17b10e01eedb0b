"""The found words of a note and the line around the first of them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldnotes.domain.query import Words
from fieldnotes.domain.query_text import parse_query
from fieldnotes.domain.snippets import found_in, snippet, wanted_words
from fieldnotes.domain.words import tokens


def shown(text: str, *spans: tuple[int, int]) -> list[str]:
    return [text[start:end] for start, end in spans]


@pytest.mark.parametrize(
    ("text", "word", "found"),
    [
        ("The FIRST year", "first", ["FIRST"]),
        ("Café, cafe and CAFÉ", "café", ["Café", "cafe", "CAFÉ"]),
        ("Straße", "strasse", ["Straße"]),
        ("cafe\u0301 au lait", "cafe", ["cafe\u0301"]),
        ("\uff39ear one", "year", ["\uff39ear"]),
        ("ΟΔΟΣ", "οδος", ["ΟΔΟΣ"]),
        ("😀 year 😀", "year", ["year"]),
        ("snake_case", "case", ["case"]),
        ("early", "year", []),
    ],
)
def test_a_word_is_found_whatever_its_case_and_marks(
    text: str, word: str, found: list[str]
) -> None:
    assert shown(text, *found_in(text, [Words(word)])) == found


def test_a_beginning_finds_the_whole_word() -> None:
    assert found_in("yearly", [Words("yea", prefix=True)]) == ((0, 6),)


def test_a_phrase_is_one_span() -> None:
    assert found_in("year one, one year", [Words("one year")]) == ((10, 18),)


def test_spans_that_overlap_become_one() -> None:
    assert found_in("the first year", [Words("first year"), Words("year")]) == ((4, 14),)


def test_found_words_side_by_side_are_marked_together() -> None:
    found = found_in("year one, one year", [Words("one"), Words("year")])
    assert found == ((0, 8), (10, 18))


def test_only_words_that_a_hit_shows_are_wanted() -> None:
    assert wanted_words(parse_query("year -free tag:pricing")) == (Words("year"),)


def test_the_line_begins_shortly_before_the_found_word() -> None:
    line, spans = snippet("word " * 100 + "needle in it", [Words("needle")], width=60)
    assert line.startswith("…word")
    assert shown(line, *spans) == ["needle"]
    assert 10 <= spans[0][0] <= 40


def test_the_line_is_the_beginning_where_nothing_was_looked_for() -> None:
    assert snippet("One\n\n two   three") == ("One two three", ())


def test_a_long_text_without_spaces_is_cut() -> None:
    line, spans = snippet("x" * 500, width=50)
    assert line == "x" * 50 + "…"
    assert spans == ()


def test_naughty_text_never_raises() -> None:
    for text in ("", "\0", "\ud800", "ﷺ", "½ ⅓", "\u0301\u0301"):
        line, spans = snippet(text, [Words("a"), Words("")])
        assert all(0 <= start < end <= len(line) for start, end in spans)


TEXTS = st.text(st.sampled_from("abcAB é…+_ .東"), max_size=30)
WANTED = st.lists(st.builds(Words, st.sampled_from(["a", "ab", "b", "ca"]), st.booleans()))


@given(TEXTS, WANTED)
def test_plain_words_are_found_without_cutting_the_text(text: str, wanted: list[Words]) -> None:
    """The short way tells the same as the words of the text, one by one."""
    said = [(start, end) for word, start, end in tokens(text) if _is_wanted(word, wanted)]
    covered = {at for start, end in said for at in range(start, end)}
    found = {at for start, end in found_in(text, wanted) for at in range(start, end)}
    assert {at for at in found if not text[at].isspace()} == covered


def _is_wanted(word: str, wanted: list[Words]) -> bool:
    return any(word.startswith(w.text) if w.prefix else word == w.text for w in wanted)
