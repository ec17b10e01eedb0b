"""What is written is read again: one byte sequence for one value, and every note as it was."""

from __future__ import annotations

import json
import random
from contextlib import suppress
from typing import Any

import msgspec
import pytest
import rfc8785
from hypothesis import example, given, settings
from hypothesis import strategies as st

from fieldnotes.bundle.lines import read_strictly
from fieldnotes.domain.canonical import DEEPEST, NotCanonical, canonical, parse
from fieldnotes.domain.drafts import OpenDraft
from fieldnotes.domain.moments import Moment
from fieldnotes.domain.note_fields import from_fields, is_known, to_fields
from fieldnotes.domain.notes import (
    Attachment,
    Consent,
    Contact,
    Kind,
    Meeting,
    Note,
    NoteDraft,
    Person,
    Quote,
)
from fieldnotes.domain.query import names_in
from fieldnotes.domain.records import Copy, NotARecord, from_object, to_line
from fieldnotes.domain.words import words_of
from fieldnotes.errors import FieldnotesError
from fieldnotes.store.gists import NAMED, said_in
from tests.property.histories import a_history, copies_of

TEXT = st.text(max_size=20)  # without lone surrogates, with everything else
INTEGERS = st.integers(-(2**53) + 1, 2**53 - 1)
JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), INTEGERS, TEXT),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(TEXT, inner, max_size=4)),
    max_leaves=20,
)


@settings(max_examples=400)
@given(JSON)
@example({"\ue000": 1, "\U0001f600": 2, "a": 3})
@example({"\uffff": {"\U00010000": [], "\ud7ff": ""}})
@example({"": '\x00\x1f\x7f\u2028"\\/'})
def test_the_form_is_that_of_rfc_8785(value: Any) -> None:
    assert canonical(value) == rfc8785.dumps(value)


@settings(max_examples=200)
@given(st.dictionaries(TEXT, JSON, max_size=4))
def test_what_is_written_is_read_again(value: dict[str, Any]) -> None:
    assert parse(canonical(value)) == value


@settings(max_examples=200)
@given(st.dictionaries(TEXT, JSON, min_size=1, max_size=4))
def test_any_other_way_to_write_it_is_refused(value: dict[str, Any]) -> None:
    line = canonical(value)
    for other in (
        json.dumps(value).encode(),
        json.dumps(value, ensure_ascii=False, indent=1).encode("utf-8", "surrogatepass"),
        line + b" ",
        b" " + line,
        line[:-1],
    ):
        if other != line:
            with pytest.raises(NotCanonical):
                parse(other)


@settings(max_examples=200)
@given(st.binary(max_size=60))
def test_bytes_of_any_sort_are_read_or_refused(line: bytes) -> None:
    with suppress(NotCanonical):
        assert canonical(parse(line)) == line


@pytest.mark.parametrize(
    "line",
    [
        *(b'{"a":1.0}', b'{"a":1e2}', b'{"a":-0}', b'{"a":01}', b'{"a":9007199254740992}'),
        *(b'{"a":-9007199254740992}', b'{"a":NaN}', b'{"a":Infinity}', b'{"a":1,"a":1}', b"[]"),
        *(b'{"b":1,"a":2}', b'{"a":"\\u0041"}', b'{"a":"\\/"}', b'{"a":"\xed\xa0\x80"}', b"1"),
        *(
            b'{"a":"\\ud800"}',
            b'\xef\xbb\xbf{"a":1}',
            b'{"a":"\x00"}',
            b'{"a":"\xff"}',
            b"",
            b"{}x",
        ),
    ],
)
def test_what_readers_disagree_about_is_refused(line: bytes) -> None:
    with pytest.raises(NotCanonical):
        parse(line)


@pytest.mark.parametrize("depth", [DEEPEST + 1, 1000, 200_000])
def test_deep_nesting_is_refused_before_it_is_parsed(depth: int) -> None:
    with pytest.raises(NotCanonical):
        parse(b'{"a":' + b"[" * depth + b"]" * depth + b"}")


def test_brackets_in_a_text_are_no_nesting() -> None:
    value = {"a": "[" * 500 + '\\"' + "{" * 500}
    assert parse(canonical(value)) == value


@pytest.mark.parametrize("value", ["\ud800", {"a": "\udfff"}, {"\ud800": 1}, {1: 2, "a": object()}])
def test_what_cannot_be_written_is_refused(value: Any) -> None:
    with pytest.raises(NotCanonical):
        canonical(value)


# --- notes ------------------------------------------------------------------------------------

IDS = st.from_regex(r"[A-Za-z0-9_-]{1,8}", fullmatch=True)
FULL = st.text(min_size=1, max_size=12)
NAMES = st.lists(FULL, max_size=3).map(tuple)
MOMENTS = st.builds(Moment, st.integers(-(2**50), 2**50), st.integers(-1439, 1439))


