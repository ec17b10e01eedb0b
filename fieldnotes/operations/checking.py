"""Check a library: is everything what it says?"""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from fieldnotes.operations.erasing import erasing_state
from fieldnotes.operations.notebook import Notebook
from fieldnotes.operations.saving import settle_outbox
from fieldnotes.store import checking
from fieldnotes.trust import identity


class Checked(msgspec.Struct, frozen=True):
    """`digest`: of which versions are current; `content`: of all they say, where none is hidden.

    `erasing`: so many records are being erased; their words may still lie in the files.
    """

    problems: list[str]
    records: int
    digest: str
    content: str
    erasing: int = 0

    @property
    def ok(self) -> bool:
        """Nothing is wrong."""
        return not self.problems


def check_library(
    notebook: Notebook, progress: Callable[[int, int], None] = lambda done, total: None
) -> Checked:
    """Integrity, hashes, signatures, index and roll-ups. Changes no note."""
    settle_outbox(notebook)
    library = notebook.library
    erasing = erasing_state(notebook).records
    with library.looking():
        problems = checking.damage(library, identity)
        if problems:  # nothing else could be told for certain
            return Checked(problems, 0, "", "", erasing)
        problems = checking.differences(library, progress)
        count, digest = checking.count(library), checking.digest(library)
        return Checked(problems, count, digest, checking.content(library), erasing)
