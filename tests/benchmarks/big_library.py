"""A library of very many notes for benchmarks: every one signed, valid and the same for a seed.

    python -m tests.benchmarks.big_library FOLDER --notes 1000000 [--seed 7]

Notes are made in processes of their own and written by this one, in one transaction. Then the
index is merged and the log copied back, as an idle program does.
"""

from __future__ import annotations

import argparse
import resource
import time
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from pathlib import Path

from fieldnotes.domain.people import Standing
from fieldnotes.domain.records import Copy
from fieldnotes.store import library as libraries
from fieldnotes.store.joining import joining
from fieldnotes.store.library import Library
from tests.benchmarks.made_up_notes import PART, World, part

MAKERS = 2  # processes
AHEAD = 6  # parts that wait to be written at most
MERGED = 20_000  # pages of the index in one step


def main() -> None:
    """Make it, and print how fast and how large."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--notes", type=int, required=True)
    parser.add_argument("--seed", type=int, default=7)
    told = parser.parse_args()
    if libraries.exists(told.folder):
        parser.error(f"there is a library in {told.folder}")
    build(told.folder, World(told.seed, told.notes))


def build(folder: Path, world: World) -> None:
    """Write the library of a world into `folder`."""
    libraries.make(folder, world.owner)
    library = Library(folder)
    begun = time.monotonic()
    _write(library, world, begun)
    print(_told("written", world.notes, begun), flush=True)
    while not library.tidy(MERGED):
        pass
    library.empty_logs(patience_ms=1000)
    library.close()
    print(_told("merged", world.notes, begun), flush=True)
    size = sum(path.stat().st_size for path in folder.iterdir())
    print(f"{size / 1e6:,.0f} MB in {folder}")


def _write(library: Library, world: World, begun: float) -> None:
    with library.transaction(), joining(library.records) as many:
        for author in world.authors:
            library.people.put(author.card, Standing.KNOWN)
        notes = ([copy] for copies in _parts(world) for copy in copies)
        for done, _ in enumerate(many.put(notes), 1):
            if done % 50_000 == 0:
                print(_told("so far", done, begun), flush=True)


def _parts(world: World) -> Iterator[list[Copy]]:
    """All parts in order, made by others while this process writes."""
    waiting: deque[Future[list[Copy]]] = deque()
    with ProcessPoolExecutor(MAKERS, initializer=_know, initargs=(world.seed, world.notes)) as pool:
        for number in range(-(-world.notes // PART)):
            waiting.append(pool.submit(_part, number))
            if len(waiting) == AHEAD:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


_known: list[World] = []  # of a process that makes notes


def _know(seed: int, notes: int) -> None:
    _known.append(World(seed, notes))


def _part(number: int) -> list[Copy]:
    return part(_known[0], number)


def _told(what: str, notes: int, begun: float) -> str:
    seconds = time.monotonic() - begun
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    rate = notes / seconds
    return f"{what} {notes:>10,} in {seconds:7.1f} s  {rate:7,.0f}/s  {memory:5.0f} MiB at most"


if __name__ == "__main__":
    main()
