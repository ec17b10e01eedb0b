"""Which file showed how much of a version, where files differ in it.

The library holds the union of what all copies of a version show. To take one file back, what it
alone disclosed must be told from the rest. A file without a row here showed just what is held.
"""

from __future__ import annotations

from collections.abc import Iterable

from fieldnotes.domain import merge
from fieldnotes.domain.merge import History
from fieldnotes.domain.records import Copy, read_line, to_line
from fieldnotes.store.database import Connection, rows
from fieldnotes.store.seals import seal_of


class Disclosures:
    """Copies by the number of the bundle that brought them. Writing is the caller's transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def note(self, bundle: int, note_no: int, ours: History, copies: Iterable[Copy]) -> None:
        """`copies` of a record are about to be joined to `ours`."""
        copies = list(copies)
        both = merge.join(ours, copies)
        for copy in copies:
            old, new = ours.get(copy.name), both.get(copy.name)
            if old is None or new is None or old == copy:
                continue
            if new != old:
                self._put(self._without(note_no, copy.name, bundle), note_no, old)
            self._put([bundle], note_no, copy)

    def left(self, note_no: int, name: str, held: Copy, bundles: Iterable[int]) -> Copy:
        """What is still shown of a version when only these bundles (at least one) brought it."""
        sql = "SELECT bundle, line FROM disclosures WHERE note_no = ? AND revision = ?"
        told = dict(rows(self._connection, sql, note_no, bytes.fromhex(name)))
        shown = [read_line(told[each]) if each in told else held for each in bundles]
        return merge.join({}, shown)[name]

    def move(self, note_no: int, to: int, name: str) -> None:
        """A version belongs to the record of another number from now on."""
        sql = "SELECT bundle, line FROM disclosures WHERE note_no = ? AND revision = ?"
        revision = bytes.fromhex(name)
        for bundle, line in rows(self._connection, sql, note_no, revision):
            self._put([bundle], to, read_line(line))
        self._connection.execute(
            "DELETE FROM disclosures WHERE note_no = ? AND revision = ?", (note_no, revision)
        )

    def of_erased(self, note_no: int) -> None:
        """Nothing of this record may stay."""
        self._connection.execute("DELETE FROM disclosures WHERE note_no = ?", (note_no,))

    def _without(self, note_no: int, name: str, bundle: int) -> list[int]:
        """Bundles that brought a version and showed just what was held of it so far."""
        found = rows(self._connection, _WITHOUT, note_no, bytes.fromhex(name), bundle)
        return [no for (no,) in found]

    def _put(self, bundles: list[int], note_no: int, copy: Copy) -> None:
        line, name = to_line(copy), bytes.fromhex(copy.name)
        told = [(bundle, note_no, name, line) for bundle in bundles]
        self._connection.executemany(
            "INSERT OR REPLACE INTO disclosures (bundle, note_no, revision, line, seal)"
            " VALUES (?, ?, ?, ?, ?)",
            [(*row, seal_of(*row)) for row in told],
        )


_WITHOUT = (
    "SELECT b.no FROM bundles b CROSS JOIN arrivals a ON a.bundle = b.no AND a.note_no = ?1"
    " AND a.revision = ?2 WHERE b.no != ?3 AND NOT EXISTS (SELECT 1 FROM disclosures d"
    " WHERE d.note_no = ?1 AND d.revision = ?2 AND d.bundle = b.no)"
)
