"""What names mean: everybody's entries, and for each name the entity that follows from them.

Written through with every record of this type: `names.entity` leads from a name to the one that
stands for all of them, so that a rename or a merge writes no note, no index and no count.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

import msgspec

from fieldnotes.domain import merge, vocabulary
from fieldnotes.domain.moments import month_of
from fieldnotes.domain.vocabulary import Meaning, Stated, names_of, resolve
from fieldnotes.domain.words import fold
from fieldnotes.store.database import Connection, one, rows
from fieldnotes.store.index import name_token
from fieldnotes.store.names import SEVERAL, Names


class Vocabulary:
    """Entries by the number of their record. Writing is the caller's transaction."""

    def __init__(self, connection: Connection, names: Names) -> None:
        self._connection = connection
        self._names = names

    def put(self, note_no: int, history: merge.History) -> None:
        """What a record says now, in place of what it said before."""
        self._say(note_no, stated_by(history))

    def drop(self, note_no: int) -> None:
        """The record is not there any more, so it says nothing."""
        self._say(note_no, None)

    def _say(self, note_no: int, stated: Stated | None) -> None:
        before = self._entry(note_no)
        if before == stated:
            return
        for table in ("entries", "entry_names"):
            self._connection.execute(f"DELETE FROM {table} WHERE note_no = ?", (note_no,))
        if stated is not None:
            self._add(note_no, stated)
        for family in {each.entry.family for each in (before, stated) if each}:
            of_family = [x.entry for x in (before, stated) if x and x.entry.family == family]
            self._settle(family, {key for entry in of_family for key in names_of(entry)})

    def about(self, family: str, name: str) -> list[tuple[int, Stated]]:
        """(number of its record, entry) of everything that bears on what `name` means."""
        return list(self._component(family, {fold(name)})[0].items())

    def everything(self) -> list[tuple[int, Stated]]:
        """Every entry with the number of its record."""
        found = rows(self._connection, "SELECT note_no, body FROM entries ORDER BY note_no")
        return [(note_no, _decode(body)) for note_no, body in found]

    def last_turn(self) -> int:
        """The highest turn that anybody's entry has."""
        return max((each.entry.turn for _, each in self.everything()), default=0)

    def settle_all(self) -> None:
        """Work out every meaning afresh from the entries; what is right already stays so."""
        for family in vocabulary.FAMILIES:
            sql = "SELECT DISTINCT folded FROM entry_names WHERE family = ?"
            self._settle(family, {key for (key,) in rows(self._connection, sql, family)})

    def _add(self, note_no: int, stated: Stated) -> None:
        self._connection.execute(
            "INSERT INTO entries (note_no, body) VALUES (?, ?)", (note_no, _encode(stated))
        )
        self._connection.executemany(
            "INSERT INTO entry_names (family, folded, note_no) VALUES (?, ?, ?)",
            [(stated.entry.family, key, note_no) for key in names_of(stated.entry)],
        )
        for name in (stated.entry.name, *stated.entry.aliases):
            self._names.number(stated.entry.family, name)

    def _entry(self, note_no: int) -> Stated | None:
        body = one(self._connection, "SELECT body FROM entries WHERE note_no = ?", note_no)
        return _decode(body) if body is not None else None

    def _component(self, family: str, keys: set[str]) -> tuple[dict[int, Stated], set[str]]:
        """Everything that hangs together with `keys`: entries by record, and names."""
        entries: dict[int, Stated] = {}
        known, fresh = set(keys), set(keys)
        while fresh:
            found = [each for key in fresh for each in self._speaking_of(family, key)]
            added = [(no, self._entry(no)) for no in found if no not in entries]
            entries |= {no: entry for no, entry in added if entry is not None}
            fresh = {key for _, each in added if each for key in names_of(each.entry)} - known
            known |= fresh
        return entries, known

    def _speaking_of(self, family: str, key: str) -> list[int]:
        sql = "SELECT note_no FROM entry_names WHERE family = ? AND folded = ?"
        return [no for (no,) in rows(self._connection, sql, family, key)]

    def _settle(self, family: str, keys: set[str]) -> None:
        """Lead every name that hangs together with `keys` to its entity."""
        entries, known = self._component(family, keys)
        meanings = resolve(entries.values())
        together: dict[str, set[str]] = {}
        for key in known:
            together.setdefault(meanings.get(key, Meaning(key)).root, set()).add(key)
        before = self._entities(family, known)
        for root, alike in together.items():
            self._lead(family, meanings.get(root, Meaning(root)), alike)
        self._count_doubles(family, before | self._entities(family, known))

    def _entities(self, family: str, keys: Collection[str]) -> set[int]:
        found: set[int] = set()
        for key in keys:
            sql = "SELECT DISTINCT entity FROM names WHERE family = ? AND folded = ?"
            found.update(no for (no,) in rows(self._connection, sql, family, key))
        return found

    def _lead(self, family: str, meaning: Meaning, keys: set[str]) -> None:
        called = self._names.number(family, meaning.name) if meaning.name else None
        sql = "SELECT min(no) FROM names WHERE family = ? AND folded = ?"
        entity = called or one(self._connection, sql, family, meaning.root)
        if entity is None:
            return  # nobody has written this name, somebody only said that it is another one
        self._connection.executemany(
            "UPDATE names SET entity = ?, stated = (no = ? AND ?) WHERE family = ? AND folded = ?",
            [(entity, entity, called is not None, family, key) for key in keys],
        )
        self._names.forget()

    def _count_doubles(self, family: str, entities: Iterable[int]) -> None:
        """Notes that carry several names of one entity count once for it."""
        if family not in SEVERAL:
            return
        for entity in entities:
            self._connection.execute("DELETE FROM doubles WHERE name = ?", (entity,))
            self._connection.executemany(
                "INSERT INTO doubles (name, month, kind, n) VALUES (?, ?, ?, ?)"
                " ON CONFLICT (name, month, kind) DO UPDATE SET n = n + excluded.n",
                [(entity, month_of(at), kind, n) for at, kind, n in self._doubled(entity)],
            )

    def _doubled(self, entity: int) -> Iterable[tuple[int, int, int]]:
        """(local seconds of some day, kind, how often on that day) that a note carries a name of
        `entity` beyond its first."""
        sql = (
            "SELECT no FROM names WHERE entity = ? AND no IN (SELECT name FROM rollups) ORDER BY no"
        )
        numbers = [name_token(no) for (no,) in rows(self._connection, sql, entity)]
        for place in range(1, len(numbers)):
            match = f"filters : (({' OR '.join(numbers[:place])}) AND {numbers[place]})"
            yield from rows(self._connection, _DOUBLED, match)


_DOUBLED = (
    "SELECT min(f.happened), f.kind, count(*) FROM words w JOIN facts f ON f.place = w.rowid"
    " WHERE words MATCH ? GROUP BY f.kind, (f.happened - (f.happened < 0) * 86399) / 86400"
)


def stated_by(history: merge.History) -> Stated | None:
    """What a record says about names: nothing, unless that is its type and it is still there."""
    top = merge.current(history)
    if top.revision.type != vocabulary.TYPE or top.revision.removed is not None:
        return None
    entry = vocabulary.from_fields(merge.view(history, top))
    return Stated(top.revision.id, top.revision.author, entry) if entry else None


def _encode(stated: Stated) -> bytes:
    return msgspec.json.encode(stated)


def _decode(body: bytes) -> Stated:
    return msgspec.json.decode(body, type=Stated)
