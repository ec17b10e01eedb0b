"""Query tree → one MATCH of the index, and conditions on the narrow rows.

Words, names and what hangs on a note are all words of the index, so that everything of them is one
MATCH, walked from the newest row id down. Times, states and files are conditions beside it.
A beginning is planned: as all its terms where they are few, as the index's own prefix where its
notes are few. Else the plan has two sides, one that finds less and one that finds more, and what
lies between is looked at by `store.beginnings`.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum
from math import inf
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
from fieldnotes.domain.words import is_called, is_whole, words_of
from fieldnotes.store.database import rows
from fieldnotes.store.gists import meeting_token, thing_token
from fieldnotes.store.index import EVERY, author_token, name_token
from fieldnotes.store.places import start_of
from fieldnotes.store.records import Records
from fieldnotes.store.terms import Beginning

# What things cost, in µs; measured at a million notes, and only their proportions matter.
A_TERM, A_FULL_TERM = 15.0, 100.0  # one of several: in few notes, and in very many
A_NOTE_OF_TERM = 0.02  # up to A_FULL_TERM
A_NOTE_OF_PREFIX = 0.11  # the index's own prefix puts all its notes together first
A_LOOK = 30.0  # at a note that may be a hit
PAGE = 50  # hits that are wanted
SEVERAL = (8, 16, 32, 64, 128, 256)  # so many frequent terms may stand for a beginning
FEW = 2_000  # notes of a bundle, or in a state
SURE = 4  # letters from which on a beginning is the index's own, where nobody knows better
_EVERYTHING = f"filters : {EVERY}"
_NOTHING = f"(filters : {name_token(0)})"  # no name has this number: found without a walk
_ALIVE = "removed IS NULL AND kind IS NOT NULL"
Condition = tuple[str, list[Any]]


class Side(Enum):
    """What a query for beginnings finds that are in very many notes."""

    EXACT = "all of them, slowly"
    LESS = "those with a frequent term"
    MORE = "these and others"


_OTHER = {Side.EXACT: Side.EXACT, Side.LESS: Side.MORE, Side.MORE: Side.LESS}


class Plan(msgspec.Struct, frozen=True):
    """`match`: FTS5 query or None (no word, no name: a plain walk); `where`: SQL on `place`.

    Where `unsure` names terms, `match` finds all hits and more: a note is one if these hold.
    `exact` finds the hits alone, slowly, and `sure` some of them, at once.
    """

    match: str | None
    where: tuple[str, ...] = ()
    bound: tuple[Any, ...] = ()
    unsure: tuple[Term, ...] = ()
    exact: str = ""
    sure: str = ""

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

    def of(self, match: str) -> Plan:
        """The plan with another match, which leaves nothing unsure."""
        return Plan(match, self.where, self.bound)

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
    return planned.of(planned.exact) if planned.unsure else planned


def plan_begun(records: Records, query: Query) -> Plan:
    """The same, where beginnings may leave hits unsure: see `Plan`."""
    asked = _Asked(records)
    matched: list[Term] = []
    where: list[str] = []
    bound: list[Any] = []
    for term in query.terms:
        if _is_indexed(term):
            matched.append(term)
        else:
            sql, values = asked.condition(term)
            where.append(sql)
            bound += values
    match = asked.together(matched, Side.EXACT) if matched else None
    unsure = tuple(term for term in matched if any(map(asked.is_dense, leaves(term))))
    if not unsure:
        return Plan(match, tuple(where), tuple(bound))
    more = [term for term in matched if not (isinstance(term, Words) and asked.is_dense(term))]
    return Plan(
        asked.together(more, Side.MORE) if more else None,
        tuple(where),
        tuple(bound),
        unsure,
        exact=match or "",
        sure=asked.together(matched, Side.LESS),
    )


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

    def together(self, terms: Sequence[Term], side: Side) -> str:
        """All of `terms`; FTS5's NOT needs something to take away from."""
        positive = [self.match(term, side) for term in terms if not isinstance(term, Not)]
        negative = [self.match(term.what, _OTHER[side]) for term in terms if isinstance(term, Not)]
        match = " AND ".join(positive) or _EVERYTHING
        return f"(({match}) NOT ({' OR '.join(negative)}))" if negative else f"({match})"

    def match(self, term: Term, side: Side) -> str:
        """An indexed term."""
        match term:
            case Words():
                return self._words(term, side)
            case Named(family, name, prefix):
                tokens = self._tokens(family, name, prefix)
                return f"filters : ({' OR '.join(tokens)})" if tokens else _NOTHING
            case Has(what):
                return f"filters : {thing_token(what)}"
            case Some(terms):
                return f"({' OR '.join(self.match(each, side) for each in terms)})"
            case Every(terms):
                return self.together(terms, side)
            case _:
                return self.together([term], side)

    def is_dense(self, term: Term) -> bool:
        """Whether it is a beginning with too many terms and notes for the index's own ways."""
        words = words_of(term.text) if isinstance(term, Words) and term.prefix else []
        if len(words) != 1 or is_whole(words[0]):
            return False
        known = self._records.terms.beginning(words[0])
        if known is None:
            return len(words[0]) < SURE
        return _cost_of_some(known)[0] < min(_cost_of_all(known), known.docs * A_NOTE_OF_PREFIX)

    def _words(self, term: Words, side: Side) -> str:
        words = words_of(term.text)
        if not words:
            return _NOTHING
        if not term.prefix or is_whole(words[-1]):
            return f"{_columns(term)} : {_phrase(words)}"
        known = self._records.terms.beginning(words[-1])
        if side is not Side.EXACT and self.is_dense(term):
            if side is Side.MORE:
                return _EVERYTHING
            terms = known.terms[: _cost_of_some(known)[1]] if known else ()
        elif known is None or known.docs * A_NOTE_OF_PREFIX < _cost_of_all(known):
            return f"{_columns(term)} : {_phrase(words)} *"
        else:
            terms = known.terms
        if not terms:
            return _NOTHING
        return f"{_columns(term)} : {_one_of([[*words[:-1], last] for last in terms])}"

    def _tokens(self, family: str, name: str, prefix: bool) -> list[str]:
        if family == "author":
            cards = self._records.people.numbers().items()
            return [author_token(no) for no, card in cards if is_called(card.name, name)]
        if family == "meeting":
            return [meeting_token(name)]
        if family == "see":
            name = CHOICES[name.lower()].value if name.lower() in CHOICES else name
        return [name_token(no) for no in self._records.names.like(family, name, prefix)]

    # --- SQL ----------------------------------------------------------------------------------

    def condition(self, term: Term) -> Condition:
        """A term as SQL on `place`; what is indexed in it is found first, and whole."""
        if _is_indexed(term):
            return _IN_INDEX, [self.together([term], Side.EXACT)]
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
                return self._bundle(_globbed(name))
            case Has():
                return _PROMISED, self._records.names.like("type", PROMISE, prefix=False)[:1] or [0]
            case Is(state):
                return self._state(_STATES.get(state, "0")), []
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

    def _bundle(self, name: str) -> Condition:
        """One file, or all that were read in together."""
        few = self._are_few(f"SELECT 1 {_CAME}", name, name)
        return (_OF_BUNDLE if few else _AMONG_BUNDLE), [name, name]

    def _state(self, holds: str) -> str:
        listed = f"SELECT place FROM facts WHERE {holds} AND {_ALIVE}"
        return f"place IN ({listed})" if self._are_few(listed) else _IN_STATE.format(holds)

    def _are_few(self, listed: str, *bound: Any) -> bool:
        """A few are asked for one by one, as that is what the engine does with a list beside a
        MATCH; where they are many, the others are walked and looked at."""
        return not rows(self._records.connection, f"{listed} LIMIT 1 OFFSET ?", *bound, FEW)


