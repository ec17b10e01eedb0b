"""One byte sequence for one value, the same that an independent implementation writes."""

from __future__ import annotations

import json
from typing import Any

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from fieldnotes.domain.canonical import (
    DEEPEST,
    LARGEST,
    MOST_PARTS,
    NotCanonical,
    canonical,
    parse,
    parse_but_numbers,
)

TEXTS = st.text(st.characters(exclude_categories=["Cs"]))
VALUES: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers(-LARGEST, LARGEST) | TEXTS,
    lambda inner: st.lists(inner) | st.dictionaries(TEXTS, inner),
)


@given(st.dictionaries(TEXTS, VALUES))
def test_it_writes_what_rfc_8785_says(value: dict[str, Any]) -> None:
    assert canonical(value) == rfc8785.dumps(value)


@given(st.dictionaries(TEXTS, VALUES))
def test_what_it_wrote_is_read_again(value: dict[str, Any]) -> None:
    assert parse(canonical(value)) == value


@given(st.dictionaries(TEXTS, VALUES))
def test_no_other_way_of_writing_is_read(value: dict[str, Any]) -> None:
    for other in (json.dumps(value), json.dumps(value, ensure_ascii=False, indent=1)):
        if other.encode() != canonical(value):
            with pytest.raises(NotCanonical):
                parse(other.encode())


def test_members_are_sorted_by_utf_16_and_not_by_code_point() -> None:
    assert canonical({"\ue000": 1, "\U0001f600": 2}) == '{"\U0001f600":2,"\ue000":1}'.encode()


@pytest.mark.parametrize("number", [LARGEST + 1, -LARGEST - 1, 2**63, 2**64, 10**400])
def test_a_number_beyond_2_to_53_is_refused(number: int) -> None:
    with pytest.raises(NotCanonical):
        parse(b'{"a":[%d]}' % number)
    assert parse(b'{"a":[%d]}' % LARGEST) == {"a": [LARGEST]}
    assert parse(b'{"a":":%d"}' % number) == {"a": f":{number}"}


@pytest.mark.parametrize(
    "text", ["1.5", "1e2", "-0", "-0.0", "1E400", "NaN", "Infinity", "01", "+1"]
)
def test_floats_and_other_numbers_are_refused(text: str) -> None:
    with pytest.raises(NotCanonical):
        parse(f'{{"a":{text}}}'.encode())


def test_nesting_is_counted_outside_of_texts() -> None:
    assert parse(b'{"a":"%s"}' % (b"[" * 1_000))
    fits = b'{"a":' + b"[" * (DEEPEST - 1) + b"]" * (DEEPEST - 1) + b"}"
    assert parse(fits)
    with pytest.raises(NotCanonical, match="deep"):
        parse(fits.replace(b"[]", b"[[]]"))
    with pytest.raises(NotCanonical):
        parse(b'{"a":' + b"[" * 100_000)


def test_fewer_parts_can_be_asked_for() -> None:
    assert parse_but_numbers(b'{"a":[0,0,0],"b":",,,,,,,"}', most_parts=5)
    with pytest.raises(NotCanonical, match="parts"):
        parse_but_numbers(b'{"a":[0,0,0,0],"b":",,,,,,,"}', most_parts=5)


def test_parts_are_counted_outside_of_texts() -> None:
    assert parse(b'{"a":"%s\\""}' % (b"," * (MOST_PARTS + 1)))
    fits = b'{"a":[' + b"0," * (MOST_PARTS - 2) + b"0]}"
    assert parse(fits)
    with pytest.raises(NotCanonical, match="parts"):
        parse(fits.replace(b"[0,", b"[0,0,"))
