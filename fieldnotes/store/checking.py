"""Is the library what it says? Every row against its hash or against what it derives from."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from typing import Protocol, TypeVar

import msgspec

from fieldnotes.domain import merge, note_fields, vocabulary
from fieldnotes.domain.canonical import canonical
from fieldnotes.domain.people import KeyCard
from fieldnotes.domain.records import Copy, read_line
from fieldnotes.domain.vocabulary import Meaning
from fieldnotes.store.database import Connection, DiskTrouble, plain_errors, rows
from fieldnotes.store.gists import said_in
from fieldnotes.store.library import Library
from fieldnotes.store.reindexing import index_rows
from fieldnotes.store.seals import broken_seals, loose_ends

Progress = Callable[[int, int], None]
T = TypeVar("T")


class Seals(Protocol):
    """Who says so: the cryptography that this package leaves to others."""

    def is_genuine(self, card: KeyCard) -> bool:
        """Whether a key card is signed with its own keys."""

    def signed_by(self, copy: Copy, signs: str) -> bool:
        """Whether a version carries a signature of this key."""


def damage(library: Library, seals: Seals) -> list[str]:
    """One plain sentence for each row that is not as it was written; writes nothing."""
    found = [f"The file is damaged: {text}." for text in _integrity(library)]
    if not found:
        connection = library.connection
        found += [f"A row of {each} is damaged." for each in broken_seals(connection)]
        found += [f"A row of {each} refers to nothing." for each in loose_ends(connection)]
        found += _rows(library, seals)
        found += _blobs(library)
    return found


def differences(library: Library, progress: Progress) -> list[str]:
    """What does not follow from the versions as it should; only where there is no damage."""
    found = _facts(library, progress) + _index(library) + _meanings(library) + _likenesses(library)
    return found + _counts(library, "rollups") + _counts(library, "doubles")


def digest(library: Library) -> str:
    """SHA-256 over id, revision and removal of all current records in id order (hex)."""
    total = hashlib.sha256()
    for record_id, _, revision, line in library.records.currents():
        removed = read_line(line).revision.removed
        reason = removed.reason if removed else ""
        total.update(record_id.encode() + b"\0" + revision + reason.encode() + b"\0")
    return total.hexdigest()


def content(library: Library) -> str:
    """SHA-256 over envelope and all known values of current records; equal where none is hidden."""
    total = hashlib.sha256()
    for record_id, author, _, _ in library.records.currents():
        history = library.records.history(record_id, author)
        top = merge.current(history)
        told = {"record": top.revision.envelope(), "fields": merge.view(history, top)}
        total.update(canonical(told) + b"\n")
    return total.hexdigest()


def count(library: Library) -> int:
    """Records of every type, removed ones too."""
    return int(rows(library.connection, "SELECT count(*) FROM facts")[0][0])


def _integrity(library: Library) -> list[str]:
    found = []
    for connection in (library.connection, *library.others):
        found += [text for (text,) in rows(connection, "PRAGMA integrity_check(10)")]
    return [text for text in found if text != "ok"]


def _rows(library: Library, seals: Seals) -> list[str]:
    """Each version against its SHA-256, its name and its author's signature; each key card."""
    found = []
    cards = {card.author: card for card in library.people.numbers().values()}
    found += [
        f"The key card of {c.name} is damaged." for c in cards.values() if not seals.is_genuine(c)
    ]
    query = "SELECT note_no, revision, line, sha256 FROM history"
    for note_no, revision, line, sha256 in library.connection.execute(query):
        if hashlib.sha256(line).digest() != sha256:
            found.append(f"A version of note {note_no} is damaged.")
            continue
        copy = read_line(line)
        card = cards.get(copy.revision.author)
        if copy.name != revision.hex():
            found.append(f"A version of note {note_no} has another name than its content.")
        elif card is None or not seals.signed_by(copy, card.signs):
            found.append(f"A version of note {note_no} is not signed by its author.")
    return found


def _facts(library: Library, progress: Progress) -> list[str]:
    """The narrow rows against the history they derive from."""
    records, found, total = library.records, [], count(library)
    for done, key in enumerate(list(records.named())):
        progress(done, total)
        history = records.history(*key)
        held = records.facts(*key)
        assert held is not None
        asked = records.facts_of(history, held.note_no)
        plain = None if held.plain is None else asked.plain
        asked = msgspec.structs.replace(asked, place=held.place, sent=held.sent, plain=plain)
        if asked != held:
            found.append(f"The row of note {held.note_no} is not what its versions say.")
    return found


