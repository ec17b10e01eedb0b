"""How text is cut into words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldnotes.domain.words import fold, is_called, is_whole, said, spelled, tokens, words_of

PLUS, SHARP, PER_CENT, DOT, DOLLAR = "\ue010", "\ue011", "\ue012", "\ue013", "\ue014"
TEXTS = st.text(
    st.one_of(st.characters(), st.sampled_from("abß+#%.$€ がか\u3099\u309a・ﾟ東é\u0301İ9"))
)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Straße", ["strasse"]),
        ("ﬁne", ["fine"]),
        ("CAFÉ cafe\u0301", ["cafe", "cafe"]),
        ("snake_case", ["snake", "case"]),
        ("don’t 5x", ["don", "t", "5x"]),
        ("CI/CD R&D ada@example.com", ["ci", "cd", "r", "d", "ada", "example", "com"]),
        ("日本語", ["日", "本", "語"]),
        ("C++ and C#", ["c", PLUS, PLUS, "and", "c", SHARP]),
        ("a+b #tag +49", ["a", "b", "tag", "49"]),
        (".NET e.g. end.Next ...", [DOT, "net", "e", "g", "end", "next"]),
        ("25% 25 %", ["25", PER_CENT, "25", PER_CENT]),
        ("€200 $5 10km", ["€", "200", DOLLAR, "5", "10km"]),
        ("😀 yes", ["😀", "yes"]),
        ("か\u3099 が か", ["が", "が", "か"]),
    ],
)
def test_words_have_no_case_and_no_marks_and_keep_their_signs(text: str, words: list[str]) -> None:
    assert words_of(text) == words


@given(TEXTS)
def test_tokens_are_the_words_each_with_its_place(text: str) -> None:
    found = list(tokens(text))
    assert [word for word, _, _ in found] == words_of(text)
    assert all(0 <= start < end <= len(text) for _, start, end in found)
    assert [start for _, start, _ in found] == sorted(start for _, start, _ in found)


@given(TEXTS)
def test_words_are_words_again(text: str) -> None:
    words = words_of(text)
    assert words_of(" ".join(words)) == words
    assert words_of(spelled(text)) == words


def test_a_sign_by_itself_begins_nothing_longer() -> None:
    assert is_whole("語")
    assert is_whole(PLUS)
    assert not is_whole("c")


def test_words_stand_one_after_the_other() -> None:
    said_words = words_of("they wait for spring")
    assert said(["wait", "for"], said_words, prefix=False)
    assert said(["for", "spr"], said_words, prefix=True)
    assert not said(["for", "spr"], said_words, prefix=False)
    assert not said(["wait", "spring"], said_words, prefix=False)
    assert not said([], said_words, prefix=True)


def test_somebody_is_called_by_words_of_their_name_or_by_what_has_none() -> None:
    assert is_called("Mara Keel", "mara ke")
    assert not is_called("Mara Keel", "-")
    assert is_called("-", "-")
    assert is_called(" - ", "-")
    assert not is_called("--", "-")


def test_names_fold_case_and_space() -> None:
    assert fold("Halden\0  FOODS ") == fold("halden foods") == "halden foods"
