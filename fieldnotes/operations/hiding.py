"""Hide what was pointed out before sending: a version for others says a neutral word instead."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from fieldnotes.domain import merge, notes
from fieldnotes.domain.markings import Marking
from fieldnotes.domain.personal_data import key_of, without
from fieldnotes.domain.records import Copy
from fieldnotes.errors import NotYours
from fieldnotes.operations import revising
from fieldnotes.operations.changes import Done
from fieldnotes.operations.notebook import Notebook
from fieldnotes.operations.personal_data import Pointed
from fieldnotes.operations.saving import history_of, save, settle_outbox
from fieldnotes.operations.sending_plans import SendingPlan, planned

TEXT, REDACTED = "text", "text_redacted"


def hide(notebook: Notebook, looked_at: Sequence[Pointed]) -> Done[int]:
    """Save versions that say less, all in one step that can be undone; returns how many notes.

    In a note's text neutral words stand in place of what was found, in a version for others, and
    the text itself stays with its author. Any other field stays with its author as a whole. What
    somebody found fine in the note stays fine. Raises NotYours, and nothing is saved then.
    """
    if not all(each.mine for each in looked_at):
        raise NotYours("Only its author can hide words of a note.", "Leave the note out instead.")
    by_note: dict[str, list[Pointed]] = {}
    for each in looked_at:
        by_note.setdefault(each.id, []).append(each)
    copies = [_saying_less(notebook, each, told) for each, told in by_note.items()]
    words = "hiding in a note" if len(copies) == 1 else f"hiding in {len(copies)} notes"
    looked_over = notebook.library.looked_over
    fine: dict[str, list[str]] = {}
    for version, key in looked_over.everything():
        fine.setdefault(version, []).append(key)
    still_fine = [each for copy in copies for each in _still_fine(notebook, copy, fine)]
    with notebook.library.transaction():
        looked_over.add(still_fine)
        return Done(len(copies), *save(notebook, copies, words))


def look_again(notebook: Notebook, plan: SendingPlan) -> SendingPlan:
    """The plan with what its notes say by now, and what goes along then. Writes nothing."""
    settle_outbox(notebook)
    chosen = [item.note_no for item in plan.items if item.note_no]
    return planned(notebook, plan.selection, chosen)


def _saying_less(notebook: Notebook, record_id: str, looked_at: Sequence[Pointed]) -> Copy:
    history = history_of(notebook, record_id)
    top = merge.current(history)
    fields, marks = dict(merge.view(history, top)), dict(top.revision.marks)
    is_note = top.revision.type == notes.TYPE
    words = [(each.said, each.what) for each in looked_at if each.find.field in (TEXT, REDACTED)]
    for each in looked_at:
        if not (is_note and each.find.field in (TEXT, REDACTED)):
            marks[each.find.field] = Marking.RED.value
        elif each.find.field == TEXT:
            marks[TEXT] = Marking.RED.value
            fields.setdefault(REDACTED, fields[TEXT])
    if words and REDACTED in fields:
        fields[REDACTED] = without(fields[REDACTED], words)
    told = revising.Version(
        top.revision.type, record_id, fields, lambda _: True, top.revision.marking, marks
    )
    return revising.version(notebook, told, history, top, top.revision.restored)


def _still_fine(
    notebook: Notebook, fresh: Copy, fine: Mapping[str, list[str]]
) -> Iterator[tuple[str, str]]:
    """What was fine in the version before, where the same words stand in this one as often.

    Each by itself: somebody who found one place fine has not looked at the next. `fine`: keys of
    finds by the name of a version.
    """
    history = history_of(notebook, fresh.revision.id)
    top = merge.current(history)
    before = merge.view(history, top)
    for key in fine.get(top.name, ()):
        field, start, end = key.rsplit(":", 2)
        if field not in (TEXT, REDACTED):
            yield fresh.name, key
        elif (said := before.get(field)) and REDACTED in fresh.values:
            words = said[int(start) : int(end)]
            then, now = _starts(said, words), _starts(fresh.values[REDACTED], words)
            if len(then) == len(now):
                place = now[then.index(int(start))]
                yield fresh.name, key_of(REDACTED, place, place + len(words))


def _starts(text: str, words: str) -> list[int]:
    """Of every place where these words stand, also where two of them overlap."""
    return [found.start() for found in re.finditer(f"(?={re.escape(words)})", text)]
