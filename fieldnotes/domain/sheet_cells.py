"""How the columns of a note are spelt in the cells of a sheet, and back.

A list is one entry a line; a line end or a backslash inside an entry is written `\\n`, `\\r` or
`\\\\`. Yes and no are these words. In a CSV a cell that a spreadsheet would compute begins with an
apostrophe, and so does one that begins with an apostrophe itself, so that it can be taken off.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from fieldnotes.domain.note_columns import COLUMNS, Columns, Kept, Value

LONG = "Long texts"
LONG_COLUMNS = ("id", "column", "piece", "text")
"""A sheet beside, where a cell holds no more: pieces from the second on, by note and column."""
_COMPUTED = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")  # noqa: RUF001
_ESCAPED = {"\\": "\\\\", "\n": "\\n", "\r": "\\r"}
_MEANT = {escape: letter for letter, escape in _ESCAPED.items()}


def is_computed(text: str) -> bool:
    """Whether some spreadsheet would take the text for a formula, also where it means none.

    After <https://owasp.org/www-community/attacks/CSV_Injection>, with its wide forms.
    """
    return text.startswith(_COMPUTED)


def defused(text: str) -> str:
    """A leading apostrophe where a spreadsheet would compute; an apostrophe is doubled."""
    return "'" + text if is_computed(text) or text.startswith("'") else text


def armed(text: str) -> str:
    """What `defused` was given."""
    rest = text[1:]
    return rest if text.startswith("'") and (is_computed(rest) or rest.startswith("'")) else text


def cell_of(value: Value) -> str:
    """A value as a cell says it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return "\n".join(re.sub(r"[\\\n\r]", lambda m: _ESCAPED[m[0]], each) for each in value)
    return str(value)


def from_cells(cells: Mapping[str, Any]) -> Columns:
    """The columns of a row that this program wrote; cells of other columns are left out."""
    return {
        name: _lines(value) if COLUMNS[name] in (Kept.NAMES, Kept.PARTS) else value
        for name, value in cells.items()
        if name in COLUMNS and value is not None
    }


def _lines(cell: Any) -> list[str]:
    if isinstance(cell, list):
        return [str(each) for each in cell]
    text = str(cell)
    lines = text.split("\n") if text else []
    return [re.sub(r"\\[\\nr]", lambda m: _MEANT[m[0]], line) for line in lines]
