"""Saving a note against one 4 KB write and fdatasync beside it, in turn, in one run.

    python -m tests.benchmarks.save_a_note [--saves 5000] [--import 0] [--folder DIR]

What is timed is what a person waits for: from a finished draft until "Saved" may be shown. The
library takes the note over between two rounds, as it does in the window. With --import N another
program takes over N notes meanwhile, and as many saves follow when it is done.
"""

from __future__ import annotations

import argparse
import gc
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from msgspec.structs import replace

from fieldnotes.domain.drafts import OpenDraft
from fieldnotes.domain.notes import Note, NoteDraft
from fieldnotes.operations.drafts import Held, keep_draft, save_draft, settle
from fieldnotes.operations.notebook import Notebook, open_notebook

WORDS = "they wait for spring and ask what the night shift gets for its discount "
GOAL = "goal: p50 at most 3 times, p99 and max at most 4 times those of the floor"
ROOT = Path(__file__).parents[2]
IMPORTING = """
import sys
from pathlib import Path
from fieldnotes.operations.intake import take_over
from fieldnotes.operations.notebook import open_notebook
notebook = open_notebook(Path(sys.argv[1]))
print(take_over(notebook, Path(sys.argv[2])).result.new, flush=True)
notebook.close()
"""


class Times:
    """Milliseconds of the floor and of saves, round by round."""

    def __init__(self) -> None:
        self.floor: list[float] = []
        self.saves: list[float] = []

    def told(self, title: str) -> str:
        """Both, and their ratios."""
        lines = [f"{title}: {len(self.saves)} saves"]
        for name, share in (("p50", 0.5), ("p99", 0.99), ("max", 1.0)):
            floor, save = _quantile(self.floor, share), _quantile(self.saves, share)
            lines.append(
                f"  {name}  floor {floor:8.3f} ms  save {save:8.3f} ms  {save / floor:5.2f}"
            )
        return "\n".join(lines)


class Bench:
    """A notebook and, on the same disk, a file for the floor."""

    def __init__(self, folder: Path) -> None:
        self.notebook = open_notebook(folder / "library", "Wren Tolliver")
        self._file = os.open(folder / "floor", os.O_CREAT | os.O_WRONLY | os.O_APPEND, 0o600)
        self._page = os.urandom(4096)

    def rounds(self, go_on: Callable[[int], bool]) -> Times:
        """One floor and one save in turn, as long as it shall go on."""
        times = Times()
        while go_on(len(times.saves)):
            times.floor.append(_timed(self._floor))
            draft = _draft(self.notebook, len(times.saves))
            held = Held(draft.draft.id, 0)
            keep_draft(self.notebook, draft, held)
            times.saves.append(
                _timed(lambda d=draft, h=held: save_draft(self.notebook, d.draft, h))
            )
            settle(self.notebook)
        return times

    def _floor(self) -> None:
        os.write(self._file, self._page)
        os.fdatasync(self._file)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--saves", type=int, default=5000)
    parser.add_argument("--import", type=int, default=0, dest="imported")
    parser.add_argument(
        "--folder", type=Path, help="where to write, if not in the temporary folder"
    )
    told = parser.parse_args()
    with TemporaryDirectory(dir=told.folder) as temporary:
        os.environ["FIELDNOTES_MACHINE"] = str(Path(temporary) / "machine")
        bench = Bench(Path(temporary))
        bench.rounds(lambda done: done < 50)  # whatever is done once
        gc.collect()
        gc.freeze()
        print(GOAL)
        print(bench.rounds(lambda done: done < told.saves).told("alone"), flush=True)
        if told.imported:
            _beside_an_import(bench, Path(temporary), told.imported, told.saves)


def _beside_an_import(bench: Bench, folder: Path, count: int, saves: int) -> None:
    sheet = folder / "notes.csv"
    with sheet.open("w") as file:
        file.write("text,account\n")
        for number in range(count):
            file.write(f"{WORDS * 2} {number},Account {number % 5000}\n")
    command = [sys.executable, "-P", "-c", IMPORTING, str(folder / "library"), str(sheet)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE) as importing:
        times = bench.rounds(lambda done: importing.poll() is None)
        print(times.told(f"during an import of {count}"), flush=True)
    print(bench.rounds(lambda done: done < saves).told("after it"), flush=True)


def _draft(notebook: Notebook, number: int) -> OpenDraft:
    text = WORDS * 8 + str(number)
    note = Note(kind="objection", text=text, account="Halden Foods", tags=("pricing", "cold"))
    draft = OpenDraft(draft=NoteDraft(id=notebook.new_id(), note=note))
    return replace(draft, text=text)


def _timed(work: Callable[[], object]) -> float:
    begun = time.perf_counter_ns()
    work()
    return (time.perf_counter_ns() - begun) / 1e6


def _quantile(values: list[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


if __name__ == "__main__":
    main()
