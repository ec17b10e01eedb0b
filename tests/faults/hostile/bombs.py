"""Small files that would fill a disk or a memory."""

from __future__ import annotations

import itertools
import struct

from msgspec.structs import replace

from tests.faults.hostile.forging import (
    LOCAL,
    STORE,
    Attack,
    Item,
    Parts,
    packed_of,
    zipped,
)
from tests.faults.hostile.heavy import streamed


def _overlapping(parts: Parts) -> bytes:
    """Two names for the same bytes."""
    items = parts.items()
    at = len(zipped(items[:1])) - 22 - 46 - len(items[0].name)
    return zipped(
        [*items[:2], replace(items[1], name=b"records/00002.jsonl", offset=at), *items[2:]]
    )


def _nested(parts: Parts) -> bytes:
    """A bundle in a bundle, in the place of the notes."""
    return parts.with_entry("records/00001.jsonl", parts.zipped()).zipped()


def _quoted(parts: Parts) -> bytes:
    """Local headers quoted as stored blocks of the deflate stream before them."""
    inner = parts.items()[1]
    body = packed_of(inner)
    header = LOCAL.pack(b"PK\3\4", 20, 0, 8, 0, 0x21, 0, len(body), len(inner.content), 19, 0)
    quoted = header + b"records/00002.jsonl"
    block = b"\0" + struct.pack("<HH", len(quoted), 0xFFFF ^ len(quoted)) + quoted
    items = parts.items()
    outer = replace(inner, packed=block + body, size=len(inner.content) + len(quoted))
    at = len(zipped(items[:1])) - 22 - 46 - len(items[0].name) + 30 + 19 + 5
    again = replace(inner, name=b"records/00002.jsonl", offset=at)
    return zipped([items[0], outer, again, *items[2:]])


def _bomb(parts: Parts) -> bytes:
    """A gigabyte of blanks, honestly declared and signed for."""
    return streamed(parts, lambda: itertools.repeat(b" " * (1 << 20), 1 << 10))


def _lying_bomb(parts: Parts) -> bytes:
    """Says a kilobyte, unpacks to 64 megabytes."""
    body = packed_of(Item(b"", b"\0" * (64 << 20)))
    items = parts.items()
    return zipped([items[0], replace(items[1], packed=body, size=1024), *items[2:]])


def _bomb_told_small(parts: Parts) -> bytes:
    told = parts.manifest["entries"]
    told[1] = {**told[1], "size": 1024}
    return _lying_bomb(parts.with_manifest(entries=told))


def _one_kernel(parts: Parts) -> bytes:
    """A thousand entries that all share the bytes of one, as the densest bombs do."""
    items = parts.items()
    at = len(zipped(items[:1])) - 22 - 46 - len(items[0].name)
    kernel = replace(items[1], packed=packed_of(Item(b"", b"\0" * (1 << 20))), size=1 << 20)
    again = [replace(kernel, name=b"records/%05d.jsonl" % n, offset=at) for n in range(2, 1_000)]
    return zipped([items[0], kernel, *again, *items[2:]])


def _many_a_little(parts: Parts) -> bytes:
    """A hundred honest megabytes of blanks, each in an entry of its own."""
    blanks = b" " * (1 << 20)
    body = packed_of(Item(b"", blanks))
    items = parts.items()
    several = [Item(b"records/%05d.jsonl" % n, blanks, packed=body) for n in range(1, 101)]
    return zipped([items[0], *several, *items[2:]])


def _doubled_stream(parts: Parts) -> bytes:
    """A second deflate stream behind the first one."""
    items = parts.items()
    packed = packed_of(items[1]) + packed_of(Item(b"", b"\0" * (8 << 20)))
    return zipped([items[0], replace(items[1], packed=packed), *items[2:]])


def _empty_blocks(parts: Parts) -> bytes:
    """Ten megabytes of deflate blocks that hold nothing, before what is there."""
    items = parts.items()
    packed = b"\0\0\0\xff\xff" * (2 << 20) + packed_of(items[1])
    return zipped([items[0], replace(items[1], packed=packed, size=1 << 20), *items[2:]])


BOMBS: dict[str, Attack] = {
    "overlapping entries": _overlapping,
    "a bundle in a bundle": _nested,
    "quoted headers": _quoted,
    "a bomb that says what it is": _bomb,
    "a bomb that lies": _lying_bomb,
    "a bomb whose manifest lies as well": _bomb_told_small,
    "a bomb that is just small enough": lambda parts: parts.with_entry(
        "records/00001.jsonl", b" " * (60 << 20)
    ).zipped(),
    "65,500 entries": lambda parts: zipped([Item(b"%d" % n, b"", STORE) for n in range(65_500)]),
    "a thousand entries over one": _one_kernel,
    "a hundred honest entries": _many_a_little,
    "a second stream behind the first": _doubled_stream,
    "two million empty blocks": _empty_blocks,
}
