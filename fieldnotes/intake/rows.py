"""CSV and JSON Lines → rows of named cells, whatever wrote them: one boundary."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from fieldnotes.domain.shapes import Shape
from fieldnotes.errors import IntakeRefused

Cells = dict[str, Any]
LARGEST = 256 << 20
_LONGEST_CELL = 4 << 20


class Row(msgspec.Struct, frozen=True):
    """`number` counts from 1 (without the header); `cells` is None where it could not be read.

    `where`: the page that it was, in a folder of pages.
    """

    number: int
    cells: Cells | None
    why: str = ""
    where: str = ""


_BY_ENDING = {
    ".csv": Shape.CSV,
    ".jsonl": Shape.JSONL,
    ".ndjson": Shape.JSONL,
    ".xlsx": Shape.XLSX,
    ".zip": Shape.MARKDOWN,
    ".md": Shape.MARKDOWN,
    ".markdown": Shape.MARKDOWN,
}


def shape_of(path: Path, shape: str | None) -> Shape:
    """As told, else by the file's name; a folder is one of pages. Raises IntakeRefused."""
    if shape:
        return Shape(shape)
    told = Shape.MARKDOWN if path.is_dir() else _BY_ENDING.get(path.suffix.lower())
    if told is None:
        raise IntakeRefused(
            f"{path.name} is no CSV, XLSX, JSON Lines or Markdown by its name.",
            "Say which: --as csv.",
        )
    return told


def read_rows(path: Path, shape: str) -> Iterator[Row]:
    """Every row of a CSV or JSON Lines. Raises IntakeRefused if it cannot be read at all."""
    text = _text(path)
    yield from _csv(text) if shape == Shape.CSV else _lines(text)


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > LARGEST:
            raise IntakeRefused(f"{path.name} is too large.", "Split it into smaller files.")
        content = path.read_bytes()
    except OSError as error:
        raise IntakeRefused(f"{path.name} could not be read.", "Check the file.") from error
    for encoding in ("utf-8-sig", "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else ""):
        if encoding:
            try:
                return content.decode(encoding)
            except UnicodeDecodeError:
                continue
    return content.decode("cp1252", errors="replace")


def _lines(text: str) -> Iterator[Row]:
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            cells = msgspec.json.decode(line)
        except (msgspec.DecodeError, RecursionError):
            yield Row(number, None, "this line is not JSON")
            continue
        yield Row(number, cells) if isinstance(cells, dict) else Row(number, None, "not an object")


def _csv(text: str) -> Iterator[Row]:
    csv.field_size_limit(_LONGEST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), dialect=_dialect(text))
    header: list[str] | None = None
    number = 0
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            number += 1
            yield Row(number, None, f"this row is not CSV ({error})")
            continue
        if header is None:
            header = [cell.strip() for cell in cells]
        elif any(cell.strip() for cell in cells):
            number += 1
            if len(cells) > len(header):
                yield Row(number, None, "it has more cells than the header")
            else:
                yield Row(number, dict(zip(header, cells, strict=False)))


def _dialect(text: str) -> type[csv.Dialect]:
    """Comma, semicolon or tab: whichever the first line has most of."""
    first = text.partition("\n")[0]

    class Found(csv.excel):
        delimiter = max(",;\t", key=first.count)

    return Found
