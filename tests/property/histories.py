"""Random histories of one record: honest ones, and what liars, gaps and relays make of it."""

from __future__ import annotations

import random
from functools import cache
from typing import Any
from uuid import UUID

import msgspec
from msgspec.structs import replace

from fieldnotes.domain.markings import Marking
from fieldnotes.domain.moments import Moment
from fieldnotes.domain.people import Identity
from fieldnotes.domain.records import (
    Copy,
    Reason,
    Removal,
    Revision,
    digests_under,
    masked,
)
from fieldnotes.trust.identity import make_identity, signed

AUTHORS = 3
FIELDS = ("kind", "text", "account", "tags", "quotes.a", "contacts.c.name", "later_field")
WORDS = ("price", "night shift", "Averill Glass", "migration", "slow")
BEGIN = 1_772_442_000_000


@cache
def author(number: int) -> Identity:
    """One of a few people, the same ones in every test."""
    return make_identity(f"Author {number}", bytes([number + 1]) * 32, Moment(BEGIN))


class Told(msgspec.Struct):
    """Everything that exists of one record: its revisions, whole, in the order of writing."""

    id: str
    copies: list[Copy]
    values: dict[tuple[str, str], Any]  # (field, digest) → value


def a_history(seed: int, steps: int = 6, liars: bool = True) -> Told:
    """One to three people write on several devices, not all knowing of each other."""
    chance = random.Random(seed)
    authors = chance.randint(1, AUTHORS)
    record_id = str(UUID(int=chance.getrandbits(128), version=4))
    devices = [str(UUID(int=chance.getrandbits(128), version=4)) for _ in range(3)]
    told = Told(record_id, [], {})
    for _ in range(chance.randint(1, steps)):
        known = [copy for copy in told.copies if chance.random() < 0.7]
        told.copies.append(_revision(chance, told, known, devices, authors, liars))
    return told


def copies_of(told: Told, seed: int) -> list[Copy]:
    """What travels: some revisions whole, some masked, some tightened on the way, some twice."""
    chance = random.Random(seed)
    copies = []
    for whole in told.copies:
        for _ in range(chance.choice((0, 1, 1, 2, 3))):
            hide = {name for name in whole.values if chance.random() < chance.choice((0, 0.4, 1))}
            copy = masked(whole, frozenset(hide))
            if chance.random() < 0.25:
                name = chance.choice(("*", *whole.revision.digests))
                copy = replace(copy, tight={name: chance.choice(list(Marking)).value})
            copies.append(copy)
    chance.shuffle(copies)
    return copies


def _revision(
    chance: random.Random,
    told: Told,
    known: list[Copy],
    devices: list[str],
    authors: int,
    liars: bool,
) -> Copy:
    lineage = [copy.name for copy in reversed(known)]
    rev = 1 + max((copy.revision.rev for copy in known), default=0)
    restored = max((copy.revision.restored for copy in known), default=0)
    if known and chance.random() < 0.15:
        restored += 1
    if liars and chance.random() < 0.3:
        rev, lineage = _lies(chance, told, rev, lineage)
    values = {name: a_value(chance, name) for name in FIELDS if chance.random() < 0.6}
    removed = None
    if chance.random() < 0.15:
        values = {}
        reason = chance.choice((Reason.WRONG, Reason.CONSENT, Reason.WRONG, Reason.ERASE))
        removed = Removal(reason.value, Moment(BEGIN + chance.randint(0, 5)))
    key = chance.randbytes(16).hex()
    carried = _carried(chance, known, values) if removed is None else {}
    revision = Revision(
        type="note",
        id=told.id,
        author="",
        device=chance.choice(devices),
        rev=rev,
        lineage=tuple(lineage),
        restored=restored,
        created=Moment(BEGIN),
        modified=Moment(BEGIN + chance.randint(0, 3)),
        removed=removed,
        marking=chance.choice(list(Marking)).value,
        marks={},
        digests={**carried, **digests_under(key, values)},
    )
    person = author(chance.randrange(authors))
    copy = signed(person, replace(revision, author=person.author), values, key)
    told.values |= {(name, copy.revision.digests[name]): values[name] for name in values}
    return copy


def _lies(chance: random.Random, told: Told, rev: int, lineage: list[str]) -> tuple[int, list[str]]:
    match chance.randrange(4):
        case 0:  # a gap
            return rev, [name for name in lineage if chance.random() < 0.5]
        case 1:  # ancestors that nobody has
            return rev, [chance.randbytes(32).hex(), *lineage]
        case 2:  # descends from what it never saw
            return rev, [copy.name for copy in told.copies if chance.random() < 0.5]
        case _:  # counts wrongly
            return chance.choice((0, rev + 1000)), lineage


def _carried(chance: random.Random, known: list[Copy], values: dict[str, Any]) -> dict[str, str]:
    """Digests of fields that the writer could not see."""
    if not known or chance.random() < 0.6:
        return {}
    base = chance.choice(known)
    return {
        name: digest
        for name, digest in base.revision.digests.items()
        if name not in values and chance.random() < 0.5
    }


def a_value(chance: random.Random, name: str) -> Any:
    word = chance.choice(WORDS)
    match name:
        case "kind":
            return chance.choice(("objection", "win", "note"))
        case "tags":
            return [word]
        case "quotes.a":
            return {"text": word}
        case "later_field":
            return {"some": [word, chance.randint(0, 9)]}
        case _:
            return word
