"""What was left of files that were read in: the file is kept, and offered again.

Kept as it came, so a sealed one stays sealed. Erasing a note removes the kept files that hold it.
"""

from __future__ import annotations

import hashlib
import os
from contextlib import suppress
from pathlib import Path

import msgspec

from fieldnotes.domain.moments import Moment
from fieldnotes.operations.changes import Changes, Done
from fieldnotes.operations.import_plans import FilePlan
from fieldnotes.operations.notebook import Notebook
from fieldnotes.store.database import flush_folder

LARGEST = 256 << 20  # bytes of one file; a larger one stays where it came from
ALL = 1 << 30  # bytes of all together
_SUFFIX = ".fieldnotes"
_PIECE = 1 << 20


class LeftOver(msgspec.Struct, frozen=True):
    """A file of which notes were left. `at`: when the others were read in."""

    path: Path
    sha256: str
    sender: str
    title: str
    at: Moment
    notes: int


def left_over(notebook: Notebook) -> list[LeftOver]:
    """What can still be taken, the last first."""
    offset = notebook.clock().offset
    found = []
    for sha256, notes, at, manifest in notebook.library.left_over.everything():
        path = _path(notebook, sha256)
        if path.is_file():  # else it held something that was erased
            sender = str(manifest["author"]["name"])
            title = str(manifest["title"])
            found.append(LeftOver(path, sha256, sender, title, Moment(at, offset), notes))
    return found


def forget_left_over(notebook: Notebook, sha256: str) -> Done[str]:
    """What was left of this file is not offered any more."""
    with notebook.library.transaction():
        notebook.library.left_over.drop(sha256)
    sweep_kept(notebook)
    return Done(sha256, Changes(people=True))


def keep_what_is_left(notebook: Notebook, file: FilePlan, bundle: int) -> None:
    """Keep a file of which something was left; inside the transaction that reads it in.

    `bundle`: its number. One of which nothing is left any more goes with the next sweep.
    """
    left_over_ = notebook.library.left_over
    left_over_.drop(file.sha256)
    if file.left and _keep(notebook, file):
        left_over_.add(bundle, file.left)


def sweep_kept(notebook: Notebook) -> None:
    """Remove kept files of which nothing is left, and what a killed program left half written."""
    folder = kept_folder(notebook)
    if not folder.is_dir():
        return
    with notebook.library.transaction():  # nobody is just keeping one
        wanted = {sha256 for sha256, *_ in notebook.library.left_over.everything()}
        for path in folder.iterdir():
            if path.name.removesuffix(_SUFFIX) not in wanted:
                with suppress(OSError):
                    path.unlink()


def kept_folder(notebook: Notebook) -> Path:
    """Where kept files lie."""
    return notebook.library.folder / "bundles"


def _keep(notebook: Notebook, file: FilePlan) -> bool:
    """False where there is no room for it: it stays where it came from."""
    target = _path(notebook, file.sha256)
    if target.is_file():
        return True
    part = target.with_suffix(".part")
    try:
        target.parent.mkdir(mode=0o700, exist_ok=True)
        size = file.path.stat().st_size
        held = sum(path.stat().st_size for path in target.parent.iterdir())
        if size > LARGEST or held + size > ALL or _copy(file.path, part) != file.sha256:
            part.unlink(missing_ok=True)
            return False
        part.replace(target)
        flush_folder(target.parent)
    except OSError:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        return False
    return True


def _copy(source: Path, target: Path) -> str:
    """Copies durably; returns the SHA-256 of what was copied."""
    digest = hashlib.sha256()
    with source.open("rb") as read, target.open("wb") as written:
        while piece := read.read(_PIECE):
            digest.update(piece)
            written.write(piece)
        written.flush()
        os.fsync(written.fileno())
    return digest.hexdigest()


def _path(notebook: Notebook, sha256: str) -> Path:
    return kept_folder(notebook) / f"{sha256}{_SUFFIX}"
