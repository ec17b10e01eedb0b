"""What was checked, read again while it is sent: page by page, in the order of the file."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Generator, Iterator, Mapping
from itertools import chain
from operator import itemgetter
from typing import Any
from uuid import UUID

import msgspec

from fieldnotes.bundle.contents import Line, Run
from fieldnotes.bundle.writer import line_of
from fieldnotes.domain import notes
from fieldnotes.domain.records import Copy, read_line
from fieldnotes.domain.shapes import Shape
from fieldnotes.errors import SendingRefused
from fieldnotes.operations.looking_through import looked_at
from fieldnotes.operations.notebook import Notebook
from fieldnotes.operations.plain_notes import told_of
from fieldnotes.operations.sending_plans import Progress, SendingPlan, quiet
from fieldnotes.operations.shown import Seal
from fieldnotes.operations.went import Went
from fieldnotes.store.going import Going, going, going_by_id


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


_Entry = tuple[bytes, bytes, bytes | Line]  # id, name, and what is written
_in_order = itemgetter(0, 1)


def lines(
    notebook: Notebook, plan: SendingPlan, went: Went, progress: Progress = quiet
) -> Generator[Line | Run, None, None]:
    """Everything in the file as it is written, by id and name; `went` is told what it was.

    Raises SendingRefused at the end where it is not what was checked.
    """
    along = sorted(_along(plan, went), key=_in_order)
    waiting: list[_Entry] = []
    for page in _pages(notebook, plan, went, progress):
        waiting = sorted(waiting + page, key=_in_order)
        # the next page may begin with more under the last id
        end = waiting[-1][:1] if waiting else ()
        at, before = bisect_left(waiting, end), bisect_left(along, end)
        ready, waiting = waiting[:at], waiting[at:]
        if before:
            ready, along = sorted(ready + along[:before], key=_in_order), along[before:]
        yield from _in_runs(ready)
    yield from _in_runs(sorted(waiting + along, key=_in_order))


def _in_runs(entries: list[_Entry]) -> Iterator[Line | Run]:
    """What lies here as it is written, as far as nothing comes between."""
    run = Run([], [])
    for id_, name, line in entries:
        if isinstance(line, bytes):
            run.names.append((id_, name))
            run.lines.append(line)
            continue
        if run.lines:
            yield run
            run = Run([], [])
        yield line
    if run.lines:
        yield run


def copies(notebook: Notebook, plan: SendingPlan) -> Iterator[tuple[int, list[Copy]]]:
    """(number, what is shown) of one record after the other. Raises SendingRefused as `lines`."""
    seal = Seal()
    for row, whole in chain.from_iterable(_read(notebook, plan)):
        if whole:
            seal.add_lines([row.line])
            yield row.note_no, [read_line(row.line)]
        else:
            shown = _in_part(notebook, plan, row)
            seal.add_copies(shown)
            yield row.note_no, shown
    _check(plan, seal)
    yield from plan.along.items()


def versions(notebook: Notebook, plan: SendingPlan) -> Iterator[Version]:
    """Every version in the file as it is now, those of one record together."""
    for row, whole in chain.from_iterable(_read(notebook, plan)):
        if whole:
            yield Version(row.note_no, row.revision.hex(), False)
        else:
            yield from _versions(row.note_no, _in_part(notebook, plan, row))
    for note_no, several in plan.along.items():
        yield from _versions(note_no, several)


def showings(notebook: Notebook, plan: SendingPlan) -> Iterator[Showing]:
    """What every version in the file says, by itself and as it is now."""
    for row, whole in chain.from_iterable(_read(notebook, plan)):
        if whole:
            told = told_of(row.line)
            yield Showing(told.id, told.author, notes.TYPE, row.revision.hex(), told.fields)
        else:
            yield from map(_showing, _in_part(notebook, plan, row))
    for several in plan.along.values():
        yield from map(_showing, several)


def _pages(
    notebook: Notebook, plan: SendingPlan, went: Went, progress: Progress
) -> Iterator[list[_Entry]]:
    """What is written of the records in each page, in no order."""
    seal, done = Seal(), 0
    for page in _read(notebook, plan):
        progress(done, plan.records)
        done += len(page)
        rows = [row for row, whole in page if whole]
        seal.add_lines([row.line for row in rows])
        went.add(
            [row.note_no for row in rows],
            [row.revision for row in rows],
            unsent=any(row.unsent for row in rows),
        )
        entries: list[_Entry] = [(row.id, row.revision, row.line) for row in rows]
        for row, whole in page:
            if not whole:
                shown = _in_part(notebook, plan, row)
                seal.add_copies(shown)
                went.add_copies(row.note_no, shown)
                entries += map(_entry, shown)
        yield entries
    _check(plan, seal)


def _along(plan: SendingPlan, went: Went) -> Iterator[_Entry]:
    for note_no, several in plan.along.items():
        went.add_copies(note_no, several)
        yield from map(_entry, several)


def _entry(copy: Copy) -> _Entry:
    return UUID(copy.revision.id).bytes, bytes.fromhex(copy.name), line_of(copy)


def _in_part(notebook: Notebook, plan: SendingPlan, row: Going) -> list[Copy]:
    (view,) = notebook.library.records.views([row.place])
    looked = looked_at(notebook, view, plan.selection, set())
    return looked.shown if looked else []


def _read(notebook: Notebook, plan: SendingPlan) -> Iterator[list[tuple[Going, bool]]]:
    """Every record with whether its line goes as it lies here, in pages."""
    done, numbered = 0, array("q", map(abs, plan.going))
    in_order = going_by_id if plan.selection.shape is Shape.BUNDLE else going
    for page in in_order(notebook.library.records, numbered):
        numbers = plan.going[done : done + len(page)]
        done += len(page)
        read = [(row, number > 0) for row, number in zip(page, numbers, strict=True)]
        if [row.note_no for row in page] != list(map(abs, numbers)) or any(
            whole and not row.single for row, whole in read
        ):
            raise _changed()
        yield read


def _check(plan: SendingPlan, seal: Seal) -> None:
    if seal.value != plan.seal:
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
