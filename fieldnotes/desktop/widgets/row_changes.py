"""What came and what went between two orders of a list, in as few steps as the eye would see."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from array import array
    from collections.abc import Callable

_MOST = 64  # steps; with more than that the list is another one
_NEAR = 256  # so many rows that came or went at one place are looked through
_LONGEST = 1 << 17  # rows compared at once: other threads wait for less than a millisecond


class Change(NamedTuple):
    """At the old row `at`, `gone` rows went and `come` rows came in their place."""

    at: int
    gone: int
    come: int


def differences(old: array[int], new: array[int]) -> list[Change]:
    """The steps from `old` to `new`, the topmost first. Where nothing fits, all between."""
    last = _same_end(old, new)
    old_end, new_end = len(old) - last, len(new) - last
    found: list[Change] = []
    a = b = 0
    while True:
        same = _same(old, a, old_end, new, b, new_end)
        a, b = a + same, b + same
        if a == old_end and b == new_end:
            return found
        met = _meeting(old, a, old_end, new, b, new_end) if len(found) < _MOST else None
        gone, come = met or (old_end - a, new_end - b)
        found.append(Change(a, gone, come))
        a, b = a + gone, b + come


def _same(old: array[int], a: int, old_end: int, new: array[int], b: int, new_end: int) -> int:
    """How many rows from `a` and `b` on are the same."""
    return _run(
        lambda at, size: old[a + at : a + at + size] == new[b + at : b + at + size],
        min(old_end - a, new_end - b),
    )


def _same_end(old: array[int], new: array[int]) -> int:
    """How many rows at the end are the same."""
    x, y = len(old), len(new)
    return _run(
        lambda at, size: old[x - at - size : x - at] == new[y - at - size : y - at], min(x, y)
    )


def _run(equal: Callable[[int, int], bool], most: int) -> int:
    """How far `equal(from, so many)` holds: in growing steps, then in ever smaller ones."""
    same, step, growing = 0, 64, True
    while same < most and step:
        step = min(step, most - same)
        if equal(same, step):
            same += step
            step = min(step * 4, _LONGEST) if growing else step
        else:
            growing, step = False, step // 2
    return same


def _meeting(
    old: array[int], a: int, old_end: int, new: array[int], b: int, new_end: int
) -> tuple[int, int] | None:
    """So many rows on in both, the two are the same again; None where that is not near."""
    if a == old_end or b == new_end:
        return old_end - a, new_end - b
    near_old = {key: at for at, key in enumerate(old[a : min(a + _NEAR, old_end)])}
    for come, key in enumerate(new[b : min(b + _NEAR, new_end)]):
        if (gone := near_old.get(key)) is not None:
            return gone, come
    return None
