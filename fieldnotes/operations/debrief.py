"""Debrief of a meeting from rough notes: propose, take one, and keep what was not taken."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import msgspec
from msgspec.structs import replace

from fieldnotes.domain.debrief import KnownMeanings, Proposed, rest_of, split_notes
from fieldnotes.domain.drafts import OpenDraft, Sign
from fieldnotes.domain.notes import Meeting, Note, NoteDraft
from fieldnotes.operations.changes import Changes, Done
from fieldnotes.operations.drafts import forget_draft, keep_draft, save_draft
from fieldnotes.operations.notebook import Notebook
from fieldnotes.operations.search import names_used

_KNOWN = (Sign.ACCOUNT, Sign.COMPETITOR, Sign.PRODUCT)


class Debrief(msgspec.Struct, frozen=True):
    """Rough notes, split. They lie in the draft `id` until all of them are taken."""

    id: str
    proposed: tuple[Proposed, ...]


def begin_debrief(notebook: Notebook, draft: OpenDraft) -> Done[Debrief]:
    """Keep the text of `draft` on disk, then split it; account, time and meeting are its own."""
    note = draft.draft.note
    text = note.text
    draft = replace(draft, open=False, text=text, names=(), cursor=0)
    kept = keep_draft(notebook, draft)
    base = Note(
        account=note.account,
        happened=note.happened or notebook.clock(),
        whole_day=note.whole_day,
        place=note.place,
        opportunity=note.opportunity,
        meeting=note.meeting or Meeting(id=notebook.new_id()),
    )
    known = KnownMeanings(
        (sign, name) for sign in _KNOWN for name, _notes in names_used(notebook, sign.family)
    )
    proposed = split_notes(text, base, known, notebook.clock(), notebook.new_id)
    if note.title and proposed:
        titled = replace(proposed[0].note, title=proposed[0].note.title or note.title)
        proposed[0] = replace(proposed[0], note=titled)
    return Done(Debrief(draft.draft.id, tuple(proposed)), kept.changes)


def debrief_of_text(
    notebook: Notebook, text: str, title: str = "", about: Note | None = None
) -> Done[Debrief]:
    """Split a text that was pasted; `about` says account, time and meeting."""
    note = replace(about or Note(), text=text, title=title)
    return begin_debrief(notebook, OpenDraft(draft=NoteDraft(id=notebook.new_id(), note=note)))


def debrief_of_file(notebook: Notebook, path: Path) -> Done[Debrief]:
    """Split the rough notes in a file. Raises IntakeRefused."""
    from fieldnotes.intake.rough_notes import read_rough_notes

    rough = read_rough_notes(path)
    return debrief_of_text(notebook, rough.text, rough.title)


def take_proposed(
    notebook: Notebook, draft_id: str, taken: Proposed, rest: Sequence[Proposed]
) -> Done[NoteDraft]:
    """Save one as a note, then keep only the rest. Killed in between, a word stands twice.

    Raises IncompleteDraft.
    """
    draft = NoteDraft(id=notebook.new_id(), note=taken.note)
    saved = save_draft(notebook, draft)
    changes = saved.changes | keep_rest(notebook, draft_id, taken.note, rest).changes
    return Done(saved.result, changes)


def keep_rest(
    notebook: Notebook, draft_id: str, about: Note, rest: Sequence[Proposed]
) -> Done[str]:
    """What was not taken stays among the drafts, with account, time and meeting of `about`."""
    if not rest:
        return forget_draft(notebook, draft_id)
    text = rest_of(rest)
    note = Note(
        text=text,
        account=about.account,
        happened=about.happened,
        whole_day=about.whole_day,
        meeting=about.meeting,
    )
    kept = OpenDraft(draft=NoteDraft(id=draft_id, note=note), open=False, text=text)
    return Done(keep_draft(notebook, kept).result, Changes(drafts=True))
