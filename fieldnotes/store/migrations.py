"""How the three databases came to look as they do: named, atomic, recorded steps.

Only creating and upgrading import sqlite-utils; an up-to-date library opens without it.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2

from fieldnotes.store import database

Step = Callable[[Any], None]


def library_begins(db: Any) -> None:
    """Facts, history, index, roll-ups, names, people, batches and the ledger."""
    for statement in _LIBRARY:
        db.execute(statement)


def promises_have_an_index(db: Any) -> None:
    """Records that are no notes are few among many: found by their type."""
    db.execute("CREATE INDEX facts_others ON facts (type, place) WHERE kind IS NULL")


def drafts_begin(db: Any) -> None:
    """What is being typed, and saved revisions that the library has not taken over yet."""
    db.execute(
        "CREATE TABLE drafts (id BLOB PRIMARY KEY, place TEXT NOT NULL, body BLOB NOT NULL,"
        " changed INTEGER NOT NULL) WITHOUT ROWID"
    )
    db.execute(
        "CREATE TABLE outbox (turn INTEGER PRIMARY KEY, revision BLOB NOT NULL UNIQUE,"
        " line BLOB NOT NULL)"
    )


def blobs_begin(db: Any) -> None:
    """Attachments, by the SHA-256 of their content."""
    db.execute("CREATE TABLE blobs (sha256 BLOB PRIMARY KEY, content BLOB NOT NULL)")


def blobs_may_be_loose(db: Any) -> None:
    """Content that no record refers to yet says since when (ms since 1970)."""
    db.execute("ALTER TABLE blobs ADD COLUMN loose_since INTEGER")
    db.execute("CREATE INDEX blobs_loose ON blobs (loose_since) WHERE loose_since IS NOT NULL")


def names_mean_entities(db: Any) -> None:
    """What names mean. So far spellings that fold to the same are one, and nobody says more."""
    for statement in _MEANINGS:
        db.execute(statement)
    spelt = db.execute(_SPELT_TWICE).fetchall()
    for entity, numbers in ((entity, each.split()) for entity, each in spelt):
        for at in range(1, len(numbers)):
            match = f"filters : (({' OR '.join(numbers[:at])}) AND {numbers[at]})"
            db.execute(_COUNT_DOUBLES, (entity, match))


def removed_have_an_index(db: Any) -> None:
    """The trash is small among many notes."""
    db.execute("CREATE INDEX facts_removed ON facts (modified) WHERE removed IS NOT NULL")


def words_are_cut_by_rules(db: Any) -> None:
    """The index says by which rules it was cut; so far none, so it is cut anew when opened."""
    db.execute("DELETE FROM about WHERE key = 'index'")


def notes_may_be_alike(db: Any) -> None:
    """What people say of two notes, and the pairs that were found; so far none."""
    for statement in _LIKENESSES:
        db.execute(statement)


def people_have_several_keys(db: Any) -> None:
    """The owner's keys of earlier laptops, and where people are written to."""
    for statement in _SEVERAL_KEYS:
        db.execute(statement)


def sending_is_prepared(db: Any) -> None:
    """What was looked at before sending and is fine, and choices that are sent again."""
    for statement in _PREPARED:
        db.execute(statement)


def files_differ_in_what_they_show(db: Any) -> None:
    """Copies of a version as files brought them, where they are not all alike."""
    db.execute(
        "CREATE TABLE disclosures (bundle INTEGER NOT NULL, note_no INTEGER NOT NULL,"
        " revision BLOB NOT NULL, line BLOB NOT NULL, seal BLOB NOT NULL,"
        " PRIMARY KEY (note_no, revision, bundle)) WITHOUT ROWID"
    )


def files_are_kept_for_what_was_left(db: Any) -> None:
    """Of which files somebody took only some notes, and how many are left."""
    db.execute(
        "CREATE TABLE left_over (bundle INTEGER PRIMARY KEY, notes INTEGER NOT NULL,"
        " seal BLOB NOT NULL)"
    )


