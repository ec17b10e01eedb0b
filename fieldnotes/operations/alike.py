"""How alike two notes are: the measure that domain/likeness.py describes, by rapidfuzz."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fieldnotes.domain.likeness import ENOUGH, SOME, WITHIN, share_of

if TYPE_CHECKING:
    from collections.abc import Sequence


def alike(one: Sequence[str], other: Sequence[str]) -> float:
    """The share, 0 to 1, of two notes' words that stand in both; less than `ENOUGH` may be 0."""
    from rapidfuzz.distance import Indel

    if Indel.normalized_similarity(one, other, score_cutoff=ENOUGH) < ENOUGH:
        return 0.0  # runs are never more than single words
    return share_of(_runs(one, other), len(one) + len(other))


def within(typed: Sequence[str], earlier: Sequence[str]) -> float:
    """The share of the words of `typed` that stand in `earlier`."""
    return share_of(_runs(typed, earlier), 2 * len(typed))


def is_said_before(typed: Sequence[str], earlier: Sequence[str]) -> bool:
    """Whether what somebody types was said in an earlier note."""
    if alike(typed, earlier) >= ENOUGH:
        return True
    return SOME <= len(typed) < len(earlier) and within(typed, earlier) >= WITHIN


def _runs(one: Sequence[str], other: Sequence[str]) -> list[int]:
    """The lengths of what stands in both, in a row; the same whichever text comes first."""
    from rapidfuzz.distance import Indel

    first, second = sorted((list(one), list(other)))
    blocks = Indel.opcodes(first, second)
    return [block.src_end - block.src_start for block in blocks if block.tag == "equal"]
