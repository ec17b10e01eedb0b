"""Bundles of a version that is not written yet: anything may be in them but what they ask for."""

from __future__ import annotations

from fieldnotes.domain.canonical import canonical
from tests.faults.hostile.forging import Attack, Item, Parts, zipped


def _with_entry(name: bytes) -> Attack:
    """One that version 1 does not know."""

    def attack(parts: Parts) -> bytes:
        items = parts.with_manifest(min_reader=2, version=2).items()
        return zipped([items[0], Item(name, b"{}"), *items[1:]])

    return attack


NEWER: dict[str, Attack] = {
    "min_reader": lambda parts: parts.with_manifest(min_reader=2, version=2).zipped(),
    "much newer": lambda parts: parts.with_manifest(min_reader=2**53 - 1).zipped(),
    "another name": _with_entry(b"index/by-tag.json"),
    "another shape": lambda parts: parts.with_manifest(
        min_reader=2, entries={"a": 1}, author="Mara"
    ).zipped(),
    "hardly anything told": lambda parts: parts.with_manifest_bytes(
        canonical({"format": "fieldnotes-bundle", "min_reader": 3})
    ).zipped(),
    "another signature": lambda parts: (
        parts.with_manifest(min_reader=2).without("manifest.sig").zipped()
    ),
    "other lines": lambda parts: (
        parts.with_entry("records/00001.jsonl", b"later\n").with_manifest(min_reader=2).zipped()
    ),
}
