"""Every saved version of a note, each with what it says otherwise than the one before it."""

from __future__ import annotations

import msgspec

from fieldnotes.domain.differences import Difference, differences
from fieldnotes.domain.moments import Moment
from fieldnotes.domain.notes import Note
from fieldnotes.operations.notebook import Notebook
from fieldnotes.operations.notes import versions_of


class SavedVersion(msgspec.Struct, frozen=True):
    """`name`: of the revision; `removed`: why the note was removed by it, else ''.

    `marked`: who may see it changed as well.
    """

    name: str
    note: Note
    saved: Moment
    removed: str
    marking: str
    marked: bool
    differences: tuple[Difference, ...]


def saved_versions(notebook: Notebook, record_id: str) -> list[SavedVersion]:
    """Every version that is held, the current one first. A removal changes no words."""
    found: list[SavedVersion] = []
    last, marking = Note(kind=""), ""
    for copy, note in reversed(versions_of(notebook, record_id)):
        revision = copy.revision
        said = last if revision.removed else note
        version = SavedVersion(
            copy.name,
            said,
            revision.modified,
            revision.removed.reason if revision.removed else "",
            revision.marking,
            bool(marking) and revision.marking != marking,
            differences(last, said),
        )
        found.append(version)
        last, marking = said, revision.marking
    return found[::-1]
