"""Finish what was erased: slice by slice, again after every interruption, and look afterwards."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import msgspec

from fieldnotes.bundle.reader import open_bundle
from fieldnotes.errors import BundleRefused
from fieldnotes.operations.changes import Changes, Done
from fieldnotes.operations.left_over import kept_folder
from fieldnotes.operations.loose_attachments import let_go
from fieldnotes.operations.notebook import Notebook
from fieldnotes.operations.opening import keys_of
from fieldnotes.operations.saving import settle_outbox
from fieldnotes.store.database import Busy
from fieldnotes.store.erasing import Erased, Search, held_elsewhere

_SLICES = 10_000
_PATIENCE_MS = 300  # for whoever reads meanwhile
_FOUND = "erased words found"  # in about: they were there still after everything was done


class State(msgspec.Struct, frozen=True):
    """`records`: how many are being erased; `found`: their words are still there after all."""

    records: int = 0
    found: bool = False


def erasing_state(notebook: Notebook) -> State:
    """What is being erased and not finished yet."""
    library = notebook.library
    waiting = sum(copy.revision.erased for copy in library.outbox.waiting())
    if not library.erasing:
        return State(waiting)
    found = library.about(_FOUND) == "1"
    return State(max(1, waiting + len(library.records.erasing.unfinished())), found)


def erase_on(notebook: Notebook) -> Done[int]:
    """One slice of erasing; returns how many records are finished by it. Waits for nobody (Busy).

    Each step may be done again: whatever was interrupted begins anew.
    """
    library = notebook.library
    if not library.erasing or library.records.erasing.given_up:
        return Done(0, Changes())
    settle_outbox(notebook)
    gone = library.records.erasing.unfinished()
    for each in gone.values():
        library.drafts.forget(each.id)
    _let_attachments_go(notebook, gone)
    _remove_files(notebook, {each.id for each in gone.values()})
    if not library.tidy():
        return Done(0, Changes())
    library.records.erasing.blocked = not library.empty_logs(_PATIENCE_MS)
    if library.records.erasing.blocked or not _looked_through(notebook, gone):
        return Done(0, Changes())
    with library.transaction():
        library.records.erasing.finish(gone)
        library.set_about(_FOUND, "")
    library.empty_logs(_PATIENCE_MS)
    return Done(len(gone), Changes(erasing=True))


def finish_erasing(notebook: Notebook) -> bool:
    """All slices in one go. False: another program reads or writes, so the next idle time does."""
    library = notebook.library
    with suppress(Busy):
        settle_outbox(notebook)
        for _ in range(_SLICES):
            if not library.erasing or library.records.erasing.given_up:
                break
            erase_on(notebook)
            if library.records.erasing.blocked:
                break
    return erasing_state(notebook) == State()


def _let_attachments_go(notebook: Notebook, gone: dict[str, Erased]) -> None:
    """Once in each program: to know that nothing else refers to them takes a look at all notes."""
    erasing = notebook.library.records.erasing
    fresh = gone.keys() - erasing.let_go
    if fresh:
        let_go(notebook, {sha256 for key in fresh for sha256 in gone[key].attached})
        erasing.let_go |= fresh


def _remove_files(notebook: Notebook, ids: set[str]) -> None:
    """Backups from before an upgrade, and kept bundles that hold it or cannot be looked into."""
    kept = kept_folder(notebook)
    old = notebook.library.folder.glob("*-before-*.backup")
    bundles = [path for path in kept.rglob("*") if path.is_file()] if kept.is_dir() else []
    for path in [*old, *(path for path in bundles if _may_hold(notebook, path, ids))]:
        with suppress(OSError):
            path.unlink()


def _may_hold(notebook: Notebook, path: Path, ids: set[str]) -> bool:
    try:
        with open_bundle(path, keys_of(notebook)) as bundle:
            return any(record_id in ids for record_id, _ in bundle.records())
    except BundleRefused:
        return True


def _looked_through(notebook: Notebook, gone: dict[str, Erased]) -> bool:
    """One piece of looking for the words in every file. True: all was looked at, and none is left.

    Where one is left between the rows, the databases are written anew once, and looked at again.
    """
    library, erasing = notebook.library, notebook.library.records.erasing
    if erasing.search is None or erasing.sought != gone.keys():
        words = {word for each in gone.values() for word in each.words}
        erasing.search, erasing.sought = Search(library.folder, words), frozenset(gone)
    if not erasing.search.step():
        return False
    found, erasing.search = erasing.search.found, None
    if not found or not found - held_elsewhere(library.by_name, found):
        return True
    if not erasing.rewritten:
        erasing.rewritten = True
        library.rewrite()
    else:
        erasing.given_up = True
        library.set_about(_FOUND, "1")
    return False
