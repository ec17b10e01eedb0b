"""What was erased, until none of its words is left in any file of the library's folder.

With the erasing itself go, in one transaction: the versions, the index entry, names that no note
uses any more, and the titles of the files it travelled in. Words may still lie in pages that were
freed, in the index and in the logs, so a row remembers them until they have been looked for:
unreadable, since they may not stand in any file themselves.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec

from fieldnotes.domain import merge, note_fields
from fieldnotes.domain.merge import History
from fieldnotes.domain.query import names_in
from fieldnotes.domain.words import spelled, words_of
from fieldnotes.store.database import Connection, one, rows
from fieldnotes.store.disclosures import Disclosures
from fieldnotes.store.gists import NAMED
from fieldnotes.store.names import Names
from fieldnotes.store.seals import seal_of

SHORTEST = 5  # bytes: anything shorter is found by chance in signatures and pictures
MOST_WORDS = 256  # of one record, the longest
_SWEEP = "erased"  # in about: '1' while pages and logs may still hold what was erased
_ROW = "erasing "
_WORD = re.compile(r"\w+")
_CHUNK = 4 << 20
_UNREAD = ("-shm",)  # page numbers only; and closing it would give up SQLite's locks


class Erased(msgspec.Struct, frozen=True):
    """A record whose words are still to be looked for. `attached`: hex hashes of its content."""

    id: str
    words: tuple[str, ...] = ()
    attached: tuple[str, ...] = ()


class Erasing:
    """Remembers what is not finished. Writing is the caller's transaction."""

    def __init__(self, connection: Connection, names: Names) -> None:
        self._connection, self._names = connection, names
        self.search: Search | None = None  # where the looking stands, and for what
        self.sought: frozenset[str] = frozenset()
        self.let_go: frozenset[str] = frozenset()  # whose attachments are not held any more
        self.rewritten = False  # the files were, as a word lay between the rows
        self.blocked = False  # the last time by somebody who reads
        self.given_up = False  # it was found again after that: the next start tries once more

    def begin(self, note_no: int, record_id: str, history: History) -> None:
        """The record whose versions were `history` has gone: what else must go, and be looked for.

        Called after its facts and its index entry were rewritten.
        """
        told = [note_fields.from_fields(merge.view(history, copy)) for copy in history.values()]
        texts = [text for copy in history.values() for text in _texts(copy.values)]
        attached = {each.sha256 for note in told for each in note.attachments}
        for note in told:
            for family in NAMED:
                for name in names_in(note, family):
                    self._names.drop_unused(family, name)
        Disclosures(self._connection).of_erased(note_no)
        self._blank_files(note_no)
        self._blank_rows(record_id)
        row = Erased(record_id, _to_look_for(texts), tuple(sorted(attached)))
        key = f"{_ROW}{note_no}"
        self._put(key, _hidden(key, msgspec.json.encode(row)).hex())
        self._put(_SWEEP, "1")

    def unfinished(self) -> dict[str, Erased]:
        """What has to be looked for, by the key under which it is remembered."""
        sql = "SELECT key, value FROM about WHERE key GLOB ?"
        return {
            key: msgspec.json.decode(_hidden(key, bytes.fromhex(value)), type=Erased)
            for key, value in rows(self._connection, sql, f"{_ROW}*")
        }

    def finish(self, keys: Iterable[str]) -> None:
        """Nothing of these was found."""
        self._connection.executemany("DELETE FROM about WHERE key = ?", [(key,) for key in keys])
        if one(self._connection, "SELECT 1 FROM about WHERE key GLOB ?", f"{_ROW}*") is None:
            self._put(_SWEEP, "")

    def _put(self, key: str, value: str) -> None:
        self._connection.execute(
            "INSERT OR REPLACE INTO about (key, value, seal) VALUES (?, ?, ?)",
            (key, value, seal_of(key, value)),
        )

    def _blank_files(self, note_no: int) -> None:
        """The files it came and went in: their titles and notes may tell of it."""
        for table, columns, linked in _FILES:
            sql = f"SELECT no, {', '.join(columns)} FROM {table} WHERE no IN ({linked})"
            for no, *row in rows(self._connection, sql, note_no):
                told = dict(zip(columns, row, strict=True))
                manifest = msgspec.json.decode(told["manifest"])
                manifest |= {"title": "", "note": "", "tags": [], "by_tag": {}}
                manifest.pop("file", None)  # where it lies may tell of it as well
                told["manifest"] = msgspec.json.encode(manifest)
                self._connection.execute(
                    f"UPDATE {table} SET manifest = ?, seal = ? WHERE no = ?",
                    (told["manifest"], seal_of(*told.values()), no),
                )

    def _blank_rows(self, record_id: str) -> None:
        """The row of somebody's sheet that it was made from; its digest keeps it from returning."""
        mine = bytes.fromhex(record_id.replace("-", ""))
        sql = "SELECT content, turn FROM intake_rows WHERE id = ?"
        for content, turn in rows(self._connection, sql, mine):
            self._connection.execute(
                "UPDATE intake_rows SET source = '', row = '', seal = ?"
                " WHERE content = ? AND turn = ?",
                (seal_of("", "", content, turn, mine), content, turn),
            )


