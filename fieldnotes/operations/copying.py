"""What of a note, or of a whole meeting, may be copied out of the library as plain text.

A copy leaves the laptop: only what the company may see goes, unless a person asks for all of it.
"""

from __future__ import annotations

from collections.abc import Iterable

import msgspec
from msgspec.structs import replace

from fieldnotes.domain import merge, note_fields
from fieldnotes.domain.drafts import says_nothing
from fieldnotes.domain.markings import Audience, Marking, marking, may_see, strictest
from fieldnotes.domain.notes import Note, NoteDraft, people_fields
from fieldnotes.domain.query import Named, Query
from fieldnotes.domain.views import NoteView
from fieldnotes.operations.leaving import shown_to
from fieldnotes.operations.notebook import Notebook
from fieldnotes.operations.notes import show_note
from fieldnotes.operations.saving import history_of
from fieldnotes.operations.search import find_notes

AUDIENCE = Audience.COMPANY
MOST = 500  # notes of one meeting


class ForCopying(msgspec.Struct, frozen=True):
    """Notes with what may be copied of each, in the order they happened.

    `left_out`: notes of which nothing is; `hidden`: fields that are left out of the others;
    `private`: what only the owner may see is in it.
    """

    notes: tuple[NoteView, ...]
    left_out: int = 0
    hidden: tuple[str, ...] = ()
    private: bool = False


def notes_to_copy(notebook: Notebook, ids: Iterable[str], private: bool = False) -> ForCopying:
    """These notes; with `private` also what only the owner may see. Raises NoSuchNote."""
    views = sorted(
        (show_note(notebook, each) for each in ids),
        key=lambda view: (view.happened.local_seconds, view.created.ms, view.id),
    )
    if private:
        red = any(_held_back(notebook, view) for view in views)
        return ForCopying(tuple(views), private=red)
    shown = [(view, _shown(notebook, view)) for view in views]
    kept = tuple(replace(view, note=note) for view, note in shown if note is not None)
    hidden = {name for view, note in shown if note for name in _held_back(notebook, view)}
    return ForCopying(kept, len(views) - len(kept), tuple(sorted(hidden)))


def meeting_to_copy(notebook: Notebook, note_id: str, private: bool = False) -> ForCopying:
    """Every note of the meeting that a note belongs to, or the note alone. Raises NoSuchNote."""
    return notes_to_copy(notebook, notes_of_meeting(notebook, note_id), private)


def notes_of_meeting(notebook: Notebook, note_id: str) -> list[str]:
    """The ids of the notes that share a meeting with this one, itself among them."""
    view = show_note(notebook, note_id)
    meeting = view.note.meeting.id if view.note.meeting else ""
    if not meeting:
        return [view.id]
    found = find_notes(notebook, Query((Named("meeting", meeting),)), limit=MOST).notes
    return [each.id for each in found] or [view.id]


def draft_to_copy(notebook: Notebook, draft: NoteDraft, private: bool = False) -> ForCopying:
    """What is being written, below the notes of its meeting that are saved."""
    meeting = draft.note.meeting.id if draft.note.meeting else ""
    saved = []
    if meeting:
        found = find_notes(notebook, Query((Named("meeting", meeting),)), limit=MOST).notes
        saved = [each.id for each in found if each.id != draft.id]
    told = notes_to_copy(notebook, saved, private)
    if says_nothing(draft.note):
        return told
    fields = note_fields.to_fields(draft.note)
    red = frozenset(name for name in fields if not _may_leave(draft, name))
    if private:
        view = _view(notebook, draft, draft.note)
        return replace(told, notes=(*told.notes, view), private=told.private or bool(red))
    if len(red) == len(fields):
        return replace(told, left_out=told.left_out + 1)
    shown = note_fields.from_fields({name: fields[name] for name in fields.keys() - red})
    hidden = tuple(sorted({*told.hidden, *red}))
    return replace(told, notes=(*told.notes, _view(notebook, draft, shown)), hidden=hidden)


def _may_leave(draft: NoteDraft, name: str) -> bool:
    marks = {**dict.fromkeys(people_fields(draft.note), Marking.RED.value), **draft.marks}
    said = [marking(draft.marking), marking(marks.get(name, draft.marking))]
    return may_see(AUDIENCE, strictest(said))


def _view(notebook: Notebook, draft: NoteDraft, note: Note) -> NoteView:
    now = notebook.clock()
    return NoteView(
        id=draft.id,
        note_no=0,
        note=note,
        author=notebook.owner.author,
        author_name=notebook.owner.name,
        mine=True,
        revision="",
        rev=0,
        marking=draft.marking,
        created=now,
        modified=now,
    )


def _shown(notebook: Notebook, view: NoteView) -> Note | None:
    history = history_of(notebook, view.id)
    shown = shown_to(merge.completed(history, merge.current(history)), AUDIENCE)
    return note_fields.from_fields(shown.values) if shown is not None else None


def _held_back(notebook: Notebook, view: NoteView) -> frozenset[str]:
    """Names of the fields that are here but not for the company."""
    history = history_of(notebook, view.id)
    whole = merge.completed(history, merge.current(history))
    shown = shown_to(whole, AUDIENCE)
    return frozenset(whole.values) - frozenset(shown.values if shown else {})
