"""The one detail that makes a note useful to others, asked only when it is really missing."""

from __future__ import annotations

import re
from enum import StrEnum

from fieldnotes.domain.notes import Kind, Note


class Detail(StrEnum):
    """What is missing."""

    COMPARED_WITH = "compared with"
    WHICH_COMPETITOR = "which competitor"
    WHAT_FOR = "what for"
    IN_NUMBERS = "in numbers"
    OUT_OF = "out of how many"
    WHAT_IF_NOT = "what if not"


_PRICE = re.compile(
    r"expensive|\bpric|\bcost|\bbudget|cheap|teuer|preis|\bcher\b|prix|\bcar[oa]s?\b"
)
_BUILD = re.compile(r"\bbuild\b|\bfeature|same as|\black|missing|funktion|\bfehlt")
_LEAST = 12


def missing_detail(note: Note) -> Detail | None:
    """At most one detail; None as well while there is hardly any text to judge."""
    said = " ".join([note.text, *(quote.text for quote in note.quotes)]).lower()
    if len(said.strip()) < _LEAST:
        return None
    figures = bool(re.search(r"\d", said))
    missing: Detail | None = None
    match note.kind:
        case Kind.OBJECTION if _PRICE.search(said) or note.concern == "price":
            compared = figures or note.competitors or re.search(r"\bthan\b|\bals\b|compared", said)
            missing = None if compared else Detail.COMPARED_WITH
        case Kind.COMPETITOR if not note.competitors:
            missing = Detail.WHICH_COMPETITOR
        case Kind.OBJECTION | Kind.COMPETITOR if _BUILD.search(said):
            told = re.search(r"because|so that|in order to|weil|damit", said)
            missing = None if told or note.effect else Detail.WHAT_FOR
        case Kind.WIN if not figures and not re.search(r"\d", note.result):
            missing = Detail.IN_NUMBERS
        case Kind.PITCH if note.replies is not None and note.tries is None:
            missing = Detail.OUT_OF
        case Kind.PROBLEM if note.problem and not note.implication:
            missing = Detail.WHAT_IF_NOT
    return missing
