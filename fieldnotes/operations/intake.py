"""Take over notes from a sheet or a file of another program; the owner is their author."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path
from uuid import UUID

import msgspec
from msgspec.structs import replace

from fieldnotes.bundle.sheet import COLUMNS, armed
from fieldnotes.domain.notes import NoteDraft
from fieldnotes.errors import IntakeRefused
from fieldnotes.intake.columns import NotUsable, columns_for, note_from, row_key
from fieldnotes.intake.rows import Row, read_rows, shape_of
from fieldnotes.operations.changes import Changes, Done
from fieldnotes.operations.notebook import Notebook
from fieldnotes.operations.notes import signed_version
from fieldnotes.operations.saving import settle_outbox


class Skipped(msgspec.Struct, frozen=True):
    """A row that became no note, and why."""

    row: int
    why: str


class TakenOver(msgspec.Struct, frozen=True):
    """How many notes are new, how many rows were known, and which were skipped."""

    new: int
    unchanged: int
    skipped: list[Skipped]


def take_over(
    notebook: Notebook,
    path: Path,
    shape: str | None = None,
    columns: Mapping[str, str] | None = None,
    kinds: Mapping[str, str] | None = None,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Done[TakenOver]:
    """Read rows in, all or nothing; the same row twice adds nothing.

    `columns`: our field → their column; `kinds`: their word → our kind. Raises IntakeRefused.
    """
    rows = list(read_rows(path, shape_of(path, shape)))
    header = list(dict.fromkeys(name for row in rows for name in row.cells or ()))
    if rows and not header:
        raise IntakeRefused(
            f"Nothing in {path.name} could be read.", "Check what kind of file it is."
        )
    ours = header == list(COLUMNS)  # a sheet that this program wrote
    taking = _Taking(notebook, path.name, columns_for(header, columns or {}), kinds or {}, ours)
    settle_outbox(notebook)
    with notebook.library.transaction():
        for row in rows:
            taking.take(_armed(row) if ours else row)
            progress(row.number, len(rows))
    result = TakenOver(taking.new, taking.unchanged, taking.skipped)
    return Done(result, Changes.many() if taking.new else Changes())


def _armed(row: Row) -> Row:
    """With the apostrophes taken off again that `send_sheet` put before dangerous cells."""
    cells = {name: armed(cell) for name, cell in (row.cells or {}).items()}
    return row if row.cells is None else replace(row, cells=cells)


class _Taking:
    """One run through a file."""

    def __init__(
        self,
        notebook: Notebook,
        source: str,
        columns: dict[str, str],
        kinds: Mapping[str, str],
        ours: bool,
    ) -> None:
        self._notebook, self._source = notebook, source
        self._separators = ";" if ours else ";,|"
        self._columns, self._kinds = columns, kinds
        self._turns: Counter[bytes] = Counter()
        self._offset = notebook.clock().offset
        self.new = self.unchanged = 0
        self.skipped: list[Skipped] = []

    def take(self, row: Row) -> None:
        """Make a note of the row, unless it is known or unusable."""
        if row.cells is None:
            self.skipped.append(Skipped(row.number, row.why))
            return
        content = hashlib.sha256(msgspec.json.encode(row.cells, order="sorted")).digest()
        turn = self._turns[content]
        self._turns[content] += 1
        known = self._notebook.library.intake_rows
        key = row_key(row.cells, self._columns)
        if known.knows(content, turn):
            self.unchanged += 1
        elif key and known.changed(self._source, key):
            why = "it changed since it was read in; the note here stays as it is"
            self.skipped.append(Skipped(row.number, why))
        else:
            self._log(row, key, content, turn)

    def _log(self, row: Row, key: str, content: bytes, turn: int) -> None:
        notebook = self._notebook
        try:
            note, marking = note_from(
                row.cells or {}, self._columns, self._kinds, self._offset, self._separators
            )
        except NotUsable as error:
            self.skipped.append(Skipped(row.number, error.happened))
            return
        draft = NoteDraft(id=notebook.new_id(), note=note, marking=marking.value)
        notebook.library.records.put(draft.id, [signed_version(notebook, draft)])
        added = UUID(draft.id).bytes
        notebook.library.intake_rows.add(self._source, key, content, turn, added)
        self.new += 1
