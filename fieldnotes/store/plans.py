"""Query tree → one MATCH of the index, and conditions on the narrow rows.

Words, names and what hangs on a note are all words of the index, so that everything of them is one
MATCH, walked from the newest row id down. Times, states and files are conditions beside it.
A beginning is planned: as all its terms where they are few, as the index's own prefix where its
notes are few, else as its most frequent terms, and the rest is looked for by `store.beginnings`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from fieldnotes.domain.markings import CHOICES
from fieldnotes.domain.promises import TYPE as PROMISE
from fieldnotes.domain.query import (
    Between,
    Every,
    Has,
    Is,
    Lately,
    Named,
    Not,
    Query,
    Some,
    State,
    Term,
    Words,
    leaves,
)
from fieldnotes.domain.words import is_whole, said, words_of
from fieldnotes.store.index import EVERY, author_token, meeting_token, name_token, thing_token
from fieldnotes.store.places import start_of
from fieldnotes.store.records import Records

FEW_TERMS = 400  # a beginning of no more is asked for as all of them
FEW_DOCS = 30_000  # one that is in no more notes is asked for as the index's own prefix
SURE = 4  # letters from which on a beginning is the index's own, where nobody knows better
_NOTHING = f"(filters : {EVERY} NOT filters : {EVERY})"
_ALIVE = "removed IS NULL AND kind IS NOT NULL"
Condition = tuple[str, list[Any]]


class Plan(msgspec.Struct, frozen=True):
    """`match`: FTS5 query or None (no word, no name: a plain walk); `where`: SQL on `place`.

    `begun`: a beginning that all hits carry as well, and that is not in `match` yet: `exact` and
    `frequent` are FTS5 queries for it, the second for most of its hits only.
    """

    match: str | None
    where: tuple[str, ...] = ()
    bound: tuple[Any, ...] = ()
    begun: Words | None = None
    exact: str = ""
    frequent: str = ""

    def select(self, column: str = "place") -> str:
        """The statement without ORDER BY and LIMIT."""
        if self.match is None:
            table, first = "facts", [_ALIVE]
        else:
            table, first = "(SELECT rowid AS place FROM words WHERE words MATCH ?)", []
        conditions = " AND ".join([*first, *self.where]) or "1"
        return f"SELECT {column} FROM {table} WHERE {conditions}"

    @property
    def parameters(self) -> tuple[Any, ...]:
        """For `select`."""
        return self.bound if self.match is None else (self.match, *self.bound)

    def with_match(self, match: str) -> Plan:
        """The plan in which `match` holds, too, in place of the beginning."""
        both = match if self.match is None else f"({match}) AND ({self.match})"
        return Plan(both, self.where, self.bound)

    def between(self, above: int | None, below: int | None) -> Plan:
        """The same hits at places above and below these alone."""
        where, bound = list(self.where), list(self.bound)
        for sign, place in ((">", above), ("<", below)):
            if place is not None:
                where.append(f"place {sign} ?")
                bound.append(place)
        return msgspec.structs.replace(self, where=tuple(where), bound=tuple(bound))


def plan(records: Records, query: Query) -> Plan:
    """How to find all hits of `query` in one statement."""
    planned = plan_begun(records, query)
    return planned if planned.begun is None else planned.with_match(planned.exact)


def plan_begun(records: Records, query: Query) -> Plan:
    """The same, where a beginning may be left to be looked for: see `Plan`."""
    asked = _Asked(records)
    matched: list[Term] = []
    begun: Words | None = None
    where: list[str] = []
    bound: list[Any] = []
    for term in query.terms:
        if begun is None and isinstance(term, Words) and asked.is_dense(term):
            begun = term
        elif _is_indexed(term):
            matched.append(term)
        else:
            sql, values = asked.condition(term)
            where.append(sql)
            bound += values
    match = asked.together(matched) if matched else None
    if begun is None:
        return Plan(match, tuple(where), tuple(bound))
    exact, frequent = asked.exactly(begun), asked.frequently(begun)
    return Plan(match, tuple(where), tuple(bound), begun, exact, frequent)


def _is_indexed(term: Term) -> bool:
    return all(
        isinstance(leaf, Words)
        or (isinstance(leaf, Named) and leaf.family != "bundle")
        or (isinstance(leaf, Has) and leaf.what != "promise")
        for leaf in leaves(term)
    )


class _Asked:
    """Writes terms as FTS5 and SQL."""

    def __init__(self, records: Records) -> None:
        self._records = records

    # --- FTS5 ---------------------------------------------------------------------------------

    def together(self, terms: Sequence[Term]) -> str:
        """All of `terms`; FTS5's NOT needs something to take away from."""
        positive = [self.match(term) for term in terms if not isinstance(term, Not)]
        negative = [self.match(term.what) for term in terms if isinstance(term, Not)]
        match = " AND ".join(positive) or f"filters : {EVERY}"
        return f"(({match}) NOT ({' OR '.join(negative)}))" if negative else f"({match})"

    def match(self, term: Term) -> str:
        """An indexed term."""
        match term:
            case Words():
                return self._words(term)
            case Named(family, name, prefix):
                tokens = self._tokens(family, name, prefix)
                return f"filters : ({' OR '.join(tokens)})" if tokens else _NOTHING
            case Has(what):
                return f"filters : {thing_token(what)}"
            case Some(terms):
                return f"({' OR '.join(map(self.match, terms))})"
            case Every(terms):
                return self.together(terms)
            case _:
                return self.together([term])

    def is_dense(self, term: Words) -> bool:
        """Whether a beginning has too many terms and notes for the index's own ways."""
        words = words_of(term.text)
        if not term.prefix or len(words) != 1 or is_whole(words[0]):
            return False
        known = self._records.terms.beginning(words[0])
        if known is None:
            return len(words[0]) < SURE
        return known.count > FEW_TERMS and known.docs > FEW_DOCS

    def exactly(self, term: Words) -> str:
        """A beginning as the index's own prefix: right, and slow where it is dense."""
        return f"{_columns(term)} : {_phrase(words_of(term.text))} *"

    def frequently(self, term: Words) -> str:
        """The terms of a beginning that are in most notes; '' where nobody knows them."""
        known = self._records.terms.beginning(words_of(term.text)[0])
        return f"{_columns(term)} : {_one_of([[each] for each in known.terms])}" if known else ""

    def _words(self, term: Words) -> str:
        words = words_of(term.text)
        if not words:
            return _NOTHING
        if not term.prefix or is_whole(words[-1]):
            return f"{_columns(term)} : {_phrase(words)}"
        known = self._records.terms.beginning(words[-1])
        if known is None or known.count > FEW_TERMS:
            return self.exactly(term)
        if not known.terms:
            return _NOTHING
        return f"{_columns(term)} : {_one_of([[*words[:-1], last] for last in known.terms])}"

    def _tokens(self, family: str, name: str, prefix: bool) -> list[str]:
        if family == "author":
            wanted = words_of(name)
            cards = self._records.people.numbers().items()
            return [
                author_token(no) for no, card in cards if said(wanted, words_of(card.name), True)
            ]
        if family == "meeting":
            return [meeting_token(name)]
        if family == "see":
            name = CHOICES[name.lower()].value if name.lower() in CHOICES else name
        return [name_token(no) for no in self._records.names.like(family, name, prefix)]

    # --- SQL ----------------------------------------------------------------------------------

    def condition(self, term: Term) -> Condition:
        """A term as SQL on `place`; what is indexed in it is found first, and whole."""
        if _is_indexed(term):
            return _IN_INDEX, [self.together([term])]
        match term:
            case Not(what):
                sql, bound = self.condition(what)
                return f"NOT ({sql})", bound
            case Every(terms) | Some(terms):
                joint = " AND " if isinstance(term, Every) else " OR "
                each = [self.condition(part) for part in terms]
                sql = joint.join(f"({sql})" for sql, _ in each)
                return f"({sql})", [value for _, values in each for value in values]
            case Between():
                return self._time(term)
            case Named(_, name, _):
                return _IN_BUNDLE, [_globbed(name)] * 2
            case Has():
                return _PROMISED, self._records.names.like("type", PROMISE, prefix=False)[:1] or [0]
            case Is(state):
                return _STATES.get(state, "0"), []
            case Lately(_, what):
                raise ValueError(f"{what} has no meaning without a day: see on_day")
            case _:
                raise AssertionError(term)

    def _time(self, term: Between) -> Condition:
        """Row ids bound the walk; where a place may lie after its time, the fact decides."""
        overflow = self._records.places.overflow() + 1
        conditions, bound = ["1"], list[Any]()
        if term.first is not None:
            conditions.append(f"place >= ? AND (place >= ? OR +place IN ({_held('>=')}))")
            bound += [start_of(term.first), start_of(term.first + overflow)]
            bound += [start_of(term.first), start_of(term.first + overflow), term.first]
        if term.end is not None:
            conditions.append(f"place < ? AND (place < ? OR +place IN ({_held('<')}))")
            bound += [start_of(term.end + overflow), start_of(term.end)]
            bound += [start_of(term.end), start_of(term.end + overflow), term.end]
        return "(" + " AND ".join(conditions) + ")", bound


