"""The same thing said before: what is found among real pairs, and how fast in a large library.

    python -m tests.benchmarks.said_before [--library FOLDER] [--notes 20000] [--asked 200]

Recall and precision are printed where FIELDNOTES_REAL_DATA names a folder with real notes. The rate
is that of going through the notes of a library once; of FOLDER, which is then copied and not
touched, or of one with so many invented notes, every fiftieth a note that was said before. Memory
is that of the process, at the start and at the end. Printed last: how long a question takes while
somebody types.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import statistics
import time
from itertools import accumulate
from pathlib import Path
from tempfile import TemporaryDirectory

from fieldnotes.domain.notes import Note
from fieldnotes.domain.query import EVERYTHING
from fieldnotes.operations.intake import take_over
from fieldnotes.operations.notebook import Notebook, open_notebook
from fieldnotes.operations.said_before import GoingThrough, Typing, count_pairs, still_to_look_at
from fieldnotes.operations.search import find_notes
from tests.real_pairs import answer

_VOCABULARY = 40_000
_AT_ONCE = 10_000


def main() -> None:
    """Print it all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--library", type=Path)
    parser.add_argument("--notes", type=int, default=20_000)
    parser.add_argument("--asked", type=int, default=200)
    parser.add_argument("--at-most", type=int, default=0, help="go through no more notes than that")
    told = parser.parse_args()
    with TemporaryDirectory() as temporary:
        os.environ["FIELDNOTES_MACHINE"] = str(Path(temporary) / "machine")
        _real_pairs(Path(temporary))
        folder = Path(temporary) / "library"
        if told.library:
            shutil.copytree(told.library, folder)
        notebook = open_notebook(folder, "Wren Tolliver", take_over=True)
        if not told.library:
            _fill(notebook, told.notes, Path(temporary))
        _rate(notebook, told.at_most)
        _typing(notebook, told.asked)
        notebook.close()


def _real_pairs(temporary: Path) -> None:
    data = os.environ.get("FIELDNOTES_REAL_DATA")
    if not data:
        print("FIELDNOTES_REAL_DATA names no folder: recall and precision are not measured")
        return
    notebook = open_notebook(temporary / "real", "Wren Tolliver")
    told = answer(notebook, Path(data) / "gitlab_field_notes")
    notebook.close()
    print(f"real pairs: {len(told.true)} true, {len(told.found)} found")
    print(f"recall {told.recall:.3f}  precision {told.precision:.3f}")
    for words, pairs in (("missed", told.missed), ("not among the true ones", told.false)):
        for pair in pairs:
            print(f"  {words}: {' '.join(pair)}  {told.found.get(pair, 0):.2f}")


def _fill(notebook: Notebook, notes: int, temporary: Path) -> None:
    sheet = temporary / "notes.csv"
    chance = random.Random(7)
    words = [_word(chance) for _ in range(_VOCABULARY)]
    weights = list(accumulate(1 / rank for rank in range(1, _VOCABULARY + 1)))
    said: list[list[str]] = []
    with sheet.open("w") as file:
        file.write("text,account\n")
        for number in range(notes):
            if number % 50 == 49:
                text = list(chance.choice(said))
                for _ in range(4):
                    text[chance.randrange(len(text))] = chance.choice(words)
            else:
                size = chance.randrange(60, 140)
                text = chance.choices(words, cum_weights=weights, k=size)
                said = [*said[-999:], text]
            file.write(f"{' '.join(text)},Account {number % 5000}\n")
    take_over(notebook, sheet)


def _rate(notebook: Notebook, at_most: int) -> None:
    going, passed, begun = GoingThrough(notebook), 0, time.perf_counter()
    going.step()
    first = _memory()
    total = still_to_look_at(notebook)
    print(f"going through {at_most or total} of {total} versions; memory {first:.0f} MB")
    slice_times = []
    while passed < (at_most or total):
        before = time.perf_counter()
        step = going.step(patience_ms=10_000).result
        slice_times.append(1000 * (time.perf_counter() - before))
        if not step:
            break
        passed += step
        if passed // _AT_ONCE > (passed - step) // _AT_ONCE:
            took = time.perf_counter() - begun
            print(f"  {passed:>8} {passed / took:6.0f}/s  memory {_memory():.0f} MB", flush=True)
    took = time.perf_counter() - begun
    print(f"{passed / took:.0f} notes/s; memory at the end {_memory():.0f} MB")
    print(f"a slice takes p50 {_quantile(slice_times, 0.5):.0f} ms, max {max(slice_times):.0f} ms")
    before = time.perf_counter()
    pairs = count_pairs(notebook)
    took = 1000 * (time.perf_counter() - before)
    print(f"pairs to judge (no more than 1000 are counted): {pairs}, counted in {took:.1f} ms")


def _typing(notebook: Notebook, asked: int) -> None:
    """Ask with the first words of notes, as somebody would who writes them again."""
    views = find_notes(notebook, EVERYTHING, limit=asked).notes
    typing, times, found = Typing(), [], 0
    for view in views:
        words = view.note.text.split()
        begun = Note(text=" ".join(words[: max(12, len(words) // 2)]))
        before = time.perf_counter()
        said = typing.said_before(notebook, begun, notebook.new_id())
        times.append(1000 * (time.perf_counter() - before))
        found += bool(said)
    p50, p95 = statistics.median(times), _quantile(times, 0.95)
    print(f"while typing: p50 {p50:.1f} p95 {p95:.1f} max {max(times):.1f} ms a question")
    print(f"  the earlier note was found for {found} of {len(views)} that were half written")


def _word(chance: random.Random) -> str:
    return "".join(chance.choice("abcdefghijklmnoprstuvwz") for _ in range(chance.randrange(3, 11)))


def _quantile(times: list[float], share: float) -> float:
    return sorted(times)[min(len(times) - 1, int(share * len(times)))]


def _memory() -> float:
    """Megabytes that the process holds now."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


if __name__ == "__main__":
    main()
