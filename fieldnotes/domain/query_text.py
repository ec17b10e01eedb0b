"""What a person types in a search box → a query, and back: the pieces that become chips.

    night "late shift" pric* -kind:win (acme OR globex) tag:industry:* last 90 days

Pieces beside each other all have to hold; `OR` stands between two of them and binds closer than the
space; brackets hold several together; `-` or `NOT` in front of a piece means everything else (in
front of a figure it is a sign: `-5`). A name with spaces or signs is quoted, a quotation mark in it
doubled. Nothing that a person types raises: what is not a filter is a word, and what looks like a
filter and is none is told as a `Trouble` with its place.
"""

from __future__ import annotations

import re

import msgspec

from fieldnotes.domain.lately import LAST, read_lately
from fieldnotes.domain.query import (
    Every,
    Lately,
    Named,
    Not,
    Query,
    Some,
    Term,
    Words,
    leaves,
)
from fieldnotes.domain.query_filters import EVERY_FILTER, Why, read_filter, unquoted
from fieldnotes.domain.words import words_of

MOST_TERMS = 200  # of one query; what is typed after them is not looked for
DEEPEST = 20  # brackets in brackets

_PIECE = re.compile(r'(-?)(?:([a-z]+):)?(?:("(?:[^"]|"")*(?:"\*?|$))|(\S*))', re.IGNORECASE)
_NEGATES = re.compile(r'-(?=[^\W\d_]|["(])')
_LATELY = re.compile(rf"{LAST.pattern}(?![^\s)])", re.IGNORECASE)
_PLAIN_NAME = re.compile(r"[^\W_][^\s\0\"()*]*")
_OPERATOR = re.compile(r"\s*(AND|OR|NOT)(?=[\s()]|$)")
_BEGUN = re.compile(r'(?:^|[\s(])-?(?:([a-z]+):)?("(?:[^"]|"")*|[^\s"()]*)$', re.IGNORECASE)


class Trouble(msgspec.Struct, frozen=True):
    """A piece of text [start, end) that was not understood as it was meant; it is still read."""

    start: int
    end: int
    why: Why
    what: str = ""


class Reading(msgspec.Struct, frozen=True):
    """A query, and what was not understood in its text; `starts`: where each of its parts does."""

    query: Query
    troubles: tuple[Trouble, ...]
    starts: tuple[int, ...] = ()


def parse_query(text: str) -> Query:
    """What a person typed."""
    return read_query(text).query


def read_query(text: str) -> Reading:
    """The same, with what was not understood. Offsets count characters of `text`."""
    reader = _Reader(text.replace("\0", " "))
    pieces = reader.pieces()
    query = Query(tuple(piece.term for piece in pieces), tuple(piece.text for piece in pieces))
    return Reading(query, tuple(reader.troubles), tuple(piece.start for piece in pieces))


def as_typed(text: str) -> Query:
    """The query of somebody who is still typing: the last word may be a beginning."""
    query = parse_query(text)
    if not query.terms or text[-1:].isspace() or text[-1:] in ('"', ")"):
        return query
    return msgspec.structs.replace(query, terms=(*query.terms[:-1], begun(query.terms[-1])))


def begun(term: Term, families: tuple[str, ...] = ()) -> Term:
    """`term` with its last word, or its last name in one of `families`, as a beginning.

    What is to be left out is left out once it is whole.
    """
    match term:
        case Words(text, _, within) if words_of(text):
            return Words(text, True, within)
        case Named(family, name, _) if family in families:
            return Named(family, name, True)
        case Some(terms):
            return Some((*terms[:-1], begun(terms[-1], families)))
        case _:
            return term


def is_filter(part: str) -> bool:
    """Whether a piece of text reads as filters alone, without words (it becomes a chip)."""
    terms = parse_query(part).terms
    return len(terms) == 1 and not any(isinstance(leaf, Words) for leaf in leaves(terms[0]))


