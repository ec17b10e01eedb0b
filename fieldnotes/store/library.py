"""A library: one folder, three databases, opened together."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TypeVar

from fieldnotes.domain.devices import Reached
from fieldnotes.domain.people import Identity
from fieldnotes.errors import FieldnotesError, LibraryRefused
from fieldnotes.store import migrations
from fieldnotes.store.blobs import Blobs
from fieldnotes.store.database import (
    Connection,
    DiskTrouble,
    OnlyReadable,
    connect,
    connect_to_read,
    is_writable,
    one,
    plain_errors,
    rows,
    transaction,
)
from fieldnotes.store.drafts import Drafts, Outbox
from fieldnotes.store.index import RULES
from fieldnotes.store.ledger import Arrivals, IntakeRows, LeftOver
from fieldnotes.store.looked_over import LookedOver, Presets
from fieldnotes.store.names import Names
from fieldnotes.store.people import People, read_former, read_owner, write_former, write_owner
from fieldnotes.store.records import Records
from fieldnotes.store.reserve import Reserve
from fieldnotes.store.seals import seal_of
from fieldnotes.store.sendings import Sendings
from fieldnotes.store.thumbnails import Thumbnails

PATIENCE_MS = 10_000
T = TypeVar("T")


def exists(folder: Path) -> bool:
    """Whether somebody's library lies in `folder` already."""
    return (folder / "library.db").exists()


