"""What the search box understands."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from fieldnotes.domain.query import (
    Between,
    Every,
    Has,
    Is,
    Lately,
    Named,
    Not,
    Some,
    State,
    Words,
)
from fieldnotes.domain.query_filters import Why
from fieldnotes.domain.query_text import (
    DEEPEST,
    MOST_TERMS,
    Trouble,
    Typing,
    as_typed,
    is_filter,
    parse_query,
    quoted,
    read_query,
    typing_at,
)

FEBRUARY = Between(1_769_904_000, 1_772_323_200)
A, B, C = Words("a"), Words("b"), Words("c")


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("", ()),
        ("night shift", (Words("night"), Words("shift"))),
        ('"night shift"', (Words("night shift"),)),
        ("nigh*", (Words("nigh", prefix=True),)),
        ('"night sh"*', (Words("night sh", prefix=True),)),
        ("-night", (Not(Words("night")),)),
        ("text:night", (Words("night", within="text"),)),
        ("kind:Wins", (Named("kind", "win"),)),
        ('ACCOUNT:"Pellinger Chemie"', (Named("account", "Pellinger Chemie"),)),
        ("-tag:deal:lost", (Not(Named("tag", "deal:lost")),)),
        ("tag:deal:*", (Named("tag", "deal:", prefix=True),)),
        ('tag:"a ""b"" c"', (Named("tag", 'a "b" c'),)),
        ('tag:"all *"', (Named("tag", "all *"),)),
        ("on:2026-02", (FEBRUARY,)),
        (
            "after:2026-02 before:2026-03",
            (Between(FEBRUARY.first, None), Between(None, FEBRUARY.end)),
        ),
        ("-on:2026-02", (Not(FEBRUARY),)),
        ("last 90 days", (Lately("on", "last 90 days"),)),
        ('after:"last week" on:today', (Lately("after", "last week"), Lately("on", "today"))),
        ("has:quotes has:promise", (Has("quote"), Has("promise"))),
        ('is:draft is:"not sent"', (Is(State.DRAFT), Is(State.UNSENT))),
        ("is:edited-twice", (Is(State.TWICE),)),
        ("language:Deutsch", (Named("language", "de"),)),
        ("a OR b c", (Some((A, B)), C)),
        ("c a OR b OR c", (C, Some((A, B, C)))),
        ("a AND b", (A, B)),
        ("NOT a", (Not(A),)),
        ("NOT -a", (A,)),
        ("(a b) OR c", (Some((Every((A, B)), C)),)),
        ("-(a OR b)", (Not(Some((A, B))),)),
        ("(a (b))", (Every((A, B)),)),
        ("(tag:x)", (Named("tag", "x"),)),
        ("-5 --verbose", (Words("-5"), Words("--verbose"))),
        ('-"5"', (Not(Words("5")),)),
        ("foo(bar)", (Words("foo(bar)"),)),
        ("or and not", (Words("or"), Words("and"), Words("not"))),
        ("colour:red", (Words("colour:red"),)),
        ("on:someday", (Words("on:someday"),)),
        ("10:30", (Words("10:30"),)),
        ("…", ()),
        ("()", ()),
    ],
)
def test_what_is_typed_is_read(text: str, terms: tuple[object, ...]) -> None:
    assert parse_query(text).terms == terms


@pytest.mark.parametrize(
    ("text", "troubles"),
    [
        ("night after:someday", [Trouble(6, 19, Why.NOT_A_TIME, "someday")]),
        ("kind:winn", [Trouble(0, 9, Why.NOT_A_KIND, "winn")]),
        ("has:luck", [Trouble(0, 8, Why.NOT_A_THING, "luck")]),
        ("is:late", [Trouble(0, 7, Why.NOT_A_STATE, "late")]),
        ("a tag:", [Trouble(2, 6, Why.NOTHING_SAID, "tag")]),
        ('a "b c', [Trouble(2, 6, Why.NOT_CLOSED, '"')]),
        ('tag:"b c', [Trouble(0, 8, Why.NOT_CLOSED, '"')]),
        ("a (b", [Trouble(2, 3, Why.NOT_CLOSED, "(")]),
        ("a ) b", [Trouble(2, 3, Why.NOT_OPENED)]),
        ("a OR", [Trouble(1, 4, Why.ONE_SIDE, "OR")]),
        ("a NOT", [Trouble(2, 5, Why.ONE_SIDE, "NOT")]),
        ('"a ""b"" c" kind:win* on:2026', []),
    ],
)
def test_what_is_not_understood_is_told_with_its_place(text: str, troubles: list[Trouble]) -> None:
    assert list(read_query(text).troubles) == troubles


def test_too_much_is_told_once_and_the_rest_is_read() -> None:
    many = read_query("a " * (MOST_TERMS + 5))
    assert len(many.query.terms) == MOST_TERMS
    assert [trouble.why for trouble in many.troubles] == [Why.TOO_MUCH]
    deep = read_query("(" * (DEEPEST + 50) + "a")
    assert Why.TOO_MUCH in [trouble.why for trouble in deep.troubles]


def test_the_last_word_may_still_be_a_beginning() -> None:
    assert as_typed("night sh").terms == (Words("night"), Words("sh", prefix=True))
    assert as_typed("night sh ").terms == (Words("night"), Words("sh"))
    assert as_typed('"night sh"').terms == (Words("night sh"),)
    assert as_typed("-sh").terms == (Not(Words("sh")),)
    assert as_typed("a OR sh").terms == (Some((A, Words("sh", prefix=True))),)
    assert as_typed("tag:pri").terms == (Named("tag", "pri"),)


def test_filters_become_chips_and_words_do_not() -> None:
    for part in ("tag:pricing", "-tag:pricing", "on:2026", "last 90 days", "(tag:a OR is:draft)"):
        assert is_filter(part), part
    for part in ("night", "colour:red", "tag:pricing night", "", "text:night", "(tag:a OR b)"):
        assert not is_filter(part), part


@given(st.text().filter(lambda text: bool(text.strip())))
@example("a  b")
@example('say "yes"')
@example("deal:*")
@example("-x (y) OR z")
def test_a_quoted_name_is_read_again(name: str) -> None:
    said = name.replace("\0", " ").strip()
    assert parse_query(f"tag:{quoted(said)}").terms == ((Named("tag", said),) if said else ())


def test_a_name_with_nul_in_it_stays_one_name() -> None:
    assert parse_query(f"kind:{quoted(chr(0).join('ab'))}").terms == (Named("kind", "a b"),)


@given(
    st.lists(st.sampled_from(['"a b"', "tag:x", "-c", "(a OR b)", "a OR b", "on:today", "NOT c"]))
)
def test_the_parts_are_the_text(parts: list[str]) -> None:
    query = parse_query(" ".join(parts))
    assert list(query.parts) == parts
    assert parse_query(" ".join(query.parts)) == query


@pytest.mark.parametrize(
    ("text", "place", "typing"),
    [
        ("kind:win acc", 12, Typing("", "acc", 9, 12)),
        ("kind:wi", 7, Typing("kind", "wi", 5, 7)),
        ('-tag:"two wo', 12, Typing("tag", "two wo", 5, 12)),
        ("tag:pri night", 6, Typing("tag", "pr", 4, 7)),
        ("tag:", 4, Typing("tag", "", 4, 4)),
        ("a (tag:x", 8, Typing("tag", "x", 7, 8)),
        ("a ", 2, None),
        ("", 0, None),
        ("colour:re", 9, None),
    ],
)
def test_what_could_be_completed_at_a_place(text: str, place: int, typing: Typing | None) -> None:
    assert typing_at(text, place) == typing
