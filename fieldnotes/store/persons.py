"""Several keys of one person write one record: its rows are joined, and parted again.

A version by another key of a record's author counts as by its author, as soon as the two are known
to be one person; until then, and once that holds no more, it is a record of its own. So what is
held is the same whether the versions came first or the word of who is who. That word itself
(domain/succession.py) is told by each key alone, or it could take itself back.

What was erased does not come back when persons are parted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from uuid import UUID

import msgspec

from fieldnotes.domain import merge, note_fields, succession
from fieldnotes.domain.attachments import hashes_in
from fieldnotes.domain.merge import History
from fieldnotes.domain.records import Copy
from fieldnotes.store.database import marks, rows
from fieldnotes.store.disclosures import Disclosures
from fieldnotes.store.records import Records
from fieldnotes.store.taking_back import take_out


class Settled(msgspec.Struct):
    """What became of rows when it was looked who is one person."""

    joined: int = 0
    parted: int = 0
    mine: bool = False  # other records are the owner's from now on
    let_go: set[str] = msgspec.field(default_factory=set)  # hashes of what was erased with it

    def __bool__(self) -> bool:
        return bool(self.joined or self.parted or self.mine)


def settle(records: Records, keys_of: Callable[[str], frozenset[str]]) -> Settled:
    """Let every record have one row for each person. Writing is the caller's transaction.

    `keys_of`: all keys of whoever has this one.
    """
    records.look_for_own_keys()
    done, own = Settled(), records.own
    numbers = {card.author: no for no, card in records.people.numbers().items()}
    groups = _groups(numbers, keys_of)
    held = dict(rows(records.connection, "SELECT no, person FROM people WHERE person IS NOT NULL"))
    asked = {no: min(group) for group in groups for no in group}
    if asked != held:
        records.connection.execute("UPDATE people SET person = NULL WHERE person IS NOT NULL")
        records.connection.executemany(
            "UPDATE people SET person = ? WHERE no = ?", [(lead, no) for no, lead in asked.items()]
        )
        records.look_for_own_keys()
        for group in _broken(held, asked):
            _part(records, group, done)
    for group in groups:
        _join(records, group, done)
    _whose(records, own, done)
    return done


def _groups(
    numbers: Mapping[str, int], keys_of: Callable[[str], frozenset[str]]
) -> set[frozenset[int]]:
    """Persons of whom several keys are here, by their numbers."""
    together = (
        frozenset(numbers[key] for key in keys_of(author) if key in numbers) for author in numbers
    )
    return {group for group in together if len(group) > 1}


def _broken(held: Mapping[int, int], asked: Mapping[int, int]) -> list[frozenset[int]]:
    """Keys that were one person and are not any more."""
    before: dict[int, set[int]] = {}
    for no, person in held.items():
        before.setdefault(person, set()).add(no)
    return [
        frozenset(group)
        for group in before.values()
        if len({asked.get(no, -no) for no in group}) > 1
    ]


def _join(records: Records, group: frozenset[int], done: Settled) -> None:
    for record_id in _written_twice(records, group):
        hexes = sorted(records.people.card(no).author for no in group)
        found = {}
        for author in hexes:
            facts = records.facts(record_id, author)
            if facts is not None:
                found[facts.note_no] = records.people.card(facts.author).author
        first, *others = sorted(found)
        for other in others:
            _join_two(records, record_id, (first, found[first]), (other, found[other]), done)


def _join_two(
    records: Records, record_id: str, one: tuple[int, str], two: tuple[int, str], done: Settled
) -> None:
    """Everything of the second row goes to the first."""
    into, going = records.history(record_id, one[1]), records.history(record_id, two[1])
    facts = records.facts(record_id, two[1])
    assert facts is not None
    note = note_fields.from_fields(merge.view(going, merge.current(going)))
    waiting = records.unproven.of(two[0])
    for name in going:
        _move(records, two[0], one[0], name)
    take_out(records, [(facts, note)])
    records.put(record_id, list(going.values()))
    records.unproven.follow(one[0], waiting)
    left = records.history(record_id, one[1])
    if merge.current(left).name in going and facts.sent:
        records.mark_sent([(one[0], bytes.fromhex(merge.current(left).name))])
    lost = {name: copy for name, copy in {**into, **going}.items() if name not in left}
    if lost:
        records.erasing.begin(one[0], record_id, lost)
        done.let_go.update(sha for copy in lost.values() for sha in hashes_in(copy.values))
    done.joined += 1


def _part(records: Records, group: frozenset[int], done: Settled) -> None:
    for record_id, note_no in _mixed(records, group):
        [author] = rows(records.connection, _AUTHOR, note_no)[0]
        ours = records.history(record_id, author.hex())
        parts: dict[int, dict[str, Copy]] = {}
        for name, copy in ours.items():
            parts.setdefault(_person(records, copy.revision.author), {})[name] = copy
        top = merge.current(ours).name
        [kept] = [part for part in parts.values() if top in part]
        others = [part for part in parts.values() if part is not kept]
        waiting = records.unproven.of(note_no)
        if others:
            records.keep_only(note_no, ours, kept)
        for part in others:
            fresh = _put_apart(records, record_id, note_no, part)
            records.unproven.follow(fresh, waiting & part.keys())
            done.parted += 1


def _put_apart(records: Records, record_id: str, note_no: int, part: History) -> int:
    """Returns the number of the new row."""
    records.put(record_id, list(part.values()))
    fresh = records.facts(record_id, merge.current(part).revision.author)
    assert fresh is not None
    for name in part:
        _move(records, note_no, fresh.note_no, name)
    went = rows(records.connection, _WENT, fresh.note_no)
    records.mark_sent((fresh.note_no, name) for (name,) in went)
    return fresh.note_no


def _move(records: Records, note_no: int, to: int, name: str) -> None:
    """A version belongs to another row: where it came in and went out is told of that one."""
    for table in ("arrivals", "sent_revisions"):
        records.connection.execute(
            f"UPDATE OR IGNORE {table} SET note_no = ? WHERE note_no = ? AND revision = ?",
            (to, note_no, bytes.fromhex(name)),
        )
    Disclosures(records.connection).move(note_no, to, name)


def _whose(records: Records, before: frozenset[str], done: Settled) -> None:
    """Notes of a key that is the owner's by now are the owner's, and those of others are not.

    A version that came in from somebody else need not be sent to them.
    """
    connection, own = records.connection, records.own
    for author in own ^ before:
        sent = "0" if author in own else "NULL"
        connection.execute(
            f"UPDATE facts SET sent = {sent} WHERE author = (SELECT no FROM people"
            f" WHERE author = ?) AND sent IS {'' if author in own else 'NOT '}NULL",
            (bytes.fromhex(author),),
        )
        done.mine = True
    if len(own) > 1:
        connection.execute(_CAME_IN.format(own=marks(len(own))), [bytes.fromhex(x) for x in own])


def _written_twice(records: Records, group: Iterable[int]) -> list[str]:
    """Ids under which several of these keys have a row."""
    numbers = sorted(group)
    sql = _TWICE.format(numbers=marks(len(numbers)))
    found = rows(records.connection, sql, *numbers, succession.TYPE)
    return [str(UUID(bytes=each)) for (each,) in found]


def _mixed(records: Records, group: frozenset[int]) -> list[tuple[str, int]]:
    """(id, number) of rows that have versions by several of these keys."""
    found: dict[int, str] = {}
    for no in sorted(group):
        others = sorted(group - {no})
        said = f'"author":"{records.people.card(no).author}"'.encode()
        sql = _MIXED.format(numbers=marks(len(others)))
        for note_no, each in rows(records.connection, sql, *others, said):
            found[note_no] = str(UUID(bytes=each))
    return [(record_id, note_no) for note_no, record_id in sorted(found.items())]


def _person(records: Records, author: str) -> int:
    sql = "SELECT coalesce(person, no) FROM people WHERE author = ?"
    return int(rows(records.connection, sql, bytes.fromhex(author))[0][0])


_WENT = "SELECT DISTINCT revision FROM sent_revisions WHERE note_no = ?"
_AUTHOR = "SELECT p.author FROM facts f JOIN people p ON p.no = f.author WHERE f.note_no = ?"
_TWICE = (
    "SELECT id FROM facts WHERE author IN ({numbers}) AND type NOT IN (SELECT no FROM names"
    " WHERE family = 'type' AND name = ?) GROUP BY id HAVING count(*) > 1 ORDER BY id"
)
_MIXED = (
    "SELECT DISTINCT f.note_no, f.id FROM facts f JOIN history h ON h.note_no = f.note_no"
    " WHERE f.author IN ({numbers}) AND instr(h.line, ?)"
)
_CAME_IN = (
    "UPDATE facts SET sent = 1 WHERE sent = 0 AND EXISTS (SELECT 1 FROM history h JOIN arrivals a"
    " ON a.note_no = h.note_no AND a.revision = h.revision JOIN bundles b ON b.no = a.bundle"
    " WHERE h.seq = facts.current AND b.author NOT IN ({own}))"
)
