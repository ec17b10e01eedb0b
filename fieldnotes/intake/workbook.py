"""An Excel workbook → rows of named cells: one boundary, whatever wrote it.

The archive around it was looked at before (no bomb, nothing that does not unpack). Formulas are
read as what they gave last.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any, BinaryIO
from xml.etree.ElementTree import ParseError

from fieldnotes.domain.note_columns import is_ours
from fieldnotes.domain.sheet_cells import LONG, LONG_COLUMNS
from fieldnotes.errors import IntakeRefused
from fieldnotes.intake.rows import Cells, Row

_MOST_COLUMNS = 400
_MOST_EMPTY = 5_000  # rows in a row
_LONGEST_CELL = 16 << 20  # characters of one text that goes on in `LONG`
_ESCAPED = re.compile(r"_x((?![dD][89a-fA-F])[0-9a-fA-F]{4})_")  # halves of a letter are none
_BROKEN = (
    ValueError, TypeError, KeyError, IndexError, AttributeError, ArithmeticError, LookupError,
    OSError, EOFError, RuntimeError, AssertionError, ParseError,
)  # fmt: skip
"""What openpyxl was seen to raise on broken workbooks."""


def read_workbook(path: Path) -> Iterator[Row]:
    """Every row of the first sheet, named by its first row. Raises IntakeRefused."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of what openpyxl leaves out
            with path.open("rb") as file:  # whatever its name ends in
                yield from _rows(path.name, file)
    except _BROKEN as error:
        raise IntakeRefused(
            f"{path.name} is no workbook that can be read.", "Save it again as .xlsx, or as CSV."
        ) from error


def _rows(name: str, file: BinaryIO) -> Iterator[Row]:
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        workbook = load_workbook(file, read_only=True, data_only=True, keep_links=False)
    except InvalidFileException as error:
        raise ValueError(str(error)) from error
    try:
        sheet = next(each for each in workbook.worksheets if each.title != LONG)
        header, *_ = [*_cells(sheet, 1), []]
        names = ["" if cell is None else str(_told(cell)).strip() for cell in header]
        ours = is_ours(names)
        rest = _continued(workbook) if ours else {}
        for number, cells in enumerate(_cells(sheet), 0):
            if number and any(cell is not None for cell in cells):
                row = dict(zip(names, map(_told, cells), strict=False))
                row.pop("", None)
                yield Row(number, _joined(row, rest) if rest else row)
    except StopIteration as error:
        raise IntakeRefused(f"{name} has no sheet.", "Check the file.") from error
    finally:
        workbook.close()


def _cells(sheet: Any, at_most: int | None = None) -> Iterator[tuple[Any, ...]]:
    """Rows of cells, whatever the file says of its own size."""
    sheet.reset_dimensions()
    empty = 0
    for cells in sheet.iter_rows(max_row=at_most, max_col=_MOST_COLUMNS, values_only=True):
        empty = 0 if any(cell is not None for cell in cells) else empty + 1
        if empty > _MOST_EMPTY:
            return
        yield _without_end(cells)


def _without_end(cells: tuple[Any, ...]) -> tuple[Any, ...]:
    filled = [place for place, cell in enumerate(cells, 1) if cell is not None]
    return cells[: filled[-1]] if filled else ()


def _told(cell: Any) -> Any:
    if isinstance(cell, str):
        return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), cell)
    if isinstance(cell, datetime):
        midnight = (cell.hour, cell.minute, cell.second) == (0, 0, 0)
        return cell.date().isoformat() if midnight else cell.isoformat(timespec="seconds")
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return int(cell)
    return cell


def _continued(workbook: Any) -> dict[tuple[str, str], str]:
    """What goes on beside, by note and column."""
    if LONG not in workbook.sheetnames:
        return {}
    pieces: dict[tuple[str, str], list[str]] = {}
    for at, cells in enumerate(_cells(workbook[LONG])):
        if at and len(cells) == len(LONG_COLUMNS):
            key, column, _, text = map(_told, cells)
            pieces.setdefault((str(key), str(column)), []).append(str(text))
    return {key: "".join(each) for key, each in pieces.items()}


def _joined(row: Cells, rest: dict[tuple[str, str], str]) -> Cells:
    key = str(row.get("id", ""))
    return {name: _with(cell, rest.get((key, name), "")) for name, cell in row.items()}


def _with(cell: Any, more: str) -> Any:
    if more and len(more) < _LONGEST_CELL:
        return f"{cell}{more}"
    return cell
