"""The index written anew, where words are cut otherwise than when it was written."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from fieldnotes.domain import merge, note_fields
from fieldnotes.store.index import RULES, Facts, Indexed

if TYPE_CHECKING:
    from fieldnotes.store.library import Library
    from fieldnotes.store.records import Records


def reindex(library: Library) -> None:
    """Write the index anew, unless somebody else did; all or nothing."""
    with library.transaction():
        if library.index_rules == RULES:
            return
        connection = library.connection
        connection.execute("INSERT INTO words (words) VALUES ('delete-all')")
        connection.executemany(
            "INSERT INTO words (rowid, text, more, filters) VALUES (?, ?, ?, ?)",
            (
                (facts.place, told.text, told.more, told.filters)
                for facts, told in index_rows(library.records)
            ),
        )
        library.set_about(library.INDEX, RULES)


def index_rows(records: Records) -> Iterator[tuple[Facts, Indexed]]:
    """What the index has to hold, by what the versions say."""
    for key in list(records.named()):
        facts = records.facts(*key)
        if facts is None or facts.removed is not None or facts.kind is None:
            continue
        history = records.history(*key)
        note = note_fields.from_fields(merge.view(history, merge.current(history)))
        yield facts, records.index.indexed(facts, note)
