"""The notes that came with a batch as columns: what they are counted from, without reading one."""

from __future__ import annotations

import msgspec
import numpy as np

from fieldnotes.store.columns import Numbers, numbers
from fieldnotes.store.database import rows
from fieldnotes.store.index import name_token
from fieldnotes.store.records import Records

Rows = Numbers
"""Of the columns of a Came, in ascending order."""
NOTHING = np.empty(0, np.int64)


class Came(msgspec.Struct, frozen=True):
    """Row i is the note at `places[i]`, the oldest first. `by_kind` and `by_author`: rows by name.

    What was removed since does not count.
    """

    places: Numbers
    by_kind: dict[str, Rows]
    by_author: dict[str, Rows]

    def by_name(self, records: Records, family: str) -> dict[str, Rows]:
        """Rows by a name of another family as it was written."""
        found = {}
        if len(self.places):
            within = int(self.places[0]), int(self.places[-1])
            for number, name in _names(records, family):
                records.connection.go_on()
                token = f"filters : {name_token(number)}"
                carry = numbers(records.connection, "rowid", _CARRY, token, *within)
                at = np.searchsorted(self.places, carry)
                if len(at := at[self.places[at] == carry]):
                    found[name] = at
        return found


def either(one: Rows, other: Rows) -> Rows:
    """Rows in one of both."""
    return np.union1d(one, other)


def both(one: Rows, other: Rows) -> Rows:
    """Rows in both."""
    return np.intersect1d(one, other, assume_unique=True)


def without(rows: Rows, others: Rows) -> Rows:
    """Rows that are not among the others."""
    return np.setdiff1d(rows, others, assume_unique=True)


def came_with(records: Records, batch: str) -> Came:
    """All that came with this batch (its id)."""
    told = "place || ' ' || kind || ' ' || author"
    table = numbers(records.connection, told, _CAME, batch).reshape(-1, 3)
    table = table[np.argsort(table[:, 0])]
    called = {no: card.name for no, card in records.people.numbers().items()}
    kinds = dict(_names(records, "kind"))
    return Came(table[:, 0], _grouped(table[:, 1], kinds), _grouped(table[:, 2], called))


def _names(records: Records, family: str) -> list[tuple[int, str]]:
    return rows(records.connection, "SELECT no, name FROM names WHERE family = ?", family)


def _grouped(column: Numbers, called: dict[int, str]) -> dict[str, Rows]:
    found: dict[str, Rows] = {}
    for number in np.unique(column).tolist():
        at, name = np.flatnonzero(column == number), called[number]
        found[name] = either(found.get(name, NOTHING), at)
    return found


_CARRY = "SELECT rowid FROM words WHERE words MATCH ? AND rowid BETWEEN ? AND ?"
_CAME = (
    "SELECT place, kind, author FROM facts WHERE removed IS NULL AND kind IS NOT NULL"
    " AND note_no IN (SELECT a.note_no FROM batches t JOIN bundles b ON b.batch = t.no"
    " JOIN arrivals a ON a.bundle = b.no WHERE t.id = ?)"
)