def _index(library: Library) -> list[str]:
    """The index, word by word, against one made afresh."""
    connection, records = library.connection, library.records
    connection.execute("DROP TABLE IF EXISTS temp.fresh_words")
    connection.execute(
        "CREATE VIRTUAL TABLE temp.fresh_words USING fts5 (text, more, filters, content='',"
        " contentless_delete=1, tokenize='ascii')"
    )
    for facts, told in index_rows(records):
        connection.execute(
            "INSERT INTO temp.fresh_words (rowid, text, more, filters) VALUES (?, ?, ?, ?)",
            (facts.place, told.text, told.more, told.filters),
        )
    try:
        held, fresh = (
            _words_in(connection, "main", "words"),
            _words_in(connection, "temp", "fresh_words"),
        )
    except DiskTrouble:
        return ["The index is damaged."]
    finally:
        connection.execute("DROP TABLE temp.fresh_words")
    return [] if held == fresh else ["The index does not hold the words of the notes."]


def _words_in(connection: Connection, schema: str, table: str) -> str:
    total = hashlib.sha256()
    connection.execute("DROP TABLE IF EXISTS temp.vocabulary")
    connection.execute(
        f"CREATE VIRTUAL TABLE temp.vocabulary USING fts5vocab ({schema}, {table}, instance)"
    )
    with plain_errors():
        for row in connection.execute('SELECT term, doc, col, "offset" FROM temp.vocabulary'):
            total.update(repr(tuple(row)).encode())
    connection.execute("DROP TABLE temp.vocabulary")
    for row in connection.execute(f"SELECT id, sz FROM {schema}.{table}_docsize ORDER BY id"):
        total.update(repr(tuple(row)).encode())
    return total.hexdigest()


def _meanings(library: Library) -> list[str]:
    """What names mean, against what everybody's entries say together."""
    from fieldnotes.store.vocabulary import stated_by

    records = library.records
    held = dict(records.vocabulary.everything())
    right = _stated(library, stated_by) == held
    for family in vocabulary.FAMILIES:
        meanings = vocabulary.resolve(x for x in held.values() if x.entry.family == family)
        right = right and _leads_right(library, family, meanings)
    return [] if right else ["Names do not mean what was said about them."]


def _likenesses(library: Library) -> list[str]:
    """What is held of "the same" and "not the same", against the records that say it."""
    from fieldnotes.store.likeness import stated_by

    held = dict(library.records.likenesses.numbered())
    right = _stated(library, stated_by) == held
    return [] if right else ["Notes are not linked as people said."]


def _stated(library: Library, stated_by: Callable[[merge.History], T | None]) -> dict[int, T]:
    """What the records that are no notes say, by their numbers."""
    records, said = library.records, {}
    for key in records.named():
        facts = records.facts(*key)
        if facts is not None and facts.kind is None:
            stated = stated_by(records.history(*key))
            if stated is not None:
                said[facts.note_no] = stated
    return said


def _leads_right(library: Library, family: str, meanings: Mapping[str, Meaning]) -> bool:
    """Whether names share an entity exactly where they mean the same, and it is called so."""
    sql = (
        "SELECT m.folded, m.entity, e.name, e.stated FROM names m LEFT JOIN names e"
        " ON e.no = m.entity WHERE m.family = ?"
    )
    pairs = set()
    for folded, entity, name, stated in rows(library.connection, sql, family):
        meaning = meanings.get(folded, Meaning(folded))
        pairs.add((meaning.root, entity))
        if (name if stated else "") != meaning.name:
            return False
    roots, entities = {root for root, _ in pairs}, {entity for _, entity in pairs}
    return len(pairs) == len(roots) == len(entities)


def _counts(library: Library, table: str) -> list[str]:
    records = library.records
    asked: dict[tuple[int, int, int], int] = {}
    for key in records.named():
        facts = records.facts(*key)
        if facts is None:
            continue
        history = records.history(*key)
        said = said_in(note_fields.from_fields(merge.view(history, merge.current(history))))
        index = records.index
        by_key = index.counted(facts, said) if table == "rollups" else index.doubled(facts, said)
        for counted, times in by_key.items():
            asked[counted] = asked.get(counted, 0) + times
    sql = f"SELECT name, month, kind, n FROM {table}"
    held = {(name, month, kind): n for name, month, kind, n in rows(library.connection, sql)}
    return [] if asked == held else ["The counts are not those of the notes."]


def _blobs(library: Library) -> list[str]:
    found = []
    for sha256, content_ in library.blobs.everything():
        if hashlib.sha256(content_).digest() != sha256:
            found.append("An attachment is damaged.")
    return found