def persons_write_records(db: Any) -> None:
    """Which keys are one person, so that a record may have versions by several of them."""
    db.execute("ALTER TABLE people ADD COLUMN person INTEGER")
    db.execute("CREATE INDEX people_person ON people (person) WHERE person IS NOT NULL")


def files_vouch_for_versions(db: Any) -> None:
    """Versions that are not verified one by one yet, as runs of numbers in the history."""
    db.execute(
        "CREATE TABLE unproven (first INTEGER PRIMARY KEY, last INTEGER NOT NULL,"
        " seal BLOB NOT NULL)"
    )


def files_are_known_again(db: Any) -> None:
    """Which files were read in whole, and up to which version the history went then."""
    db.execute(
        "CREATE TABLE read_whole (bundle INTEGER PRIMARY KEY, seq INTEGER NOT NULL,"
        " taken_back INTEGER NOT NULL, seal BLOB NOT NULL)"
    )


def notes_may_go_plainly(db: Any) -> None:
    """Whether all of a note goes wherever any of it may; so far nobody has looked."""
    db.execute("ALTER TABLE facts ADD COLUMN plain TEXT")
    db.execute("CREATE INDEX facts_not_looked_at ON facts (place) WHERE plain IS NULL")


STEPS: dict[str, tuple[Step, ...]] = {
    "library.db": (
        library_begins,
        promises_have_an_index,
        names_mean_entities,
        removed_have_an_index,
        words_are_cut_by_rules,
        notes_may_be_alike,
        people_have_several_keys,
        sending_is_prepared,
        files_differ_in_what_they_show,
        files_are_kept_for_what_was_left,
        persons_write_records,
        files_vouch_for_versions,
        files_are_known_again,
        notes_may_go_plainly,
    ),
    "drafts.db": (drafts_begin,),
    "blobs.db": (blobs_begin, blobs_may_be_loose),
}


def newest(name: str) -> int:
    """The version this program writes."""
    return len(STEPS[name])


def is_newest(path: Path) -> bool:
    """Whether this file is there and as this program writes it."""
    return path.exists() and database.version_of(path) == newest(path.name)


def prepare(path: Path) -> None:
    """Create or upgrade `path`; one of a newer program is refused untouched."""
    database.refuse_newer(path, newest(path.name))
    if not path.exists():
        database.create(path, lambda connection: _apply(connection, path.name))
    elif database.version_of(path) < newest(path.name):
        _upgrade(path)


def is_current(path: Path) -> bool:
    """Whether `path` needs neither to be made nor upgraded. Raises LibraryRefused as `prepare`."""
    database.refuse_newer(path, newest(path.name))
    return path.exists() and database.version_of(path) == newest(path.name)


