"""Lines that say something else, mostly signed for anew by whoever they name."""

from __future__ import annotations

import json
from random import Random
from typing import Any

from fieldnotes.domain import likeness, note_fields, saved_searches, succession, team, vocabulary
from fieldnotes.domain.canonical import NotCanonical, canonical
from fieldnotes.domain.records import NotARecord
from tests.faults.hostile import naughty
from tests.faults.hostile.forging import resigned, signed_raw
from tests.faults.hostile.world import World

FIELDS = sorted(
    note_fields.KNOWN_FIELDS
    | likeness.FIELDS
    | saved_searches.FIELDS
    | succession.FIELDS
    | team.FIELDS
    | vocabulary.FIELDS
    | {"quotes.00", "quotes.02", "contacts.00.email", "contacts.01.name", "attachments.00"}
    | {"attachments.01", "meeting.people.00", "what", "to", "until", "state", "settled", "note"}
    | {"moves.00", "moves.01", "reason", "depends_on", "later", "later.x-1"}
)
TYPES = ("note", "promise", "likeness", "saved-search", "succession", "team", "vocabulary", "later")
_ENVELOPE = ("author", "created", "device", "id", "lineage", "marking", "marks", "modified")
_ENVELOPE += ("removed", "restored", "rev", "type")


def altered_line(world: World, random: Random, line: dict[str, Any]) -> bytes:
    """A line with one to four things altered, signed for by whom it names, if that is possible."""
    author = line["author"]
    for _ in range(random.choice((1, 1, 2, 4))):
        _alter(world, random, line)
    if not isinstance(line.get("author"), str) or line["author"] not in world.signers:
        author = random.choice(sorted(world.signers))
    elif random.random() < 0.9:
        author = line["author"]
    if random.random() < 0.1:  # changed on the way
        return bytes_of(random, line)
    return signed_by(world, random, line, author)


def _alter(world: World, random: Random, line: dict[str, Any]) -> None:
    way = random.randrange(10)
    fields = line.get("fields")
    if way < 4 and isinstance(fields, dict):
        name = random.choice((*FIELDS, *sorted(fields)))
        fields[name] = _field(random, fields.get(name))
        if isinstance(line.get("digests"), dict):
            line["digests"].pop(name, None)
    elif way < 5 and isinstance(fields, dict) and fields:
        fields.pop(random.choice(sorted(fields)))
    elif way < 8:
        name = random.choice(_ENVELOPE)
        line[name] = _member(world, random, name, line.get(name))
    elif way < 9:
        name = random.choice(("digests", "fields", "key", "salts", "tight", "sig", "later"))
        line[name] = naughty.altered(random, line.get(name))
    else:
        other = random.choice(random.choice(world.bundles).lines)
        name = random.choice(("id", "lineage", "fields", "key", "author", "type"))
        line[name] = json.loads(other).get(name)


def _field(random: Random, held: Any) -> Any:
    if held is not None and random.random() < 0.4:
        return naughty.altered(random, held)
    if random.random() < 0.1:
        return naughty.moment(random)
    return naughty.value(random)


def _member(world: World, random: Random, name: str, held: Any) -> Any:
    """Something that could stand there, or anything."""
    if random.random() < 0.15:
        return naughty.altered(random, held)
    names = [json.loads(each)["lineage"] for each in random.choice(world.bundles).lines]
    marks = ("red", "amber", "amber+strict", "green", "clear", "later-word", "")
    reasons = ("wrong", "consent", "erase", "later-word")
    told: dict[str, Any] = {
        "author": random.choice(sorted(world.signers)),
        "device": random.choice((held, "00000000-0000-7000-8000-000000000000")),
        "id": random.choice((held, f"00000000-0000-7000-8000-{random.randrange(2**48):012x}")),
        "lineage": random.choice([*names, [], ["0" * 64], ["0" * 64] * 3]),
        "marking": random.choice(marks),
        "marks": {random.choice(FIELDS): random.choice(marks) for _ in range(3)},
        "removed": random.choice(
            [None, {"at": naughty.moment(random), "reason": random.choice(reasons)}]
        ),
        "restored": random.choice((0, 1, 2, 2**31 - 1)),
        "rev": random.choice((0, 1, 2, 3, 2**31 - 2, 2**31 - 1)),
        "type": random.choice(TYPES),
    }
    return told.get(name, naughty.moment(random))


def signed_by(world: World, random: Random, line: dict[str, Any], author: Any) -> bytes:
    """Truly signed over what is written there, whether or not anybody can read it."""
    others = list(world.signers.values())
    signer = world.signers.get(str(author)) or random.choice(others)
    try:
        return resigned(line, signer)
    except (NotARecord, NotCanonical):
        pass
    try:
        return signed_raw(line, signer, {})
    except (NotCanonical, TypeError, AttributeError, KeyError):
        return bytes_of(random, line)


def bytes_of(random: Random, value: Any) -> bytes:
    """As canonical as it gets; Python writes what has no canonical form."""
    try:
        return canonical(value)
    except NotCanonical:
        made = json.dumps(value, ensure_ascii=random.random() < 0.5, separators=(",", ":"))
        return made.encode("utf-8", "surrogatepass")