_FILES = (
    (
        "bundles",
        ("batch", "bundle", "author", "manifest", "file"),
        "SELECT bundle FROM arrivals WHERE note_no = ?",
    ),
    (
        "sendings",
        ("bundle", "recipient", "audience", "at", "manifest"),
        "SELECT sending FROM sent_revisions WHERE note_no = ?",
    ),
)


class Search:
    """Looks for words in every file of a folder, piece by piece, so that nobody waits for it."""

    def __init__(self, folder: Path, words: Iterable[str]) -> None:
        self._words = {word: word.encode() for word in words}
        self._pieces = _pieces(folder, max(map(len, self._words.values()), default=1))
        self.found: set[str] = set()

    def step(self) -> bool:
        """Look through one piece. True: that was all."""
        for piece in self._pieces:
            self.found |= {w for w, sought in self._words.items() if sought in piece}
            return not self._words
        return True


def held_elsewhere(connections: Mapping[str, Connection], words: set[str]) -> set[str]:
    """Those of `words` that something else says which was not erased: a note, a card, a draft."""
    left = set(words)
    for name, columns in _TELLING:
        for sql in (f"SELECT {column} FROM {table}" for table, column in columns):
            for (value,) in connections[name].execute(sql):
                if not left:
                    return words
                told = value.encode() if isinstance(value, str) else value
                left -= {word for word in left if word.encode() in told}
                text = told.decode("utf-8", "replace")
                if (left and not text.isascii()) or text != text.lower():
                    plain = " ".join([text.casefold(), *words_of(text)])
                    left -= {word for word in left if word in plain}
    return words - left


_TABLES = ("sqlite_schema", "coalesce(sql, '')")  # words of nobody: how tables are called
_TELLING = (
    (
        "library.db",
        (
            _TABLES,
            ("history", "line"),
            ("names", "name"),
            ("names", "folded"),
            ("people", "card"),
            ("bundles", "manifest"),
            ("sendings", "manifest"),
            ("sendings", "recipient"),
            ("intake_rows", "source"),
            ("intake_rows", "row"),
        ),
    ),
    ("drafts.db", (_TABLES, ("drafts", "body"), ("outbox", "line"))),
    ("blobs.db", (_TABLES, ("blobs", "content"))),
)


def _pieces(folder: Path, longest: int) -> Iterator[bytes]:
    """Every file in pieces that overlap, so that no word lies across two."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.name.endswith(_UNREAD):
            try:
                with path.open("rb") as file:
                    tail = b""
                    while piece := file.read(_CHUNK):
                        yield tail + piece
                        tail = (tail + piece)[-longest:]
            except FileNotFoundError:  # gone meanwhile
                continue


def _texts(value: Any) -> Iterator[str]:
    """Every text in a JSON value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for each in value.values():
            yield from _texts(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _texts(each)


def _to_look_for(texts: Iterable[str]) -> tuple[str, ...]:
    """The words as they were written, and as the index spells them; the longest first."""
    found: set[str] = set()
    for text in texts:
        for form in (text, text.casefold(), spelled(text)):
            found.update(_WORD.findall(form))
    long = (word for word in found if len(word.encode()) >= SHORTEST)
    return tuple(sorted(long, key=lambda word: (-len(word), word))[:MOST_WORDS])


def _hidden(key: str, content: bytes) -> bytes:
    """`content` so that none of its words stands in a file; the same again gives it back."""
    veil = hashlib.shake_256(key.encode()).digest(len(content))
    return (int.from_bytes(content) ^ int.from_bytes(veil)).to_bytes(len(content))
