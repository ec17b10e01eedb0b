"""Notes as an Excel workbook: every cell a text that nothing computes and nothing follows.

A cell holds 32,767 characters at most. What is longer goes on in the sheet `LONG`, piece by piece.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fieldnotes.bundle.writer import part_of, put_file
from fieldnotes.domain.note_columns import COLUMNS, Columns, Kept
from fieldnotes.domain.sheet_cells import LONG, LONG_COLUMNS, cell_of, is_computed
from fieldnotes.errors import SendingRefused

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

MOST_ROWS = 1_048_575  # beside the header
_LONGEST_CELL = 32_767  # in units of UTF-16
_PIECE = 16_000  # characters, each two units at most
_WIDTHS = {"title": 36, "text": 60, "text_redacted": 40, "quotes": 40, "label": 24}
_WIDTHS |= {"happened": 28, "written": 28, "id": 38}
_WIDTH, _NARROW = 18, 12
_LINE, _MOST_LINES = 15, 8  # the height of a line in points; how many of them a row shows
_EXACT = re.compile(
    r"_(?=x[0-9a-fA-F]{4}(?:_|[\x00-\x08\x0b-\x1f\ufffe\uffff]))|[\x00-\x08\x0b-\x1f\ufffe\uffff]"
)


def write_workbook(
    path: Path, columns: Sequence[str], rows: Iterable[Columns], made: datetime
) -> int:
    """Returns how many cells go on in the sheet `LONG`. Raises SendingRefused. Streams."""
    told = 0

    def fill(part: Path) -> None:
        nonlocal told
        with _workbook(part, made) as workbook:
            told = _Filling(workbook, columns).fill(rows)

    put_file(path, fill)
    return told


def rows_beside(path: Path) -> Path:
    """The folder of rows that wait to be packed, beside the unfinished file."""
    return part_of(path).with_name(part_of(path).name + ".rows")


@contextmanager
def _workbook(part: Path, made: datetime) -> Iterator[Workbook]:
    from xlsxwriter import Workbook
    from xlsxwriter.exceptions import XlsxWriterException

    rows = part.with_name(part.name + ".rows")
    rows.mkdir(exist_ok=True)
    workbook = None
    try:
        workbook = Workbook(
            str(part),
            {
                "constant_memory": True,
                "tmpdir": str(rows),
                "strings_to_formulas": False,
                "strings_to_numbers": False,
                "strings_to_urls": False,
            },
        )
        workbook.set_properties({"created": made.replace(tzinfo=None)})
        yield workbook
        workbook.close()
    except XlsxWriterException as error:
        raise OSError(str(error)) from error
    except BaseException:
        for sheet in workbook.worksheets() if workbook else ():
            sheet._opt_close()  # nothing else lets go of the rows of a workbook that is given up
        raise
    finally:
        shutil.rmtree(rows, ignore_errors=True)


class _Filling:
    """One run: the notes, and beside them what was too long for a cell."""

    def __init__(self, workbook: Workbook, columns: Sequence[str]) -> None:
        self._columns = columns
        top = {"valign": "top", "num_format": "@"}
        self._plain = workbook.add_format({**top, "text_wrap": True})
        # What the apostrophe is in Excel's own terms: a text also once somebody edits the cell.
        self._quoted = workbook.add_format({**top, "text_wrap": True, "quote_prefix": True})
        self._number = workbook.add_format({"valign": "top"})
        self._head = workbook.add_format({"bold": True, "bottom": 1, "num_format": "@"})
        self._notes = self._sheet(workbook, "Notes", columns)
        self._long = self._sheet(workbook, LONG, LONG_COLUMNS)
        self._pieces = self._cells = 0

    def fill(self, rows: Iterable[Columns]) -> int:
        """Returns how many cells were too long."""
        at = 0
        for at, row in enumerate(rows, 1):
            if at > MOST_ROWS:
                raise SendingRefused("A sheet holds a million notes.", "Choose fewer notes.")
            self._write(at, row)
        self._notes.autofilter(0, 0, max(1, at), len(self._columns) - 1)
        return self._cells

    def _sheet(self, workbook: Workbook, name: str, columns: Sequence[str]) -> Worksheet:
        from xlsxwriter.worksheet import Worksheet

        class Exact(Worksheet):
            """Escapes so that every text comes back as it was, whatever it looks like."""

            @staticmethod
            def _escape_control_characters(data: Any) -> Any:
                return _EXACT.sub(lambda m: f"_x{ord(m[0]):04X}_", data)

        sheet = workbook.add_worksheet(name, worksheet_class=Exact)
        for place, column in enumerate(columns):
            sheet.set_column(place, place, _width(column))
            sheet.write_string(0, place, column, self._head)
        sheet.freeze_panes(1, 0)
        return sheet

    def _write(self, at: int, row: Columns) -> None:
        cells = [cell_of(row.get(name, "")) for name in self._columns]
        self._notes.set_row(at, _LINE * _lines(zip(self._columns, cells, strict=True)))
        for place, (name, cell) in enumerate(zip(self._columns, cells, strict=True)):
            value = row.get(name)
            if isinstance(value, int) and not isinstance(value, bool) and abs(value) < 1 << 53:
                self._notes.write_number(at, place, value, self._number)
            elif cell:
                first, *rest = _pieces(cell)
                self._text(self._notes, at, place, first)
                self._continue(str(row.get("id", "")), name, rest)

    def _continue(self, key: str, column: str, rest: Sequence[str]) -> None:
        self._cells += bool(rest)
        for number, piece in enumerate(rest, 2):
            self._pieces += 1
            for place, cell in enumerate((key, column, str(number), piece)):
                self._text(self._long, self._pieces, place, cell)

    def _text(self, sheet: Worksheet, at: int, place: int, text: str) -> None:
        sheet.write_string(at, place, text, self._quoted if is_computed(text) else self._plain)


def _width(column: str) -> int:
    if column in _WIDTHS:
        return _WIDTHS[column]
    return _NARROW if COLUMNS.get(column) in (Kept.NUMBER, Kept.FLAG) or column == "day" else _WIDTH


def _lines(cells: Iterable[tuple[str, str]]) -> int:
    needed = (
        sum(len(line) // _width(name) + 1 for line in cell[:2000].split("\n"))
        for name, cell in cells
    )
    return min(_MOST_LINES, max(needed, default=1))


def _pieces(text: str) -> list[str]:
    if len(text) <= _PIECE or len(text.encode("utf-16-le")) // 2 <= _LONGEST_CELL:
        return [text]
    return [text[at : at + _PIECE] for at in range(0, len(text), _PIECE)]
