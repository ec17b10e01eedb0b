"""A file that its author signed vouches for the versions in it; here each is verified by itself.

When nobody types, and always before one is passed on.
"""

from __future__ import annotations

from collections.abc import Callable

from fieldnotes.domain.merge import History
from fieldnotes.domain.records import read_line
from fieldnotes.operations.changes import Changes, Done
from fieldnotes.operations.notebook import Notebook
from fieldnotes.store.unproven import take_out_version
from fieldnotes.trust.identity import signed_by

SLICE = 400  # versions: some 40 ms


def prove(notebook: Notebook, most: int = SLICE) -> Done[bool]:
    """Verify some versions; what their author did not sign is not accepted any more.

    True: nothing is left to verify.
    """
    library = notebook.library
    unproven = library.records.unproven
    last = unproven.last()
    if not last:
        return Done(True, Changes())
    is_signed = verifier(notebook)
    waiting = unproven.next(most)
    forged = [each for each in waiting if not is_signed(each.revision, each.line)]
    with library.transaction():
        unproven.proven(waiting[-1].seq if len(waiting) == most else last)
        for each in forged:
            take_out_version(library.records, each.note_no, each.revision.hex())
    return Done(len(waiting) < most, Changes.many() if forged else Changes())


def genuine(notebook: Notebook, note_no: int, history: History) -> History:
    """Those versions of a record that may be passed on: what waits is verified now."""
    records = notebook.library.records
    if not records.unproven.last():
        return history
    waiting = records.unproven.of(note_no)
    keys = _keys(notebook)
    return {
        name: copy
        for name, copy in history.items()
        if name not in waiting or signed_by(copy, keys.get(copy.revision.author, ""))
    }


def verifier(notebook: Notebook) -> Callable[[bytes, bytes], bool]:
    """Whether a line is that of a revision, and its author signed it; keys are looked up once."""
    keys: dict[str, str] = {}

    def is_signed(revision: bytes, line: bytes) -> bool:
        if not keys:
            keys.update(_keys(notebook))
        copy = read_line(line)
        by = keys.get(copy.revision.author, "")
        return copy.name == revision.hex() and signed_by(copy, by)

    return is_signed


def _keys(notebook: Notebook) -> dict[str, str]:
    """By author what they sign with."""
    return {each.card.author: each.card.signs for each in notebook.library.people.everybody()}
