"""Notes that share rare words with a text: few among a million, found without reading any."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from fieldnotes.store.database import Connection, rows
from fieldnotes.store.terms import Terms

_RARE = 500  # notes at most
_ASKED = 8  # rare words
_FEW = 4  # rare words; where there are fewer, runs of words are looked for as well
_RUN, _RUNS = 3, 4
_AT_LEAST = 2  # of what is looked for, a note has to share
_COUNTED = 20_000  # notes; a word in more is as common as any
_REMEMBERED = 50_000


class Sharing:
    """Looks words up in the index. Remembers in how many notes they are: for one connection."""

    def __init__(self, connection: Connection, terms: Terms) -> None:
        self._connection, self._terms = connection, terms
        self._docs: dict[str, int] = {}

    def notes_sharing(self, words: list[str], limit: int, itself: int = 0) -> list[int]:
        """Places of at most `limit` notes that share most of what is rare in `words`.

        `itself`: the place of the note whose words these are.
        """
        docs = self.docs_of(words)
        known = {word for word, count in docs.items() if count > (1 if itself else 0)}
        rare = sorted((word for word in known if docs[word] <= _RARE), key=docs.__getitem__)
        asked = [_phrase(word) for word in rare[:_ASKED]]
        if len(asked) < _FEW:
            asked += (_phrase(*run) for run in _rarest_runs(words, docs, known))
        counted = Counter(place for phrase in asked for place in self._match(phrase, _RARE))
        counted.pop(itself, None)
        needed = min(_AT_LEAST, len(asked))
        return [place for place, shared in counted.most_common(limit) if shared >= needed]

    def docs_of(self, words: list[str]) -> dict[str, int]:
        """In how many notes each word is; counted up to `_COUNTED` where no dictionary knows."""
        if len(self._docs) > _REMEMBERED:
            self._docs.clear()
        found = {}
        for word in dict.fromkeys(words):
            count = self._docs.get(word, 0)
            if count < 2:  # a word that nobody else has may come in with the next note
                count = self._docs[word] = self._count(word)
            found[word] = count
        return found

    def _count(self, word: str) -> int:
        known = self._terms.docs(word)
        if known is not None:
            return known
        sql = "SELECT count(*) FROM (SELECT 1 FROM words WHERE words MATCH ? LIMIT ?)"
        return int(rows(self._connection, sql, _phrase(word), _COUNTED)[0][0])

    def _match(self, match: str, limit: int) -> list[int]:
        sql = "SELECT rowid FROM words WHERE words MATCH ? LIMIT ?"
        return [place for (place,) in rows(self._connection, sql, match, limit)]


def _rarest_runs(words: list[str], docs: dict[str, int], known: set[str]) -> Iterator[list[str]]:
    """Runs of words that do not overlap, those with the rarest words first."""
    starts = [at for at in range(len(words) - _RUN + 1) if known.issuperset(words[at : at + _RUN])]
    starts.sort(key=lambda at: sorted(docs[word] for word in words[at : at + _RUN]))
    taken: list[int] = []
    for at in starts:
        if len(taken) < _RUNS and all(abs(at - other) >= _RUN for other in taken):
            taken.append(at)
            yield words[at : at + _RUN]


def _phrase(*words: str) -> str:
    """Words of `words_of`, one after the other, as text and nothing else."""
    return f'"{" ".join(words)}"'
