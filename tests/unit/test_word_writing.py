"""Words that go into the index in a thread of their own."""

from __future__ import annotations

import pytest

from fieldnotes.operations.notebook import Notebook
from fieldnotes.store.database import DiskTrouble, one
from fieldnotes.store.index import Indexed
from fieldnotes.store.word_writing import CHUNK, WordWriting, packed

COUNT = 3 * CHUNK + 1
FOUND = "SELECT count(*) FROM words WHERE words MATCH ?"


class GivenUp(Exception):
    """Somebody pressed Cancel."""


def words_of(at: int) -> bytes:
    """What all of them say, and their own place."""
    return packed(Indexed(f"everybody\n\ue000 says n{at}", '"more" \\ words', "¬x"))


def begin_and_give_up(notebook: Notebook, words: list[tuple[int, bytes]]) -> None:
    """Two chunks may be under way when it is cancelled."""
    with notebook.library.transaction():
        writing = WordWriting(notebook.library.connection)
        writing.add(words)
        writing.go_on()
        writing.go_on()
        raise GivenUp


def test_every_chunk_is_found_by_its_words(seller: Notebook) -> None:
    connection = seller.library.connection
    with seller.library.transaction():
        writing = WordWriting(connection)
        writing.add((at, words_of(at)) for at in range(COUNT))
        writing.go_on()
        assert one(connection, FOUND, "everybody") == CHUNK  # whoever asks meanwhile waits
        writing.finish()
    assert one(connection, FOUND, "everybody") == one(connection, FOUND, "filters : ¬x") == COUNT
    sql = "SELECT rowid FROM words WHERE words MATCH ?"
    assert one(connection, sql, f"n{COUNT - 1} AND more : words") == COUNT - 1


def test_nothing_is_left_of_what_was_given_up(seller: Notebook) -> None:
    with pytest.raises(GivenUp):
        begin_and_give_up(seller, [(at, words_of(at)) for at in range(COUNT)])
    assert one(seller.library.connection, FOUND, "everybody") == 0


def test_what_went_wrong_is_told_to_whoever_goes_on(seller: Notebook) -> None:
    with pytest.raises(DiskTrouble):
        begin_and_give_up(seller, [(1, b"this is no list")])
