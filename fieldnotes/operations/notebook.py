"""The notebook: a library, whose it is, on which machine, at what time. Operations take it."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from uuid import UUID

import msgspec

from fieldnotes import paths
from fieldnotes.domain.devices import Another
from fieldnotes.domain.moments import Moment
from fieldnotes.domain.people import Identity, KeyCard
from fieldnotes.errors import FieldnotesError
from fieldnotes.store import library as libraries
from fieldnotes.store.database import Busy, DiskTrouble
from fieldnotes.store.lease import Lease
from fieldnotes.store.library import Library
from fieldnotes.store.machine import Machine
from fieldnotes.trust.identity import make_identity, renamed, six_words

_ABANDONED = 3600.0  # seconds without a write
Clock = Callable[[], Moment]


def now() -> Moment:
    """This machine's clock."""
    ns = time.time_ns()
    return Moment(ns // 1_000_000, time.localtime(ns // 1_000_000_000).tm_gmtoff // 60)


class Notebook(msgspec.Struct):
    """`clock` and `random` (so many bytes) are passed in, so that tests decide them."""

    library: Library
    machine: Machine
    device: str
    clock: Clock = now
    random: Callable[[int], bytes] = os.urandom
    lease: Lease | None = None
    last_id: str = ""

    @property
    def owner(self) -> KeyCard:
        """Whose notebook it is."""
        return self.library.owner.card

    @property
    def words(self) -> tuple[str, ...]:
        """The six words by which others recognise the owner's key."""
        return six_words(self.owner.author)

    def remember_how_far(self) -> None:
        """Tell the machine how far the library is, so that it knows an older copy of it."""
        library = self.library
        library.listen()
        self.machine.reached(library.id, library.folder, library.reached())

    def another_device(self) -> Another | None:
        """Why the library goes on as another device than before; told once.

        One that can only be read goes on nowhere, such as a backup that somebody looks into.
        """
        if self.library.read_only:
            return None
        return self.machine.another(self.library.id, self.library.folder)

    def pass_on(self) -> None:
        """It was made for whoever opens it next: that is no other device then."""
        self.library.set_about(DEVICE, "")

    def new_id(self) -> str:
        """A fresh UUIDv7 (RFC 9562): the time in ms, then 74 random bits.

        Each is larger than the one before, so that what was made in one millisecond keeps its
        order, except where the clock was set back.
        """
        fresh = new_id(self.clock(), self.random(10))
        if fresh[:_TIME] == self.last_id[:_TIME] and fresh <= self.last_id:
            fresh = str(UUID(int=UUID(self.last_id).int + 1))
        self.last_id = fresh
        return fresh

    def close(self) -> None:
        """Leave the files to others."""
        if self.device:
            with suppress(OSError, FieldnotesError):
                self.remember_how_far()
        self.library.close()
        if self.lease is not None:
            self.lease.release()


def new_id(at: Moment, random: bytes) -> str:
    """A UUIDv7 of 48 bits of time and ten random bytes."""
    number = (max(0, at.ms) & (1 << 48) - 1) << 80 | int.from_bytes(random[:10])
    number = number & ~(0xF << 76) | 0x7 << 76
    return str(UUID(int=number & ~(0x3 << 62) | 0x2 << 62))


def open_notebook(
    folder: Path,
    name: str | None = None,
    clock: Clock = now,
    machine_folder: Path | None = None,
    take_over: bool = False,
) -> Notebook:
    """Open the library in `folder`; if there is none, make one for `name` (else the system user).

    `machine_folder` stands for this machine (tests and samples have several), `take_over` for
    somebody's word that no other machine uses it. Raises LibraryRefused, LibraryHeld.
    """
    lease = Lease(folder, paths.machine_folder())
    lease.look(now().ms, take_over)  # this machine's own time, whatever the notebook's
    library = _library(folder, name, clock)
    lease.take()
    library.guard(lease.check)
    machine = Machine(machine_folder or paths.machine_folder())
    device = machine.device(library.id, folder, library.reached, before=bool(library.about(DEVICE)))
    notebook = Notebook(library, machine, device, clock, lease=lease)
    if not library.read_only:
        _sweep(notebook)
        _say_device(library, device)
    return notebook


def _say_device(library: Library, device: str) -> None:
    """Nobody waits for it: where somebody else writes for long, the next start says it."""
    if library.about(DEVICE) != device:
        with suppress(Busy, DiskTrouble):
            library.set_about(DEVICE, device)


def look_into(folder: Path, clock: Clock = now) -> Notebook:
    """A library that is there and needs no upgrade, only to be looked at; nothing is swept.

    Raises LibraryRefused.
    """
    return Notebook(libraries.looked_into(folder), Machine(paths.machine_folder()), "", clock)


def _library(folder: Path, name: str | None, clock: Clock) -> Library:
    """Whoever comes first makes it, also where somebody was killed while making it."""
    with suppress(libraries.NoOwner):
        return Library(folder)
    libraries.make(folder, make_identity(name or system_user(), os.urandom(32), clock()))
    return Library(folder)


def has_library(folder: Path) -> bool:
    """Whether a first start already happened here."""
    return libraries.exists(folder)


def rename_owner(notebook: Notebook, name: str) -> None:
    """The owner goes by `name` from now on; the keys stay."""
    owner: Identity = renamed(notebook.library.owner, name.strip(), notebook.clock())
    notebook.library.rename_owner(owner)


def system_user() -> str:
    """Who is logged in, as well as the system knows."""
    with suppress(Exception):
        import pwd

        full = pwd.getpwuid(os.getuid()).pw_gecos.split(",")[0].strip()
        if full:
            return full
    with suppress(OSError, KeyError, ImportError):
        import getpass

        return getpass.getuser()
    return "me"


_TIME = 13  # characters of an id that tell its millisecond
UNFINISHED = "unfinished file"
DEVICE = "device"  # in about: as which device the library was used last


def begin_file(notebook: Notebook, part: Path) -> None:
    """Remember an unfinished file, so that the next start removes it if we are killed."""
    notebook.library.set_about(UNFINISHED, f"{os.getpid()} {part.absolute()}")


def end_file(notebook: Notebook) -> None:
    """The file is finished, or gone."""
    notebook.library.set_about(UNFINISHED, "")


def _sweep(notebook: Notebook) -> None:
    """Remove what a killed program left half written."""
    process, _, left = (notebook.library.about(UNFINISHED) or "").partition(" ")
    if left and not _runs(int(process), Path(left)):
        for path in (Path(left), Path(left + ".zip"), Path(left + ".rows")):
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path, ignore_errors=True)
            with suppress(OSError):
                path.unlink(missing_ok=True)
        end_file(notebook)


def _runs(process: int, part: Path) -> bool:
    """Whether somebody may still be writing `part`."""
    if os.name != "posix":  # signal 0 would end the process there
        return part.exists() and time.time() - part.stat().st_mtime < _ABANDONED
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
