"""Notes, notebooks and exchanges for tests: each on its own machine, under a clock that ticks."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Protocol

from fieldnotes.domain.markings import CHOICES, Audience
from fieldnotes.domain.moments import Moment, moment_of
from fieldnotes.domain.notes import Kind, Note, NoteDraft
from fieldnotes.domain.query_text import parse_query
from fieldnotes.domain.selections import Selection
from fieldnotes.domain.shapes import Shape
from fieldnotes.operations.judging import Decisions
from fieldnotes.operations.notebook import Notebook, open_notebook
from fieldnotes.operations.notes import log_note
from fieldnotes.operations.other_shapes import send_as
from fieldnotes.operations.previewing import preview_import
from fieldnotes.operations.reading_in import ReadIn, read_in
from fieldnotes.operations.search import count_notes, find_notes
from fieldnotes.operations.sending import Sent, send
from fieldnotes.operations.sending_plans import plan_sending

EVERYTHING = Selection()
BEGIN = moment_of(datetime(2026, 3, 2, 9, tzinfo=UTC))


class TickingClock:
    """One second later at every look."""

    def __init__(self, begin: Moment = BEGIN, step: int = 1000) -> None:
        self.ms, self.offset, self.step = begin.ms, begin.offset, step

    def __call__(self) -> Moment:
        self.ms += self.step
        return Moment(self.ms, self.offset)


def a_note(
    kind: str = Kind.NOTE,
    text: str = "They ask who trains the night shift.",
    tags: list[str] | tuple[str, ...] = (),
    **fields: Any,
) -> Note:
    """A note with something in it."""
    return Note(kind=Kind(kind).value, text=text, tags=tuple(tags), **fields)


def at(text: str) -> Moment:
    """`2026-03-31` or `2026-03-31T14:00:00+02:00`."""
    when = datetime.fromisoformat(text)
    return moment_of(when if when.tzinfo else when.replace(tzinfo=UTC))


def a_notebook(tmp_path: Path, name: str = "Wren Tolliver", folder: str = "") -> Notebook:
    """The library of `name`, on a machine of its own, with a clock and chances that repeat."""
    key = folder or name.casefold().replace(" ", "-")
    notebook = open_notebook(
        tmp_path / key, name, TickingClock(), machine_folder=tmp_path / f"{key}-machine"
    )
    notebook.random = random.Random(key).randbytes
    return notebook


def logged(
    notebook: Notebook,
    note: Note | None = None,
    see: str = "company",
    marks: Mapping[str, str] | None = None,
    **fields: Any,
) -> str:
    """Save a note; returns its id."""
    draft = NoteDraft(
        id=notebook.new_id(),
        note=note or a_note(**fields),
        marking=CHOICES[see].value,
        marks=dict(marks or {}),
    )
    return log_note(notebook, draft).result


def sent(notebook: Notebook, path: Path, selection: Selection = EVERYTHING) -> Sent:
    """Make a file of what is selected."""
    return send(notebook, plan_sending(notebook, selection), path).result


def exported(
    notebook: Notebook, path: Path, shape: str, audience: Audience = Audience.COMPANY, **chosen: Any
) -> Sent:
    """Make a file of what is selected in a shape that other programs read."""
    selection = Selection(audience=audience, shape=Shape(shape), **chosen)
    return send_as(notebook, plan_sending(notebook, selection), path).result


def got(notebook: Notebook, *paths: Path, removals: bool = False) -> ReadIn:
    """Read files in; new senders are welcome."""
    decisions = Decisions(all_new=True, removals=removals)
    return read_in(notebook, preview_import(notebook, list(paths), decisions)).result


@dataclass(frozen=True)
class Exchange:
    """One file from one notebook to another."""

    path: Path
    sent: Sent
    read: ReadIn

    @property
    def words(self) -> dict[str, int]:
        """What happened to how many records, without the zeros."""
        return {word: count for word, count in self.read.counts.items() if count}


def an_exchange(
    giver: Notebook,
    taker: Notebook,
    audience: Audience = Audience.COMPANY,
    removals: bool = False,
    **selection: Any,
) -> Exchange:
    """`giver` makes a file and `taker` reads it in."""
    path = giver.library.folder.parent / f"{giver.new_id()}.fieldnotes"
    chosen = Selection(audience=audience, **selection)
    made = sent(giver, path, chosen)
    return Exchange(path, made, got(taker, path, removals=removals))


def found(notebook: Notebook, query: str = "") -> list[str]:
    """The ids of what is found, the newest first."""
    return [view.id for view in find_notes(notebook, parse_query(query), limit=100_000).notes]


def counted(notebook: Notebook, query: str = "") -> int:
    """How many are found."""
    return count_notes(notebook, parse_query(query))


class Opener(Protocol):
    """Opens notebooks by the name of their owner."""

    def __call__(self, name: str = "Wren Tolliver", folder: str = "") -> Notebook: ...