def _upgrade(path: Path) -> None:
    """Whoever comes first upgrades; everybody else waits, and finds it done."""
    connection = database.connect(path)
    try:
        with database.transaction(connection):
            before = connection.execute("PRAGMA user_version").fetchone()[0]
            if before < newest(path.name):
                _back_up(path, path.with_name(f"{path.stem}-before-{before}.backup"))
                _apply(connection, path.name)
        database.rows(connection, "PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        connection.close()


def _back_up(path: Path, copy: Path) -> None:
    # by a reader of its own: the connection that is about to write cannot be read from
    reader, backup = dbapi2.connect(str(path)), dbapi2.connect(str(copy))
    try:
        reader.backup(backup)
    finally:
        backup.close()
        reader.close()


def _apply(connection: database.Connection, name: str) -> None:
    # sqlite-utils must meet this engine, or its `except sqlite3.Error` misses the exceptions.
    sys.modules.setdefault("pysqlite3", dbapi2)
    sys.modules.setdefault("pysqlite3.dbapi2", dbapi2)
    import sqlite_utils
    from sqlite_utils.migrations import Migrations

    steps = Migrations(name)
    for step in STEPS[name]:
        steps(name=step.__name__)(step)
    steps.apply(sqlite_utils.Database(connection))
    connection.execute(f"PRAGMA user_version={len(STEPS[name])}")


_LIBRARY = (
    "CREATE TABLE about (key TEXT PRIMARY KEY, value TEXT NOT NULL, seal BLOB NOT NULL)"
    " WITHOUT ROWID",
    "CREATE TABLE owner (one INTEGER PRIMARY KEY CHECK (one = 1), seed BLOB NOT NULL,"
    " secret TEXT NOT NULL, card BLOB NOT NULL, seal BLOB NOT NULL)",
    "CREATE TABLE people (no INTEGER PRIMARY KEY, author BLOB NOT NULL UNIQUE,"
    " card BLOB NOT NULL, standing TEXT NOT NULL, seal BLOB NOT NULL)",
    "CREATE TABLE names (no INTEGER PRIMARY KEY, family TEXT NOT NULL, name TEXT NOT NULL,"
    " folded TEXT NOT NULL, seal BLOB NOT NULL, UNIQUE (family, name))",
    "CREATE INDEX names_folded ON names (family, folded)",
    # rowid = local seconds << 8 | slot: newest first is a walk down the rowids.
    "CREATE TABLE facts (place INTEGER PRIMARY KEY, note_no INTEGER NOT NULL UNIQUE,"
    " id BLOB NOT NULL, current INTEGER NOT NULL, type INTEGER NOT NULL, kind INTEGER,"
    " author INTEGER NOT NULL, account INTEGER, stage INTEGER, outcome INTEGER,"
    " happened INTEGER NOT NULL, modified INTEGER NOT NULL, marking TEXT NOT NULL,"
    " removed TEXT, versions INTEGER NOT NULL, masked INTEGER NOT NULL, sent INTEGER)",
    "CREATE UNIQUE INDEX facts_id ON facts (id, author)",
    "CREATE INDEX facts_unsent ON facts (place) WHERE sent = 0 AND removed IS NULL",
    "CREATE INDEX facts_edited_twice ON facts (place) WHERE versions > 1",
    # The text row: appended in arrival order.
    "CREATE TABLE history (seq INTEGER PRIMARY KEY AUTOINCREMENT, note_no INTEGER NOT NULL,"
    " revision BLOB NOT NULL, line BLOB NOT NULL, sha256 BLOB NOT NULL)",
    "CREATE UNIQUE INDEX history_note ON history (note_no, revision)",
    "CREATE VIRTUAL TABLE words USING fts5 (text, more, filters, content='',"
    " contentless_delete=1, tokenize='ascii')",
    "INSERT INTO words (words, rank) VALUES ('automerge', 0)",
    "INSERT INTO words (words, rank) VALUES ('crisismerge', 1000)",
    "CREATE TABLE rollups (name INTEGER NOT NULL, month INTEGER NOT NULL, kind INTEGER NOT NULL,"
    " n INTEGER NOT NULL, PRIMARY KEY (name, month, kind)) WITHOUT ROWID",
    "CREATE TABLE batches (no INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, at INTEGER NOT NULL,"
    " counts BLOB NOT NULL, seal BLOB NOT NULL)",
    "CREATE TABLE bundles (no INTEGER PRIMARY KEY, batch INTEGER NOT NULL, bundle TEXT NOT NULL,"
    " author BLOB NOT NULL, manifest BLOB NOT NULL, file BLOB NOT NULL, seal BLOB NOT NULL)",
    "CREATE INDEX bundles_by_id ON bundles (bundle)",
    "CREATE TABLE arrivals (bundle INTEGER NOT NULL, note_no INTEGER NOT NULL,"
    " revision BLOB NOT NULL, PRIMARY KEY (bundle, note_no, revision)) WITHOUT ROWID",
    "CREATE TABLE sendings (no INTEGER PRIMARY KEY, bundle TEXT NOT NULL, recipient TEXT NOT NULL,"
    " audience TEXT NOT NULL, at INTEGER NOT NULL, manifest BLOB NOT NULL, seal BLOB NOT NULL)",
    "CREATE INDEX sendings_to ON sendings (recipient)",
    "CREATE TABLE sent_revisions (note_no INTEGER NOT NULL, revision BLOB NOT NULL,"
    " sending INTEGER NOT NULL, PRIMARY KEY (note_no, revision, sending)) WITHOUT ROWID",
    "CREATE TABLE intake_rows (source TEXT NOT NULL, row TEXT NOT NULL, content BLOB NOT NULL,"
    " turn INTEGER NOT NULL, id BLOB NOT NULL, seal BLOB NOT NULL,"
    " PRIMARY KEY (content, turn)) WITHOUT ROWID",
    "CREATE INDEX intake_rows_by_row ON intake_rows (source, row)",
)
_MEANINGS = (
    "ALTER TABLE names ADD COLUMN entity INTEGER",
    "ALTER TABLE names ADD COLUMN stated INTEGER NOT NULL DEFAULT 0",
    "UPDATE names SET entity = (SELECT min(m.no) FROM names m WHERE m.family = names.family"
    " AND m.folded = names.folded)",
    "CREATE INDEX names_entity ON names (entity)",
    "CREATE TABLE entries (note_no INTEGER PRIMARY KEY, body BLOB NOT NULL)",
    "CREATE TABLE entry_names (family TEXT NOT NULL, folded TEXT NOT NULL,"
    " note_no INTEGER NOT NULL, PRIMARY KEY (family, folded, note_no)) WITHOUT ROWID",
    "CREATE INDEX entry_names_of ON entry_names (note_no)",
    # What roll-ups count too often: a note with several names of one entity.
    "CREATE TABLE doubles (name INTEGER NOT NULL, month INTEGER NOT NULL, kind INTEGER NOT NULL,"
    " n INTEGER NOT NULL, PRIMARY KEY (name, month, kind)) WITHOUT ROWID",
)
_LIKENESSES = (
    "CREATE TABLE likenesses (note_no INTEGER PRIMARY KEY, id BLOB NOT NULL, author BLOB NOT NULL,"
    " one BLOB NOT NULL, other BLOB NOT NULL, same INTEGER NOT NULL, turn INTEGER NOT NULL)",
    "CREATE INDEX likenesses_one ON likenesses (one, other)",
    "CREATE INDEX likenesses_other ON likenesses (other)",
    # Numbers of two notes, the smaller first; both are looked for when one of them changed.
    "CREATE TABLE alike (one INTEGER NOT NULL, other INTEGER NOT NULL, share REAL NOT NULL,"
    " PRIMARY KEY (one, other)) WITHOUT ROWID",
    "CREATE INDEX alike_other ON alike (other)",
)
_SEVERAL_KEYS = (
    "CREATE TABLE former_keys (author BLOB PRIMARY KEY, seed BLOB NOT NULL, secret TEXT NOT NULL,"
    " card BLOB NOT NULL, seal BLOB NOT NULL) WITHOUT ROWID",
    "CREATE TABLE addresses (author BLOB PRIMARY KEY, email TEXT NOT NULL, seal BLOB NOT NULL)"
    " WITHOUT ROWID",
)
_PREPARED = (
    "CREATE TABLE looked_over (revision BLOB NOT NULL, find TEXT NOT NULL, seal BLOB NOT NULL,"
    " PRIMARY KEY (revision, find)) WITHOUT ROWID",
    "CREATE TABLE presets (name TEXT PRIMARY KEY, body BLOB NOT NULL, seal BLOB NOT NULL)"
    " WITHOUT ROWID",
)
_SPELT_TWICE = (
    "SELECT entity, group_concat('n' || no, ' ') FROM names WHERE family IN ('competitor',"
    " 'product', 'tag') AND no IN (SELECT name FROM rollups) GROUP BY entity HAVING count(*) > 1"
)
_COUNT_DOUBLES = (
    "INSERT INTO doubles (name, month, kind, n) SELECT ?1, strftime('%Y', f.happened, 'unixepoch')"
    " * 12 + strftime('%m', f.happened, 'unixepoch') - 1, f.kind, 1 FROM words w JOIN facts f"
    " ON f.place = w.rowid WHERE words MATCH ?2"
    " AND f.happened BETWEEN -62135596800 AND 253402300799"  # the years 1 to 9999
    " ON CONFLICT (name, month, kind) DO UPDATE SET n = n + 1"
)
