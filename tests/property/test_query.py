"""Nothing that is typed raises, and the index finds exactly what the plain definition finds."""

# ruff: noqa: RUF001  letters of all sorts on purpose
from __future__ import annotations

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from fieldnotes.domain.moments import Moment
from fieldnotes.domain.notes import Contact, Kind, Meeting, Note, NoteDraft, Person, Quote
from fieldnotes.domain.query import (
    Between,
    Every,
    Has,
    Is,
    Named,
    Not,
    Query,
    Some,
    State,
    Subject,
    Words,
    matches,
)
from fieldnotes.domain.query_filters import FAMILIES
from fieldnotes.domain.query_text import as_typed, parse_query
from fieldnotes.domain.words import words_of
from fieldnotes.operations.checking import check_library
from fieldnotes.operations.notebook import Notebook
from fieldnotes.operations.notes import signed_version
from fieldnotes.store import beginnings, plans, search
from tests.builders import Opener

NAUGHTY = [
    *('"', '""', '"*', "*", "-", "--", "-*", '-"', "(", ")", "()", "AND", "OR", "NOT", "NEAR"),
    *(
        "NEAR(a b, 3)",
        "a AND",
        "AND a",
        "^a",
        "a^2",
        "text:",
        "text:-",
        'kind:"',
        "tag:*",
        "{a b}:c",
    ),
    *(
        "a:b:c",
        "filters:x",
        "text : x",
        "x NOT x",
        "rowid:1",
        "words",
        "col1:a",
        "a + b",
        "a.b,c;d",
    ),
    *("\0", "a\0b", "'", "''; DROP TABLE facts; --", "%", "_", "\\", "\n\t", "after:", "on:0000"),
    *("after:2026-13-45", "before:9999", "on:9999-12-31", "after:0001", "author:*", "author:-"),
    *("see:*", "is:", "bundle:*", "bundle:[a-", "meeting:*", "-kind:*", "kind:ſ", "İ", "ß", "ς"),
    *(
        "\ue000",
        "\ue000 x",
        "\u0301",
        "e\u0301",
        "ﬁ",
        "Ｙｅａｒ",
        "😀",
        "\u202e",
        "नमस्ते",
        "日本語",
        "x" * 5000,
    ),
]
TYPED = st.one_of(
    st.sampled_from(NAUGHTY),
    st.text(max_size=30),
    st.lists(st.sampled_from([*NAUGHTY[:40], "night", 'shift"', "-", ":"]), max_size=6).map(
        " ".join
    ),
    st.builds(
        "{}:{}".format, st.sampled_from([*FAMILIES, "text", "on", "after", "before"]), st.text()
    ),
)

VOCABULARY = [
    *(
        "night",
        "nights",
        "Night",
        "shift",
        "price",
        "Preis",
        "Straße",
        "STRASSE",
        "café",
        "cafe\u0301",
    ),
    *(
        "naïve",
        "ΟΔΟΣ",
        "οδος",
        "ﬁne",
        "fine",
        "C++",
        "5x",
        "snake_case",
        "e-mail",
        "日本語",
        "x",
        "AND",
    ),
    *(
        "l\u2019été",
        "“too",
        "expensive”",
        "नमस्ते",
        "İstanbul",
        "n\0ul",
        "\ue000",
        "Ｙｅａｒ",
        "42,5",
        "–",
    ),
]
ANY_WORD = st.one_of(
    st.sampled_from(VOCABULARY), st.text(max_size=6).filter(lambda t: '"' not in t)
)
SENTENCES = st.lists(ANY_WORD, max_size=6).map(" ".join)
NAMES = st.sampled_from(
    ["Pellinger", "pellinger", "Pellinger  Chemie", "Ostrow Kabel", "ÖSTROW", "öst"]
)
SECONDS = st.sampled_from([0, 1, 2, 59, 86_399, 86_400, 31 * 86_400, -1])
JANUARY = 1_767_225_600  # 2026-01-01, local


