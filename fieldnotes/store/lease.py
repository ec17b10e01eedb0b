"""Which machine holds a library: one small file in its folder, renewed while somebody has it open.

SQLite's locks do not reach from one machine to another, so two machines on one synced folder would
tear it (6 s sufficed). Clocks are not believed: a holder is gone when *this* machine has seen the
file unchanged for STALE_MS, or when a person says so. All programs of one machine share the lease.
"""

from __future__ import annotations

import hashlib
import os
import sys
import uuid
from contextlib import suppress
from pathlib import Path

import msgspec

from fieldnotes.errors import LibraryHeld, LibraryTaken

FILE = "held-by.json"
STALE_MS = 15 * 60 * 1000
_CONFLICTS = ("conflicted copy", ".sync-conflict-", "conflict-")
_SPAN = 1024  # bytes of the lock file, one for each program of this machine


class Holder(msgspec.Struct, frozen=True):
    """The machine that holds a library, by its id and name; `beat` changes while it does."""

    machine: str
    name: str
    beat: int = 0


class _Seen(msgspec.Struct, frozen=True):
    """Another machine's beat, and when this machine saw it first (ms since 1970)."""

    holder: Holder
    first: int


class Lease:
    """One program's share in holding the library in `folder` for this machine."""

    def __init__(self, folder: Path, machine_folder: Path) -> None:
        key = hashlib.sha256(str(folder.resolve()).encode()).hexdigest()[:20]
        self._folder, self._file = folder, folder / FILE
        self._machine_folder = machine_folder
        self._seen = machine_folder / f"held-{key}.json"
        self._lock = machine_folder / f"held-{key}.lock"
        self._share: int | None = None
        self._stamp: tuple[int, int, int] | None = None
        self._machine = ""

    def look(self, now_ms: int, take_over: bool = False) -> None:
        """Raise LibraryHeld if another machine has it. Changes nothing in the library's folder."""
        if take_over:
            return
        for path in self._folder.glob("*"):
            if path.suffix in (".db", ".json") and any(w in path.name for w in _CONFLICTS):
                raise LibraryHeld(
                    f"Two machines have written to this library: {path.name} lies in its folder.",
                    "Keep the folder out of what is synced, or open it anyway.",
                )
        holder = self._read()
        if (
            holder is not None
            and holder.machine != self._own()
            and not self._is_gone(holder, now_ms)
        ):
            raise LibraryHeld(
                f"This library is open on another machine, {holder.name}.",
                "Close it there. If nobody uses it there any more, open it anyway.",
            )

    def take(self) -> None:
        """Hold it for this machine; where nothing can be written, nobody holds it."""
        with suppress(OSError):
            self._machine_folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            if self._share is None:
                self._share = _share(self._lock)
            holder = self._read()
            if holder is None or holder.machine != self._own():
                self._write(Holder(self._own(), machine_name(), 0))
            self._stamp = self._stamped()

    def check(self) -> None:
        """Before every write: raise LibraryTaken if another machine took it meanwhile."""
        if self._stamp is None or self._stamped() == self._stamp:
            return
        holder = self._read()
        if holder is not None and holder.machine != self._own():
            raise LibraryTaken(
                f"This library was opened on another machine meanwhile, {holder.name}.",
                "Nothing is written here any more. Close it there, then start Fieldnotes again.",
            )
        self._stamp = self._stamped()

    def beat(self) -> None:
        """Show other machines that it is still held, every minute or so. Raises as `check`."""
        self.check()
        if self._stamp is not None:
            holder = self._read()
            with suppress(OSError):
                self._write(Holder(self._own(), machine_name(), holder.beat + 1 if holder else 0))
                self._stamp = self._stamped()

    def release(self) -> None:
        """This program needs it no more; the last one of this machine leaves the folder free."""
        share, self._share, self._stamp = self._share, None, None
        if share is None:
            return
        os.close(share)
        with suppress(OSError):
            last = _alone(self._lock)
            if last is not None:
                holder = self._read()
                if holder is not None and holder.machine == self._own():
                    self._file.unlink()
                with suppress(OSError):
                    self._lock.unlink()
                os.close(last)

    def _own(self) -> str:
        """This machine's id, made once."""
        if not self._machine:
            path = self._machine_folder / "machine-id"
            with suppress(OSError):
                if not path.exists():
                    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                    fresh = path.with_name(f".{path.name}.{uuid.uuid4().hex}")
                    fresh.write_text(str(uuid.uuid4()))
                    with suppress(FileExistsError):
                        os.link(fresh, path)
                    fresh.unlink()
                self._machine = path.read_text().strip()
            self._machine = self._machine or machine_name()
        return self._machine

    def _is_gone(self, holder: Holder, now_ms: int) -> bool:
        """Whether the holder has not moved for STALE_MS of this machine's time.

        A clock that jumps back begins to wait anew, one that jumps on ends the waiting.
        """
        seen = None
        with suppress(OSError, msgspec.DecodeError):
            seen = msgspec.json.decode(self._seen.read_bytes(), type=_Seen)
        if seen is None or seen.holder != holder or now_ms < seen.first:
            with suppress(OSError):
                self._seen.write_bytes(msgspec.json.encode(_Seen(holder, now_ms)))
            return False
        return now_ms - seen.first >= STALE_MS

    def _read(self) -> Holder | None:
        try:
            return msgspec.json.decode(self._file.read_bytes(), type=Holder)
        except (OSError, msgspec.DecodeError):
            return None

    def _write(self, holder: Holder) -> None:
        fresh = self._file.with_name(f".{FILE}.{uuid.uuid4().hex}")
        try:
            fresh.write_bytes(msgspec.json.encode(holder))
            fresh.replace(self._file)
        finally:
            fresh.unlink(missing_ok=True)

    def _stamped(self) -> tuple[int, int, int]:
        try:
            found = self._file.stat()
        except OSError:
            return 0, 0, 0
        return found.st_ino, found.st_mtime_ns, found.st_size


def machine_name() -> str:
    """What people call this machine."""
    import platform

    return platform.node() or "this machine"


def _share(path: Path) -> int:
    """One program's mark in the lock file; it goes with the program, however that ends."""
    while True:
        file = _marked(path)
        with suppress(FileNotFoundError):
            if os.path.samestat(os.fstat(file), path.stat()):
                return file
        os.close(file)  # the last program that left took it away meanwhile


def _marked(path: Path) -> int:
    file = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    if sys.platform == "win32":
        import msvcrt

        for place in range(_SPAN):
            os.lseek(file, place, os.SEEK_SET)
            with suppress(OSError):
                msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
                return file
    else:
        import fcntl

        fcntl.flock(file, fcntl.LOCK_SH)
    return file


def _alone(path: Path) -> int | None:
    """The lock file, if no program of this machine has a mark in it."""
    file = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        if sys.platform == "win32":
            import msvcrt

            os.lseek(file, 0, os.SEEK_SET)
            msvcrt.locking(file, msvcrt.LK_NBLCK, _SPAN)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(file)
        return None
    return file
