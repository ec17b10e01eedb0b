"""Withdraw notes everywhere: remove them here, and tell everybody who has a copy."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec

from fieldnotes.domain.ledger import Whom
from fieldnotes.domain.markings import Audience
from fieldnotes.domain.merge import current
from fieldnotes.domain.records import Copy, Reason
from fieldnotes.domain.selections import Selection
from fieldnotes.domain.views import NoteView
from fieldnotes.errors import NotYours
from fieldnotes.operations import revising
from fieldnotes.operations.changes import Changes, Done
from fieldnotes.operations.covers import suggested_name
from fieldnotes.operations.leaving import item_of, shown_to
from fieldnotes.operations.notebook import Notebook
from fieldnotes.operations.notes import remove_notes, show_note
from fieldnotes.operations.opening import sealed_for
from fieldnotes.operations.saving import history_of, settle_outbox
from fieldnotes.operations.sending import Sent, send
from fieldnotes.operations.sending_plans import Progress, SendingPlan, quiet, tally_of
from fieldnotes.operations.trash import as_it_was
from fieldnotes.operations.where_it_went import Lacks, Told, holders_of


class Letter(msgspec.Struct, frozen=True):
    """One file that tells somebody which notes are removed, and nothing else."""

    whom: Whom
    plan: SendingPlan


class Withdrawal(msgspec.Struct, frozen=True):
    """What would be done. `removed`: notes to remove here now; `before`: those that are already.

    `letters`: a file for everybody who has a copy and was not told; `sheets`: who has some in a
    sheet or page, which nothing can follow.
    """

    reason: Reason
    removed: tuple[Told, ...]
    before: tuple[Told, ...]
    letters: tuple[Letter, ...]
    sheets: tuple[Whom, ...]

    @property
    def ids(self) -> list[str]:
        """Of all the notes."""
        return [each.id for each in (*self.removed, *self.before)]


class Withdrawn(msgspec.Struct, frozen=True):
    """What was done: how many notes were removed, and each file that is to be handed over."""

    removed: int
    files: tuple[tuple[Whom, Sent], ...]


def plan_withdrawal(notebook: Notebook, note_ids: Sequence[str], reason: Reason) -> Withdrawal:
    """What withdrawing these notes would do. Writes nothing. Raises NoSuchNote, NotYours."""
    settle_outbox(notebook)
    views = [show_note(notebook, each) for each in dict.fromkeys(note_ids)]
    if any(not (view.mine or view.removed) for view in views):
        raise NotYours("Only its author can withdraw a note.", "Ask them to withdraw it.")
    letters, sheets = _letters(notebook, views, reason)
    gone = [view for view in views if view.removed and not _is_stronger(view, reason)]
    return Withdrawal(
        reason,
        tuple(_told(notebook, view) for view in views if view not in gone),
        tuple(_told(notebook, view) for view in gone),
        letters,
        sheets,
    )


def withdraw(
    notebook: Notebook,
    withdrawal: Withdrawal,
    folder: Path,
    progress: Progress = quiet,
    *,
    unsealed: bool = False,
) -> Done[Withdrawn]:
    """Remove the notes, then make the files in `folder`; what is there keeps its name.

    Interrupted in between, the notes are removed, and who was not told stays listed as open.
    Raises SendingRefused, NotYours.
    """
    changes, undo = Changes(sendings=True), None
    ids = [each.id for each in withdrawal.removed]
    if ids:
        done = remove_notes(notebook, ids, withdrawal.reason)
        changes, undo = changes | done.changes, done.undo
    settle_outbox(notebook)
    views = [show_note(notebook, each) for each in withdrawal.ids]
    letters, _ = _letters(notebook, views, withdrawal.reason)
    wanted = {letter.whom for letter in withdrawal.letters}
    letters = tuple(letter for letter in letters if letter.whom in wanted and letter.plan.records)
    files = []
    for at, letter in enumerate(letters):
        progress(at, len(letters))
        path = _free(folder, suggested_name(notebook, _called(letter.whom)))
        made = send(notebook, letter.plan, path, unsealed=unsealed)
        files.append((letter.whom, made.result))
        changes |= made.changes
    return Done(Withdrawn(len(ids), tuple(files)), changes, undo)


def _called(whom: Whom) -> str:
    """In the name of a file."""
    return whom.name or ("myself" if whom.own else "removed")


def _is_stronger(view: NoteView, reason: Reason) -> bool:
    """Whether removing it once more says more than it says now: only erasing does."""
    return view.mine and reason is Reason.ERASE and view.removed != Reason.ERASE


def _letters(
    notebook: Notebook, views: Sequence[NoteView], reason: Reason
) -> tuple[tuple[Letter, ...], tuple[Whom, ...]]:
    removals = {view.note_no: _removal(notebook, view, reason) for view in views}
    by_number = {view.note_no: view for view in views}
    names = {number: copy.name for number, copy in removals.items()}
    lacking, sheets = holders_of(notebook, names)
    letters = [
        Letter(each, _plan(notebook, each, lacks, by_number, removals))
        for each, lacks in sorted(lacking.items())
    ]
    return tuple(letters), sheets


def _removal(notebook: Notebook, view: NoteView, reason: Reason) -> Copy:
    """The removal that goes: what is there, or what would be written."""
    history = history_of(notebook, view.id) if view.mine else _held(notebook, view)
    if view.removed and not _is_stronger(view, reason):
        return current(history)
    return revising.removal(notebook, view.type, view.id, history, reason)


def _held(notebook: Notebook, view: NoteView) -> dict[str, Copy]:
    return notebook.library.records.history(view.id, view.author)


def _plan(
    notebook: Notebook,
    whom: Whom,
    lacks: Lacks,
    views: Mapping[int, NoteView],
    removals: Mapping[int, Copy],
) -> SendingPlan:
    items, copies, audience = [], {}, lacks.audience
    today = notebook.clock().local().date()
    for number in lacks.notes:
        view, copy = views[number], removals[number]
        shown = [each for each in [shown_to(copy, audience)] if each is not None]
        items.append(item_of(_as_it_was(notebook, view).note, [copy], bool(shown), audience, today))
        if shown:
            copies[number] = shown
    selection = Selection(audience=audience, recipient=whom.name, notes=tuple(i.id for i in items))
    cards = sealed_for(notebook, whom.name) if audience is not Audience.MYSELF else ()
    authors = frozenset(copy.revision.author for shown in copies.values() for copy in shown)
    return SendingPlan(
        selection, items, tally_of(items), along=copies, sealed_for=cards, authors=authors
    )


def _told(notebook: Notebook, view: NoteView) -> Told:
    return Told(view.id, _as_it_was(notebook, view).note.heading)


def _as_it_was(notebook: Notebook, view: NoteView) -> NoteView:
    return as_it_was(view, _held(notebook, view)) if view.removed else view


def _free(folder: Path, name: str) -> Path:
    """A name that nothing else there has."""
    path, number = folder / name, 1
    while path.exists():
        number += 1
        path = folder / f"{Path(name).stem}-{number}{Path(name).suffix}"
    return path
