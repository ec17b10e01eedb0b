"""Notes that share rare words with a text: few among a million, found without reading any."""

from __future__ import annotations

from collections import Counter

from fieldnotes.store.database import Connection, rows

_MOST = 500  # notes: a word in more than that tells too little
_ASKED = 8  # rare words
_TOGETHER = 4  # common words, where none is rare
_AT_LEAST = 2  # of the rare words a note has to share
_REMEMBERED = 50_000


class Sharing:
    """Looks words up in the index. Remembers in how many notes they are: for one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._docs: dict[str, int] = {}

    def notes_sharing(self, words: list[str], limit: int, itself: int = 0) -> list[int]:
        """Places of at most `limit` notes that share most of the rarest of `words`.

        `itself`: the place of the note whose words these are.
        """
        docs = self.docs_of(words)
        known = [word for word, count in docs.items() if count > (1 if itself else 0)]
        rare = sorted((word for word in known if docs[word] <= _MOST), key=docs.__getitem__)
        if not rare:
            return self._with_all(known, limit, itself)
        counted = Counter(place for word in rare[:_ASKED] for place in self._places(word))
        counted.pop(itself, None)
        needed = min(_AT_LEAST, len(rare))
        best = counted.most_common(limit)
        return [place for place, shared in best if shared >= needed]

    def docs_of(self, words: list[str]) -> dict[str, int]:
        """In how many notes each word is; `_MOST` + 1 stands for more."""
        if len(self._docs) > _REMEMBERED:
            self._docs.clear()
        found = {}
        for word in dict.fromkeys(words):
            count = self._docs.get(word, 0)
            if count < 2:  # a word that nobody else has may come in with the next note
                count = self._docs[word] = len(self._match(_quoted(word), _MOST + 1))
            found[word] = count
        return found

    def _places(self, word: str) -> list[int]:
        return self._match(_quoted(word), _MOST)

    def _with_all(self, words: list[str], limit: int, itself: int) -> list[int]:
        """Where every word is common: the notes that have several of the longest."""
        longest = sorted(words, key=len, reverse=True)[:_TOGETHER]
        if len(longest) < _TOGETHER:
            return []
        found = self._match(" AND ".join(map(_quoted, longest)), limit + 1)
        return [place for place in found if place != itself][:limit]

    def _match(self, match: str, limit: int) -> list[int]:
        sql = "SELECT rowid FROM words WHERE words MATCH ? LIMIT ?"
        return [place for (place,) in rows(self._connection, sql, match, limit)]


def _quoted(word: str) -> str:
    """One word of `words_of`, as text and nothing else."""
    return f'"{word}"'