@st.composite
def some_notes(draw: st.DrawFn) -> Note:
    happened = JANUARY + draw(SECONDS)
    offset = draw(st.sampled_from([0, 60, -330]))
    quotes = draw(st.lists(SENTENCES, max_size=2))
    return Note(
        kind=draw(st.sampled_from(list(Kind))).value,
        title=draw(SENTENCES),
        text=draw(SENTENCES),
        text_redacted=draw(st.one_of(st.just(""), SENTENCES)),
        account=draw(st.one_of(st.just(""), NAMES)),
        competitors=tuple(draw(st.lists(NAMES, max_size=2, unique=True))),
        products=tuple(draw(st.lists(NAMES, max_size=1))),
        tags=tuple(
            draw(st.lists(st.sampled_from(["pricing", "Pricing", "deal:lost"]), max_size=2))
        ),
        stage=draw(st.sampled_from(["", "demo"])),
        outcome=draw(st.sampled_from(["", "won"])),
        concern=draw(st.sampled_from(["", "price"])),
        worked=draw(st.sampled_from(["", "yes"])),
        happened=Moment((happened - offset * 60) * 1000 + draw(st.integers(0, 999)), offset),
        quotes=tuple(Quote(f"{place:02}", text, "CFO") for place, text in enumerate(quotes)),
        contacts=tuple([Contact("c", draw(SENTENCES), "", "ruth@example.com")] if quotes else []),
        meeting=draw(
            st.sampled_from([None, Meeting("m-1", "Pellinger", people=(Person("p", "Ruth"),))])
        ),
    )


SPANS = st.tuples(SECONDS, SECONDS).map(sorted)
POSITIVE = st.one_of(
    st.builds(
        Words,
        st.one_of(ANY_WORD, SENTENCES).filter(lambda text: bool(words_of(text))),
        st.booleans(),
        st.sampled_from(["all", "text"]),
    ),
    st.builds(
        Named,
        st.sampled_from(["account", "competitor", "product"]),
        st.one_of(NAMES, st.just("p"), st.just("")),
        st.booleans(),
    ),
    st.builds(
        Named, st.just("tag"), st.sampled_from(["pricing", "deal", "DEAL:lost"]), st.booleans()
    ),
    st.builds(Named, st.just("kind"), st.sampled_from([*Kind, "others"])),
    st.builds(Named, st.sampled_from(["stage"]), st.sampled_from(["demo", "Demo"])),
    st.builds(
        Named, st.sampled_from(["outcome", "concern", "worked"]), st.sampled_from(["won", "yes"])
    ),
    st.builds(Named, st.just("meeting"), st.sampled_from(["m-1", "M-1", "m-2"])),
    st.builds(
        Named, st.just("author"), st.sampled_from(["wren", "Tolliver", "toll", "nobody", "-"])
    ),
    SPANS.map(lambda span: Between(JANUARY + span[0], JANUARY + span[1])),
    SECONDS.map(lambda second: Between(JANUARY + second, None)),
    SECONDS.map(lambda second: Between(None, JANUARY + second)),
)
HANGING = st.one_of(
    st.builds(Has, st.sampled_from(["quote", "attachment", "consent"])),
    st.builds(Is, st.sampled_from([State.UNSENT, State.TWICE])),
)
TERMS = st.recursive(
    st.one_of(POSITIVE, HANGING),
    lambda inner: st.one_of(
        st.builds(Not, inner),
        st.lists(inner, min_size=1, max_size=3).map(lambda terms: Every(tuple(terms))),
        st.lists(inner, min_size=1, max_size=3).map(lambda terms: Some(tuple(terms))),
    ),
    max_leaves=5,
)
QUERIES = st.lists(TERMS, max_size=3).map(lambda terms: Query(tuple(terms)))
UNSENT = frozenset({State.UNSENT})


def put(notebook: Notebook, notes: list[Note]) -> dict[str, Note]:
    held = {}
    with notebook.library.transaction():
        for note in notes:
            draft = NoteDraft(id=notebook.new_id(), note=note)
            if note.text.strip() or note.title.strip() or note.quotes:
                notebook.library.records.put(draft.id, [signed_version(notebook, draft)])
                held[draft.id] = note
    return held


def places_of(notebook: Notebook, query: Query) -> list[str]:
    records = notebook.library.records
    return [view.id for view in records.views(search.page(records, query, limit=-1))]


@settings(max_examples=600)
@given(TYPED)
@example("-kind:* author:*")
def test_nothing_that_is_typed_raises(text: str) -> None:
    for query in (parse_query(text), as_typed(text)):
        matches(query, Subject(Note(text="They ask who trains the night shift."), "Wren Tolliver"))


