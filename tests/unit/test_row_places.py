"""Where rows of one height stand, with headings between them."""

from __future__ import annotations

from array import array

from hypothesis import given
from hypothesis import strategies as st

from fieldnotes.desktop.widgets.row_places import RowPlaces

PLACES = RowPlaces(5, 80, 32, array("q", [0, 3]))


def walked(places: RowPlaces) -> list[tuple[int, int]]:
    """(top of the heading or row, top of the row) of every row, counted one by one."""
    found, y = [], 0
    for row in range(places.rows):
        head = y
        y += places.heading if row in places.starts else 0
        found.append((head, y))
        y += places.row
    return found


@given(st.integers(1, 40), st.sets(st.integers(0, 39)))
def test_what_is_reckoned_is_what_is_counted(rows: int, starts: set[int]) -> None:
    heads = array("q", sorted(start for start in starts if start < rows))
    places = RowPlaces(rows, 7, 3, heads)
    assert [(places.head(row), places.top(row)) for row in range(rows)] == walked(places)
    for row, (head, top) in enumerate(walked(places)):
        assert {places.row_at(y) for y in range(head, top + 7)} == {row}
        assert [places.on_heading(y) for y in range(head, top + 7)] == (
            [True] * (top - head) + [False] * 7
        )
        assert places.starts_group(row) == (row in heads)
        assert places.group_of(row) == sum(start <= row for start in heads) - 1
    assert places.height == rows * 7 + len(heads) * 3


def test_heights_beyond_the_list_are_its_ends() -> None:
    assert (PLACES.row_at(-5), PLACES.row_at(10_000)) == (0, 4)
    assert not PLACES.on_heading(10_000)


def test_an_empty_list_has_no_row() -> None:
    assert RowPlaces(0, 80, 32).row_at(0) == -1
    assert RowPlaces(0, 80, 32).height == 0


def test_ten_million_rows_are_reckoned_like_ten() -> None:
    places = RowPlaces(10_000_000, 80, 32, array("q", range(0, 10_000_000, 250)))
    assert places.row_at(places.top(7_654_321) + 79) == 7_654_321
    assert places.height < 2**31
