"""Housekeeping in small slices, for when nobody types."""

from __future__ import annotations

from fieldnotes.errors import FieldnotesError
from fieldnotes.operations.changes import Changes, Done
from fieldnotes.operations.drafts import settle
from fieldnotes.operations.notebook import Notebook
from fieldnotes.operations.proving import prove
from fieldnotes.store.database import OnlyReadable


def tidy(notebook: Notebook) -> Done[bool]:
    """Apply what waits, then one slice of merging and copying back. True: nothing is left to do."""
    settled = settle(notebook)
    library = notebook.library
    if library.erasing and not library.read_only and not library.records.erasing.given_up:
        from fieldnotes.operations.erasing import erase_on

        return Done(False, settled.changes | erase_on(notebook).changes)
    proven = Done(True, Changes()) if library.read_only else prove(notebook)
    changes = settled.changes | proven.changes
    return Done(library.tidy() and settled.result and proven.result, changes)


def hold_on(notebook: Notebook) -> Done[None]:
    """Show other machines that this one has the library open. Raises LibraryTaken."""
    if notebook.lease is not None:
        notebook.lease.beat()
    return Done(None, Changes())


def version_seen(notebook: Notebook) -> int:
    """Differs from the last answer on the same notebook when somebody else has written."""
    return notebook.library.changes()


def why_read_only(notebook: Notebook) -> FieldnotesError | None:
    """What to tell where nothing can be written; None where it can."""
    return OnlyReadable() if notebook.library.read_only else None
