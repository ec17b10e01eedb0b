"""Take over notes from a sheet, a folder or a file of another program; the owner is their author.

Read → plan → show → apply. What this program wrote itself is known by its columns and comes back
as it was; a note that is here already is not taken again.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

import msgspec
from msgspec.structs import replace

from fieldnotes.domain import note_fields, notes
from fieldnotes.domain.attachments import LARGEST, media_of
from fieldnotes.domain.note_columns import NoteRow, is_ours
from fieldnotes.domain.notes import Attachment, NoteDraft
from fieldnotes.domain.records import Copy
from fieldnotes.domain.shapes import Shape
from fieldnotes.domain.vault_pages import FILES
from fieldnotes.errors import IntakeRefused
from fieldnotes.intake.columns import NotUsable, columns_for, note_from, row_key
from fieldnotes.intake.own_rows import content_of, own_row, taken_as
from fieldnotes.intake.rows import Row, read_rows, shape_of
from fieldnotes.intake.vault import Folder, Page, Vault, read_pages
from fieldnotes.operations.changes import Changes, Done
from fieldnotes.operations.notebook import Notebook
from fieldnotes.operations.notes import first_version
from fieldnotes.operations.saving import settle_outbox
from fieldnotes.store.joining import joining

Progress = Callable[[int, int], None]
_OURS = "notes of this program"  # where rows came from that we wrote, whatever the file's name


def _quiet(done: int, total: int) -> None:
    """Nobody watches."""


class Skipped(msgspec.Struct, frozen=True):
    """A row that becomes no note, and why. `where`: the page that it is, in a folder of pages."""

    row: int
    why: str
    where: str = ""


class Taking(msgspec.Struct, frozen=True):
    """A row that becomes a note. `source`, `key`, `content` and `turn` say which row it was.

    `files`: where what is attached lies beside, in the order of the attachments.
    """

    draft: NoteDraft
    source: str
    key: str
    content: bytes
    turn: int
    files: tuple[str, ...] = ()


class IntakePlan(msgspec.Struct, frozen=True):
    """What taking a file over would do. `ours`: how many of its rows this program wrote."""

    path: Path
    shape: Shape
    takings: list[Taking]
    unchanged: int
    skipped: list[Skipped]
    ours: int = 0


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
    progress: Progress = _quiet,
) -> Done[TakenOver]:
    """Read rows in, all or nothing; the same row twice adds nothing. Raises IntakeRefused."""
    return take(notebook, plan_intake(notebook, path, shape, columns, kinds), progress)


def plan_intake(
    notebook: Notebook,
    path: Path,
    shape: str | None = None,
    columns: Mapping[str, str] | None = None,
    kinds: Mapping[str, str] | None = None,
    progress: Progress = _quiet,
) -> IntakePlan:
    """Say what taking over would do; writes nothing. Raises IntakeRefused.

    `columns`: our field → their column; `kinds`: their word → our kind.
    """
    settle_outbox(notebook)
    told = shape_of(path, shape)
    with _beside(path, told) as vault:
        rows = list(_rows(path, told, vault))
    mapped = bool(columns)
    theirs = [row for row in rows if row.cells is not None and (mapped or not is_ours(row.cells))]
    header = list(dict.fromkeys(name for row in theirs for name in row.cells or ()))
    if rows and not any(row.cells is not None for row in rows):
        raise IntakeRefused(
            f"Nothing in {path.name} could be read.", "Check what kind of file it is."
        )
    planning = _Planning(notebook, path.name, told, columns_for(header, columns or {}), kinds or {})
    for done, row in enumerate(rows):
        progress(done, len(rows))
        planning.add(row, ours=not mapped and row.cells is not None and is_ours(row.cells))
    return IntakePlan(
        path, told, planning.takings, planning.unchanged, planning.skipped, planning.ours
    )


def take(notebook: Notebook, plan: IntakePlan, progress: Progress = _quiet) -> Done[TakenOver]:
    """Make notes of what was planned, all or nothing; what came in since is not taken twice."""
    library = notebook.library
    with (
        _beside(plan.path, plan.shape) as vault,
        library.transaction(),
        joining(library.records) as many,
    ):
        new = sum(1 for _ in many.put(_made(notebook, plan, vault, progress)))
    known = len(plan.takings) - new
    result = TakenOver(new, plan.unchanged + known, plan.skipped)
    return Done(result, Changes.many() if new else Changes())


def _made(
    notebook: Notebook, plan: IntakePlan, vault: Vault | None, progress: Progress
) -> Iterator[list[Copy]]:
    """The notes, but for those whose row was taken since it was planned."""
    for done, taking in enumerate(plan.takings, 1):
        if not notebook.library.intake_rows.knows(taking.content, taking.turn):
            yield [_note(notebook, taking, vault)]
        progress(done, len(plan.takings))


def _note(notebook: Notebook, taking: Taking, vault: Vault | None) -> Copy:
    draft, library = taking.draft, notebook.library
    if vault is not None and any(taking.files):
        files = _kept(notebook, vault, draft.note.attachments, taking.files)
        draft = replace(draft, note=replace(draft.note, attachments=files))
    copy = first_version(notebook, draft)
    added = UUID(draft.id).bytes
    library.intake_rows.add(taking.source, taking.key, taking.content, taking.turn, added)
    return copy


def _kept(
    notebook: Notebook, vault: Vault, attachments: tuple[Attachment, ...], files: tuple[str, ...]
) -> tuple[Attachment, ...]:
    """The attachments, each with what lies beside, without the place where it was made."""
    from fieldnotes.intake.whereabouts import without_place

    kept = []
    for attachment, name in zip(attachments, files, strict=False):
        content = vault.read(name, LARGEST) if name else None
        if content:
            media = media_of(attachment.name, content)
            cleaned = without_place(content, media).content
            sha256 = notebook.library.blobs.put(cleaned, notebook.clock().ms)
            kept.append(replace(attachment, media=media, size=len(cleaned), sha256=sha256))
        else:
            kept.append(attachment)
    return (*kept, *attachments[len(kept) :])


@contextmanager
def _beside(path: Path, shape: Shape) -> Iterator[Vault | None]:
    """The pages that are to be read, where the file has any; looked at with caution."""
    from fieldnotes.bundle.foreign_archive import ForeignArchive

    if shape is Shape.MARKDOWN and not path.is_dir():
        if path.suffix.lower() != ".zip":
            yield Page(path)
            return
        with ForeignArchive(path) as archive:
            yield archive
    elif shape is Shape.MARKDOWN:
        yield Folder(path)
    else:
        yield None


def _rows(path: Path, shape: Shape, vault: Vault | None) -> Iterator[Row]:
    match shape:
        case Shape.CSV | Shape.JSONL:
            yield from read_rows(path, shape)
        case Shape.XLSX:
            from fieldnotes.bundle.foreign_archive import ForeignArchive
            from fieldnotes.intake.workbook import read_workbook

            with ForeignArchive(path) as archive:
                archive.check()
            yield from read_workbook(path)
        case Shape.MARKDOWN if vault is not None:
            yield from read_pages(vault)
        case _:
            raise IntakeRefused(f"{path.name} is not taken over.", "Read it in instead.")


class _Planning:
    """One run through the rows of a file."""

    def __init__(
        self,
        notebook: Notebook,
        source: str,
        shape: Shape,
        columns: dict[str, str],
        kinds: Mapping[str, str],
    ) -> None:
        self._notebook, self._source, self._shape = notebook, source, shape
        self._columns, self._kinds = columns, kinds
        self._turns: Counter[bytes] = Counter()
        self._offset = notebook.clock().offset
        self.takings: list[Taking] = []
        self.unchanged = self.ours = 0
        self.skipped: list[Skipped] = []

    def add(self, row: Row, ours: bool) -> None:
        """Plan a note for the row, unless it is known or unusable."""
        self.ours += ours
        try:
            if row.cells is None:
                raise NotUsable(row.why)
            taking = self._own(row) if ours else self._theirs(row)
        except NotUsable as error:
            self.skipped.append(Skipped(row.number, error.happened, row.where))
            return
        if taking is None:
            self.unchanged += 1
        else:
            self.takings.append(taking)

    def _theirs(self, row: Row) -> Taking | None:
        cells = row.cells or {}
        content = hashlib.sha256(msgspec.json.encode(cells, order="sorted")).digest()
        key = row_key(cells, self._columns) or row.where
        turn = self._turn(self._source, key, content)
        if turn is None:
            return None
        note, marking = note_from(cells, self._columns, self._kinds, self._offset)
        draft = NoteDraft(id=self._notebook.new_id(), note=note, marking=marking.value)
        return Taking(draft, self._source, key, content, turn)

    def _own(self, row: Row) -> Taking | None:
        cells = row.cells or {}
        told = own_row(cells, self._shape)
        if self._is_here(told):
            return None
        content = content_of(told)
        turn = self._turn(_OURS, told.id, content)
        if turn is None:
            return None
        note = taken_as(told, self._notebook.owner.name)
        made = NoteDraft(
            id=self._notebook.new_id(), note=note, marking=told.see, marks=dict(told.marks)
        )
        files = cells.get(FILES)
        beside = tuple(map(str, files)) if isinstance(files, list) else ()
        return Taking(made, _OURS, told.id, content, turn, beside)

    def _turn(self, source: str, key: str, content: bytes) -> int | None:
        """Which one of equal rows it is; None where that one was taken. Raises NotUsable."""
        turn = self._turns[content]
        self._turns[content] += 1
        known = self._notebook.library.intake_rows
        if known.knows(content, turn):
            return None
        if key and known.changed(source, key):
            raise NotUsable("it changed since it was read in; the note here stays as it is")
        return turn

    def _is_here(self, told: NoteRow) -> bool:
        """Whether the very note is in this library, by its id. Raises NotUsable if it differs."""
        try:
            view = self._notebook.library.records.view(str(UUID(told.id)))
        except ValueError:
            return False
        if view is None:
            return False
        if view.removed or view.type != notes.TYPE:
            raise NotUsable("it was removed here, and stays so")
        here, there = note_fields.to_fields(view.note), note_fields.to_fields(told.note)
        if any(here.get(name) != value for name, value in there.items()):
            raise NotUsable("the note here says something else, and stays as it is")
        return True
