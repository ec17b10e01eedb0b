"""Notes as JSON Lines: one object a line, for programs."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import msgspec

from fieldnotes.bundle.writer import put_file
from fieldnotes.domain.note_columns import Columns


def write_lines(path: Path, rows: Iterable[Columns]) -> None:
    """Only what is filled, in the order of the columns."""

    def fill(part: Path) -> None:
        with part.open("wb") as file:
            for row in rows:
                file.write(msgspec.json.encode(row) + b"\n")

    put_file(path, fill)
