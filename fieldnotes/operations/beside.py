"""Notes that are not in the library, or not yet: what waits to be taken over, and drafts.

They are few, so each is judged by the reference instead of the index.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from fieldnotes.domain import notes
from fieldnotes.domain.moments import Moment
from fieldnotes.domain.query import Has, Is, Query, State, Subject, matches, mentions
from fieldnotes.domain.views import NoteView
from fieldnotes.operations.notes import waiting_view

if TYPE_CHECKING:
    from fieldnotes.domain.drafts import OpenDraft
    from fieldnotes.operations.notebook import Notebook

_PROMISED = Has("promise")


class Beside(msgspec.Struct, frozen=True):
    """A note, and what is known around it."""

    view: NoteView
    states: frozenset[State]


def beside(notebook: Notebook, query: Query) -> dict[str, Beside]:
    """By id, what stands in the place of the library's version; drafts only where asked for."""
    found = {}
    if mentions(query, Is(State.DRAFT)):
        for view in _draft_views(notebook):
            found[view.id] = Beside(view, frozenset({State.DRAFT}))
    for copy in notebook.library.outbox.waiting():
        if copy.revision.type == notes.TYPE:
            states = frozenset({State.UNSENT}) | _promised(notebook, query, copy.revision.id)
            found[copy.revision.id] = Beside(waiting_view(notebook, copy), states)
    return found


def in_library(notebook: Notebook, query: Query, view: NoteView) -> Beside:
    """A note of the library, judged in the same way."""
    states = set(_promised(notebook, query, view.id))
    if view.sent is False:
        states.add(State.UNSENT)
    if view.versions > 1:
        states.add(State.TWICE)
    return Beside(view, frozenset(states))


def passes(notebook: Notebook, query: Query, each: Beside) -> bool:
    """Whether it is a hit."""
    view = each.view
    note = msgspec.structs.replace(view.note, happened=view.happened)
    subject = Subject(note, view.author_name, view.marking, each.states)
    return view.removed is None and matches(query, subject, notebook.library.names.alike)


def _draft_views(notebook: Notebook) -> list[NoteView]:
    from fieldnotes.operations.drafts import all_drafts

    return [_draft_view(notebook, draft) for draft in all_drafts(notebook)]


def _draft_view(notebook: Notebook, draft: OpenDraft) -> NoteView:
    changed = Moment(draft.changed, notebook.clock().offset)
    return NoteView(
        id=draft.draft.id,
        note_no=0,
        note=draft.draft.note,
        author=notebook.owner.author,
        author_name=notebook.owner.name,
        mine=True,
        revision="",
        rev=0,
        marking=draft.draft.marking,
        created=changed,
        modified=changed,
        waiting=True,
        draft=True,
    )


def _promised(notebook: Notebook, query: Query, note_id: str) -> frozenset[State]:
    """Only where the query asks."""
    if not mentions(query, _PROMISED):
        return frozenset()
    from fieldnotes.store.promises import views

    held = any(each.promise.note == note_id for each in views(notebook.library.records))
    return frozenset({State.PROMISED}) if held else frozenset()