def several(shape: Any, **parts: Any) -> Any:
    """Parts of a note, in the order of their ids."""
    one = st.builds(shape, id=IDS, **parts)
    return st.lists(one, max_size=3, unique_by=lambda part: part.id).map(
        lambda found: tuple(sorted(found, key=lambda part: f"{part.id}."))
    )


PEOPLE = st.lists(st.builds(Person, IDS, FULL), max_size=3, unique_by=lambda each: each.id).map(
    lambda found: tuple(sorted(found, key=lambda each: each.id))
)
MEETINGS = st.builds(
    Meeting, id=FULL, account=TEXT, day=TEXT, people=PEOPLE, event=TEXT, recurrence=TEXT
)
CONSENTS = st.builds(
    Consent,
    who=FULL,
    wording=TEXT,
    named=st.sampled_from([None, True, False]),
    channels=NAMES,
    until=TEXT,
    withdrawn=TEXT,
)
TEXTS = [name for name in Note.__struct_fields__ if Note.__annotations__[name] == "str"]
NOTES = st.builds(
    Note,
    **dict.fromkeys(TEXTS, TEXT),
    competitors=NAMES,
    products=NAMES,
    tags=NAMES,
    material=NAMES,
    happened=st.one_of(st.none(), MOMENTS),
    whole_day=st.booleans(),
    replies=st.one_of(st.none(), st.integers(0, 10)),
    tries=st.one_of(st.none(), st.integers(0, 10)),
    quotes=several(Quote, text=TEXT, role=TEXT).map(
        lambda found: tuple(sorted(found, key=lambda quote: f"quotes.{quote.id}"))
    ),
    contacts=several(Contact, name=FULL, role=TEXT, email=TEXT, phone=TEXT),
    attachments=several(
        Attachment, name=TEXT, media=TEXT, size=st.integers(0, 2**40), sha256=TEXT
    ).map(lambda found: tuple(sorted(found, key=lambda file: f"attachments.{file.id}"))),
    meeting=st.one_of(st.none(), MEETINGS),
    consent=st.one_of(st.none(), CONSENTS),
)


def test_every_text_of_a_note_is_tried() -> None:
    assert {"kind", "text", "need_payoff", "heard_from_person"} <= set(TEXTS)
    assert len(TEXTS) > 25


@settings(max_examples=150)
@given(NOTES)
def test_a_note_comes_back_from_its_fields(note: Note) -> None:
    fields = to_fields(note)
    assert from_fields(fields) == msgspec.structs.replace(note, kind=note.kind or Kind.NOTE.value)
    assert all(map(is_known, fields))
    assert from_fields(parse(canonical(fields))) == from_fields(fields)
    assert not [name for name, value in fields.items() if value in ("", [], None)]


@settings(max_examples=150)
@given(NOTES)
def test_a_note_is_held_by_all_its_names(note: Note) -> None:
    names = [(family, name) for family in NAMED for name in names_in(note, family)]
    assert said_in(note).names == names


@settings(max_examples=150)
@given(
    st.dictionaries(
        st.one_of(
            st.sampled_from(
                [
                    *to_fields(Note()),
                    "happened",
                    "quotes.a",
                    "meeting.people.x",
                    "contacts.c.name",
                    "contacts.c",
                    "consent.channels",
                    "attachments.b",
                    "tags",
                    "replies",
                ]
            ),
            TEXT,
        ),
        JSON,
    )
)
def test_fields_of_any_shape_make_a_note(fields: dict[str, Any]) -> None:
    note = from_fields(fields)
    assert from_fields(to_fields(note)) == note


@settings(max_examples=120)
@given(NOTES, IDS)
def test_a_draft_comes_back_as_it_was_typed(note: Note, key: str) -> None:
    draft = NoteDraft(id=key, note=note, marks={f"contacts.{key}.name": "red"}, settles=(key,))
    assert msgspec.json.decode(msgspec.json.encode(draft), type=NoteDraft) == draft
    kept = OpenDraft(draft=draft, text=note.text, cursor=3, changed=5)
    assert msgspec.json.decode(msgspec.json.encode(kept), type=OpenDraft) == kept


# --- record lines -----------------------------------------------------------------------------


@settings(max_examples=200)
@given(st.integers(0, 2**32))
def test_a_record_comes_back_from_its_line(seed: int) -> None:
    for copy in copies_of(a_history(seed), seed):
        line = to_line(copy)
        again = from_object(parse(line))
        assert to_line(again) == line
        assert again.name == copy.name
        assert again.revision == copy.revision
        assert again.values == copy.values
        assert {name: again.salt(name) for name in again.values} == {
            name: copy.salt(name) for name in copy.values
        }


