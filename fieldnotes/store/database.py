"""One SQLite file: opened safely, never when it is newer than this program."""

from __future__ import annotations

import errno
import os
import struct
import time
from array import array
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2 as sqlite

from fieldnotes.errors import FieldnotesError, LibraryRefused


class Overtaken(Exception):
    """Somebody asks something else by now; the answer to this question is not wanted."""

    def __init__(self) -> None:
        super().__init__("interrupted")  # the engine's word for it, too


class Connection(sqlite.Connection):
    """`guard` is asked before every transaction and refuses by raising."""

    guard: Callable[[], None] = staticmethod(lambda: None)
    overtaken = False

    def go_on(self) -> None:
        """Called between the steps of a long question. Raises Overtaken."""
        if self.overtaken:
            raise Overtaken


# Without these the engine looks for an adapter in vain, which takes longer than most rows do.
sqlite.register_adapter(bytes, bytes)
sqlite.register_adapter(type(None), lambda none: none)

_MAGIC = b"SQLite format 3\0"
_VERSION_AT = 60
_IOERR_SHMSIZE = 4874  # SQLite's code; the module has no name for it
SLICE = 2_000  # rows of a long answer before another thread has its turn: half a millisecond


class Busy(FieldnotesError):
    """Another program is writing to this library right now."""


class DiskTrouble(FieldnotesError):
    """The disk refused: full, damaged or read-only."""


class DiskFull(DiskTrouble):
    """There is no room left."""


class OnlyReadable(DiskTrouble):
    """Nothing can be written here."""

    def __init__(self) -> None:
        super().__init__(
            "This library can only be read.", "To write, open a copy in a folder of your own."
        )


def version_of(path: Path) -> int:
    """The schema version in the header, read without opening (and so touching) the database."""
    with path.open("rb") as file:
        header = file.read(100)
    if header and not header.startswith(_MAGIC):
        raise LibraryRefused(f"{path.name} is not a Fieldnotes library.", "Choose another folder.")
    return int(struct.unpack_from(">I", header, _VERSION_AT)[0]) if header else 0


def refuse_newer(path: Path, newest: int) -> None:
    """Raise LibraryRefused if `path` was written by a newer program."""
    if path.exists() and version_of(path) > newest:
        raise LibraryRefused(
            "This library was written by a newer version of Fieldnotes.",
            "Install that version to open it; nothing was changed.",
        )


def connect(path: Path, busy_ms: int = 10_000) -> Connection:
    """Open an existing database for one thread at a time; transactions are begun by hand."""
    with plain_errors():
        connection = sqlite.connect(
            str(path),
            isolation_level=None,
            check_same_thread=False,
            timeout=busy_ms / 1000,
            factory=Connection,
        )
        _set(
            connection,
            f"busy_timeout={busy_ms}",
            "journal_mode=WAL",
            "synchronous=FULL",
            "wal_autocheckpoint=0",
            "secure_delete=ON",
            "foreign_keys=ON",
            "temp_store=MEMORY",
            "user_version",  # makes the files that readers share, while there is still room
        )
    return connection


def connect_aside() -> Connection:
    """A database of its own, called `aside`, for work that is under way.

    It lies in a file that goes when it is closed; this engine would hold what it opens first in
    memory.
    """
    with plain_errors():
        connection = sqlite.connect(
            ":memory:", isolation_level=None, check_same_thread=False, factory=Connection
        )
        _set(connection, "temp_store=FILE")
        connection.execute("ATTACH '' AS aside")
        _set(connection, "aside.synchronous=OFF", "aside.journal_mode=MEMORY")
    return connection


def connect_to_read(path: Path) -> Connection:
    """Open a database where nothing can be written, not even the files that readers share."""
    log, shared = path.with_name(f"{path.name}-wal"), path.with_name(f"{path.name}-shm")
    if not log.exists() or log.stat().st_size == 0:
        how, locking = "mode=ro&immutable=1", "NORMAL"
    elif shared.exists():
        how, locking = "mode=ro", "NORMAL"
    else:  # what the log holds is indexed in memory
        none = "win32-none" if os.name == "nt" else "unix-none"
        how, locking = f"mode=ro&vfs={none}", "EXCLUSIVE"
    with plain_errors():
        connection = sqlite.connect(
            f"{path.absolute().as_uri()}?{how}",
            uri=True,
            factory=Connection,
            isolation_level=None,
            check_same_thread=False,
        )
        _set(connection, f"locking_mode={locking}", "temp_store=MEMORY")
    return connection


def _set(connection: Connection, *pragmas: str) -> None:
    try:
        for pragma in pragmas:
            connection.execute(f"PRAGMA {pragma}").fetchall()
    except sqlite.Error:
        connection.close()
        raise


