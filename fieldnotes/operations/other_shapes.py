"""Send notes in a shape that other programs read: the same choice, check, masking and ledger."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from fieldnotes.bundle.json_lines import write_lines
from fieldnotes.bundle.sheet import write_sheet
from fieldnotes.bundle.writer import part_of
from fieldnotes.domain import merge, note_fields, notes
from fieldnotes.domain.markings import Audience
from fieldnotes.domain.note_columns import COLUMNS, NoteRow, columns_of
from fieldnotes.domain.notes import people_fields
from fieldnotes.domain.records import Copy, effective_marking, whole_marking
from fieldnotes.domain.shapes import Shape
from fieldnotes.errors import SendingRefused
from fieldnotes.operations.changes import Done
from fieldnotes.operations.going import copies
from fieldnotes.operations.leaving import label_of
from fieldnotes.operations.ledger import remember
from fieldnotes.operations.notebook import Notebook, begin_file, end_file
from fieldnotes.operations.sending import Sent, sent
from fieldnotes.operations.sending_plans import Progress, SendingPlan, quiet
from fieldnotes.operations.went import Went
from fieldnotes.store import plain_copy

_SHOWN_ALWAYS = frozenset(
    "id day kind title text account competitors products tags happened author see written".split()
)


def send_as(
    notebook: Notebook, plan: SendingPlan, path: Path, progress: Progress = quiet
) -> Done[Sent]:
    """Make the file (or folder) that was checked, in the shape that the plan is for.

    Raises SendingRefused; an older file of the same name is untouched then.
    """
    if plan.selection.audience is Audience.MYSELF:
        raise SendingRefused(
            "Only a bundle can be sealed, so nothing else can hold what only you may see.",
            "Choose another audience, or make a bundle.",
        )
    writable = not notebook.library.read_only
    if writable:
        begin_file(notebook, part_of(path))
    try:
        with Went() as went:
            making = _Making(notebook, plan, progress, went)
            continued = _WRITERS[plan.selection.shape](making, path)
            manifest = _manifest(notebook, plan)
            if writable:
                remember(notebook, plan, manifest, path, went)
    finally:
        if writable:
            end_file(notebook)
    return sent(plan, path, manifest, continued)


class _Making:
    """The rows of one file, made again as often as somebody asks for them."""

    def __init__(
        self, notebook: Notebook, plan: SendingPlan, progress: Progress, went: Went
    ) -> None:
        self.notebook, self.plan, self._progress, self._went = notebook, plan, progress, went
        self._names: dict[str, str] = {}
        self._today = notebook.clock().local().date()
        self._passes = 2 if plan.selection.shape in (Shape.CSV, Shape.XLSX) else 1
        self._begun = 0

    def rows(self) -> Iterator[NoteRow]:
        """What a reader sees of each note."""
        total = self.plan.records
        before, self._begun = self._begun * total, self._begun + 1
        for done, (note_no, several) in enumerate(copies(self.notebook, self.plan), before):
            self._progress(done, self._passes * total)
            if not before:
                self._went.add_copies(note_no, several)
            copy = max(several, key=lambda copy: merge.order(copy.revision))
            if copy.revision.removed is None and copy.revision.type == notes.TYPE:
                yield self._row(copy)

    def columns(self) -> list[str]:
        """Those that say something in some row, in order."""
        used = set(_SHOWN_ALWAYS)
        for row in self.rows():
            used |= columns_of(row).keys()
        return [name for name in COLUMNS if name in used]

    def _row(self, copy: Copy) -> NoteRow:
        note, whole = note_fields.from_fields(copy.values), whole_marking(copy)
        people = frozenset(people_fields(note))
        marks = {}
        for name in filter(note_fields.is_known, copy.values):
            mark = effective_marking(copy, name)
            if mark is not whole or name in people:  # people count as private unless said
                marks[name] = mark.value
        return NoteRow(
            note,
            copy.revision.id,
            self._name(copy.revision.author),
            copy.revision.created,
            whole.value,
            marks,
            label_of(note, self._today),
        )

    def _name(self, author: str) -> str:
        if author not in self._names:
            person = self.notebook.library.people.find(author)
            self._names[author] = person.card.name if person else ""
        return self._names[author]


def _csv(making: _Making, path: Path) -> int:
    write_sheet(path, making.columns(), map(columns_of, making.rows()))
    return 0


def _xlsx(making: _Making, path: Path) -> int:
    from fieldnotes.bundle.workbook import write_workbook

    made = making.notebook.clock().local()
    return write_workbook(path, making.columns(), map(columns_of, making.rows()), made)


def _jsonl(making: _Making, path: Path) -> int:
    write_lines(path, map(columns_of, making.rows()))
    return 0


def _markdown(making: _Making, path: Path) -> int:
    from fieldnotes.bundle.vault import Page, write_vault

    def page(row: NoteRow) -> Page:
        files = tuple((file.sha256, file.name) for file in row.note.attachments)
        return Page(columns_of(row), row.note.heading, files)

    blobs, shown = making.notebook.library.blobs, making.plan.files
    write_vault(
        path,
        map(page, making.rows()),
        lambda sha256: blobs.get(sha256) if sha256 in shown else None,
        making.notebook.clock().local(),
    )
    return 0


def _sqlite(making: _Making, path: Path) -> int:
    try:
        plain_copy.write(path, making.rows())
    except OSError as error:
        raise SendingRefused(
            f"{path.name} could not be written.", "Choose another folder, or free some space."
        ) from error
    return 0


_WRITERS: dict[Shape, Callable[[_Making, Path], int]] = {
    Shape.CSV: _csv,
    Shape.XLSX: _xlsx,
    Shape.MARKDOWN: _markdown,
    Shape.JSONL: _jsonl,
    Shape.SQLITE: _sqlite,
}


def _manifest(notebook: Notebook, plan: SendingPlan) -> dict[str, Any]:
    """What the ledger keeps of it, in the words of a bundle's."""
    made = notebook.clock()
    return {
        "audience": plan.selection.audience.value,
        "bundle": notebook.new_id(),
        "by_kind": dict(plan.tally.kinds),
        "made": list(made),
        "records": plan.tally.sent,
        "shape": plan.selection.shape.value,
    }
