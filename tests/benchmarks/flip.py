"""The flip card letter by letter, as somebody types: python -m tests.benchmarks.flip FOLDER.

Each line names what was asked slowest.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path

from fieldnotes.domain.flip import Flip
from fieldnotes.operations.flip import examples, flip
from fieldnotes.operations.notebook import Notebook, open_notebook
from fieldnotes.operations.search import make_ready, names_used

ABOUT = ("price", "trust", "cannot decide alone", "pricing", "tomorow")


def main() -> None:
    """Print how long a letter takes until its answers are there, in the middle and at worst."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    notebook = open_notebook(parser.parse_args().folder)
    make_ready(notebook)
    for name, asked in (("letters", _letters(notebook)), ("whole", _whole(notebook))):
        taken = sorted(_timed(notebook, text) for text in asked)
        p50, p95 = (taken[int(len(taken) * share)][0] for share in (0.5, 0.95))
        worst, text, card = taken[-1]
        print(
            f"{name:8} {len(taken):4} asked  p50 {p50:5.1f}  p95 {p95:5.1f}  max {worst:5.1f} ms"
            f"  at {text!r} ({card.how}, {card.looked_at} notes)"
        )
    notebook.close()


def _whole(notebook: Notebook) -> list[str]:
    competitors = [name for name, _ in names_used(notebook, "competitor")][:60:6]
    return [f"{name} {about}" for name in competitors for about in ABOUT] + examples(notebook)


def _letters(notebook: Notebook) -> list[str]:
    return [text[:end] for text in _whole(notebook)[::3] for end in range(1, len(text) + 1)]


def _timed(notebook: Notebook, text: str) -> tuple[float, str, Flip]:
    begun = time.perf_counter()
    card = flip(notebook, text)
    return (time.perf_counter() - begun) * 1e3, text, card


if __name__ == "__main__":
    main()
