"""What is not right with a search, as one plain sentence."""

from __future__ import annotations

from collections.abc import Iterable

from fieldnotes.domain.notes import Kind
from fieldnotes.domain.query import THINGS
from fieldnotes.domain.query_filters import STATES, Why
from fieldnotes.domain.query_text import Trouble


def in_words(trouble: Trouble) -> str:
    """One sentence for a person: what is not right, and what would be."""
    what = trouble.what
    match trouble.why:
        case Why.NOT_A_TIME:
            return f"“{what}” is no time: write 2026, 2026-03, 2026-03-31 or last 90 days."
        case Why.NOT_A_KIND:
            return f"“{what}” is no kind: write {_one_of(Kind)}."
        case Why.NOT_A_THING:
            return f"“{what}” is nothing that hangs on a note: write {_one_of(THINGS)}."
        case Why.NOT_A_STATE:
            return f"A note cannot be “{what}”: write {_one_of(STATES)}."
        case Why.NOTHING_SAID:
            return f"Say what to look for after “{what}:”."
        case Why.NOT_CLOSED if what == "(":
            return "This bracket is not closed."
        case Why.NOT_CLOSED:
            return "This quotation is not closed."
        case Why.NOT_OPENED:
            return "This bracket was never opened."
        case Why.ONE_SIDE:
            return f"{what} needs something to look for behind it."
        case Why.TOO_MUCH:
            return "This is more than can be looked for at once: the end is left out."


def _one_of(words: Iterable[str]) -> str:
    told = list(words)
    return f"{', '.join(told[:-1])} or {told[-1]}"
