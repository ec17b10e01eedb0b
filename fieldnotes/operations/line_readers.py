"""Processes that read lines of large bundles beside the one that asks, as many as pay off.

Unpacking and reading lines costs more than anything else that is done before they are shown, and no
line has to do with another one. Small bundles are read at once, as a process takes its time to
begin.
"""

from __future__ import annotations

import multiprocessing
import os
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from threading import Thread

import msgspec

from fieldnotes.bundle.readings import Section
from fieldnotes.bundle.shards import Shard
from fieldnotes.operations.lines_read import Cards, LineReader, Sections
from fieldnotes.store.arriving import Arrival
from fieldnotes.store.library import Library, looked_into
from fieldnotes.store.stretches import Stretch

LARGE = 6 << 20  # bytes of bundles from which on processes of their own are worth it
MOST = 3  # processes
AHEAD = 2  # tasks for each that wait to be taken
PACKED, SIZE = 8 << 20, 24 << 20  # bytes of a shard that are handed over at once, and unpacked
_decode = msgspec.msgpack.Decoder(list[Section[Arrival, Stretch]]).decode


class Readers:
    """Reads where it is asked, beside this library."""

    def __init__(self, library: Library) -> None:
        self._here = LineReader(library.connection)

    def read(self, shards: Sequence[Shard], cards: Cards, vouched: str) -> Iterator[Sections]:
        """All that they hold, as `LineReader` does it. Raises whatever is wrong with them."""
        for shard in shards:
            for block in shard.blocks():
                yield self._here.one_by_one(block, cards, vouched)


class _Block(msgspec.Struct, frozen=True):
    """A part of a shard that somebody has unpacked."""

    lines: bytes

    def blocks(self) -> Iterator[bytes]:
        """It is one."""
        yield self.lines


class _Processes(Readers):
    def __init__(self, library: Library, pool: ProcessPoolExecutor, count: int) -> None:
        super().__init__(library)
        self._pool, self._count = pool, count

    def read(self, shards: Sequence[Shard], cards: Cards, vouched: str) -> Iterator[Sections]:
        waiting: deque[Callable[[], Sections]] = deque()
        for task in self._tasks(shards):
            waiting.append(self._begin(task, cards, vouched))
            if len(waiting) >= AHEAD * self._count:
                yield waiting.popleft()()
        while waiting:
            yield waiting.popleft()()

    def _tasks(self, shards: Sequence[Shard]) -> Iterator[Shard | _Block]:
        """Whole shards where there are enough of them for everybody."""
        enough = len(shards) > self._count
        for shard in shards:
            if enough and shard.entry.packed <= PACKED and shard.entry.size <= SIZE:
                yield shard.alone()
            else:
                yield from map(_Block, shard.blocks())

    def _begin(self, task: Shard | _Block, cards: Cards, vouched: str) -> Callable[[], Sections]:
        def here() -> Sections:
            blocks = (self._here.one_by_one(each, cards, vouched) for each in task.blocks())
            return list(chain.from_iterable(blocks))

        def result() -> Sections:
            try:
                return list(chain.from_iterable(map(_decode, begun.result())))
            except BrokenProcessPool:  # somebody ended it, or the system lets nobody begin one
                return here()

        try:
            begun = self._pool.submit(_read_packed, task, cards, vouched)
        except (BrokenProcessPool, OSError):
            return here
        return result


@contextmanager
def readers_for(library: Library, size: int) -> Iterator[Readers]:
    """What reads bundles of so many bytes together."""
    count = min(MOST, os.cpu_count() or 1)
    if size < LARGE or count < 2:
        yield Readers(library)
        return
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(count, context, _open, (library.folder,))
    try:
        yield _Processes(library, pool, count)
    finally:
        pool.shutdown(cancel_futures=True)


_libraries: list[Library] = []  # of a process that reads


def _open(folder: Path) -> None:
    Thread(target=_end_with_parent, daemon=True).start()
    _libraries.append(looked_into(folder))


def _end_with_parent() -> None:
    """Nobody else would end a process whose parent was killed."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _read_packed(task: Shard | _Block, cards: Cards, vouched: str) -> list[bytes]:
    """Block by block, so that what is read is never there twice."""
    reader = LineReader(_libraries[-1].connection)
    blocks = (reader.in_stretches(block, cards, vouched) for block in task.blocks())
    return list(map(msgspec.msgpack.encode, blocks))
