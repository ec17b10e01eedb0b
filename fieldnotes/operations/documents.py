"""Documents that were laid out, put where somebody wants them."""

from __future__ import annotations

from pathlib import Path

from fieldnotes.bundle.writer import part_of, put_file
from fieldnotes.operations.changes import Changes, Done
from fieldnotes.operations.notebook import Notebook, begin_file, end_file


def save_document(notebook: Notebook, content: bytes, path: Path) -> Done[Path]:
    """Write a finished document. Raises SendingRefused; an older file is untouched then."""
    begin_file(notebook, part_of(path))
    try:
        put_file(path, lambda part: _write(part, content))
    finally:
        end_file(notebook)
    return Done(path, Changes())


def _write(part: Path, content: bytes) -> None:
    part.write_bytes(content)
