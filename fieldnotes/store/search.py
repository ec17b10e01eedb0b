"""Query tree → one MATCH and a walk down the row ids, newest first."""

from __future__ import annotations

from typing import Any

import msgspec

from fieldnotes.domain.markings import CHOICES
from fieldnotes.domain.query import Between, Named, Not, Query, Term, Words, words_of
from fieldnotes.store.database import one, rows
from fieldnotes.store.index import EVERY, meeting_token
from fieldnotes.store.places import start_of
from fieldnotes.store.records import Records

_NOTHING = f"(filters : {EVERY} NOT filters : {EVERY})"


class Plan(msgspec.Struct, frozen=True):
    """`match`: FTS5 query or None (no word, no name: a plain walk); `where`: SQL on `place`."""

    match: str | None
    where: tuple[str, ...]
    bound: tuple[Any, ...]

    def select(self, column: str = "place") -> str:
        """The statement without ORDER BY and LIMIT."""
        if self.match is None:
            table, first = "facts", ["removed IS NULL AND kind IS NOT NULL"]
        else:
            table, first = "(SELECT rowid AS place FROM words WHERE words MATCH ?)", []
        conditions = " AND ".join([*first, *self.where]) or "1"
        return f"SELECT {column} FROM {table} WHERE {conditions}"

    @property
    def parameters(self) -> tuple[Any, ...]:
        """For `select`."""
        return self.bound if self.match is None else (self.match, *self.bound)


def plan(records: Records, query: Query) -> Plan:
    """How to find what `query` asks for."""
    positive: list[str] = []
    negative: list[str] = []
    where: list[str] = []
    bound: list[Any] = []
    for term in query.terms:
        what = term.what if isinstance(term, Not) else term
        inverted = isinstance(term, Not)
        if isinstance(what, Between) or (isinstance(what, Named) and what.family == "bundle"):
            sql, values = _condition(records, what)
            where.append(f"NOT ({sql})" if inverted else sql)
            bound += values
        else:
            (negative if inverted else positive).append(_match(records, what))
    match = None
    if positive or negative:
        match = " AND ".join(positive) or f"filters : {EVERY}"
        if negative:
            match = f"({match}) NOT ({' OR '.join(negative)})"
    return Plan(match, tuple(where), tuple(bound))


def page(records: Records, query: Query, limit: int, below: int | None = None) -> list[int]:
    """Places of the newest `limit` hits; `below`: the last place of the page before."""
    asked = plan(records, query)
    sql = asked.select()
    parameters: tuple[Any, ...] = asked.parameters
    if below is not None:
        sql += " AND place < ?"
        parameters += (below,)
    sql += " ORDER BY place DESC LIMIT ?"
    return [place for (place,) in rows(records.connection, sql, *parameters, limit)]


def count(records: Records, query: Query, at_most: int | None = None) -> int:
    """How many hits, exactly, or `at_most` + 1 where there are more."""
    asked = plan(records, query)
    sql, parameters = asked.select(), asked.parameters
    if at_most is not None:
        sql, parameters = sql + " LIMIT ?", (*parameters, at_most + 1)
    return int(one(records.connection, f"SELECT count(*) FROM ({sql})", *parameters))


def _match(records: Records, term: Term) -> str:
    match term:
        case Words(text, prefix, within):
            columns = "text" if within == "text" else "{text more}"
            return f"{columns} : {_quoted(text, prefix)}"
        case Named(family, name, prefix):
            tokens = _tokens(records, family, name, prefix)
            return f"filters : ({' OR '.join(tokens)})" if tokens else _NOTHING
        case _:
            return _NOTHING


def _quoted(text: str, prefix: bool) -> str:
    """Any text as one FTS5 phrase: words only, so nothing in it has a meaning of its own."""
    words = words_of(text)
    return f'"{" ".join(words)}"' + (" *" if prefix else "") if words else _NOTHING


def _tokens(records: Records, family: str, name: str, prefix: bool) -> list[str]:
    if family == "author":
        wanted = words_of(name)
        return [
            f"a{no}"
            for no, card in records.people.numbers().items()
            if _begins(wanted, words_of(card.name))
        ]
    if family == "meeting":
        return [meeting_token(name)]
    if family == "see":
        name = CHOICES[name.lower()].value if name.lower() in CHOICES else name
    return [f"n{no}" for no in records.names.like(family, name, prefix)]


def _begins(wanted: list[str], said: list[str]) -> bool:
    size = len(wanted)
    return size > 0 and any(
        said[at : at + size - 1] == wanted[:-1] and said[at + size - 1].startswith(wanted[-1])
        for at in range(len(said) - size + 1)
    )


def _condition(records: Records, term: Between | Named) -> tuple[str, list[Any]]:
    if isinstance(term, Named):
        sql = (
            "place IN (SELECT f.place FROM bundles b JOIN batches t ON t.no = b.batch"
            " JOIN arrivals a ON a.bundle = b.no JOIN facts f ON f.note_no = a.note_no"
            " WHERE b.bundle GLOB ? OR t.id GLOB ?)"
        )
        return sql, [_globbed(term.name)] * 2  # one file, or all that were read in together
    return _time(records, term)


def _globbed(name: str) -> str:
    return "".join(c for c in name if c.isalnum() or c == "-") + "*"


def _time(records: Records, term: Between) -> tuple[str, list[Any]]:
    """Row ids bound the walk; where a place may lie after its time, the fact itself decides."""
    overflow = records.places.overflow() + 1
    conditions, bound = [], []
    if term.first is not None:
        conditions.append(f"place >= ? AND (place >= ? OR +place IN ({_held('>=')}))")
        bound += [start_of(term.first), start_of(term.first + overflow)]
        bound += [start_of(term.first), start_of(term.first + overflow), term.first]
    if term.end is not None:
        conditions.append(f"place < ? AND (place < ? OR +place IN ({_held('<')}))")
        bound += [start_of(term.end + overflow), start_of(term.end)]
        bound += [start_of(term.end), start_of(term.end + overflow), term.end]
    return "(" + " AND ".join(conditions) + ")", bound


def _held(sign: str) -> str:
    return f"SELECT place FROM facts WHERE place >= ? AND place < ? AND happened {sign} ?"
