"""A search and the counts beside it: which of them it asks for, and how it asks for one more."""

from __future__ import annotations

from fieldnotes.domain.query import Named, Not, Term
from fieldnotes.domain.query_text import parse_query, quoted, read_query
from fieldnotes.domain.words import fold

MONTH = "month"


def filter_text(family: str, name: str, *, out: bool = False) -> str:
    """The text of a filter for a value of a family; `out`: for everything else."""
    part = f"on:{name}" if family == MONTH else f"{family}:{quoted(name)}"
    return f"-{part}" if out else part


def state_of(text: str, family: str, name: str) -> str:
    """'chosen' where the search asks for this value, 'out' where it leaves it out, else ''."""
    wanted = _term(family, name)
    states = {_same(term): "chosen" for term in parse_query(text).terms}
    states |= {_same(t.what): "out" for t in parse_query(text).terms if isinstance(t, Not)}
    return states.get(_same(wanted), "")


def turned(text: str, family: str, name: str, *, out: bool = False) -> str:
    """The search with this value asked for, or left out; what it was already is taken back."""
    before = state_of(text, family, name)
    if before:
        text = _without(text, family, name)
    if before == ("out" if out else "chosen") or (before and not out):
        return text
    return f"{text.rstrip()} {filter_text(family, name, out=out)}".lstrip()


def _without(text: str, family: str, name: str) -> str:
    reading, wanted = read_query(text), _same(_term(family, name))
    pieces = zip(reading.query.terms, reading.query.parts, reading.starts, strict=True)
    for term, part, start in reversed(list(pieces)):
        if _same(term.what if isinstance(term, Not) else term) == wanted:
            text = f"{text[:start].rstrip()} {text[start + len(part) :].lstrip()}".strip()
    return text


def _term(family: str, name: str) -> Term:
    return parse_query(filter_text(family, name)).terms[0]


def _same(term: Term) -> str:
    """Equal for what means the same whatever its case."""
    if isinstance(term, Named):
        return repr(Named(term.family, fold(term.name), term.prefix))
    return repr(term)
