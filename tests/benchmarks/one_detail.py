"""Which of the objections that other people wrote are asked for one detail, and for which.

    python -m tests.benchmarks.one_detail [FILE.jsonl] [--kind objection] [--all]

Without a file it reads the notes of FIELDNOTES_REAL_DATA. --all shows those that are left alone,
too. What is right is for a person to judge: the last judgement stands in `JUDGED`.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator
from pathlib import Path

from fieldnotes.domain.notes import Note
from fieldnotes.domain.one_detail import missing_detail
from fieldnotes.intake.columns import columns_for, note_from, row_key
from fieldnotes.intake.rows import read_rows
from fieldnotes.operations.one_detail import built_in_rules


def main() -> None:
    """Print them, and how many there are."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path, nargs="?")
    parser.add_argument("--kind", default="objection")
    parser.add_argument("--all", action="store_true")
    told = parser.parse_args()
    rules, flagged, count = built_in_rules(), 0, 0
    for key, note in _notes(told.file or _real_notes(), told.kind):
        missing = missing_detail(note, rules)
        count += 1
        flagged += missing is not None
        if missing or told.all:
            print(f"{key}  {missing.rule if missing else '-':18}{_short(note)}")
            if missing:
                print(f"{'':26}→ {missing.question}")
    print(f"{flagged} of {count} notes are asked for one detail")


def _notes(file: Path, kind: str) -> Iterator[tuple[str, Note]]:
    for row in read_rows(file, "jsonl"):
        if row.cells and row.cells.get("kind") == kind:
            columns = columns_for(list(row.cells), {})
            yield row_key(row.cells, columns), note_from(row.cells, columns, {}, 0)[0]


def _real_notes() -> Path:
    folder = os.environ.get("FIELDNOTES_REAL_DATA")
    if not folder:
        raise SystemExit("Name a file, or set FIELDNOTES_REAL_DATA.")
    return Path(folder) / "gitlab_field_notes" / "notes.jsonl"


def _short(note: Note) -> str:
    words = " ".join(note.text.split())
    return words if len(words) < 110 else f"{words[:109]}…"


if __name__ == "__main__":
    main()
