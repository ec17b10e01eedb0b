"""A version keeps its name and its signature whatever of it is hidden."""

from __future__ import annotations

import hashlib
import hmac
import json
from typing import Any

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from fieldnotes.domain.canonical import NotCanonical, parse
from fieldnotes.domain.moments import Moment
from fieldnotes.domain.records import (
    NAMING,
    NotARecord,
    Revision,
    digest_of,
    digests_under,
    from_object,
    masked,
    salt_of,
    to_line,
)
from fieldnotes.trust.identity import make_identity, signed, signed_by

OWNER = make_identity("Mara Keel", bytes(32), Moment(0))
ID = "01890000-0000-7000-8000-000000000000"
VALUES = {"kind": "note", "text": "Nights.", "quotes.00": {"text": "We never sleep."}}


def a_copy(values: dict[str, Any] = VALUES, key: str = "0" * 32) -> Any:
    about = ("note", ID, OWNER.author, ID, 1, (), 0, Moment(0), Moment(0), None)
    revision = Revision(*about, "amber+strict", {}, digests_under(key, values))
    return signed(OWNER, revision, dict(values), key)


@given(st.sets(st.sampled_from(sorted(VALUES))))
def test_hiding_changes_neither_name_nor_signature(hide: set[str]) -> None:
    hidden = from_object(parse(to_line(masked(a_copy(), frozenset(hide)))))
    assert hidden.name == a_copy().name
    assert hidden.hidden == hide
    assert signed_by(hidden, OWNER.card.signs)


@pytest.mark.parametrize("extra", [{}, {"later": {"\uffff": 1, "\U0001f600": 2}}], ids=str)
def test_a_version_is_named_by_its_envelope_and_its_digests(extra: dict[str, Any]) -> None:
    told = replace(a_copy().revision, marking="\U0001f600\uffff", marks={"text": "ö"}, extra=extra)
    envelope = rfc8785.dumps({**told.envelope(), "digests": dict(told.digests)})
    assert told.name == hashlib.sha256(NAMING + envelope).hexdigest()


def test_a_line_says_nothing_of_what_is_hidden() -> None:
    line = to_line(masked(a_copy(), frozenset({"text"})))
    assert b"Nights" not in line
    assert salt_of("0" * 32, "text").encode() not in line
    assert b'"key"' not in line


@pytest.mark.parametrize("name", ["fields", "digests", "sig", "lineage", "marks", "rev", "type"])
def test_a_member_that_is_missing_makes_no_record(name: str) -> None:
    line = json.loads(to_line(a_copy()))
    del line[name]
    with pytest.raises(NotARecord):
        from_object(line)


@pytest.mark.parametrize(
    "changes",
    [
        {"rev": 2},
        {"marking": "clear"},
        {"marks": {"text": "clear"}},
        {"lineage": ["0" * 64]},
        {"restored": 1},
        {"type": "card"},
        {"created": [0, 1]},
        {"removed": {"at": [0, 0], "reason": "wrong"}},
        {"smuggled": "x"},
        {"fields": {**VALUES, "text": "Days."}},
        {"fields": {**VALUES, "title": "Smuggled"}},
        {"fields": {"text": "Nights."}},
        {"digests": {"title": "0" * 64}},
        {"key": "1" * 32},
        {"salts": {"text": "1" * 32}},
    ],
    ids=str,
)
def test_nothing_can_be_changed_added_or_left_out_unseen(changes: dict[str, Any]) -> None:
    changed = from_object({**json.loads(to_line(a_copy())), **changes})
    assert not signed_by(changed, OWNER.card.signs)


def test_a_tightening_by_others_leaves_the_signature_alone() -> None:
    line = {**json.loads(to_line(a_copy())), "tight": {"*": "red"}}
    assert signed_by(from_object(line), OWNER.card.signs)


def test_the_same_value_in_another_field_has_another_digest() -> None:
    assert digest_of("0" * 32, "text", "x") != digest_of("0" * 32, "title", "x")


@pytest.mark.parametrize("value", [1.5, float("nan"), 2**53, [2**64], {"a": 0.0}, "\ud800"])
def test_what_no_reader_could_take_is_not_signed(value: object) -> None:
    with pytest.raises(NotCanonical):
        a_copy({"text": value})


def test_a_removal_needs_no_key() -> None:
    assert b'"key"' not in to_line(a_copy({}))


@pytest.mark.parametrize("key", ["0" * 32, "0123456789abcdef" * 2])
def test_a_salt_is_half_of_the_hmac_of_the_name(key: str) -> None:
    for name in ("text", "contacts.a1.email"):
        whole = hmac.digest(bytes.fromhex(key), name.encode(), "sha256")
        assert salt_of(key, name) == whole[:16].hex()