def make(folder: Path, owner: Identity) -> None:
    """Make a library for `owner`. One that is there already stays as it is."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise LibraryRefused(
            "A library cannot be made in this folder.", "Choose a folder you can write to."
        ) from error
    _prepare(folder)
    connection = connect(folder / "library.db")
    try:
        with transaction(connection):
            if read_owner(connection) is None:
                made = str(uuid.uuid4())
                connection.execute(
                    "INSERT INTO about (key, value, seal) VALUES ('library', ?, ?)",
                    (made, seal_of("library", made)),
                )
                connection.execute(
                    "INSERT INTO about (key, value, seal) VALUES (?, ?, ?)",
                    (Library.INDEX, RULES, seal_of(Library.INDEX, RULES)),
                )
                write_owner(connection, owner)
    finally:
        connection.close()
    Reserve(folder).regrow()


class NoOwner(LibraryRefused):
    """There is no library yet, or one that somebody has only begun to make."""


class Library:
    """An open library; for one thread at a time. Several may be open on one folder.

    `read_only`: nothing in the folder can be written.
    """

    INDEX = "index"  # in about: the RULES by which the words of the index were cut

    def __init__(self, folder: Path, only_look: bool = False) -> None:
        """Raises LibraryRefused, and touches nothing, if there is none (NoOwner) or it is newer.

        `only_look`: one that has to be made ready first is refused as well.
        """
        if not exists(folder):
            raise NoOwner("There is no library in this folder.", "Log a first note.")
        self.folder = folder
        self.read_only = not is_writable(folder, *(folder / name for name in migrations.STEPS))
        if self.read_only:
            _see_that_it_is_whole(folder)
        else:
            _prepare(folder)
        self.reserve = Reserve(folder)
        self.connection = self._connect("library.db")
        self._drafts = self._connect("drafts.db")
        self._blobs = self._connect("blobs.db")
        owner = read_owner(self.connection)
        if owner is None:
            for connection in (self.connection, *self.others):
                connection.close()
            raise NoOwner("This library has no owner.", "Open another folder.")
        self.owner = owner
        self._seen = -1
        self.names = Names(self.connection)
        self.people = People(self.connection)
        self.records = Records(self.connection, self.names, self.people, owner.author)
        self.drafts = Drafts(self._drafts)
        self.outbox = Outbox(self._drafts)
        self.blobs = Blobs(self._blobs)
        self.thumbnails = Thumbnails(folder)
        self.arrivals = Arrivals(self.connection)
        self.left_over = LeftOver(self.connection)
        self.sendings = Sendings(self.connection)
        self.intake_rows = IntakeRows(self.connection)
        self.looked_over = LookedOver(self.connection)
        self.presets = Presets(self.connection)
        if self.index_rules != RULES:
            self._cut_anew(only_look)

    def _connect(self, name: str) -> Connection:
        open_one = connect_to_read if self.read_only else connect
        return self.at_any_rate(lambda: open_one(self.folder / name))

    def _cut_anew(self, only_look: bool) -> None:
        if only_look or self.read_only:
            self.close()
            raise _not_ready() if only_look else _only_old()
        from fieldnotes.store.reindexing import reindex

        reindex(self)

    @property
    def index_rules(self) -> str | None:
        """By which rules the words of the index were cut."""
        return self.about(self.INDEX)

    @property
    def others(self) -> tuple[Connection, ...]:
        """The databases beside `library.db`."""
        return self._drafts, self._blobs

    def guard(self, check: Callable[[], None]) -> None:
        """Ask `check` before every transaction; it refuses by raising."""
        for connection in (self.connection, *self.others):
            connection.guard = check

    @property
    def by_name(self) -> dict[str, Connection]:
        """The three databases by the names of their files."""
        return dict(zip(migrations.STEPS, (self.connection, *self.others), strict=True))

    @property
    def id(self) -> str:
        """The library's own id; a copy of the folder has the same one."""
        return str(one(self.connection, "SELECT value FROM about WHERE key = 'library'"))

    def reached(self) -> Reached:
        """How far it is: only an older copy of it is less far."""
        sql = "SELECT coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'history'), 0)"
        versions = int(one(self.connection, sql))
        files = int(one(self.connection, "SELECT coalesce(max(no), 0) FROM sendings"))
        return Reached(versions, files)

    @contextmanager
    def transaction(self, patience_ms: int = PATIENCE_MS) -> Iterator[None]:
        """All or nothing in `library.db`; nested ones join.

        Raises Busy if another program still writes after `patience_ms`, and OnlyReadable.
        """
        if self.read_only:
            raise OnlyReadable
        rows(self.connection, f"PRAGMA busy_timeout={patience_ms}")
        try:
            with transaction(self.connection):
                self._see_others()
                yield
        except BaseException:
            self._forget()
            raise

    def _forget(self) -> None:
        """What was given out in a transaction may not be there any more."""
        self.names.forget()
        self.people.forget()

    def _see_others(self) -> None:
        """Names that somebody else erased are not to be used as if they were still there."""
        version = self.changes()
        if version != self._seen:
            self._seen = version
            self._forget()
            self.records.look_for_own_keys()

    @contextmanager
    def looking(self) -> Iterator[None]:
        """One unchanging sight of `library.db`; whatever is written in it is rolled back.

        Inside another one, or inside a transaction, it is that one's sight.
        """
        if self.connection.in_transaction:
            yield
            return
        self._forget()
        rows(self.connection, "BEGIN")
        try:
            yield
        finally:
            rows(self.connection, "ROLLBACK")
            self._forget()

    def at_any_rate(self, write: Callable[[], T]) -> T:
        """What must also work on a full disk: then the reserve makes room for it."""
        try:
            return write()
        except DiskTrouble:
            if not self.reserve.release():
                raise
            return write()

    def rename_owner(self, owner: Identity) -> None:
        """The owner goes by another name from now on."""
        with self.transaction():
            write_owner(self.connection, owner)
        self.owner = owner

    def identities(self) -> dict[str, Identity]:
        """The owner's keys by their hash: this library's first, then those of earlier laptops."""
        former = {each.author: each for each in read_former(self.connection)}
        return {self.owner.author: self.owner} | former

    def add_former(self, former: Identity) -> None:
        """The owner goes on with a key of an earlier laptop beside this library's own."""
        with self.transaction():
            write_former(self.connection, former)
            self.records.look_for_own_keys()

    def about(self, key: str) -> str | None:
        """A fact about the library itself."""
        found: str | None = one(self.connection, "SELECT value FROM about WHERE key = ?", key)
        return found

    def set_about(self, key: str, value: str) -> None:
        """Remember a fact about the library itself."""
        with self.transaction():
            self.connection.execute(
                "INSERT OR REPLACE INTO about (key, value, seal) VALUES (?, ?, ?)",
                (key, value, seal_of(key, value)),
            )

    def changes(self) -> int:
        """Differs when another connection has written: compare with an earlier call."""
        return int(one(self.connection, "PRAGMA data_version"))

    def interrupt(self) -> None:
        """Stop the question that is being answered in another thread."""
        self.connection.overtaken = True
        self.connection.interrupt()

    def listen(self) -> None:
        """A new question begins, which nothing has overtaken yet."""
        self.connection.overtaken = False

    def tidy(self, pages: int = 500) -> bool:
        """One idle slice of housekeeping: see which notes go plainly, merge the index, copy the log
        back. True: nothing left.

        No save waits for it, so it is called when nobody types and before quitting; it does not
        wait for anybody either (Busy).
        """
        if self.read_only:
            return True
        from fieldnotes.store.outlines import look_at_some

        self.reserve.regrow()
        with plain_errors():
            erased = self.erasing
            looked_at = look_at_some(self)
            before = self.connection.total_changes
            with self.transaction(patience_ms=0):
                self.connection.execute(
                    "INSERT INTO words (words, rank) VALUES ('merge', ?)",
                    (-pages if erased else pages,),  # below 0 everything, as deleted words stay
                )
            merged = self.connection.total_changes - before < 2
            for connection in (self.connection, *self.others):
                rows(connection, "PRAGMA wal_checkpoint(PASSIVE)")
            return merged and looked_at

    @property
    def erasing(self) -> bool:
        """Whether something was erased whose words may still lie in the files."""
        return self.about("erased") == "1"

    def empty_logs(self, patience_ms: int) -> bool:
        """Copy the logs back and cut them, as they hold what was. False while somebody reads."""
        blocked = False
        for each in (self.connection, *self.others):
            rows(each, f"PRAGMA busy_timeout={patience_ms}")
            blocked |= bool(rows(each, "PRAGMA wal_checkpoint(TRUNCATE)")[0][0])
            rows(each, f"PRAGMA busy_timeout={PATIENCE_MS}")
        return not blocked

    def rewrite(self) -> None:
        """Write the databases anew, without what lies between their rows. Takes long."""
        with plain_errors():
            for connection in (self.connection, *self.others):
                rows(connection, "PRAGMA temp_store=FILE")
                rows(connection, "VACUUM")
                rows(connection, "PRAGMA temp_store=MEMORY")

    def close(self) -> None:
        """Housekeep a little if something was written, and leave the files to others."""
        if self.connection.total_changes:
            with suppress(FieldnotesError):
                self.tidy()
        for connection in (self.connection, *self.others):
            connection.close()


def looked_into(folder: Path) -> Library:
    """A library that is up to date, for reading. Raises LibraryRefused if it is not."""
    if not (
        exists(folder) and all(migrations.is_newest(folder / name) for name in migrations.STEPS)
    ):
        raise _not_ready()
    return Library(folder, only_look=True)


def _not_ready() -> LibraryRefused:
    return LibraryRefused("This library has to be made ready first.", "Open it in the window.")


def _only_old() -> LibraryRefused:
    return LibraryRefused(
        "This library can only be read, and comes from an older version of Fieldnotes.",
        "Open a copy in a folder where you can write.",
    )


def _prepare(folder: Path) -> None:
    for name in migrations.STEPS:
        migrations.prepare(folder / name)


def _see_that_it_is_whole(folder: Path) -> None:
    """Nothing can be created or upgraded where nothing can be written."""
    for name in migrations.STEPS:
        if not migrations.is_current(folder / name):
            raise _only_old()