def is_writable(*paths: Path) -> bool:
    """Whether the system lets us write to all of these, as far as they exist."""
    return all(os.access(path, os.W_OK) for path in paths if path.exists())


def create(path: Path, fill: Callable[[Connection], None]) -> None:
    """Make a database beside its place, then put it there; whoever came first wins."""
    fresh = path.with_name(f".{path.name}.{os.getpid()}.new")
    fresh.unlink(missing_ok=True)
    try:
        with plain_errors():
            connection = sqlite.connect(str(fresh), isolation_level=None, factory=Connection)
            try:
                connection.execute("PRAGMA page_size=4096")
                fill(connection)
            finally:
                connection.close()
            _flush(fresh)
        _put_in_place(fresh, path)
    finally:
        fresh.unlink(missing_ok=True)


@contextmanager
def transaction(connection: Connection) -> Iterator[None]:
    """BEGIN IMMEDIATE … COMMIT; rolled back on any error. Nested ones join the outer one."""
    if connection.in_transaction:
        yield
        return
    connection.guard()
    with plain_errors():
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield
            connection.execute("COMMIT")
        finally:
            _roll_back(connection)


def _roll_back(connection: Connection) -> None:
    """Whatever was not committed never happened."""
    if connection.in_transaction:
        connection.execute("ROLLBACK")


@contextmanager
def plain_errors() -> Iterator[None]:
    """The world's faults (disk full, locked, damaged) as plain sentences; bugs pass through."""
    try:
        yield
    except (sqlite.OperationalError, sqlite.DatabaseError) as error:
        told = _told(error)
        if told is None:
            raise
        raise told from error


@contextmanager
def plain_file_errors() -> Iterator[None]:
    """The same for a file that is no database."""
    try:
        yield
    except OSError as error:
        raise (_no_room() if error.errno == errno.ENOSPC else _no_disk()) from error


def rows(connection: Connection, sql: str, *parameters: Any) -> list[tuple[Any, ...]]:
    """All rows of a query with bound parameters."""
    with plain_errors():
        found: list[tuple[Any, ...]] = connection.execute(sql, parameters).fetchall()
    return found


def slices(
    connection: Connection, sql: str, *parameters: Any, size: int = SLICE
) -> Iterator[list[tuple[Any, ...]]]:
    """All rows of a long answer, `size` at a time; between them other threads have their turn.

    Raises Overtaken.
    """
    with plain_errors():
        cursor = connection.execute(sql, parameters)
        while part := cursor.fetchmany(size):
            connection.go_on()
            yield part
            time.sleep(0)


def whole_column(connection: Connection, sql: str, *parameters: Any) -> array[int]:
    """The first column of a long answer: whole numbers."""
    found = array("q")
    for part in slices(connection, sql, *parameters):
        found.extend([row[0] for row in part])
    return found


def one(connection: Connection, sql: str, *parameters: Any) -> Any:
    """The first column of the first row, or None."""
    found = rows(connection, sql, *parameters)
    return found[0][0] if found else None


def marks(count: int) -> str:
    """So many question marks."""
    return ",".join("?" * count)


def _told(error: Exception) -> FieldnotesError | None:
    text = str(error).lower()
    exact = getattr(error, "sqlite_errorcode", 0)
    code = exact & 0xFF
    if "locked" in text or "busy" in text:
        return Busy("Another program is writing to this library.", "Try again in a moment.")
    if code == sqlite.SQLITE_FULL or exact == _IOERR_SHMSIZE:
        return _no_room()
    if code == sqlite.SQLITE_READONLY:
        return OnlyReadable()
    if code == sqlite.SQLITE_CANTOPEN:
        return DiskTrouble("This library cannot be opened.", "Check the folder's permissions.")
    if code == sqlite.SQLITE_IOERR:
        return _no_disk()
    if "malformed" in text or "not a database" in text:
        return DiskTrouble("This library is damaged.", "Open your last backup.")
    return None


def _no_room() -> DiskFull:
    return DiskFull("The disk is full.", "Free some space; what you typed is still here.")


def _no_disk() -> DiskTrouble:
    return DiskTrouble("The disk reported an error.", "Check it, then try again.")


def _flush(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _put_in_place(fresh: Path, path: Path) -> None:
    try:
        os.link(fresh, path)
    except FileExistsError:
        return
    except OSError:  # a file system without hard links
        if not path.exists():
            fresh.replace(path)
    flush_folder(path.parent)


def flush_folder(folder: Path) -> None:
    """Make renames in `folder` durable, where the system can."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
