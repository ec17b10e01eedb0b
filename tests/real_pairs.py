"""Pairs of near-duplicates among notes that other people wrote, against what is found here."""

from __future__ import annotations

import csv
import json
from dataclasses import dataclass
from pathlib import Path

from fieldnotes.domain.likeness import Pair, pair_of
from fieldnotes.domain.query import EVERYTHING
from fieldnotes.operations.intake import take_over
from fieldnotes.operations.notebook import Notebook
from fieldnotes.operations.said_before import go_through, open_pairs
from fieldnotes.operations.search import find_notes

KINDS = {"question": "note"}


@dataclass(frozen=True)
class Answer:
    """Pairs of the other people's ids: those that are true, and those that were found."""

    true: frozenset[Pair]
    found: dict[Pair, float]

    @property
    def recall(self) -> float:
        """The share of the true pairs that was found."""
        return len(self.true & self.found.keys()) / len(self.true)

    @property
    def precision(self) -> float:
        """The share of the found pairs that is true."""
        return len(self.true & self.found.keys()) / len(self.found)

    @property
    def missed(self) -> list[Pair]:
        """True and not found."""
        return sorted(self.true - self.found.keys())

    @property
    def false(self) -> list[Pair]:
        """Found and not among the true ones."""
        return sorted(self.found.keys() - self.true)


def answer(notebook: Notebook, folder: Path) -> Answer:
    """Take over the notes in `folder` into an empty notebook, and go through them."""
    take_over(notebook, folder / "notes.jsonl", kinds=KINDS)
    theirs = _theirs(notebook, folder)
    go_through(notebook)
    found = {
        pair_of(theirs[pair.later.id], theirs[pair.earlier.id]): pair.share
        for pair in open_pairs(notebook, limit=10_000)
    }
    with (folder / "near_duplicates_truth.csv").open(encoding="utf-8") as file:
        true = frozenset(pair_of(row["id_a"], row["id_b"]) for row in csv.DictReader(file))
    return Answer(true, found)


def _theirs(notebook: Notebook, folder: Path) -> dict[str, str]:
    """Our ids → theirs: notes are taken over in the order of their lines."""
    lines = (folder / "notes.jsonl").read_text("utf-8").splitlines()
    views = find_notes(notebook, EVERYTHING, limit=100_000).notes
    ours = sorted(views, key=lambda view: view.note_no)
    return {view.id: json.loads(line)["id"] for view, line in zip(ours, lines, strict=True)}
