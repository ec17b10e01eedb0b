"""What the words and the order of versions mean, one small history each."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from fieldnotes.domain import merge
from fieldnotes.domain.merge import Word
from fieldnotes.domain.moments import Moment
from fieldnotes.domain.records import Copy, Removal, Revision, digests_under, masked

NOTE = "019cadc6-8afb-7000-8000-000000000001"
AUTHOR = "ab" * 32
DEVICE = "019cadc6-8afb-7000-8000-000000000002"


def a_version(
    on: list[Copy] | None = None, removed: str = "", restored: int = 0, **told: Any
) -> Copy:
    """A version on top of others; what is not told otherwise is plain."""
    below = on or []
    values = {} if removed else {"text": told.pop("text", "Text"), "kind": "note"}
    key = f"{len(below):032x}"
    revision = Revision(
        type="note",
        id=NOTE,
        author=AUTHOR,
        device=DEVICE,
        rev=1 + max((copy.revision.rev for copy in below), default=0),
        lineage=tuple(copy.name for copy in below),
        restored=restored,
        created=Moment(0),
        modified=Moment(told.pop("modified", len(below))),
        removed=Removal(removed, Moment(9)) if removed else None,
        marking="amber+strict",
        marks={},
        digests=digests_under(key, values),
    )
    return Copy(replace(revision, **told), "00" * 64, values, key)


FIRST = a_version()
SECOND = a_version([FIRST], text="Second")
OTHER = a_version([FIRST], text="Other", modified=5)
SETTLED = a_version([SECOND, OTHER, FIRST], text="Settled")
REMOVED = a_version([FIRST], removed="wrong")
ERASED = a_version([FIRST], removed="erase")
RESTORED = a_version([REMOVED, FIRST], restored=1)
HIDDEN = masked(FIRST, frozenset({"text"}))


def held(*copies: Copy) -> dict[str, Copy]:
    return merge.join({}, copies)


@pytest.mark.parametrize(
    ("ours", "theirs", "word"),
    [
        ([], [FIRST], Word.NEW),
        ([], [SECOND, OTHER], Word.NEW),
        ([], [REMOVED], Word.REMOVED),
        ([FIRST], [FIRST], Word.UNCHANGED),
        ([FIRST], [HIDDEN], Word.UNCHANGED),
        ([HIDDEN], [FIRST], Word.FULLER),
        ([FIRST], [replace(FIRST, tight={"text": "red"})], Word.UNCHANGED),
        ([FIRST], [SECOND], Word.UPDATED),
        ([FIRST, SECOND], [FIRST], Word.OLDER),
        ([SECOND], [FIRST], Word.OLDER),
        ([SECOND], [OTHER], Word.EDITED_TWICE),
        ([FIRST], [SECOND, OTHER], Word.EDITED_TWICE),
        ([SECOND, OTHER], [SECOND], Word.UNCHANGED),
        ([SECOND, OTHER], [SETTLED], Word.UPDATED),
        ([FIRST], [REMOVED], Word.REMOVED),
        ([SECOND], [REMOVED], Word.REMOVED),
        ([REMOVED], [SECOND], Word.OLDER),
        ([REMOVED], [RESTORED], Word.UPDATED),
        ([RESTORED], [ERASED], Word.REMOVED),
        ([ERASED], [RESTORED], Word.OLDER),
    ],
)
def test_the_word_for_what_happened(ours: list[Copy], theirs: list[Copy], word: Word) -> None:
    assert merge.word(held(*ours), theirs) is word


@pytest.mark.parametrize(
    ("copies", "top"),
    [
        ([FIRST, SECOND], SECOND),
        ([SECOND, OTHER], OTHER),
        ([SECOND, OTHER, SETTLED], SETTLED),
        ([REMOVED, a_version([SECOND, FIRST], text="Later")], REMOVED),
        ([REMOVED, RESTORED], RESTORED),
        ([RESTORED, a_version([RESTORED], restored=1, removed="wrong")], None),
        ([RESTORED, ERASED], ERASED),
    ],
)
def test_which_version_is_current(copies: list[Copy], top: Copy | None) -> None:
    expected = top or copies[-1]
    for order in (copies, copies[::-1]):
        assert merge.current(held(*order)).name == expected.name


def test_both_versions_stay_until_the_author_settles_it() -> None:
    assert merge.edited_twice(held(FIRST, SECOND, OTHER))
    assert {copy.name for copy in merge.heads(held(FIRST, SECOND, OTHER))} == {
        SECOND.name,
        OTHER.name,
    }
    assert not merge.edited_twice(held(FIRST, SECOND, OTHER, SETTLED))


def test_erasing_leaves_only_the_erasure() -> None:
    assert held(FIRST, SECOND, ERASED, RESTORED).keys() == {ERASED.name}


def test_the_stricter_of_two_relays_counts() -> None:
    one, other = (replace(FIRST, tight={"text": mark}) for mark in ("green", "red"))
    assert held(one, other) == held(other, one)
    assert held(one, other)[FIRST.name].tight == {"text": "red"}


def test_a_version_that_was_signed_twice_is_kept_in_one_way() -> None:
    again = replace(FIRST, signature="11" * 64)
    assert held(FIRST, again) == held(again, FIRST)
