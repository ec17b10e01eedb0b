"""Drafts as rows of a list."""

from __future__ import annotations

from fieldnotes.desktop.notes import days
from fieldnotes.desktop.widgets.note_row import NoteRow
from fieldnotes.domain.moments import Moment
from fieldnotes.operations.drafts import list_drafts
from fieldnotes.operations.notebook import Notebook

_NO_TITLE = "(nothing written yet)"
_A_CHANGE = "A change to a note that is saved already"


def read_drafts(notebook: Notebook) -> list[NoteRow]:
    """What was begun and not saved, the last changed first."""
    now = notebook.clock()
    today = now.local().date()
    rows = []
    for draft in list_drafts(notebook):
        when = days.here(Moment(draft.changed_ms), now)
        rows.append(
            NoteRow(
                id=draft.id,
                kind=draft.kind,
                title=draft.heading or _NO_TITLE,
                snippet=_A_CHANGE if draft.edits else "",
                when=days.short(when, today),
                day=days.heading(when.date(), today),
                draft=True,
            )
        )
    return rows
