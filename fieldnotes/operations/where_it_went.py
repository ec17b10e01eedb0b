"""Where notes went: who has which version, who lacks the newest, who has not heard of a removal."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

import msgspec

from fieldnotes.domain import merge
from fieldnotes.domain.ledger import Whom, whom
from fieldnotes.domain.markings import Audience
from fieldnotes.domain.merge import History
from fieldnotes.domain.moments import Moment
from fieldnotes.domain.views import NoteView
from fieldnotes.operations.ledger import Made, files_made
from fieldnotes.operations.notebook import Notebook
from fieldnotes.operations.notes import show_note
from fieldnotes.operations.saving import settle_outbox
from fieldnotes.operations.trash import as_it_was
from fieldnotes.store.sendings import Holding


class Went(msgspec.Struct, frozen=True):
    """What somebody has of a note: the last version that went there, in which file.

    `version`: its place among all that were saved, from 1; 0 where it is not here any more.
    `newest`: it is the one that is shown now. `sheet`: in a shape that nothing can follow.
    """

    whom: Whom
    version: int
    at: Moment
    number: int
    name: str
    newest: bool
    sheet: bool


class WhereItWent(msgspec.Struct, frozen=True):
    """One note, and everybody who has it, the last first. `versions`: how many were saved."""

    id: str
    heading: str
    kind: str
    removed: bool
    mine: bool
    versions: int
    went: tuple[Went, ...]


class Told(msgspec.Struct, frozen=True):
    """A removed note of which somebody has a copy."""

    id: str
    heading: str


class Lacks(msgspec.Struct, frozen=True):
    """Numbers of notes, and for which audience those were that somebody has."""

    audience: Audience
    notes: tuple[int, ...]


class OpenRemoval(msgspec.Struct, frozen=True):
    """Somebody who has copies of removed notes and was not told yet."""

    whom: Whom
    notes: tuple[Told, ...]


def where_it_went(notebook: Notebook, note_id: str) -> WhereItWent:
    """Who has which version of a note. Raises NoSuchNote."""
    settle_outbox(notebook)
    view = show_note(notebook, note_id)
    history = notebook.library.records.history(view.id, view.author)
    order = _order(history)
    went: dict[tuple[str, bool, bool], Went] = {}
    for held, made in _files_of(notebook, [view.note_no]):
        for each in made.whom:
            sheet = bool(made.shape)
            told = Went(
                each,
                order.get(held.revision, 0),
                made.at,
                made.number,
                made.name,
                held.current,
                sheet,
            )
            before = went.get((*each.key, sheet))
            if before is None or told.newest or not before.newest:
                went[(*each.key, sheet)] = told
    newest_first = sorted(went.values(), key=lambda each: each.at.ms, reverse=True)
    return WhereItWent(
        view.id,
        heading_of(notebook, view),
        view.note.kind,
        bool(view.removed),
        view.mine,
        len(history),
        tuple(newest_first),
    )


def open_removals(notebook: Notebook) -> list[OpenRemoval]:
    """Who has copies of removed notes and was not told yet; by name."""
    holdings = notebook.library.sendings.removed_holdings()
    lacking, _ = _lacking(notebook, holdings, lambda held: held.current)
    views = _views(notebook, {no for lacks in lacking.values() for no in lacks.notes})
    return [
        OpenRemoval(each, tuple(views[no] for no in lacks.notes if no in views))
        for each, lacks in sorted(lacking.items())
    ]


def count_open(notebook: Notebook) -> int:
    """How many people were not told yet of a removal; files for oneself do not count."""
    holdings = notebook.library.sendings.removed_holdings()
    lacking, _ = _lacking(notebook, holdings, lambda held: held.current)
    return sum(not each.own for each in lacking)


def open_to(notebook: Notebook, recipient: str) -> int:
    """How many removals some of those named in `recipient` were not told yet."""
    holdings = notebook.library.sendings.removed_holdings()
    lacking, _ = _lacking(notebook, holdings, lambda held: held.current)
    asked = {each.key for each in whom(recipient, "")}
    return len({no for each, lacks in lacking.items() if each.key in asked for no in lacks.notes})


def holders_of(
    notebook: Notebook, names: Mapping[int, str]
) -> tuple[dict[Whom, Lacks], tuple[Whom, ...]]:
    """Who has these notes and not these versions of them, and who has some in a sheet or page.

    `names`: of versions, by the numbers of notes.
    """
    holdings = notebook.library.sendings.holdings([*names])
    return _lacking(notebook, holdings, lambda held: held.revision == names[held.note_no])


def _lacking(
    notebook: Notebook, holdings: list[Holding], is_it: Callable[[Holding], bool]
) -> tuple[dict[Whom, Lacks], tuple[Whom, ...]]:
    had: dict[tuple[str, bool], dict[int, bool]] = {}
    named: dict[tuple[str, bool], Whom] = {}
    audiences: dict[tuple[str, bool], set[str]] = {}
    sheets: set[Whom] = set()
    for held, made in _with_files(notebook, holdings):
        if made.shape:  # nothing follows a sheet
            sheets.update(made.whom)
            continue
        for each in made.whom:
            named[each.key] = each
            audiences.setdefault(each.key, set()).add(made.audience)
            notes = had.setdefault(each.key, {})
            notes[held.note_no] = notes.get(held.note_no, False) or is_it(held)
    found = {}
    for key, notes in had.items():
        numbers = tuple(sorted(no for no, told in notes.items() if not told))
        if numbers:
            found[named[key]] = Lacks(_audience(audiences[key]), numbers)
    return found, tuple(sorted(sheets))


def _audience(audiences: set[str]) -> Audience:
    return next(each for each in Audience if each in audiences)


def _files_of(notebook: Notebook, note_nos: list[int]) -> Iterator[tuple[Holding, Made]]:
    return _with_files(notebook, notebook.library.sendings.holdings(note_nos))


def _with_files(notebook: Notebook, holdings: list[Holding]) -> Iterator[tuple[Holding, Made]]:
    files = {made.no: made for made in files_made(notebook, {held.sending for held in holdings})}
    return ((held, files[held.sending]) for held in holdings if held.sending in files)


def _order(history: History) -> dict[str, int]:
    """Names of versions by when they were saved, from 1."""
    copies = sorted(history.values(), key=lambda copy: merge.order(copy.revision))
    return {copy.name: place for place, copy in enumerate(copies, 1)}


def _views(notebook: Notebook, note_nos: set[int]) -> dict[int, Told]:
    library = notebook.library
    views = library.records.views(library.sendings.places_of(note_nos))
    return {view.note_no: Told(view.id, heading_of(notebook, view)) for view in views}


def heading_of(notebook: Notebook, view: NoteView) -> str:
    """What it was called last; '' where it was erased."""
    if view.removed is None:
        return view.note.heading
    history = notebook.library.records.history(view.id, view.author)
    return as_it_was(view, history).note.heading
