"""The shapes in which notes leave and come: a bundle, or what other programs read."""

from __future__ import annotations

from enum import StrEnum


class Shape(StrEnum):
    """A bundle first: only it is signed, can be sealed and carries more than notes."""

    BUNDLE = "bundle"
    CSV = "csv"
    XLSX = "xlsx"
    MARKDOWN = "markdown"
    JSONL = "jsonl"
    SQLITE = "sqlite"


ENDINGS = {
    Shape.BUNDLE: ".fieldnotes",
    Shape.CSV: ".csv",
    Shape.XLSX: ".xlsx",
    Shape.MARKDOWN: ".zip",
    Shape.JSONL: ".jsonl",
    Shape.SQLITE: ".sqlite",
}
"""How a file of each shape is called; Markdown may be a folder as well."""
