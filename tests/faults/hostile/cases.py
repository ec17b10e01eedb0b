"""One hostile file for each number: a real bundle with something altered, signed for or not."""

from __future__ import annotations

import hashlib
import json
import struct
from collections.abc import Callable
from random import Random
from typing import Any

import msgspec
from msgspec.structs import replace

from fieldnotes.domain.canonical import NotCanonical, canonical
from fieldnotes.domain.records import NotARecord
from tests.faults.hostile import heavy, naughty
from tests.faults.hostile.age import lying_file
from tests.faults.hostile.altered_lines import FIELDS, altered_line, bytes_of, signed_by
from tests.faults.hostile.forging import Item, Parts, place_of, resigned, zipped
from tests.faults.hostile.world import World

PASSPHRASE = "seven plain words that nobody else knows"


class Case(msgspec.Struct, frozen=True):
    """A file, and in which way it was made."""

    way: str
    content: bytes


def case_of(world: World, seed: int, number: int) -> Case:
    """The same for the same numbers, but for the keys and salts, which are fresh in each world."""
    random = Random(f"{seed}/{number}")
    parts = random.choice(world.bundles)
    way = "large" if random.random() < 0.001 else random.choice(WEIGHED)
    content = _WAYS[way](world, random, parts)
    if way != "age" and random.random() < 0.04:
        content = lying_file(random, world.taker.owner.seals, PASSPHRASE, content)
    return Case(way, content)


# --- the ways ---------------------------------------------------------------------------------


def _raw(world: World, random: Random, parts: Parts) -> bytes:
    content = naughty.altered_bytes(random, parts.zipped())
    if random.random() < 0.1:
        other = random.choice(world.bundles).zipped()
        at, to = random.randrange(len(content) + 1), random.randrange(len(other))
        content = content[:at] + other[to:]
    return content


def _archive(world: World, random: Random, parts: Parts) -> bytes:
    """Lies in both headers of some entries; the manifest is right."""
    items = parts.items()
    for _ in range(random.choice((1, 1, 2))):
        at = random.randrange(len(items))
        items[at] = _lying(random, items[at])
    if random.random() < 0.2:
        items.insert(random.randrange(len(items) + 1), random.choice(items))
    if random.random() < 0.1:
        random.shuffle(items)
    around = [b"", b"", b"", b"x", b"PK\5\6" + bytes(18)]
    try:
        return zipped(items, *(random.choice(around) for _ in range(3)))
    except struct.error:  # a number that has no room in a header cannot be told
        return zipped(parts.items(), comment=b"x")


def _lying(random: Random, item: Item) -> Item:
    number = naughty.number(random) & 0xFFFFFFFF
    text = random.choice(naughty.TEXTS).encode()[:60_000]
    packed = naughty.altered_bytes(random, item.content)
    lies: list[dict[str, Any]] = [
        {"name": text},
        {"name": naughty.altered_bytes(random, item.name)},
        {"name": item.name, "local_name": text},
        {"content": naughty.altered_bytes(random, item.content)},
        {"method": number & 0xFFFF},
        {"method": 8 - item.method},
        {"flags": number & 0xFFFF},
        {"extra": text},
        {"comment": text},
        {"made_by": number & 0xFFFF},
        {"mode": number},
        {"date": number & 0xFFFF},
        {"packed": packed},
        {"packed": packed, "size": number},
        {"size": number},
        {"local_size": number},
        {"offset": number},
        {"behind": text},
    ]
    return replace(item, **random.choice(lies))


def _manifest(world: World, random: Random, parts: Parts) -> bytes:
    """What the sender tells, altered and signed for."""
    told: Any = parts.manifest
    way = random.random()
    if way < 0.15:  # another card of the same key, or a stranger's beside it
        told["author"] = _card(random, told["author"], parts)
    elif way < 0.3:
        thief = list(world.signers.values())[-1]
        card = json.loads(msgspec.json.encode(thief.card))
        told["people"] = [*told["people"], _card(random, card, replace(parts, signer=thief))]
    else:
        for _ in range(random.choice((1, 1, 2, 5))):
            told = naughty.altered(random, told)
    content = bytes_of(random, told)
    if random.random() < 0.15:
        content = naughty.altered_bytes(random, content)
    return parts.with_manifest_bytes(content).zipped()


def _card(random: Random, card: dict[str, Any], parts: Parts) -> dict[str, Any]:
    """With another name or date, and signed for by its own key or left as it was signed."""
    change = {"name": random.choice(naughty.TEXTS)}
    if random.random() < 0.3:
        change = {"made": naughty.moment(random)}
    altered = {**card, **change}
    if random.random() < 0.7:
        from fieldnotes.domain.people import CARD_CONTEXT
        from fieldnotes.trust.identity import sign

        told = {each: altered[each] for each in ("author", "name", "signs", "seals", "made")}
        try:
            altered["sig"] = sign(parts.signer, CARD_CONTEXT, canonical(told))
        except NotCanonical:
            return altered
    return altered