def negated(part: str) -> str:
    """A piece that finds everything else, or finds it again where it did so.

    >>> negated("tag:a"), negated("-tag:a"), negated("last 90 days"), negated("-(tag:a OR tag:b)")
    ('-tag:a', 'tag:a', '-(last 90 days)', 'tag:a OR tag:b')
    """
    wanted = _negated(_whole(part))
    tries = [f"-{part}", f"-({part})", part[1:], re.sub(r"^(NOT\s*|-)", "", part)]
    tries += [part[2:-1]] if part.startswith("-(") else []
    for text in reversed(tries):
        if len(parse_query(text).parts) == 1 and _whole(text) == wanted:
            return text
    return f"-({part})"


def _whole(part: str) -> Term:
    terms = parse_query(part).terms
    return terms[0] if len(terms) == 1 else Every(terms)


def quoted(name: str) -> str:
    """A name as it is written after `family:`."""
    if _PLAIN_NAME.fullmatch(name):
        return name
    return '"' + name.replace('"', '""') + '"'


class Typing(msgspec.Struct, frozen=True):
    """What is being typed at a place: the text [start, end) would be replaced by a completion.

    `family` is '' while its name itself is being typed; `begun` is what stands there so far.
    """

    family: str
    begun: str
    start: int
    end: int


def typing_at(text: str, place: int) -> Typing | None:
    """What could be completed where the cursor stands; None where nothing could."""
    begun_here = _BEGUN.search(text[:place])
    if begun_here is None:
        return None
    family, written = (begun_here[1] or "").lower(), begun_here[2]
    if (not family and not written) or (family and family not in EVERY_FILTER):
        return None
    rest = re.split(r'[\s"()]', text[place:], maxsplit=1)[0]
    told = written.removeprefix('"').replace('""', '"')
    return Typing(family, told, begun_here.start(2), place + len(rest))


# --- reading ----------------------------------------------------------------------------------


class _Piece(msgspec.Struct, frozen=True):
    """A term and the text that it was read from; `start` counts characters of the whole text."""

    term: Term
    text: str
    start: int


