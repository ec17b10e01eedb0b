"""Content of attachments that nothing refers to any more, and how it is forgotten."""

from __future__ import annotations

import re
from collections.abc import Iterable

import msgspec

from fieldnotes.domain.attachments import hashes_in
from fieldnotes.domain.records import Copy
from fieldnotes.operations.changes import Changes, Done
from fieldnotes.operations.notebook import Notebook

LOOSE_FOR = 24 * 3600 * 1000  # ms: so long somebody may still bring back what they took out
_HASH = re.compile(rb"[0-9a-f]{64}")


class Loose(msgspec.Struct, frozen=True):
    """Content put long ago: what records refer to after all, and what nothing does (since, ms)."""

    used: frozenset[str]
    unused: dict[str, int]


def attached_in(copies: Iterable[Copy]) -> set[str]:
    """The hashes of all content that these versions show."""
    return {sha256 for copy in copies for sha256 in hashes_in(copy.values)}


def let_go(notebook: Notebook, hashes: Iterable[str]) -> None:
    """Forget content of something that was erased, unless a draft or record still refers to it."""
    blobs = notebook.library.blobs
    gone = dict.fromkeys(hashes, 0)
    if gone:
        blobs.loosen(gone)  # housekeeping finds them, should the rest not be reached
        _forget(notebook, dict.fromkeys(gone.keys() - _used(notebook), 0))


def find_loose(notebook: Notebook) -> Loose | None:
    """What was put long ago and is in no record: may take a while, so ask beside the writing."""
    now = notebook.clock().ms
    since = notebook.library.blobs.loose()
    old = {sha256: at for sha256, at in since.items() if abs(now - at) > LOOSE_FOR}
    if not old:
        return None
    used = _used(notebook)
    in_records = notebook.library.records.attached()
    unused = {sha256: at for sha256, at in old.items() if sha256 not in used}
    return Loose(frozenset(old.keys() & in_records), unused)


def drop_loose(notebook: Notebook, loose: Loose) -> Done[int]:
    """Forget what was found unused, if it still is as it was found; returns how much was found."""
    notebook.library.blobs.settle(loose.used)
    _forget(notebook, loose.unused)
    return Done(len(loose.unused), Changes())


def _forget(notebook: Notebook, unused: dict[str, int]) -> None:
    notebook.library.blobs.drop_loose(unused)
    left = set(notebook.library.blobs.hashes()) if unused else set()
    notebook.library.thumbnails.forget(unused.keys() - left)


def _used(notebook: Notebook) -> set[str]:
    """Whatever a draft, a save on its way or a record refers to, in the order in which they move.

    A draft that this version cannot read is taken for referring to every hash in it.
    """
    library = notebook.library
    used = {found.decode() for _, _, body in library.drafts.all() for found in _HASH.findall(body)}
    used |= attached_in(library.outbox.waiting())
    return used | library.records.attached()
