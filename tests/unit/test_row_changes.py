"""From one order of a list to the next, in few steps."""

from __future__ import annotations

from array import array

from hypothesis import given
from hypothesis import strategies as st

from fieldnotes.desktop.widgets.row_changes import Change, differences

keys = st.lists(st.integers(0, 40), max_size=60)


def led(old: list[int], new: list[int]) -> list[int]:
    """The old rows after the steps, what came taken from the new ones."""
    steps = differences(array("q", old), array("q", new))
    found, a, b = list[int](), 0, 0
    for at, gone, come in steps:
        found += old[a:at]
        b += at - a
        found += new[b : b + come]
        a, b = at + gone, b + come
    return found + old[a:]


@given(keys, keys)
def test_the_steps_lead_from_any_order_to_any_other(old: list[int], new: list[int]) -> None:
    assert led(old, new) == new


@given(st.integers(0, 5_000), st.integers(0, 5_000))
def test_one_that_came_and_one_that_went_are_two_steps(came: int, went: int) -> None:
    old = list(range(0, 10_000, 2))
    new = sorted({*old, 2 * came + 1} - {2 * min(went, 4_999)})
    steps = differences(array("q", old), array("q", new))
    assert sum(step.gone for step in steps) == sum(step.come for step in steps) == 1


def test_rows_that_came_all_over_leave_the_others_alone() -> None:
    old = list(range(0, 100_000, 10))
    new = sorted([*old, *range(5, 100_000, 5_000)])
    steps = differences(array("q", old), array("q", new))
    assert [(step.gone, step.come) for step in steps] == [(0, 1)] * 20


def test_another_order_is_one_step() -> None:
    old, new = array("q", range(1_000)), array("q", range(5_000, 6_000))
    assert differences(old, new) == [Change(0, 1_000, 1_000)]
    assert differences(old, old) == []
