"""What was checked, read again while it is sent: page by page, in the order of the file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from heapq import merge
from itertools import groupby
from operator import attrgetter
from typing import Any

import msgspec

from fieldnotes.bundle.writer import Line, line_of
from fieldnotes.domain import notes
from fieldnotes.domain.records import Copy, read_line
from fieldnotes.errors import SendingRefused
from fieldnotes.operations.looking_through import looked_at, seal_of_copies
from fieldnotes.operations.notebook import Notebook
from fieldnotes.operations.plain_notes import told_of
from fieldnotes.operations.sending_plans import Progress, SendingPlan, quiet
from fieldnotes.operations.shown import seal_of
from fieldnotes.operations.went import Went
from fieldnotes.store.going import Going, going

_STEPS = 64  # records between two words about progress


class Showing(msgspec.Struct, frozen=True):
    """What a version in the file says. `name`: its hex name."""

    id: str
    author: str
    type: str
    name: str
    values: Mapping[str, Any]


class Version(msgspec.Struct, frozen=True):
    """A version in the file. `name`: its hex name; `removal`: all it says of a note is that it was
    removed."""

    note_no: int
    name: str
    removal: bool


class _Fields(msgspec.Struct, frozen=True, gc=False):
    kind: str = ""
    tags: list[str] = []


class _Plain(msgspec.Struct, frozen=True, gc=False):
    id: str
    author: str
    digests: dict[str, str]
    fields: _Fields
    tight: dict[str, str] = {}


_plain = msgspec.json.Decoder(_Plain).decode


def lines(
    notebook: Notebook, plan: SendingPlan, went: Went, progress: Progress = quiet
) -> Iterator[Line]:
    """Everything in the file as it is written, by id and name; `went` is told what it was.

    Raises SendingRefused at the end where it is not what was checked.
    """
    by_id = attrgetter("id")
    along = sorted(_lines_along(plan, went), key=by_id)
    together = merge(_lines(notebook, plan, went, progress), along, key=by_id)
    for _, of_one in groupby(together, by_id):
        yield from sorted(of_one, key=attrgetter("name"))


def copies(notebook: Notebook, plan: SendingPlan) -> Iterator[tuple[int, list[Copy]]]:
    """(number, what is shown) of one record after the other. Raises SendingRefused as `lines`."""
    seal = 0
    for row, whole in _read(notebook, plan):
        shown = [read_line(row.line)] if whole else _in_part(notebook, plan, row)
        seal += seal_of(row.revision) if whole else seal_of_copies(shown)
        yield row.note_no, shown
    _check(plan, seal)
    yield from plan.along.items()


def versions(notebook: Notebook, plan: SendingPlan) -> Iterator[Version]:
    """Every version in the file as it is now, those of one record together."""
    for row, whole in _read(notebook, plan):
        if whole:
            yield Version(row.note_no, row.revision.hex(), False)
        else:
            yield from _versions(row.note_no, _in_part(notebook, plan, row))
    for note_no, several in plan.along.items():
        yield from _versions(note_no, several)


def showings(notebook: Notebook, plan: SendingPlan) -> Iterator[Showing]:
    """What every version in the file says, by itself and as it is now."""
    for row, whole in _read(notebook, plan):
        if whole:
            told = told_of(row.line)
            yield Showing(told.id, told.author, notes.TYPE, row.revision.hex(), told.fields)
        else:
            yield from map(_showing, _in_part(notebook, plan, row))
    for several in plan.along.values():
        yield from map(_showing, several)


def _lines(notebook: Notebook, plan: SendingPlan, went: Went, progress: Progress) -> Iterator[Line]:
    own, seal, total = notebook.library.records.own, 0, plan.records
    for done, (row, whole) in enumerate(_read(notebook, plan)):
        if not done % _STEPS:
            progress(done, total)
        if whole:
            line = _passed_on(row)
            seal += seal_of(row.revision)
            went.add(row.note_no, row.revision, mine=line.author in own)
            yield line
        else:
            shown = _in_part(notebook, plan, row)
            seal += seal_of_copies(shown)
            went.add_copies(row.note_no, shown)
            yield from map(line_of, shown)
    _check(plan, seal)


def _lines_along(plan: SendingPlan, went: Went) -> Iterator[Line]:
    for note_no, several in plan.along.items():
        went.add_copies(note_no, several)
        yield from map(line_of, several)


def _passed_on(row: Going) -> Line:
    """The very bytes that lie here, of a note of which nothing is hidden."""
    try:
        told = _plain(row.line)
    except msgspec.ValidationError:  # a kind or tags of another shape
        return line_of(read_line(row.line))
    if told.digests or told.tight:
        raise _changed()
    kind = told.fields.kind or notes.TYPE
    return Line(told.id, row.revision.hex(), told.author, kind, told.fields.tags, row.line)


def _in_part(notebook: Notebook, plan: SendingPlan, row: Going) -> list[Copy]:
    (view,) = notebook.library.records.views([row.place])
    looked = looked_at(notebook, view, plan.selection, set())
    return looked.shown if looked else []


def _read(notebook: Notebook, plan: SendingPlan) -> Iterator[tuple[Going, bool]]:
    """Every record with whether its line goes as it lies here."""
    numbers = iter(plan.going)
    for page in going(notebook.library.records, plan.going):
        for row in page:
            number = next(numbers)
            if row.note_no != abs(number) or (number > 0 and not row.single):
                raise _changed()
            yield row, number > 0


def _check(plan: SendingPlan, seal: int) -> None:
    if seal != plan.seal:
        raise _changed()


def _changed() -> SendingRefused:
    return SendingRefused("Notes were changed since you looked.", "Check them again, then send.")


def _versions(note_no: int, several: list[Copy]) -> Iterator[Version]:
    for copy in several:
        removal = copy.revision.type == notes.TYPE and copy.revision.removed is not None
        yield Version(note_no, copy.name, removal)


def _showing(copy: Copy) -> Showing:
    revision = copy.revision
    return Showing(revision.id, revision.author, revision.type, copy.name, copy.values)
