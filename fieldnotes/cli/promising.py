"""The commands about promises: make one, say what became of it, list them."""

from __future__ import annotations

from argparse import Namespace
from typing import Any

from fieldnotes.cli import printing
from fieldnotes.domain.promises import NOW_DUE, Due, Promise, PromiseDraft, PromiseView, due
from fieldnotes.domain.until_when import read_until
from fieldnotes.errors import FieldnotesError
from fieldnotes.operations.notebook import Notebook


def promise(notebook: Notebook, told: Namespace) -> int:
    """Write one down, or settle, move or remove one."""
    from fieldnotes.operations import promises as operations

    until = _until(notebook, told.by)
    if told.what is not None:
        note = _note(notebook, told.note)
        said = Promise(
            what=told.what,
            to=told.to or "",
            account=told.account or (note.note.account if note else ""),
            until=until,
            depends_on=told.depends_on or "",
            note=note.id if note else "",
            meeting=note.note.meeting.id if note and note.note.meeting else "",
        )
        draft = PromiseDraft(id=notebook.new_id(), promise=said)
        return _saved(told, operations.make_promise(notebook, draft).result)
    if told.kept is not None:
        return _saved(told, operations.keep_promise(notebook, told.kept, told.because).result.id)
    if told.broken is not None:
        changed = operations.break_promise(notebook, told.broken, told.because).result
        return _saved(told, changed.id)
    if told.remove is not None:
        return _saved(told, operations.remove_promise(notebook, told.remove).result)
    if not until:
        raise FieldnotesError("A promise is moved to a day.", "Say it with --by, such as Friday.")
    return _saved(told, operations.move_promise(notebook, told.move, until, told.because).result.id)


def promises(notebook: Notebook, told: Namespace) -> int:
    """One line for each."""
    from fieldnotes.operations.promises import list_promises

    now = notebook.clock()
    for view in list_promises(notebook, told.account):
        urgency = due(view.promise, now)
        wanted = urgency in NOW_DUE if told.due else told.all or urgency is not Due.SETTLED
        if wanted:
            printing.emit(told.json, _keys(view, urgency), [_line(view, urgency)])
    return 0


def _saved(told: Namespace, promise_id: str) -> int:
    printing.emit(told.json, {"id": promise_id}, [f"Saved {promise_id}"])
    return 0


def _until(notebook: Notebook, words: str | None) -> str:
    if words is None:
        return ""
    read = read_until(words, notebook.clock())
    if read is None:
        raise FieldnotesError(
            f"{words} is no day that can be read.", "Write it like Friday, 27.11. or 2026-11-27."
        )
    return read


def _note(notebook: Notebook, reference: str | None) -> Any:
    from fieldnotes.operations.notes import show_note

    return show_note(notebook, reference) if reference else None


def _keys(view: PromiseView, urgency: Due) -> dict[str, Any]:
    said = view.promise
    return {
        "id": view.id,
        "what": said.what,
        "to": said.to,
        "account": said.account,
        "until": said.until,
        "depends_on": said.depends_on,
        "state": said.state,
        "reason": said.reason,
        "due": urgency.value,
        "moves": [{"before": m.before, "until": m.until, "why": m.why} for m in said.moves],
        "note": said.note,
        "author": view.author_name,
        "marking": view.marking,
        "hidden": list(view.hidden),
    }


def _line(view: PromiseView, urgency: Due) -> str:
    said = view.promise
    state = said.state if urgency is Due.SETTLED else urgency.value
    when = said.until.replace("T", " ") or "no day"
    whom = "  ".join(part for part in (said.to, said.account, said.reason) if part)
    return f"{when:<16}  {state:<9}  {said.what}  {whom}  {view.id[:13]}".rstrip()
