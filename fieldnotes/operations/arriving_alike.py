"""Which of the notes that would come in say nearly the same as notes that are here."""

from __future__ import annotations

import time
from collections.abc import Callable

import msgspec

from fieldnotes.domain.merge import Word
from fieldnotes.operations.import_plans import ImportPlan
from fieldnotes.operations.notebook import Notebook
from fieldnotes.operations.said_before import Typing

SECONDS = 1.5  # a preview waits no longer for it


class AlreadySaid(msgspec.Struct, frozen=True):
    """`notes` of those that were looked at; `more` where not all were."""

    notes: int = 0
    more: bool = False


def already_said(
    notebook: Notebook, plan: ImportPlan, clock: Callable[[], float] = time.monotonic
) -> AlreadySaid:
    """How many new notes say what somebody said before, as far as there is time to look."""
    new = [each for file in plan.good for each in file.new]
    asked = plan.counts[Word.NEW.value]
    typing, until, found = Typing(), clock() + SECONDS, 0
    for looked, (note_id, note) in enumerate(new):
        if clock() > until:
            return AlreadySaid(found, more=looked < asked)
        found += bool(typing.said_before(notebook, note, note_id))
    return AlreadySaid(found, more=len(new) < asked)
