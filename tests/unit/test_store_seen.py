"""What the files of a preview brought, kept aside."""

from __future__ import annotations

import pytest

from fieldnotes.domain.records import Copy
from fieldnotes.operations.notebook import Notebook
from fieldnotes.store.arriving import Arrival, arrivals_of
from fieldnotes.store.seen import PART, Seen
from tests.builders import logged


@pytest.fixture
def copies(seller: Notebook) -> list[Copy]:
    """A note, and another one."""
    ids = [logged(seller, text=text) for text in ("First", "Second")]
    records = seller.library.records
    return [copy for each in ids for copy in records.history(each).values()]


def brought(seen: Seen, *records: list[Arrival], good: bool = True) -> int:
    """A file with these records; its number."""
    number = seen.begin()
    for record in records:
        seen.add(record)
    seen.end(good=good)
    return number


def everything(seen: Seen, number: int) -> list[list[Arrival]]:
    return [record for part in seen.parts(number) if not part.held for record in seen.records(part)]


def test_what_a_bad_file_brought_never_came(copies: list[Copy]) -> None:
    seen, (one, other) = Seen(), arrivals_of(copies)
    bad = brought(seen, *[[one]] * (PART + 1), good=False)
    good = brought(seen, [other])
    assert (everything(seen, bad), everything(seen, good)) == ([], [[other]])
    seen.begin()
    assert seen.of([one.key, other.key]) == {other.key: {other.name: copies[1]}}


def test_a_file_is_not_asked_for_what_it_brings_itself(copies: list[Copy]) -> None:
    seen, (one, _) = Seen(), arrivals_of(copies)
    seen.begin()
    seen.add([one])
    assert not seen.brought
    assert seen.of([one.key]) == {}


def test_what_is_held_just_so_is_told_by_its_number(copies: list[Copy]) -> None:
    seen, (one, other) = Seen(), arrivals_of(copies)
    number = seen.begin()
    seen.add_held(7, [one])
    seen.add([other])
    seen.end(good=True)
    told = [seen.told(part) for part in seen.parts(number) if part.held]
    assert told == [[(7, [one.name])]]
    assert everything(seen, number) == [[other]]
    seen.begin()
    assert seen.of([one.key, other.key]).keys() == {other.key}
