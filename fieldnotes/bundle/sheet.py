"""Notes as a sheet (CSV) that spreadsheets open without running anything in it."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path

from fieldnotes.bundle.writer import put_file
from fieldnotes.domain.notes import Note

COLUMNS = (
    "id kind title text account competitors products tags quotes stage outcome opportunity happened"
    " author language place known_by sureness did did_what effect concern answer worked problem"
    " why_us result why_happy tried on_whom replies tries situation implication need_payoff see"
).split()
_DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "'")


def defused(text: str) -> str:
    """A leading apostrophe where a spreadsheet would compute; an apostrophe is doubled."""
    return "'" + text if text.startswith(_DANGEROUS) else text


def armed(text: str) -> str:
    """What `defused` was given."""
    return text[1:] if text.startswith("'") and text[1:].startswith(_DANGEROUS) else text


def row_of(note: Note, told: dict[str, str]) -> list[str]:
    """Cells in the order of COLUMNS. `told`: id, author, happened and see."""
    cells = []
    for column in COLUMNS:
        if column in told:
            value: object = told[column]
        elif column == "quotes":
            value = "\n".join(quote.text for quote in note.quotes)
        else:
            value = getattr(note, column)
        if isinstance(value, tuple):
            value = "; ".join(value)
        cells.append(defused("" if value is None else str(value)))
    return cells


def write_sheet(path: Path, rows: Iterable[list[str]]) -> None:
    """UTF-8 with a byte order mark, so that spreadsheets take it for what it is."""

    def fill(part: Path) -> None:
        with part.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(COLUMNS)
            writer.writerows(rows)

    put_file(path, fill)
