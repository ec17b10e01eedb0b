"""Which hits fit a query best: rare words, said often, in short texts and in titles.

After BM25 (Robertson and Zaragoza, The Probabilistic Relevance Framework, 2009), over the newest
hits alone, with how rare a word is told by the dictionary of the library: the index's own ranking
goes through every note that has a word.
"""

from __future__ import annotations

import math
from array import array

import msgspec

from fieldnotes.domain.query import Query, Words, other_texts
from fieldnotes.domain.snippets import wanted_words
from fieldnotes.domain.words import words_of
from fieldnotes.store.database import one, rows
from fieldnotes.store.records import Records

RANKED = 1_000  # the newest hits; older ones follow as they come
_SATURATION, _LENGTH, _USUAL = 1.2, 0.75, 100.0  # k1 and b of BM25; words in a usual note
_IN_TITLE, _BESIDE = 3.0, 0.5  # what a word counts in the title, and in other fields
_COUNTED = 1_000
_SLICE = 100


def best_first(records: Records, query: Query, places: array[int]) -> array[int]:
    """Places of hits, which come newest first, the newest of them by how well they fit.

    Without words in the query nothing fits better than anything else.
    """
    wanted = [_Wanted(records, words) for words in wanted_words(query)]
    wanted = [each for each in wanted if each.words]
    if not wanted:
        return places
    newest = places[:RANKED]
    score = {
        place: sum(each.score(said) for each in wanted) for place, said in _read(records, newest)
    }
    ranked = sorted(newest, key=lambda place: (-score.get(place, 0.0), -place))
    return array("q", ranked) + places[RANKED:]


class _Said(msgspec.Struct, frozen=True):
    """The words of a note, once in the title, in the text and in all other fields."""

    title: list[str]
    text: list[str]
    others: list[str]


class _Wanted:
    """A word or phrase of the query, and how rare it is."""

    def __init__(self, records: Records, asked: Words) -> None:
        self.words = words_of(asked.text)
        self._prefix = asked.prefix
        rarest = min((_docs(records, word) for word in self.words), default=0)
        notes = max(_COUNTED, int(one(records.connection, "SELECT max(note_no) FROM facts") or 0))
        self._rarity = math.log(1 + notes / (rarest + 0.5))

    def score(self, said: _Said) -> float:
        """Zero where it is not said."""
        often = self._times(said.text) + _IN_TITLE * self._times(said.title)
        often += _BESIDE * self._times(said.others)
        longer = 1 - _LENGTH + _LENGTH * (len(said.title) + len(said.text)) / _USUAL
        return self._rarity * often * (_SATURATION + 1) / (often + _SATURATION * longer)

    def _times(self, words: list[str]) -> int:
        *whole, last = self.words
        if not self._prefix and not whole:
            return words.count(last)
        ends = (at for at, word in enumerate(words) if self._is_last(word, last))
        return sum(words[max(0, at - len(whole)) : at] == whole for at in ends)

    def _is_last(self, word: str, last: str) -> bool:
        return word.startswith(last) if self._prefix else word == last


def _docs(records: Records, word: str) -> int:
    """In how many notes a word stands, as far as that matters."""
    known = records.terms.docs(word)
    if known is not None:
        return known
    sql = "SELECT count(*) FROM (SELECT 1 FROM words WHERE words MATCH ? LIMIT ?)"
    return int(one(records.connection, sql, f'{{text more}} : "{word}"', _COUNTED))


def _read(records: Records, places: array[int]) -> list[tuple[int, _Said]]:
    sql = "SELECT h.line FROM facts f JOIN history h ON h.seq = f.current WHERE f.place = ?"
    found = []
    for at, place in enumerate(places):
        if at % _SLICE == 0:
            records.connection.go_on()
        for (line,) in rows(records.connection, sql, place):
            note = records.shown(line)
            others = [word for text in other_texts(note) for word in words_of(text)]
            text = note.text or note.text_redacted
            found.append((place, _Said(words_of(note.title), words_of(text), others)))
    return found