def test_nothing_that_is_typed_makes_the_index_raise(seller: Notebook) -> None:
    put(seller, [Note(text=f"a night {word}", tags=("b",)) for word in VOCABULARY])

    @settings(max_examples=600)
    @given(TYPED)
    def typed(text: str) -> None:
        for query in (parse_query(text), as_typed(text)):
            assert search.count(seller.library.records, query) == len(places_of(seller, query))

    typed()
    for text in NAUGHTY:
        search.page(seller.library.records, parse_query(text), 5)


@pytest.mark.parametrize("plans_known", ["no dictionary", "a dictionary", "every plan"])
def test_the_index_finds_what_the_definition_says(
    notebooks: Opener, monkeypatch: pytest.MonkeyPatch, plans_known: str
) -> None:
    """2,000 queries and more over the three: the planner against plain Python over all notes."""
    seller = notebooks("Wren Tolliver")
    held: dict[str, Note] = {}

    @settings(max_examples=60, database=None)
    @given(st.lists(some_notes(), max_size=3))
    def written(notes: list[Note]) -> None:
        held.update(put(seller, notes))

    written()
    if plans_known != "no dictionary":
        seller.library.records.terms.read()
    written()  # words that came after the dictionary
    if plans_known == "every plan":  # which change over at a few notes
        monkeypatch.setattr(plans, "SEVERAL", (1, 2))
        monkeypatch.setattr(plans, "A_TERM", 0.0)
        monkeypatch.setattr(plans, "A_LOOK", 0.0)
        monkeypatch.setattr(plans, "FEW", 1)
        monkeypatch.setattr(beginnings, "MOST_LOOKED_AT", 12)
        monkeypatch.setattr(beginnings, "_SLICE", 4)

    @settings(max_examples=700, suppress_health_check=[HealthCheck.too_slow], database=None)
    @given(QUERIES)
    def same(query: Query) -> None:
        expected = {
            each
            for each, note in held.items()
            if matches(query, Subject(note, "Wren Tolliver", states=UNSENT))
        }
        _finds(seller, query, expected)

    same()
    assert check_library(seller).problems == []


def _finds(seller: Notebook, query: Query, expected: set[str]) -> None:
    """Whole, page by page, and counted."""
    records = seller.library.records
    places = search.page(records, query, -1)
    assert {view.id for view in records.views(places)} == expected, query
    assert list(search.every(records, query)) == places
    assert search.page(records, query, 3) == places[:3]
    if len(places) > 3:
        assert search.page(records, query, 3, below=places[2]) == places[3:6]
    assert search.count(records, query) == len(expected)
    assert search.count(records, query, at_most=2) == min(3, len(expected))


@pytest.fixture
def crowded(seller: Notebook) -> Notebook:
    """3,000 notes of one second, with a few before and after it."""
    noon = Moment((JANUARY + 43_200) * 1000)
    notes = [Note(text=f"crowd {place}", happened=noon) for place in range(3000)]
    notes += [
        Note(text="neighbour", happened=Moment(noon.ms + 1000 * away)) for away in range(-9, 21)
    ]
    put(seller, notes)
    return seller


def test_a_crowded_second_is_found_like_any_other(crowded: Notebook) -> None:
    _dates_bound_exactly(crowded)
    _pages_meet_every_note_once(crowded)
    assert check_library(crowded).problems == []


def _dates_bound_exactly(crowded: Notebook) -> None:
    records = crowded.library.records
    for away in [*range(-3, 15), 100]:
        bound = JANUARY + 43_200 + away
        after = search.count(records, Query((Between(bound, None),)))
        before = search.count(records, Query((Between(None, bound),)))
        exactly = search.count(records, Query((Between(bound, bound + 1),)))
        assert after + before == 3030
        assert before == max(0, min(30, away + 9)) + (3000 if away > 0 else 0)
        assert exactly == (3001 if away == 0 else 1 if -9 <= away < 21 else 0)


def _pages_meet_every_note_once(crowded: Notebook) -> None:
    records = crowded.library.records
    below, met = None, []
    while page := search.page(records, parse_query("crowd"), 700, below):
        met += page
        below = page[-1]
    assert len(met) == len(set(met)) == 3000
    assert met == sorted(met, reverse=True)
