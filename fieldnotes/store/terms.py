"""Which words the notes hold, and in how many each: what beginnings and rare words are planned by.

A *dictionary* is read from the index beside everybody's work and shared by all connections of this
program; words written since, by whomever, are added from the versions that came after it. Without
one everything is found as well, only by slower plans.
"""

from __future__ import annotations

import threading
import time
from array import array
from bisect import bisect_left
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

import msgspec

from fieldnotes.domain import note_fields
from fieldnotes.domain.query import main_texts, other_texts
from fieldnotes.domain.words import words_of
from fieldnotes.store.database import Connection, one, plain_errors, rows
from fieldnotes.store.gists import FILTER

MOST_NAMED = 1_024  # terms of a beginning
MOST_KEPT = 500  # beginnings that need not be looked up again
MOST_FRESH = 2_000  # versions read one by one; after more the dictionary is read anew
_SLICE = 2_000
_REST = 0.0005  # seconds for others between two slices
_LAST = "\U0010ffff"


class Dictionary(msgspec.Struct, frozen=True):
    """`terms` in order, `docs[i]`: notes with terms[i], of `notes`; `seq`: the last version."""

    terms: list[str]
    docs: array[int]
    notes: int
    seq: int
    kept: dict[str, Beginning] = {}


class Beginning(msgspec.Struct, frozen=True):
    """The terms that begin alike: how many, and those in most notes first, at most MOST_NAMED.

    `each[i]`: in how many notes terms[i] stands; `docs`: all of them together, each note counted
    for each term; `notes`: of how many notes.
    """

    count: int
    terms: tuple[str, ...]
    each: tuple[int, ...]
    docs: int
    notes: int

    @property
    def is_named(self) -> bool:
        """Whether `terms` are all of them."""
        return self.count <= len(self.terms)


class Terms:
    """The words of a library, for one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._dictionary: Dictionary | None = None
        self._fresh: dict[str, int] = {}
        self._seen = 0

    def beginning(self, prefix: str) -> Beginning | None:
        """What begins with `prefix`; None where it is not known for sure."""
        if not self._catch_up() or self._dictionary is None:
            return None
        held = _beginning(self._dictionary, prefix, MOST_NAMED)
        fresh = [term for term in self._fresh if term.startswith(prefix)]
        if not fresh:
            return held
        new = [term for term in fresh if _docs(self._dictionary, term) == 0]
        counts = dict(zip(held.terms, held.each, strict=True))
        for term in fresh:
            counts[term] = counts.get(term, 0) + self._fresh[term]
        return Beginning(
            held.count + len(new),
            tuple(counts),
            tuple(counts.values()),
            held.docs + sum(self._fresh[term] for term in fresh),
            held.notes,
        )

    @cached_property
    def _key(self) -> str:
        """The file that the connection has open."""
        return str(Path(rows(self._connection, "PRAGMA database_list")[0][2]).resolve())

    def docs(self, word: str) -> int | None:
        """In about how many notes a word stands; None where nobody knows yet."""
        if not self._catch_up() or self._dictionary is None:
            return None
        return _docs(self._dictionary, word) + self._fresh.get(word, 0)

    def is_ready(self) -> bool:
        """Whether beginnings are known at this moment."""
        return self._catch_up() and self._dictionary is not None

    def read(self) -> None:
        """Read the dictionary from the index; takes seconds at millions of notes.

        Others go on meanwhile: it reads in slices, and sees the library as it was when it began.
        """
        with _LOCK:
            if self.is_ready():
                return
            with plain_errors():
                _DICTIONARIES[self._key] = _read(self._connection)

    def _catch_up(self) -> bool:
        """Know every word that was written until now. False: too many for that."""
        newest = _DICTIONARIES.get(self._key)
        if newest is not self._dictionary and newest is not None:
            self._dictionary, self._seen, self._fresh = newest, newest.seq, {}
        if self._dictionary is None:
            return False
        last = one(self._connection, "SELECT max(seq) FROM history") or 0
        if last - self._seen > MOST_FRESH or len(self._fresh) > 100 * MOST_FRESH:
            return False
        if last > self._seen:
            sql = "SELECT line FROM history WHERE seq > ? AND seq <= ?"
            for (line,) in rows(self._connection, sql, self._seen, last):
                for word in words_in_line(line):
                    self._fresh[word] = self._fresh.get(word, 0) + 1
            self._seen = last
        return True


def words_in_line(line: bytes) -> set[str]:
    """All words of a version, from its line."""
    note = note_fields.from_fields(msgspec.json.decode(line)["fields"])
    return {word for text in (*main_texts(note), *other_texts(note)) for word in words_of(text)}


_LOCK = threading.Lock()
_DICTIONARIES: dict[str, Dictionary] = {}


def _beginning(dictionary: Dictionary, prefix: str, most: int) -> Beginning:
    kept = dictionary.kept.get(prefix)
    if kept is None:
        terms, docs = dictionary.terms, dictionary.docs
        first, end = bisect_left(terms, prefix), bisect_left(terms, prefix + _LAST)
        top = sorted(range(first, end), key=docs.__getitem__, reverse=True)[:most]
        kept = Beginning(
            count=end - first,
            terms=tuple(terms[place] for place in top),
            each=tuple(docs[place] for place in top),
            docs=sum(docs[first:end]),
            notes=dictionary.notes,
        )
        if len(dictionary.kept) >= MOST_KEPT:
            dictionary.kept.clear()
        dictionary.kept[prefix] = kept
    return kept


def _docs(dictionary: Dictionary, term: str) -> int:
    place = bisect_left(dictionary.terms, term)
    found = place < len(dictionary.terms) and dictionary.terms[place] == term
    return dictionary.docs[place] if found else 0


def _read(connection: Connection) -> Dictionary:
    terms: list[str] = []
    docs = array("L")
    rows(
        connection,
        "CREATE VIRTUAL TABLE IF NOT EXISTS temp.terms USING fts5vocab(main, words, row)",
    )
    rows(connection, "BEGIN")  # one sight of the index and of the versions
    try:
        seq = one(connection, "SELECT max(seq) FROM history") or 0
        notes = int(one(connection, "SELECT count(*) FROM words_docsize"))
        for term, count in _rows(connection):
            terms.append(term)
            docs.append(count)
    finally:
        rows(connection, "ROLLBACK")
    return Dictionary(terms, docs, notes, seq)


_VOCABULARY = "CREATE VIRTUAL TABLE IF NOT EXISTS temp.terms USING fts5vocab(main, words, row)"


def _rows(connection: Connection) -> Iterator[tuple[str, int]]:
    """(term, notes) of all words, without the filters, which lie between two letters."""
    for sql, bound in (
        ("SELECT term, doc FROM temp.terms WHERE term < ?", FILTER),
        ("SELECT term, doc FROM temp.terms WHERE term >= ?", chr(ord(FILTER) + 1)),
    ):
        cursor = connection.execute(sql, (bound,))
        while slice_ := cursor.fetchmany(_SLICE):
            yield from slice_
            connection.go_on()  # the window closes
            time.sleep(_REST)
