"""Chips and words in the search box always look for what the whole text looks for."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from fieldnotes.desktop.notes.query_chips import chip_label, settle
from fieldnotes.domain.query import Every, Not, Term
from fieldnotes.domain.query_text import is_filter, negated, parse_query

PIECES = st.sampled_from(
    [
        *"tag:a kind:win -tag:b late OR AND NOT ( ) -( after:2026 on:x has:quote is:draft".split(),
        *"text:c tag:industry:* - : account: last 90 days".split(),
        'account:"Lumen Foods"',
        'account:"Lumen',
        '"late',
        '"late shift"',
        "last 90 days",
        "tag:a OR tag:b",
        "  ",
    ]
)
TEXTS = st.lists(PIECES | st.text(max_size=4), max_size=9).flatmap(
    lambda pieces: st.sampled_from([" ", " ", ""]).map(lambda between: between.join(pieces))
)


def said(text: str) -> list[str]:
    return sorted(map(repr, parse_query(text).terms))


def whole(part: str) -> Term:
    terms = parse_query(part).terms
    return terms[0] if len(terms) == 1 else Every(terms)


@given(TEXTS, st.integers(0, 60) | st.none())
def test_chips_and_words_are_the_same_search(text: str, cursor: int | None) -> None:
    settled = settle(text, None if cursor is None else min(cursor, len(text)))
    together = " ".join([*(chip.text for chip in settled.chips), settled.words])
    assert said(together) == said(text)
    assert 0 <= settled.cursor <= max(len(settled.words), len(text))
    assert all(is_filter(chip.text) and chip.label for chip in settled.chips)


@given(TEXTS)
def test_what_is_settled_stays_as_it_is(text: str) -> None:
    once = settle(text)
    again = settle(" ".join([*(chip.text for chip in once.chips), once.words]))
    assert (again.chips, again.words) == (once.chips, once.words)


@given(TEXTS)
def test_every_piece_is_turned_round_and_back(text: str) -> None:
    for part in parse_query(text).parts:
        if not is_filter(part):
            continue
        term, turned = whole(part), negated(part)
        opposite = term.what if isinstance(term, Not) else Not(term)
        assert whole(turned) == opposite
        assert whole(negated(turned)) == term
        assert chip_label(part) != chip_label(turned)
