"""What lines say that nobody has checked: all that other processes need to know to read them."""

from __future__ import annotations

from collections.abc import Mapping

from fieldnotes.bundle.lines import attached_in, read_strictly
from fieldnotes.store.arriving import Arrival, arrival_of
from fieldnotes.trust.identity import signed_by

Cards = Mapping[str, str]  # author → the public key that they sign with


def read_lines(lines: list[bytes], cards: Cards, vouched: str) -> list[Arrival]:
    """Reads each strictly. Raises whatever is wrong with one of them.

    Versions by `vouched` are not verified one by one: they are in a file that this author signed.
    """
    found = []
    for line in lines:
        copy = read_strictly(line)
        author, genuine = copy.revision.author, None
        if author != vouched:
            genuine = author in cards and signed_by(copy, cards[author])
        found.append(arrival_of(copy, line, attached_in(copy, line), genuine=genuine))
    return found
