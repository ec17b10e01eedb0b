"""A folder in which files of notes appear, such as a synced one: looked at, and no more than that.

What was read in moves to a folder beside, what was refused to another one with the reason. Several
machines may watch one folder: whoever moves a file first has it.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

import msgspec

from fieldnotes.bundle.reader import open_bundle
from fieldnotes.errors import BundleRefused, NotForYou, PassphraseNeeded
from fieldnotes.operations.changes import Changes, Done
from fieldnotes.operations.import_plans import FilePlan, ImportPlan
from fieldnotes.operations.notebook import Notebook
from fieldnotes.operations.opening import keys_of

SUFFIX = ".fieldnotes"
READ_IN, REFUSED = "read in", "refused"  # folders inside the watched one
_SETTLED_MS = 10 * 60_000  # after that a file that cannot be read is no longer on its way
_MOST = 500  # files that are looked into together


class Arrived(msgspec.Struct, frozen=True):
    """A file that waits to be looked at; `why` says why nothing of it can be read in.

    One that is `locked` opens with a passphrase, and does not say yet whose it is.
    """

    path: Path
    sender: str = ""
    notes: int = 0
    why: str = ""
    locked: bool = False
    sha256: str = ""

    @property
    def counts(self) -> bool:
        """Whether there is something to offer: not one's own file, nor one for somebody else."""
        return bool(self.notes or self.why or self.locked)


class _Seen(msgspec.Struct, frozen=True):
    size: int
    changed: int
    arrived: Arrived | None = None
    passing: bool = False  # it may still be on its way


class WatchedFolder:
    """Remembers what it looked into, so that a look costs little. For one reader."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._seen: dict[Path, _Seen] = {}
        self.there = False  # unplugged, or not mounted
        self.done: tuple[Path, ...] = ()  # read in already, so that they only have to be moved

    def look(self, notebook: Notebook) -> tuple[Arrived, ...]:
        """What waits now: files that have not changed since the last look and are complete."""
        now = notebook.clock().ms
        self.there = self.folder.is_dir()
        seen, done = {}, []
        for path, size, changed in _files(self.folder)[:_MOST]:
            before = self._seen.get(path)
            same = before is not None and (before.size, before.changed) == (size, changed)
            if not same:
                seen[path] = _Seen(size, changed)  # perhaps somebody still writes it
            elif before is not None and (before.arrived is None or before.passing):
                seen[path] = _looked_into(notebook, path, size, changed, now)
            elif before is not None:
                seen[path] = before
            if _was_read_in(notebook, seen[path]):
                done.append(path)
        self._seen, self.done = seen, tuple(done)
        found = (each.arrived for path, each in seen.items() if path not in done)
        return tuple(each for each in found if each is not None and each.counts)

    def settling(self) -> bool:
        """Whether something was seen for the first time, and should be looked at again soon."""
        return any(each.arrived is None for each in self._seen.values())


def put_away(folder: Path, plan: ImportPlan) -> Done[int]:
    """After reading in: what was read in and what was refused moves out of the watched folder.

    Only what lies directly in `folder`. Files that wait for a decision stay. Returns how many.
    """
    moved = 0
    for file in plan.files:
        if file.path.parent == folder and not file.refused:
            moved += _move(file.path, folder / READ_IN)
        elif (target := refused_to(folder, file)) is not None:
            moved += _refuse(file.path, target, file.refused)
    return Done(moved, Changes())


def refused_to(folder: Path, file: FilePlan) -> Path | None:
    """Where a file of which nothing can be read in goes; None where it stays as it lies."""
    decided = file.manifest is not None and file.signed
    if file.path.parent != folder or file.locked or not file.refused or decided:
        return None
    return folder / REFUSED


def put_aside(arrived: Iterable[Arrived]) -> Done[int]:
    """Files of which nothing can be read in go to the folder of refused ones, with the reason."""
    moved = sum(_refuse(each.path, each.path.parent / REFUSED, each.why) for each in arrived)
    return Done(moved, Changes())


def put_read_in(paths: Iterable[Path]) -> Done[int]:
    """What was read in before goes where it belongs."""
    return Done(sum(_move(path, path.parent / READ_IN) for path in paths), Changes())


def _files(folder: Path) -> list[tuple[Path, int, int]]:
    """(file, bytes, when it changed in ns) of all that may be bundles, by name."""
    found = []
    with suppress(OSError), os.scandir(folder) as entries:
        for each in entries:
            if each.name.endswith(SUFFIX) and not each.name.startswith((".", "~")):
                with suppress(OSError):
                    if each.is_file(follow_symlinks=False):
                        told = each.stat(follow_symlinks=False)
                        found.append((Path(each.path), told.st_size, told.st_mtime_ns))
    return sorted(found)


def _looked_into(notebook: Notebook, path: Path, size: int, changed: int, now: int) -> _Seen:
    try:
        with open_bundle(path, keys_of(notebook), as_read=True) as bundle:
            bundle.check()
            author = bundle.manifest.author
            mine = author.author in notebook.library.records.own
            notes = 0 if mine else bundle.manifest.records
            return _Seen(size, changed, Arrived(path, author.name, notes, sha256=bundle.sha256))
    except NotForYou:
        return _Seen(size, changed, Arrived(path))  # somebody else's, who watches this folder too
    except PassphraseNeeded:
        return _Seen(size, changed, Arrived(path, locked=True))
    except BundleRefused as error:
        passing = now - changed // 1_000_000 < _SETTLED_MS
        why = "" if passing else str(error)
        return _Seen(size, changed, Arrived(path, why=why), passing)


def _was_read_in(notebook: Notebook, seen: _Seen) -> bool:
    told = seen.arrived
    return told is not None and notebook.library.arrivals.knows_file(told.sha256)


def _refuse(path: Path, folder: Path, why: str) -> bool:
    """Move a file and write the reason beside it."""
    target = _moved(path, folder)
    if target is None:
        return False
    told = target.with_name(f"{target.name}.txt")
    part = target.with_name(f".{target.name}.txt.{os.getpid()}")
    with suppress(OSError):
        part.write_text(why + "\n", encoding="utf-8")
        part.replace(told)
    return True


def _move(path: Path, folder: Path) -> bool:
    return _moved(path, folder) is not None


def _moved(path: Path, folder: Path) -> Path | None:
    """Where a file is now; None where somebody else moved it first, or nobody may."""
    stem = path.name.removesuffix(SUFFIX)
    names = (path.name, *(f"{stem} ({number}){SUFFIX}" for number in range(2, 1_000)))
    with suppress(OSError):
        folder.mkdir(exist_ok=True)
        target = next(folder / name for name in names if not (folder / name).exists())
        path.rename(target)  # whoever comes second finds no file to rename
        return target
    return None
