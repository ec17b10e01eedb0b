"""What goes along with the notes in a file: which of them say the same, and which do not.

That goes only where both notes are in the file, or went to the same recipient before: whoever
may not have a note learns nothing of it, not even that it is there.
"""

from __future__ import annotations

from fieldnotes.domain import likeness, merge
from fieldnotes.domain.likeness import Stated
from fieldnotes.domain.markings import Audience
from fieldnotes.domain.note_fields import from_fields
from fieldnotes.domain.records import Copy
from fieldnotes.operations.leaving import Item, shown_to
from fieldnotes.operations.notebook import Notebook


def likenesses_along(
    notebook: Notebook,
    audience: Audience,
    copies: dict[int, list[Copy]],
    already: set[tuple[int, str]],
) -> tuple[list[Item], dict[int, list[Copy]]]:
    """Lines for the last screen and copies by number; `already`: what the recipient has."""
    records = notebook.library.records
    going = {each.revision.id: each for several in copies.values() for each in several}
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


def _heading(stated: Stated, going: dict[str, Copy]) -> str:
    """That of one of the notes, as far as the file shows it."""
    told = (going[note].values for note in stated.likeness.notes if note in going)
    return next((said for each in told if (said := from_fields(each).heading)), "")


def _shown(notebook: Notebook, stated: Stated, audience: Audience) -> list[Copy]:
    history = notebook.library.records.history(stated.id, stated.author)
    heads = (merge.completed(history, copy) for copy in merge.travelling(history))
    return [copy for copy in (shown_to(head, audience) for head in heads) if copy is not None]


def _had(notebook: Notebook, note: str, had: set[int]) -> bool:
    facts = notebook.library.records.facts(note) if had else None
    return facts is not None and facts.note_no in had
