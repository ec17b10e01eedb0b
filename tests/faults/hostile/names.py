"""Entries whose names or modes mean something to a disk, all of them listed and signed for."""

from __future__ import annotations

import hashlib

from tests.faults.hostile.forging import (
    STORE,
    Attack,
    Item,
    Parts,
    in_items,
    in_records,
    zipped,
)


def _named(name: bytes) -> Attack:
    """One entry more, listed by a signed manifest under its own name."""

    def attack(parts: Parts) -> bytes:
        told = [*parts.manifest["entries"]]
        told.append(
            {
                "name": name.decode("utf-8", "replace"),
                "sha256": hashlib.sha256(b"x").hexdigest(),
                "size": 1,
            }
        )
        items = parts.with_manifest(entries=told).items()
        return zipped([*items[:2], Item(name, b"x", STORE), *items[2:]])

    return attack


OTHER_NAMES = (
    *(b"..", b".", b"./mimetype", b"records/./00002.jsonl", b"records//00002.jsonl", b"/", b"~/x"),
    *(b"records/..\\..\\x", b"\\\\server\\share", b"//server/share", b"C:x", b"\\\\?\\C:\\x"),
    *(b"CON", b"aux", b"com1.jsonl", b"lpt1", b"nul", b"records/00002.jsonl.", b"mimetype "),
    *(b"records/00002.jsonl:stream", b"records/00002.jsonl\0.txt", b"records/00002\n.jsonl"),
    *(b"%2e%2e%2fx", b"records/\xc0\xae\xc0\xae/x", b"records/\xff", b"manifest.json "),
    *(b"Manifest.json", b"manifest.JSON", b"records/1.jsonl", b"records/000002.jsonl"),
    *(b"blobs/x", b"blobs/" + b"A" * 64, b"blobs/" + b"0" * 63, b"blobs/" + b"0" * 64 + b".exe"),
    *(name.encode() for name in ("m\u0456metype", "records/\u202egnp.lnosj", "mime\u200btype")),
    *(name.encode() for name in ("blobs/e\u0301", "blobs/\u00e9", "\uff4dimetype", "\u017fig")),
)

NAMES: dict[str, Attack] = {
    "a name that climbs": _named(b"../records/00002.jsonl"),
    "a name that climbs inside": _named(b"records/../../x"),
    "an absolute name": _named(b"/etc/passwd"),
    "a drive": _named(b"C:/notes"),
    "a backslash": _named(b"records\\00002.jsonl"),
    "a device": _named(b"NUL"),
    "a folder": _named(b"records/"),
    "another case": _named(b"Mimetype"),
    "a twin in another case": _named(b"records/00001.JSONL"),
    "a twin in another normal form": _named("records/é".encode()),
    "a name that no version knows": _named(b"extra/file"),
    "a number left out": _named(b"records/00003.jsonl"),
    "an empty name": _named(b""),
    "a name of 60,000 letters": _named(b"a" * 60_000),
    "a link": in_records(mode=0o120777 << 16),
    "a device by its mode": in_records(mode=0o020666 << 16),
    "a hidden file of DOS": in_records(made_by=0x0014, mode=2),
    "the same name twice": in_items(lambda items: [*items[:2], items[1], *items[2:]]),
    **{f"the name {name!r}": _named(name) for name in OTHER_NAMES},
    "the manifest twice": in_items(lambda items: [*items, items[-2]]),
    "another manifest in front": in_items(lambda items: [items[0], items[-2], *items[1:]]),
    "a folder by its mode": in_records(mode=0o040755 << 16),
    "a socket by its mode": in_records(mode=0o140777 << 16),
    "a program by its mode": in_records(mode=0o100755 << 16),
    "a program of somebody else": in_records(mode=0o106755 << 16),
}
