"""A hundred renames and merges of names that many notes carry, each checked at once, then undone.

    python -m tests.benchmarks.names [--names 100] [--notes 100000] [--folder DIR]

Every name stands in so many notes; half of the pairs that are merged stand in the same ones, which
must count once then. Prints how long a step and the counts after it took and how much was written,
and fails where a count is wrong or a row of a note, of the index or of the roll-ups differs.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec

from fieldnotes.domain.query_text import parse_query
from fieldnotes.operations.changes import Done
from fieldnotes.operations.intake import take_over
from fieldnotes.operations.notebook import Notebook, open_notebook
from fieldnotes.operations.search import count_notes, names_used
from fieldnotes.operations.vocabulary import Step, merge_names, rename_name, take_back

UNTOUCHED = (
    "SELECT * FROM facts WHERE kind IS NOT NULL ORDER BY place",
    "SELECT h.* FROM history h JOIN facts f USING (note_no) WHERE f.kind IS NOT NULL"
    " ORDER BY h.seq",
    "SELECT * FROM rollups ORDER BY name, month, kind",
    "SELECT * FROM words_data ORDER BY id",
    "SELECT * FROM words_docsize ORDER BY id",
)
Does = Callable[[], Done[Step]]


class Bench:
    """A library of twice as many notes as a name has: each note carries every other name."""

    def __init__(self, folder: Path, names: int, notes: int) -> None:
        self.notebook = open_notebook(folder / "library", "Wren Tolliver")
        self.notes = notes
        self.carried = {f"name{number:03}": {number % 2} for number in range(names)}
        self.steps: list[Step] = []
        self.times: dict[str, list[float]] = {}
        self.written: list[int] = []
        _fill(self.notebook, folder / "notes.csv", [*self.carried], notes)

    def play(self) -> None:
        """A rename and a merge in turn, for as many steps as there are names."""
        for first, other in _pairs([*self.carried]):
            called = f"{first} AG"
            self._do("rename", lambda a=first, to=called: rename_name(self.notebook, "tag", a, to))
            self.carried[called] = self.carried.pop(first)
            self._check(called)
            self._do("merge", lambda a=other, to=called: merge_names(self.notebook, "tag", a, to))
            self.carried[called] = self.carried[called] | self.carried.pop(other)
            self._check(called)

    def undo(self, before: dict[str, set[int]]) -> None:
        """Take all of it back, the last first."""
        for step in reversed(self.steps):
            self._timed("undo", lambda s=step: take_back(self.notebook, s))
        self.carried = before
        self._check(next(iter(before)))

    def _do(self, what: str, does: Does) -> None:
        self.steps.append(self._timed(what, does).result)

    def _timed(self, what: str, does: Does) -> Done[Step]:
        log = self.notebook.library.folder / "library.db-wal"
        size, begun = log.stat().st_size, time.perf_counter()
        done = does()
        self.times.setdefault(what, []).append(time.perf_counter() - begun)
        self.written.append(log.stat().st_size - size)
        return done

    def _check(self, name: str) -> None:
        begun = time.perf_counter()
        used = names_used(self.notebook, "tag")
        found = count_notes(self.notebook, parse_query(f'tag:"{name}"'))
        self.times.setdefault("counts", []).append(time.perf_counter() - begun)
        expected = {each: self.notes * len(halves) for each, halves in self.carried.items()}
        assert dict(used) == expected, name
        assert found == expected[name], name


def _pairs(names: list[str]) -> Iterator[tuple[str, str]]:
    """Of every eight names four pairs: two in other notes than each other, two in the same."""
    for at in range(0, len(names), 4):
        one, two, three, four = names[at : at + 4]
        yield from ((one, two), (three, four)) if at % 8 == 0 else ((one, three), (two, four))


def main() -> None:
    """Play it, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--names", type=int, default=100, help="a multiple of four")
    parser.add_argument("--notes", type=int, default=100_000)
    parser.add_argument("--folder", type=Path, help="where, if not in the temporary folder")
    told = parser.parse_args()
    with TemporaryDirectory(dir=told.folder) as temporary:
        os.environ["FIELDNOTES_MACHINE"] = str(Path(temporary) / "machine")
        bench = Bench(Path(temporary), told.names, told.notes)
        print(f"{told.names} names in {told.notes} notes each, of {2 * told.notes}", flush=True)
        before, carried = untouched(bench.notebook), dict(bench.carried)
        bench.play()
        assert untouched(bench.notebook) == before, "a step wrote to a note, the index or a count"
        bench.undo(carried)
        assert untouched(bench.notebook) == before, "undoing wrote to a note, the index or a count"
        for what, times in bench.times.items():
            times.sort()
            middle, last = times[len(times) // 2] * 1e3, times[-1] * 1e3
            print(f"  {what:7} {len(times):4} times   p50 {middle:8.1f} ms   max {last:8.1f} ms")
        print(f"  written in a step: at most {max(bench.written) / 1024:.0f} KB")
        print("  every count was right; notes, index and roll-ups are as they were")
        bench.notebook.close()


def untouched(notebook: Notebook) -> list[str]:
    """A digest of every row that a step must not write."""
    return [_digest(notebook, sql) for sql in UNTOUCHED]


def _digest(notebook: Notebook, sql: str) -> str:
    digest = hashlib.sha256()
    for row in notebook.library.connection.execute(sql):
        digest.update(msgspec.msgpack.encode(row))
    return digest.hexdigest()


def _fill(notebook: Notebook, sheet: Path, names: list[str], notes: int) -> None:
    tags = [", ".join(names[half::2]) for half in (0, 1)]
    with sheet.open("w") as file:
        file.write("text,happened,tags\n")
        for number in range(2 * notes):
            day = f"{2024 + number % 3}-{number % 12 + 1:02}-{number % 27 + 1:02}"
            file.write(f'Note {number},{day},"{tags[number % 2]}"\n')
    assert take_over(notebook, sheet).result.new == 2 * notes
    sheet.unlink()


if __name__ == "__main__":
    main()
