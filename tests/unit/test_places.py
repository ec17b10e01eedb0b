"""Row ids that are times, and a free one for every note."""

from __future__ import annotations

from uuid import UUID

import pytest

from fieldnotes.domain.moments import Moment
from fieldnotes.operations.checking import check_library
from fieldnotes.operations.notebook import Notebook
from fieldnotes.operations.notes import edit_note, show_note
from fieldnotes.store.places import SLOTS, start_of
from tests.builders import a_note, at, found, logged


def place_of(notebook: Notebook, note: str) -> int:
    return show_note(notebook, note).place


def test_a_place_is_the_local_second_and_a_slot(seller: Notebook) -> None:
    note = logged(seller, happened=at("2026-03-31T14:00:00+02:00"))
    wall = int(at("2026-03-31T14:00:00").ms / 1000)
    assert place_of(seller, note) == wall << SLOTS | UUID(note).int & 0xFF


def test_an_edit_stays_in_its_place(seller: Notebook) -> None:
    note = logged(seller, happened=at("2026-03-31"))
    place = place_of(seller, note)
    edit_note(seller, note, a_note(text="Other", happened=at("2026-03-31")))
    assert place_of(seller, note) == place


def test_a_note_that_happened_at_another_time_moves(seller: Notebook) -> None:
    first = logged(seller, happened=at("2026-03-31"), tags=["a"])
    second = logged(seller, happened=at("2026-04-01"), tags=["a"])
    number = show_note(seller, first).note_no
    assert found(seller) == [second, first]
    edit_note(seller, first, a_note(happened=at("2026-05-01"), tags=["a"]))
    assert found(seller) == found(seller, "tag:a") == [first, second]
    assert show_note(seller, first).note_no == number
    assert found(seller, "on:2026-03") == []
    assert check_library(seller).problems == []


def test_full_seconds_go_on_into_the_next(seller: Notebook) -> None:
    happened = at("2026-03-31T14:00:00")
    notes = [logged(seller, happened=happened) for _ in range(300)]
    places = [place_of(seller, each) for each in notes]
    assert len(set(places)) == 300
    second = happened.ms // 1000
    assert {place >> SLOTS for place in places} == {second, second + 1}
    assert seller.library.records.places.overflow() == 1
    assert len(found(seller, "on:2026-03-31")) == 300


@pytest.mark.parametrize("ms", [-(2**53) + 1, 2**53 - 1, -1, 0])
@pytest.mark.parametrize("offset", [-1439, 0, 1439])
def test_any_time_has_a_place(seller: Notebook, ms: int, offset: int) -> None:
    notes = [logged(seller, happened=Moment(ms, offset)) for _ in range(3)]
    assert set(found(seller)) == set(notes)
    assert check_library(seller).problems == []


def test_places_keep_within_what_a_row_id_holds() -> None:
    for seconds in (-(2**70), 2**70):
        assert -(2**63) <= start_of(seconds) < 2**63 - 2**20


@pytest.mark.parametrize("at_once", [1, 7, 3000])
def test_thousands_of_notes_in_seconds_side_by_side_have_places(
    seller: Notebook, at_once: int
) -> None:
    library = seller.library
    asked = [(1_772_442_000 + n % 5, str(UUID(int=n % 300))) for n in range(3000)]
    places: list[int] = []
    with library.transaction():
        for start in range(0, len(asked), at_once):
            given = library.records.places.free_for(asked[start : start + at_once])
            library.connection.executemany(
                _TAKEN, [(place, place, b"%d" % place) for place in given]
            )
            places += given
    assert len(set(places)) == len(asked)
    assert all(place >= start_of(second) for place, (second, _) in zip(places, asked, strict=True))
    last = (max(places) >> SLOTS) - asked[0][0]
    assert last <= 3000 >> SLOTS
    assert library.records.places.overflow() in range(1, last + 1)


_TAKEN = (
    "INSERT INTO facts (place, note_no, id, current, type, author, happened, modified, marking,"
    " versions, masked) VALUES (?, ?, ?, 0, 0, 0, 0, 0, '', 1, 0)"
)