def by_the_rules(line: bytes) -> Copy | None:
    """The copy in a line, slowly: read, written again, and compared."""
    try:
        copy = from_object(parse(line))
        return copy if to_line(copy) == line else None
    except WRONG:
        return None


def as_bundles_are_read(line: bytes) -> Copy | None:
    try:
        return read_strictly(line)
    except WRONG:
        return None


WRONG = (FieldnotesError, ValueError, TypeError, KeyError, AttributeError)
BENT = (
    (b'"rev":', b'"rev": '),
    (b'"rev":1', b'"rev":1.0'),
    (b'"restored":0', b'"restored":9007199254740993'),
    (b'"created":[', b'"created":[9'),
    (b'"created":[', b'"created":[99999'),
    (b'"author":', b'"aaa":9007199254740993,"author":'),
    (b'"author":', b'"aaa":1,"author":'),
    (b'"author":', b'"aaa":[1.5],"author":'),
    (b'"digests":{}', b'"digests":{"text":"00"}'),
    (b'"fields":{', b'"fields":{"a":1e3,'),
    (b'"fields":{', b'"fields":{"a":9007199254740993,'),
    (b'"lineage":', b'"key":"00000000000000000000000000000000","lineage":'),
    (b'"lineage":[', b'"lineage":["x"'),
    (b'"salts":{', b'"salts":{"zz":"00000000000000000000000000000000",'),
    (b'"rev":1', b'"rev":1,"salts":{}'),
    (b'"type":', b'"tight":{},"type":'),
    (b'"removed":null', b'"removed":{"at":[1,0],"reason":"wrong","x":1}'),
    (b'"sig":"', b'"sig":"0'),
    (b"price", b"pr\\u0069ce"),
    (b'"id":', b'"id":"x","id":'),
    (b'"restored":0', b'"restored":false'),
    (b'"created":[', b'"created":[1,"'),
    (b'"digests":{}', b'"digests":null'),
    (b'"fields":{', b'"fields":{"A":1,'),
    (b'"fields":{', b'"fields":{"a":[[[{"a":[1]}]]],'),
    (b'"fields":{', '"fields":{"a":{"\U0001f600":1,"\uffff":[2]},'.encode()),
    (b'"fields":{', '"fields":{"a":{"\uffff":1,"\U0001f600":[2]},'.encode()),
    (b'"key":"', b'"key":" '),
    (b'"key":"', b'"key":null,"key":"'),
    (b'"marking":"', '"marking":"\U0001f600\uffff'.encode()),
    (b'"marks":{', b'"marks":{"a":1,'),
    (b'"marks":{', b'"marks":{"Text":"red",'),
    (b'"removed":null', b'"removed":{"at":[1,0],"reason":"wrong"}'),
    (b'"removed":null', b'"removed":{"at":[1],"reason":"wrong"}'),
    (b'"removed":null', b'"removed":{}'),
    (b'"type":"', b'"type":"N'),
)


@settings(max_examples=300)
@given(st.integers(0, 2**32), st.sampled_from(BENT), st.randoms(use_true_random=False))
def test_bundles_are_read_by_the_rules(
    seed: int, bent: tuple[bytes, bytes], chance: random.Random
) -> None:
    for copy in copies_of(a_history(seed), seed):
        line = to_line(copy)
        at = chance.randrange(len(line))
        flipped = line[:at] + bytes([chance.randrange(256)]) + line[at + 1 :]
        for each in (line, line.replace(*bent, 1), flipped, line + b" ", line[:at]):
            assert as_bundles_are_read(each) == by_the_rules(each)
        assert as_bundles_are_read(line) is not None


@settings(max_examples=120)
@given(st.integers(0, 2**32), st.data())
def test_a_line_with_one_thing_changed_is_another_revision_or_none(
    seed: int, data: st.DataObject
) -> None:
    copy = data.draw(st.sampled_from(a_history(seed).copies))
    told = parse(to_line(copy))
    name = data.draw(st.sampled_from(sorted(told)))
    told[name] = data.draw(st.one_of(JSON, st.just({"text": "other"})))
    line = canonical(told)
    assert as_bundles_are_read(line) == by_the_rules(line)
    try:
        again = from_object(told)
    except NotARecord:
        return
    same = told == parse(to_line(copy)) or name in ("sig", "tight", "key", "salts")
    assert same or again.name != copy.name or again.values == copy.values


@settings(max_examples=200)
@given(TEXT)
def test_words_are_the_same_whatever_their_case_and_marks(text: str) -> None:
    words = words_of(text)
    assert words_of(" ".join(words)) == words
    if text.isascii():
        assert words_of(text.upper()) == words
