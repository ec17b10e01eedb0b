"""Housekeeping in small slices, for when nobody types."""

from __future__ import annotations

from fieldnotes.operations.changes import Changes, Done
from fieldnotes.operations.notebook import Notebook
from fieldnotes.operations.saving import settle_outbox


def tidy(notebook: Notebook) -> Done[bool]:
    """Apply what waits, then one slice of merging and copying back. True: nothing is left to do."""
    waiting = {copy.revision.id for copy in notebook.library.outbox.waiting()}
    settled = settle_outbox(notebook)
    changes = (
        Changes(frozenset(waiting), drafts=True, promises=True)
        if waiting and settled
        else Changes()
    )
    return Done(notebook.library.tidy() and settled, changes)


def version_seen(notebook: Notebook) -> int:
    """Differs from the last answer on the same notebook when somebody else has written."""
    return notebook.library.changes()
