"""Processes that read lines of large bundles beside the one that asks, as many as pay off.

Reading a line costs more than anything else that is done before it is shown, and no line has to do
with another one. Small bundles are read at once, as a process takes its time to begin.
"""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from typing import Protocol

import msgspec

from fieldnotes.operations.lines_read import Cards, read_lines
from fieldnotes.store.arriving import Arrival

LARGE = 6 << 20  # bytes of bundles from which on processes of their own are worth it
MOST = 3  # processes
AHEAD = 3  # batches for each that wait to be taken
_decode = msgspec.msgpack.Decoder(list[Arrival]).decode


class Pending(Protocol):
    """What will have been read."""

    def result(self) -> list[Arrival]:
        """Waits for it. Raises whatever is wrong with the lines."""


class Readers:
    """Reads where it is asked."""

    ahead = 1  # batches that may wait

    def begin(self, lines: list[bytes], cards: Cards, vouched: str) -> Pending:
        """As `read_lines`."""
        return _Here(lines, cards, vouched)


class _Here(msgspec.Struct):
    lines: list[bytes]
    cards: Cards
    vouched: str

    def result(self) -> list[Arrival]:
        return read_lines(self.lines, self.cards, self.vouched)


class _Elsewhere(msgspec.Struct):
    task: _Here
    packed: Future[bytes]

    def result(self) -> list[Arrival]:
        try:
            return _decode(self.packed.result())
        except BrokenProcessPool:  # somebody ended it, or the system lets nobody begin one
            return self.task.result()


class _Processes(Readers):
    def __init__(self, pool: ProcessPoolExecutor, count: int) -> None:
        self._pool = pool
        self.ahead = AHEAD * count

    def begin(self, lines: list[bytes], cards: Cards, vouched: str) -> Pending:
        here = _Here(lines, cards, vouched)
        if not lines:
            return here
        try:
            return _Elsewhere(here, self._pool.submit(_read_packed, lines, cards, vouched))
        except (BrokenProcessPool, OSError):
            return here


@contextmanager
def readers_for(size: int) -> Iterator[Readers]:
    """What reads bundles of so many bytes together."""
    count = min(MOST, os.cpu_count() or 1)
    if size < LARGE or count < 2:
        yield Readers()
        return
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(count, mp_context=context)
    try:
        yield _Processes(pool, count)
    finally:
        pool.shutdown(cancel_futures=True)


def _read_packed(lines: list[bytes], cards: Cards, vouched: str) -> bytes:
    return msgspec.msgpack.encode(read_lines(lines, cards, vouched))
