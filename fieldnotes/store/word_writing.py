"""Words go into the index in a thread of their own, while whoever brings them makes the next ready.

The engine needs no interpreter for a statement that takes many rows at once, and cutting their
words takes as long as all else that is done for them.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from itertools import islice
from threading import Thread

import msgspec

from fieldnotes.store.database import Connection, plain_errors
from fieldnotes.store.index import Indexed

CHUNK = 1_000  # notes that are written by one statement
_encode = msgspec.json.encode


class WordWriting:
    """Chunks in the order in which they came. Whatever else the connection is asked waits."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._waiting: deque[bytes] = deque()
        self._wrong: Exception | None = None

    def add(self, held: Iterable[tuple[int, bytes]]) -> None:
        """Notes by place, rising, and their words as `packed`; written later."""
        rest = iter(held)
        while chunk := list(islice(rest, CHUNK)):
            self._waiting.append(
                b"[" + b",".join(b"[%d,%b" % (at, b[1:]) for at, b in chunk) + b"]"
            )

    def go_on(self) -> None:
        """Begin with the next chunk, if there is one. Raises what went wrong before."""
        self._wait()
        if self._waiting:
            chunk = self._waiting.popleft()
            self._connection.beside = Thread(target=self._write, args=(chunk,), name="words")
            self._connection.beside.start()

    def finish(self) -> None:
        """Everything is written. Raises what went wrong with it."""
        while self._waiting:
            self.go_on()
        self._wait()

    def close(self) -> None:
        """Nothing more is written."""
        self._waiting.clear()
        self._connection.wait()

    def _wait(self) -> None:
        self._connection.wait()
        if self._wrong is not None:
            raise self._wrong

    def _write(self, chunk: bytes) -> None:
        try:
            with plain_errors():
                self._connection.execute_beside(_INSERT, (chunk,))
        except Exception as error:  # noqa: BLE001, as whoever waits for it is told
            self._wrong = error


def packed(held: Indexed) -> bytes:
    """The words of a note, as they wait."""
    return _encode((held.text, held.more, held.filters))


_INSERT = (
    "INSERT INTO words (rowid, text, more, filters) SELECT value ->> 0, value ->> 1, value ->> 2,"
    " value ->> 3 FROM json_each(CAST(? AS TEXT))"
)
