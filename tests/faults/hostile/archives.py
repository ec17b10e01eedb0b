"""A real bundle in a ZIP that lies: each attack tells one lie."""

from __future__ import annotations

from msgspec.structs import replace

from tests.faults.hostile.forging import (
    END,
    Attack,
    Parts,
    in_items,
    in_records,
    zipped,
)


def _ended(**changes: int) -> Attack:
    """Another end record: `count`, `here`, `length`, `offset`, `disk`."""

    def attack(parts: Parts) -> bytes:
        content = parts.zipped()
        magic, disk, first, here, count, length, offset, comment = END.unpack(content[-22:])
        told = {"disk": disk, "here": here, "count": count, "length": length, "offset": offset}
        told |= changes
        end = END.pack(magic, told["disk"], first, told["here"], told["count"], told["length"],
                       told["offset"], comment)  # fmt: skip
        return content[:-22] + end

    return attack


ARCHIVES: dict[str, Attack] = {
    "a data descriptor": in_records(flags=8, behind=b"PK\7\x08" + b"\0" * 12),
    "an encrypted entry": in_records(flags=1),
    "a flag for UTF-8": in_records(flags=0x800),
    "another method": in_records(method=99),
    "an extra field": in_records(extra=b"UT\5\0\1\0\0\0\0"),
    "a comment of an entry": in_records(comment=b"hello"),
    "another date": in_records(date=0x5A21),
    "a larger size in both headers": in_records(size=10_000),
    "a smaller size in both headers": in_records(size=10),
    "another size in one header": in_records(local_size=10),
    "another name in one header": in_records(local_name=b"records/00002.jsonl"),
    "bytes behind an entry": in_records(behind=b"gap"),
    "a comment of the file": lambda parts: zipped(parts.items(), comment=b"hello"),
    "something in front": lambda parts: zipped(parts.items(), prefix=b"#!/bin/sh\n"),
    "something in between": lambda parts: zipped(parts.items(), between=b"hello"),
    "something behind": lambda parts: parts.zipped() + b"\0",
    "another order": in_items(lambda items: [*items[1:], items[0]]),
    "a packed type": in_items(lambda items: [replace(items[0], method=8), *items[1:]]),
    "no type": lambda parts: parts.without("mimetype").zipped(),
    "no manifest": lambda parts: parts.without("manifest.json").zipped(),
    "no notes": lambda parts: parts.without("records/00001.jsonl").zipped(),
    "an empty archive": lambda parts: zipped([]),
    "ZIP64 sizes": in_records(size=0xFFFFFFFF, local_size=0xFFFFFFFF),
    "fewer entries than there are": _ended(count=1, here=1),
    "more entries than there are": _ended(count=5, here=5),
    "65,535 entries that are not there": _ended(count=65_535, here=65_535),
    "another number of entries here": _ended(here=1),
    "another disk": _ended(disk=1),
    "a directory of no length": _ended(length=0),
    "a directory of 4 GB": _ended(length=0xFFFFFFFE),
    "a directory behind the file": _ended(offset=0xFFFFFFFE),
    "a directory at the beginning": _ended(offset=0),
    "a blank manifest": lambda parts: replace(
        parts, entries={**parts.entries, "manifest.json": b""}
    ).zipped(),
}
