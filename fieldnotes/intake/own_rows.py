"""Rows that this program wrote itself, in whatever shape → the notes they were."""

from __future__ import annotations

import hashlib

import msgspec
from msgspec.structs import replace

from fieldnotes.domain.note_columns import NoteRow, columns_of, row_of
from fieldnotes.domain.notes import Kind, Note
from fieldnotes.domain.shapes import Shape
from fieldnotes.domain.sheet_cells import armed, from_cells
from fieldnotes.intake.columns import NotUsable
from fieldnotes.intake.rows import Cells

_SHEETS = (Shape.CSV, Shape.XLSX)


def own_row(cells: Cells, shape: Shape) -> NoteRow:
    """The note that one of our rows tells. Raises NotUsable."""
    if shape is Shape.CSV:
        cells = {n: armed(each) if isinstance(each, str) else each for n, each in cells.items()}
    try:
        return row_of(from_cells(cells) if shape in _SHEETS else cells)
    except ValueError as error:
        raise NotUsable(str(error)) from error


def taken_as(row: NoteRow, owner: str) -> Note:
    """The note as it begins in another library: it says when it was, and from whom it came.

    Raises NotUsable where nothing is written in it, or its kind is not known.
    """
    note = row.note
    if not note.text:
        note = replace(note, text=note.text_redacted, text_redacted="")
    if note.happened is None:
        note = replace(note, happened=row.written)
    if row.author not in ("", owner) and not (note.heard_from_note or note.heard_from_person):
        note = replace(note, heard_from_note=row.id, heard_from_person=row.author)
    if note.kind not in set(Kind):
        if note.kind:
            raise NotUsable(f"“{note.kind}” is not a kind of note")
        note = replace(note, kind=Kind.NOTE.value)
    if not (note.text.strip() or note.title.strip() or note.quotes or note.attachments):
        raise NotUsable("nothing is written in it")
    return note


def content_of(row: NoteRow) -> bytes:
    """One digest for one note as it was told, whatever the shape it came in, and whenever."""
    told = columns_of(replace(row, label=""))  # which changes when a consent runs out
    return hashlib.sha256(msgspec.json.encode(told, order="sorted")).digest()
