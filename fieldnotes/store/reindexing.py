"""The index written anew, where words are cut otherwise than when it was written."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from fieldnotes.store.database import rows
from fieldnotes.store.gists import said_in
from fieldnotes.store.index import RULES, Facts, Indexed

if TYPE_CHECKING:
    from fieldnotes.store.library import Library
    from fieldnotes.store.records import Records

_SLICE = 1_000


def reindex(library: Library) -> None:
    """Write the index anew, unless somebody else did; all or nothing."""
    with library.transaction():
        if library.index_rules == RULES:
            return
        index = library.records.index
        library.connection.execute("INSERT INTO words (words) VALUES ('delete-all')")
        index.hold(much=True)
        index.add_words((facts.place, told) for facts, told in index_rows(library.records))
        index.hold(much=False)
        library.connection.execute("UPDATE facts SET plain = NULL")
        library.set_about(library.INDEX, RULES)


def index_rows(records: Records, first: int = -(2**63)) -> Iterator[tuple[Facts, Indexed]]:
    """What the index has to hold from a place on, by what the versions say, in that order."""
    columns = ", ".join(f"f.{name}" for name in Facts.__struct_fields__)
    sql = (
        f"SELECT {columns}, h.line FROM facts f JOIN history h ON h.seq = f.current"
        " WHERE f.place >= ? AND f.removed IS NULL AND f.kind IS NOT NULL ORDER BY f.place LIMIT ?"
    )
    while found := rows(records.connection, sql, first, _SLICE):
        for *told, line in found:
            facts = Facts(*told)
            yield facts, records.index.indexed(facts, said_in(records.shown(line)))
        first = found[-1][0] + 1
