"""What goes along with the notes in a file: which of them say the same, and which do not.

That goes only where both notes are in the file, or went to the same recipient before: whoever
may not have a note learns nothing of it, not even that it is there.
"""

from __future__ import annotations

from collections.abc import Mapping

from fieldnotes.domain import likeness, merge
from fieldnotes.domain.likeness import Stated
from fieldnotes.domain.markings import Audience
from fieldnotes.domain.records import Copy
from fieldnotes.operations.leaving import Item, shown_to
from fieldnotes.operations.notebook import Notebook


def likenesses_along(
    notebook: Notebook,
    audience: Audience,
    going: Mapping[str, str],
    already: set[tuple[int, str]],
) -> tuple[list[Item], dict[int, list[Copy]]]:
    """Lines for the last screen and copies by number; `already`: what the recipient has.

    `going`: the headings of those `notes_said_alike` that are in the file.
    """
    records = notebook.library.records
    had = {note_no for note_no, _ in already}
    items, along = [], {}
    for note_no, stated in records.likenesses.numbered():
        if not all(note in going or _had(notebook, note, had) for note in stated.likeness.notes):
            continue
        shown = _shown(notebook, stated, audience)
        if shown and not all((note_no, copy.name) in already for copy in shown):
            along[note_no] = shown
            heading = f"{likeness.in_words(stated.likeness)}: {_heading(stated, going)}"
            items.append(Item(stated.id, likeness.TYPE, heading.rstrip(": "), ""))
    return items, along


def notes_said_alike(notebook: Notebook) -> set[str]:
    """Ids of all notes of which anybody says that they are alike, or not."""
    said = notebook.library.records.likenesses.everything()
    return {note for stated in said for note in stated.likeness.notes}


def _heading(stated: Stated, going: Mapping[str, str]) -> str:
    """That of one of the notes, as far as the file shows it."""
    return next((said for note in stated.likeness.notes if (said := going.get(note))), "")


def _shown(notebook: Notebook, stated: Stated, audience: Audience) -> list[Copy]:
    history = notebook.library.records.history(stated.id, stated.author)
    heads = (merge.completed(history, copy) for copy in merge.travelling(history))
    return [copy for copy in (shown_to(head, audience) for head in heads) if copy is not None]


def _had(notebook: Notebook, note: str, had: set[int]) -> bool:
    facts = notebook.library.records.facts(note) if had else None
    return facts is not None and facts.note_no in had