def _text(world: World, random: Random, parts: Parts) -> bytes:
    """Lines altered byte by byte, and signed for by the sender alone."""
    lines = parts.lines
    at = random.randrange(len(lines))
    if random.random() < 0.3:
        content = naughty.altered_bytes(random, b"".join(line + b"\n" for line in lines))
        return parts.with_entry("records/00001.jsonl", content).zipped()
    lines[at] = naughty.altered_bytes(random, lines[at])
    return parts.with_lines(lines).zipped()


def _records(world: World, random: Random, parts: Parts) -> bytes:
    """Lines that say something else, mostly signed for by their author as well."""
    lines = parts.lines
    for _ in range(random.choice((1, 1, 2, len(lines)))):
        at = random.randrange(len(lines))
        line = altered_line(world, random, json.loads(lines[at]))
        if random.random() < 0.2:
            lines.append(line)
        else:
            lines[at] = line
    lines = list(dict.fromkeys(lines))
    try:
        lines.sort(key=place_of)
        records = len({(each["id"], each["author"]) for each in map(json.loads, lines)})
    except (NotARecord, NotCanonical, ValueError, KeyError, TypeError):
        records = len(lines)
    return parts.with_lines(lines, records).zipped()


def _blobs(world: World, random: Random, parts: Parts) -> bytes:
    """Attachments that are something else, or somewhere else."""
    content = random.choice(
        (b"", b"MZ" + bytes(64), b"#!/bin/sh\n", b"\x89PNG\r\n\x1a\n" + bytes(20), bytes(70_000))
    )
    sha256 = hashlib.sha256(content).hexdigest()
    if random.random() < 0.4:
        name = random.choice((sha256, sha256.upper(), sha256[:-1], "0" * 64, "a/b", ""))
        return parts.with_entry(f"blobs/{name}", content).zipped()
    line = json.loads(random.choice(parts.lines))
    told = {
        "name": random.choice(naughty.TEXTS),
        "media": random.choice(("image/png", "text/x-script", *naughty.TEXTS)),
        "size": random.choice((len(content), naughty.number(random))),
        "sha256": random.choice((sha256, sha256, "0" * 64, sha256.upper(), 7, None)),
    }
    if random.random() < 0.3:
        told = naughty.altered(random, told)
    line.setdefault("fields", {})["attachments.07"] = told
    signed = signed_by(world, random, line, line["author"])
    lines = [each for each in parts.lines if json.loads(each)["id"] != line["id"]] + [signed]
    lines.sort(key=lambda each: json.loads(each)["id"])
    made = parts.with_lines(lines, len({json.loads(each)["id"] for each in lines}))
    if random.random() < 0.8:
        made = made.with_entry(f"blobs/{sha256}", content)
    return made.zipped()


def _large(world: World, random: Random, parts: Parts) -> bytes:
    """A few notes of which one thing is as large as a line may be, or a little larger."""
    size = random.choice((1_000, 30_000, 60_000, 500_000))
    few = min(size, 60_000)  # no line has more parts than 50,000
    letter = random.choice(("a", "a ", "\u0301", "\u5c71", '"', "\U0001f469\u200d", "#a "))
    name, begins = random.choice(FIELDS), random.choice(("quotes.", "contacts.", "later.", "a"))
    large: list[Callable[[], dict[str, Any]]] = [
        lambda: {name: letter * size},
        lambda: {name: [letter] * few},
        lambda: {name: [f"{letter}{n}" for n in range(size // 10)]},
        lambda: {f"{begins}{n}": n for n in range(few)},
        lambda: {f"attachments.{n}": {"sha256": "0" * 64} for n in range(size // 20)},
        lambda: {"later": {f"{letter}{n}": n for n in range(few // 2)}},
    ]
    fields = random.choice(large)()
    lines = [
        resigned(heavy.plain(parts, number, **fields), parts.signer)
        for number in range(random.choice((1, 1, 3)))
    ]
    return parts.with_lines(lines, len(lines)).zipped()


def _age(world: World, random: Random, parts: Parts) -> bytes:
    return lying_file(random, world.taker.owner.seals, PASSPHRASE, parts.zipped())


_WAYS = {
    "raw": _raw,
    "archive": _archive,
    "manifest": _manifest,
    "text": _text,
    "records": _records,
    "blobs": _blobs,
    "age": _age,
    "large": _large,
}
WEIGHED = ("raw", "raw", "archive", "archive", "manifest", "manifest", "text", "blobs", "age")
WEIGHED += ("records",) * 6
