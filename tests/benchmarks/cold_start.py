"""Cold start to the painted list against a bare Qt window of the same PySide6, in one run.

    python -m tests.benchmarks.cold_start [--runs 15] [--notes FILE.jsonl]

Processes alternate, so that a machine that drifts drifts for both. Without --notes the library
holds the notes of FIELDNOTES_REAL_DATA where it is set, else the sample notes.
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
    told = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        os.environ["FIELDNOTES_MACHINE"] = str(Path(temporary) / "machine")
        library = Path(temporary) / "library"
        print(_fill(library, told.notes))
        bare, ours = [], []
        for run in range(told.runs + 2):
            pair = _once(BARE, library), _once(OURS, library)
            if run >= 2:  # the first two warm the disk cache
                bare.append(pair[0])
                ours.append(pair[1])
        ratios = sorted(b / a for a, b in zip(bare, ours, strict=True))
        print(f"bare Qt window      median {statistics.median(bare):7.1f} ms")
        print(f"list painted        median {statistics.median(ours):7.1f} ms")
        print(f"ratio, pair by pair median {statistics.median(ratios):7.2f}"
              f"   min {ratios[0]:.2f}   max {ratios[-1]:.2f}")  # fmt: skip


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
