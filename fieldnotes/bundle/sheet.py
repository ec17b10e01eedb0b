"""Notes as a CSV sheet (RFC 4180) that spreadsheets open without running anything in it."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path

from fieldnotes.bundle.writer import put_file
from fieldnotes.domain.note_columns import Columns
from fieldnotes.domain.sheet_cells import cell_of, defused


def write_sheet(path: Path, columns: Sequence[str], rows: Iterable[Columns]) -> None:
    """UTF-8 with a byte order mark, so that spreadsheets take it for what it is."""

    def fill(part: Path) -> None:
        with part.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(columns)
            for row in rows:
                writer.writerow([defused(cell_of(row.get(name, ""))) for name in columns])

    put_file(path, fill)