class _Reader:
    """Goes through a text once, from left to right."""

    def __init__(self, text: str) -> None:
        self._text, self._at = text, 0
        self._terms = 0
        self.troubles: list[Trouble] = []

    def pieces(self) -> list[_Piece]:
        """The whole text."""
        found: list[_Piece] = []
        while self._at < len(self._text):
            found += self._several(0)
            if self._at < len(self._text):  # a bracket that nobody opened
                self._complain(self._at, self._at + 1, Why.NOT_OPENED)
                self._at += 1
        return found

    def _several(self, depth: int) -> list[_Piece]:
        """Pieces up to a closing bracket, or to the end."""
        found: list[_Piece] = []
        while self._skip_space() and self._text[self._at] != ")":
            piece = self._alternatives(depth)
            if piece is not None:
                found.append(piece)
        return found

    def _alternatives(self, depth: int) -> _Piece | None:
        """One piece, or several with OR between them."""
        first = self._one(depth)
        if first is None:
            return None
        terms, end = [first.term], self._at
        while (operator := self._operator()) in ("AND", "OR"):
            start = self._at
            self._skip_space()
            self._at += len(operator)
            if not self._skip_space() or self._text[self._at] == ")":
                self._complain(start, self._at, Why.ONE_SIDE, operator)
                return _Piece(_some(terms), self._text[first.start : end], first.start)
            if operator == "AND":  # what stands beside each other holds together anyway
                break
            other = self._one(depth)
            if other is not None:
                terms, end = [*terms, other.term], self._at
        return _Piece(_some(terms), self._text[first.start : end], first.start)

    def _one(self, depth: int) -> _Piece | None:
        self._skip_space()
        start = self._at
        if self._operator() == "NOT":
            self._at += 3
            if self._skip_space() and self._text[self._at] != ")":
                other = self._one(depth)
                text = self._text[start : self._at]
                return other and _Piece(_negated(other.term), text, start)
            self._complain(start, start + 3, Why.ONE_SIDE, "NOT")
            return None
        minus = _NEGATES.match(self._text, self._at)
        if minus and self._text[self._at + 1] == "(":
            self._at += 1
            group = self._group(depth, start)
            return group and _Piece(_negated(group.term), group.text, start)
        if self._text[self._at] == "(":
            return self._group(depth, start)
        return self._plain(depth, start)

    def _group(self, depth: int, start: int) -> _Piece | None:
        opened = self._at
        self._at += 1
        if depth == DEEPEST:
            self._complain(opened, len(self._text), Why.TOO_MUCH)
            self._at = len(self._text)
            return None
        inside = self._several(depth + 1)
        if self._at < len(self._text):
            self._at += 1
        else:
            self._complain(opened, opened + 1, Why.NOT_CLOSED, "(")
        if not inside:
            return None
        terms = tuple(piece.term for piece in inside)
        term = terms[0] if len(terms) == 1 else Every(terms)
        return _Piece(term, self._text[start : self._at], start)

    def _plain(self, depth: int, start: int) -> _Piece | None:
        """A word, a phrase or a filter."""
        lately = _LATELY.match(self._text, start)
        if lately:
            self._at = lately.end()
            what = read_lately(lately.group())
            return _Piece(Lately("on", what or ""), lately.group(), start)
        found = _PIECE.match(self._text, start)
        assert found is not None
        end = found.end()
        if found[4] and depth:
            end = found.start(4) + _up_to_bracket(found[4])
        self._at = max(end, start + 1)
        self._terms += 1
        if self._terms > MOST_TERMS:
            if self._terms == MOST_TERMS + 1:
                self._complain(start, len(self._text), Why.TOO_MUCH)
            return None
        text = self._text[start : self._at]
        term = self._term(text, start)
        return _Piece(term, text, start) if term is not None else None

    def _term(self, text: str, start: int) -> Term | None:
        minus = _NEGATES.match(text) is not None
        bare = text[1:] if minus else text
        family, colon, body = bare.partition(":")
        term: Term | None = None
        if colon and family.lower() in EVERY_FILTER:
            term = self._filter(family.lower(), body, start, start + len(text))
        if term is None:
            name, prefix, closed = unquoted(bare)
            if not closed:
                self._complain(start, start + len(text), Why.NOT_CLOSED, '"')
            term = Words(name, prefix) if words_of(name) else None
        return Not(term) if term is not None and minus else term

    def _filter(self, family: str, body: str, start: int, end: int) -> Term | None:
        name, prefix, closed = unquoted(body)
        if not name and not prefix:
            self._complain(start, end, Why.NOTHING_SAID, family)
            return None
        term, why = read_filter(family, name, prefix)
        if why is not None:
            self._complain(start, end, why, name)
        elif not closed:
            self._complain(start, end, Why.NOT_CLOSED, '"')
        return term

    def _operator(self) -> str:
        """AND, OR or NOT where one stands next; '' where none does."""
        found = _OPERATOR.match(self._text, self._at)
        return found[1] if found else ""

    def _skip_space(self) -> bool:
        """Whether something is left."""
        while self._at < len(self._text) and self._text[self._at].isspace():
            self._at += 1
        return self._at < len(self._text)

    def _complain(self, start: int, end: int, why: Why, what: str = "") -> None:
        self.troubles.append(Trouble(start, end, why, what))


def _some(terms: list[Term]) -> Term:
    return terms[0] if len(terms) == 1 else Some(tuple(terms))


def _negated(term: Term) -> Term:
    return term.what if isinstance(term, Not) else Not(term)


def _up_to_bracket(body: str) -> int:
    """Where a bracket closes that was opened before `body`."""
    depth = 0
    for place, letter in enumerate(body):
        depth += (letter == "(") - (letter == ")")
        if depth < 0:
            return place
    return len(body)
