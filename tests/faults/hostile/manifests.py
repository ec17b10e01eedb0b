"""A real bundle whose manifest was altered, and signed again by its sender."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any

from msgspec.structs import replace

from tests.faults.hostile.forging import Attack, Parts


def _manifest(**changes: Any) -> Attack:
    return lambda parts: parts.with_manifest(**changes).zipped()


def _raw_manifest(change: Callable[[bytes], bytes]) -> Attack:
    return lambda parts: parts.with_manifest_bytes(change(parts.entries["manifest.json"])).zipped()


def _card(**changes: Any) -> Attack:
    def attack(parts: Parts) -> bytes:
        return parts.with_manifest(author={**parts.manifest["author"], **changes}).zipped()

    return attack


def _many_entries(parts: Parts) -> bytes:
    part = {"name": "records/00001.jsonl", "sha256": "0" * 64, "size": 1}
    told = [{**part, "name": f"records/{number:05}.jsonl"} for number in range(100_000)]
    return parts.with_manifest(entries=told).zipped()


def _twice_told(parts: Parts) -> bytes:
    told = parts.manifest["entries"]
    return parts.with_manifest(entries=[*told, told[-1]]).zipped()


MANIFESTS: dict[str, Attack] = {
    "a signature of the card": lambda parts: replace(
        parts,
        entries={
            **parts.entries,
            "manifest.sig": bytes.fromhex(parts.manifest["author"]["sig"]),
        },
    ).zipped(),
    "a hundred thousand entries": _many_entries,
    "one entry told twice": _twice_told,
    "no entries": _manifest(entries=[]),
    "2^64 in the manifest": _raw_manifest(
        lambda content: content.replace(b'"sequence":', b'"sequence":18446744073709551616,"x":')
    ),
    "a lone surrogate in the title": _raw_manifest(
        lambda content: content.replace(b'"title":"', b'"title":"\\ud800')
    ),
    "NUL in the title": _raw_manifest(
        lambda content: content.replace(b'"title":"', b'"title":"\0')
    ),
    "a title of 17 MB": _raw_manifest(
        lambda content: content.replace(b'"title":"', b'"title":"' + b"a" * (17 << 20))
    ),
    "a size of 2^53 - 1": lambda parts: parts.with_manifest(
        entries=[{**each, "size": 2**53 - 1} for each in parts.manifest["entries"]]
    ).zipped(),
    "a hash in capitals": lambda parts: parts.with_manifest(
        entries=[{**each, "sha256": each["sha256"].upper()} for each in parts.manifest["entries"]]
    ).zipped(),
    "a count of a kind below nought": _manifest(by_kind={"note": -1}),
    "a name that turns the direction": _card(name="Mara\u202eleeK"),
    "a name of 201 letters": _card(name="M" * 201),
    "a name that begins with a blank": _card(name=" Mara Keel"),
    "no name": _card(name=""),
    "nothing but an empty object": _raw_manifest(lambda content: b"{}"),
    "null for a manifest": _raw_manifest(lambda content: b"null"),
    "an empty manifest": _raw_manifest(lambda content: b""),
    "too many records": _manifest(records=10**6),
    "fewer than no records": _manifest(records=-1),
    "a title that is a number": _manifest(title=7),
    "tags that are a text": _manifest(tags="pricing"),
    "a date that is a text": _manifest(made="2026-03-31"),
    "a date of three numbers": _manifest(made=[1, 2, 3]),
    "a sequence that is true": _manifest(sequence=True),
    "counts of nothing": _manifest(by_kind={"note": None}),
    "another format": _manifest(format="zip"),
    "min_reader as a text": _manifest(min_reader="1"),
    "a bundle id with a path": _manifest(bundle="../../x"),
    "a bundle id in capitals": lambda parts: parts.with_manifest(
        bundle=parts.manifest["bundle"].upper()
    ).zipped(),
    "nobody": _manifest(author=None),
    "another name on the card": _card(name="Somebody Else"),
    "a name of two lines": _card(name="Mara\nSigned by the board"),
    "a key in capitals": lambda parts: parts.with_manifest(
        author={
            **parts.manifest["author"],
            "signs": parts.manifest["author"]["signs"].upper(),
        }
    ).zipped(),
    "a card with more members": _card(photo="x"),
    "the same card twice": lambda parts: parts.with_manifest(
        people=[*parts.manifest["people"], *parts.manifest["people"]]
    ).zipped(),
    "a manifest with a blank": _raw_manifest(lambda content: content + b" "),
    "a manifest with a byte order mark": _raw_manifest(lambda c: b"\xef\xbb\xbf" + c),
    "a manifest with a double key": _raw_manifest(lambda c: b'{"audience":"x",' + c[1:]),
    "a manifest with NaN": _raw_manifest(lambda c: c.replace(b'"records":', b'"records":NaN,"x":')),
    "a deep manifest": _raw_manifest(
        lambda c: c[:-1] + b',"x":' + b"[" * 100_000 + b"]" * 100_000 + b"}"
    ),
    "a manifest of empty lists": _raw_manifest(
        lambda c: c[:-1] + b',"x":[' + b"[]," * 5_000_000 + b"[]]}"
    ),
    "a manifest that is a list": _raw_manifest(lambda c: b"[" + c + b"]"),
    "a manifest of 40 MB": _raw_manifest(lambda c: c[:-1] + b',"x":"' + b"a" * (40 << 20) + b'"}'),
    "a blob that nobody attached": lambda parts: parts.with_entry(
        "blobs/" + hashlib.sha256(b"x").hexdigest(), b"x"
    ).zipped(),
    "a blob under another hash": lambda parts: parts.with_entry("blobs/" + "0" * 64, b"x").zipped(),
}
