"""A plain SQLite file with readable views, for sqlite-utils, Datasette and other programs."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable
from contextlib import closing, suppress
from pathlib import Path

from fieldnotes.domain.note_columns import NoteRow, columns_of
from fieldnotes.store.database import flush_folder

_TEXTS = (
    "kind title text account stage outcome opportunity language place known_by sureness did"
    " did_what effect concern answer worked problem why_us result why_happy tried on_whom replies"
    " tries situation implication need_payoff"
).split()
_SEVERAL = {"tags": "tag", "competitors": "competitor", "products": "product"}


def write(path: Path, rows: Iterable[NoteRow]) -> None:
    """Make the file beside its place, then put it there. Raises OSError.

    Tables: notes, note_tags, note_competitors, note_products, quotes; views: notes_readable,
    notes_by_month.
    """
    part = path.with_name(f".{path.name}.part")
    part.unlink(missing_ok=True)
    try:
        try:
            with closing(sqlite3.connect(part)) as connection:
                _fill(connection, rows)
        except sqlite3.Error as error:
            raise OSError(str(error)) from error
        with part.open("rb+") as file:
            os.fsync(file.fileno())
        part.replace(path)
        flush_folder(path.parent)
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


def _fill(connection: sqlite3.Connection, rows: Iterable[NoteRow]) -> None:
    columns = ", ".join(_TEXTS)
    connection.execute(
        f"CREATE TABLE notes (id TEXT PRIMARY KEY, happened TEXT, author TEXT, see TEXT, {columns})"
    )
    for table, column in _SEVERAL.items():
        connection.execute(f"CREATE TABLE note_{table} (note TEXT REFERENCES notes, {column} TEXT)")
    connection.execute("CREATE TABLE quotes (note TEXT REFERENCES notes, text TEXT, role TEXT)")
    marks = ", ".join("?" * (4 + len(_TEXTS)))
    for row in rows:
        note, told = row.note, columns_of(row)
        happened = note.happened or row.written
        when = happened.local().isoformat(timespec="minutes") if happened else ""
        cells = [row.id, when, row.author, row.see]
        texts = [told.get(name, getattr(note, name)) for name in _TEXTS]
        connection.execute(f"INSERT INTO notes VALUES ({marks})", [*cells, *texts])
        for table in _SEVERAL:
            names = [(row.id, name) for name in getattr(note, table)]
            connection.executemany(f"INSERT INTO note_{table} VALUES (?, ?)", names)
        quotes = [(row.id, quote.text, quote.role) for quote in note.quotes]
        connection.executemany("INSERT INTO quotes VALUES (?, ?, ?)", quotes)
    connection.execute(
        "CREATE VIEW notes_readable AS SELECT n.happened, n.kind, coalesce(nullif(n.title, ''),"
        " n.text) AS heading, n.account, (SELECT group_concat(competitor, ', ') FROM"
        " note_competitors c WHERE c.note = n.id) AS competitors, (SELECT group_concat(tag, ', ')"
        " FROM note_tags t WHERE t.note = n.id) AS tags, n.author, n.text, n.id FROM notes n"
        " ORDER BY n.happened DESC"
    )
    connection.execute(
        "CREATE VIEW notes_by_month AS SELECT substr(happened, 1, 7) AS month, kind,"
        " count(*) AS notes FROM notes GROUP BY 1, 2 ORDER BY 1, 2"
    )
    connection.commit()
