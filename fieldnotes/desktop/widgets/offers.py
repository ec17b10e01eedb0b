"""What a list of completions offers: a name, what stands beside it and which part was typed."""

from __future__ import annotations

import msgspec

from fieldnotes.domain.words import fold


class Offer(msgspec.Struct, frozen=True):
    """A row of the list: `bold` is the part of the name that was typed.

    `notes`: how many carry it, or other words to stand there; a new name has None. `text` is what
    is written where it is not the name.
    """

    name: str
    notes: int | str | None
    bold: tuple[int, int] = (0, 0)
    text: str = ""


def typed_part(wanted: str, name: str) -> tuple[int, int]:
    """Where a folded text stands in a name, at the beginning of a word if it does anywhere."""
    folded = fold(name)
    starts = [0, *(at + 1 for at, letter in enumerate(folded) if not letter.isalnum())]
    at = next((each for each in starts if folded.startswith(wanted, each)), folded.find(wanted))
    # folding may change lengths (ß, ligatures): then nothing is bold
    return (at, at + len(wanted)) if at >= 0 and len(folded) == len(name) else (0, 0)
