"""Change several notes in one step: their tags, who may see them, remove them.

Only the owner's notes change. What belongs to others, and what was edited twice and is not settled
yet, stays as it is, and the result says how many those are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

import msgspec
from msgspec.structs import replace

from fieldnotes.domain.markings import Marking
from fieldnotes.domain.notes import Note, NoteDraft
from fieldnotes.domain.records import Copy, Reason
from fieldnotes.domain.words import fold
from fieldnotes.errors import FieldnotesError
from fieldnotes.operations.changes import Changes, Done
from fieldnotes.operations.notebook import Notebook
from fieldnotes.operations.notes import draft_of, remove_notes, show_note, signed_version
from fieldnotes.operations.saving import save

MOST = 1_000  # notes in one step: each is signed, and all are undone together


class TooMany(FieldnotesError):
    """More notes than are changed in one step; nothing was changed."""


class Several(msgspec.Struct, frozen=True):
    """How many notes were changed, and how many were not: `same` said so already, `others` belong
    to somebody else, `twice` were edited twice."""

    changed: int = 0
    same: int = 0
    others: int = 0
    twice: int = 0


def tag_notes(notebook: Notebook, ids: Iterable[str], tag: str) -> Done[Several]:
    """Add a tag to these notes. Raises NoSuchNote, TooMany."""
    name = _tag(tag)

    def tagged(note: Note) -> Note:
        held = {fold(each) for each in note.tags}
        return note if fold(name) in held else replace(note, tags=(*note.tags, name))

    return _change(notebook, ids, _noted(tagged), "tag on {notes}")


def untag_notes(notebook: Notebook, ids: Iterable[str], tag: str) -> Done[Several]:
    """Take a tag off these notes, however it is spelt. Raises NoSuchNote, TooMany."""
    gone = fold(_tag(tag))

    def untagged(note: Note) -> Note:
        return replace(note, tags=tuple(each for each in note.tags if fold(each) != gone))

    return _change(notebook, ids, _noted(untagged), "taking a tag off {notes}")


def show_notes_to(notebook: Notebook, ids: Iterable[str], marking: Marking) -> Done[Several]:
    """Say who may see these notes. Raises NoSuchNote, TooMany."""
    return _change(
        notebook,
        ids,
        lambda draft: replace(draft, marking=marking.value),
        "who may see {notes}",
    )


def remove_own(notebook: Notebook, ids: Iterable[str], reason: Reason) -> Done[Several]:
    """Remove those of these notes that are the owner's. Raises NoSuchNote, TooMany."""
    wanted = _few(ids)
    mine = own_of(notebook, wanted)
    others = len(wanted) - len(mine)
    if not mine:
        return Done(Several(others=others), Changes())
    done = remove_notes(notebook, mine, reason)
    return Done(Several(done.result, others=others), done.changes, done.undo)


def own_of(notebook: Notebook, ids: Iterable[str]) -> list[str]:
    """Those of these notes that are the owner's. Raises NoSuchNote."""
    return [each for each in dict.fromkeys(ids) if show_note(notebook, each).mine]


def _noted(change: Callable[[Note], Note]) -> Callable[[NoteDraft], NoteDraft]:
    return lambda draft: replace(draft, note=change(draft.note))


def _change(
    notebook: Notebook, ids: Iterable[str], change: Callable[[NoteDraft], NoteDraft], words: str
) -> Done[Several]:
    copies: list[Copy] = []
    same = others = twice = 0
    for each in _few(ids):
        view = show_note(notebook, each)
        if not view.mine or view.removed:
            others += 1
        elif view.versions > 1:
            twice += 1
        elif (fresh := change(draft := draft_of(notebook, each))) == draft:
            same += 1
        else:
            copies.append(signed_version(notebook, fresh))
    result = Several(len(copies), same, others, twice)
    if not copies:
        return Done(result, Changes())
    count = "a note" if len(copies) == 1 else f"{len(copies)} notes"
    return Done(result, *save(notebook, copies, words.format(notes=count)))


def _few(ids: Iterable[str]) -> list[str]:
    wanted = list(dict.fromkeys(ids))
    if len(wanted) > MOST:
        raise TooMany(
            f"These are {len(wanted):,} notes.", f"Choose at most {MOST:,} to change at once."
        )
    return wanted


def _tag(written: str) -> str:
    return " ".join(written.lstrip("#").split())