_IN_INDEX = "place IN (SELECT rowid FROM words WHERE words MATCH ?)"
_IN_BUNDLE = (  # one file, or all that were read in together
    "place IN (SELECT f.place FROM bundles b JOIN batches t ON t.no = b.batch"
    " JOIN arrivals a ON a.bundle = b.no JOIN facts f ON f.note_no = a.note_no"
    " WHERE b.bundle GLOB ? OR t.id GLOB ?)"
)
_PROMISED = (
    "place IN (SELECT n.place FROM facts p JOIN history h ON h.seq = p.current"
    " JOIN facts n ON n.id = unhex(replace(json_extract(h.line, '$.fields.note'), '-', ''))"
    " WHERE p.kind IS NULL AND p.type = ? AND p.removed IS NULL)"
)
_STATES = {
    State.UNSENT: f"place IN (SELECT place FROM facts WHERE sent = 0 AND {_ALIVE})",
    State.TWICE: f"place IN (SELECT place FROM facts WHERE versions > 1 AND {_ALIVE})",
}


def _columns(term: Words) -> str:
    return "text" if term.within == "text" else "{text more}"


def _phrase(words: Sequence[str]) -> str:
    """Words only, so nothing in them has a meaning of its own."""
    return f'"{" ".join(words)}"'


def _one_of(phrases: Sequence[Sequence[str]]) -> str:
    return f"({' OR '.join(map(_phrase, phrases))})"


def _globbed(name: str) -> str:
    return "".join(c for c in name if c.isalnum() or c == "-") + "*"


def _held(sign: str) -> str:
    return f"SELECT place FROM facts WHERE place >= ? AND place < ? AND happened {sign} ?"
