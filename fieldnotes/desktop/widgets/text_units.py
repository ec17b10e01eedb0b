"""Places in a text as Qt counts them, which are not always characters."""

from __future__ import annotations


def units(text: str) -> int:
    """How many places Qt counts for a text: UTF-16 units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def first_units(line: str, count: int) -> str:
    """The first `count` of the places that Qt counts."""
    encoded = line.encode("utf-16-le", "surrogatepass")[: 2 * count]
    return encoded.decode("utf-16-le", "surrogatepass")
