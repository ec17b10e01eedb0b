"""Cold start to the painted list against a bare Qt window of the same PySide6, in one run.

    python -m tests.benchmarks.cold_start [--runs 15] [--notes FILE.jsonl] [--library FOLDER …]

Processes alternate, so that a machine that drifts drifts for all. Without --notes the library
holds the notes of FIELDNOTES_REAL_DATA where it is set, else the sample notes. With --library it is
a large one that is there (`tests.benchmarks.big_library`); of several each is told against the
first as well.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from fieldnotes.operations.intake import take_over
from fieldnotes.operations.notebook import open_notebook
from fieldnotes.operations.samples import open_sample_library

BARE = """
import os, sys, time
from PySide6.QtWidgets import QApplication, QWidget
class Window(QWidget):
    def paintEvent(self, event):
        print(time.monotonic_ns(), flush=True)
        os._exit(0)
app = QApplication(sys.argv)
window = Window()
window.resize(1366, 768)
window.show()
app.exec()
"""
OURS = """
import os, sys, time
from pathlib import Path
from fieldnotes.desktop.app import build
app, window = build(Path(sys.argv[1]))
def painted():
    print(time.monotonic_ns(), flush=True)
    os._exit(0)
window.painted.connect(painted)
window.show()
app.exec()
"""


def main() -> None:
    """Print both medians and their ratio."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=15)
    parser.add_argument("--notes", type=Path)
    parser.add_argument("--library", type=Path, action="append")
    told = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        os.environ["FIELDNOTES_MACHINE"] = str(Path(temporary) / "machine")
        libraries = told.library or [Path(temporary) / "library"]
        if told.library:
            for library in libraries:
                open_notebook(library, take_over=True).close()
        else:
            print(_fill(libraries[0], told.notes))
        _compare(libraries, told.runs)


def _compare(libraries: list[Path], runs: int) -> None:
    bare: list[float] = []
    ours: dict[Path, list[float]] = {library: [] for library in libraries}
    for run in range(runs + 2):
        plain = _once(BARE, libraries[0])
        painted = {library: _once(OURS, library) for library in libraries}
        if run >= 2:  # the first two warm the disk cache
            bare.append(plain)
            for library, taken in painted.items():
                ours[library].append(taken)
    print(f"bare Qt window      median {statistics.median(bare):7.1f} ms")
    for library, each in ours.items():
        print(f"list painted        median {statistics.median(each):7.1f} ms  {library.name}")
        _print_ratio("to the bare window", each, bare)
        if library != libraries[0]:
            _print_ratio(f"to {libraries[0].name}", each, ours[libraries[0]])


def _print_ratio(name: str, ours: list[float], others: list[float]) -> None:
    ratios = sorted(b / a for a, b in zip(others, ours, strict=True))
    middle = statistics.median(ratios)
    print(f"  {name}, pair by pair: median {middle:.2f}  min {ratios[0]:.2f}  max {ratios[-1]:.2f}")


def _fill(library: Path, notes: Path | None) -> str:
    real = os.environ.get("FIELDNOTES_REAL_DATA")
    if notes is None and real:
        notes = Path(real) / "gitlab_field_notes" / "notes.jsonl"
    if notes is None:
        open_sample_library(library)
        return "sample notes"
    notebook = open_notebook(library, "Seller")
    taken = take_over(notebook, notes, kinds={"question": "note"}).result
    notebook.close()
    return f"{taken.new} notes"


def _once(program: str, library: Path) -> float:
    """Milliseconds from starting the process to its first painted content."""
    begun = time.monotonic_ns()
    done = subprocess.run(
        [sys.executable, "-c", program, str(library)],
        capture_output=True,
        check=True,
        text=True,
        env=_as_installed(),
    )
    return (int(done.stdout.split()[-1]) - begun) / 1e6


def _as_installed() -> dict[str, str]:
    """Modules are compiled once, as they are for everybody who installed the program."""
    return {name: told for name, told in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


if __name__ == "__main__":
    main()