_IN_INDEX = "place IN (SELECT rowid FROM words WHERE words MATCH ?)"
_CAME = (
    "FROM bundles b JOIN batches t ON t.no = b.batch JOIN arrivals a ON a.bundle = b.no"
    " WHERE b.bundle GLOB ? OR t.id GLOB ?"
)
_OF_BUNDLE = f"place IN (SELECT place FROM facts WHERE note_no IN (SELECT a.note_no {_CAME}))"
_AMONG_BUNDLE = (
    "(SELECT no FROM (SELECT place AS at, note_no AS no FROM facts) WHERE at = place)"
    f" IN (SELECT a.note_no {_CAME})"
)
_IN_STATE = (
    "coalesce((SELECT {} FROM (SELECT place AS at, sent, versions FROM facts) WHERE at = place), 0)"
)
_PROMISED = (
    "place IN (SELECT n.place FROM facts p JOIN history h ON h.seq = p.current"
    " JOIN facts n ON n.id = unhex(replace(json_extract(h.line, '$.fields.note'), '-', ''))"
    " WHERE p.kind IS NULL AND p.type = ? AND p.removed IS NULL)"
)
_STATES = {State.UNSENT: "sent = 0", State.TWICE: "versions > 1"}


def _cost_of_all(known: Beginning) -> float:
    """Of asking for every term of a beginning."""
    return _cost_of_first(known, known.count) if known.is_named else inf


def _cost_of_some(known: Beginning) -> tuple[float, int]:
    """Of asking for the most frequent terms and looking at what lies between, and how many."""
    costs = [
        (_cost_of_first(known, several) + PAGE * A_LOOK * max(0.0, known.notes / each - 1), several)
        for several in SEVERAL
        if several <= len(known.terms) and (each := sum(known.each[:several]))
    ]
    return min(costs, default=(inf, 0))


def _cost_of_first(known: Beginning, several: int) -> float:
    docs = known.each[:several]
    return sum(min(A_FULL_TERM, A_TERM + each * A_NOTE_OF_TERM) for each in docs)


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
