"""Writes any bundle that somebody hostile could: any lie in the ZIP, any bytes, all signed for."""

from __future__ import annotations

import hashlib
import hmac
import io
import json
import struct
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
from msgspec.structs import replace

from fieldnotes.domain.canonical import canonical
from fieldnotes.domain.people import Identity
from fieldnotes.domain.records import NAMING, Copy, from_object, to_line
from fieldnotes.trust.identity import BUNDLE_CONTEXT, REVISION_CONTEXT, sign

Attack = Callable[["Parts"], bytes]
STORE, DEFLATE = zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED
LOCAL = struct.Struct("<4sHHHHHIIIHH")
CENTRAL = struct.Struct("<4sHHHHHHIIIHHHHHII")
END = struct.Struct("<4sHHHHIIH")


class Item(msgspec.Struct, frozen=True):
    """One entry as it is to be written; what is not None is written instead of the truth."""

    name: bytes
    content: bytes
    method: int = DEFLATE
    flags: int = 0
    extra: bytes = b""
    comment: bytes = b""
    made_by: int = 0x0314
    mode: int = 0o600 << 16
    date: int = 0x21
    packed: bytes | None = None
    size: int | None = None  # in both headers
    crc: int | None = None  # in both headers
    local_size: int | None = None
    local_name: bytes | None = None
    offset: int | None = None
    behind: bytes = b""  # lies after the entry


class Parts(msgspec.Struct, frozen=True):
    """A bundle taken apart, with the key of who signs it."""

    entries: dict[str, bytes]
    signer: Identity

    @property
    def manifest(self) -> dict[str, Any]:
        return dict(json.loads(self.entries["manifest.json"]))

    @property
    def lines(self) -> list[bytes]:
        shards = [self.entries[name] for name in self.entries if name.startswith("records/")]
        return b"".join(shards).splitlines()

    @property
    def copies(self) -> list[Copy]:
        return [from_object(json.loads(line)) for line in self.lines]

    def with_lines(self, lines: list[bytes], records: int | None = None) -> Parts:
        """These lines instead, signed by the sender as if nothing were wrong with them."""
        content = b"".join(line + b"\n" for line in lines)
        parts = self.with_entry("records/00001.jsonl", content)
        return parts if records is None else parts.with_manifest(records=records)

    def with_entry(self, name: str, content: bytes) -> Parts:
        """One entry more or another one, vouched for by the manifest."""
        last = {"manifest.json", "manifest.sig"}
        entries = {each: self.entries[each] for each in self.entries if each not in last}
        names = sorted({*entries, name} - {"mimetype"}, key=lambda n: (n[:6] == "blobs/", n))
        entries = {each: {**entries, name: content}[each] for each in ["mimetype", *names]}
        told = [
            {"name": each, "sha256": hashlib.sha256(held).hexdigest(), "size": len(held)}
            for each, held in entries.items()
        ]
        kept = {each: self.entries[each] for each in ("manifest.json", "manifest.sig")}
        return replace(self, entries={**entries, **kept}).with_manifest(entries=told)

    def with_manifest(self, **changes: Any) -> Parts:
        return self.with_manifest_bytes(canonical({**self.manifest, **changes}))

    def with_manifest_bytes(self, content: bytes) -> Parts:
        signature = bytes.fromhex(sign(self.signer, BUNDLE_CONTEXT, content))
        last = {"manifest.json": content, "manifest.sig": signature}
        return replace(self, entries={**self.entries, **last})

    def without(self, name: str) -> Parts:
        return replace(self, entries={n: c for n, c in self.entries.items() if n != name})

    def items(self) -> list[Item]:
        methods = {"mimetype": STORE, "manifest.sig": STORE}
        return [
            Item(name.encode(), content, STORE if name[:6] == "blobs/" else methods.get(name, 8))
            for name, content in self.entries.items()
        ]

    def zipped(self) -> bytes:
        return zipped(self.items())


def taken_apart(path: Path, signer: Identity) -> Parts:
    with zipfile.ZipFile(path) as zipped_file:
        return Parts({n: zipped_file.read(n) for n in zipped_file.namelist()}, signer)


def zipped(
    items: list[Item], prefix: bytes = b"", comment: bytes = b"", between: bytes = b""
) -> bytes:
    """A ZIP in which every lie that an item asks for is told."""
    file, directory = io.BytesIO(), io.BytesIO()
    file.write(prefix)
    for item in items:
        start = file.tell() if item.offset is None else item.offset
        packed = packed_of(item)
        size = len(item.content) if item.size is None else item.size
        crc = zlib.crc32(item.content) if item.crc is None else item.crc
        middle = (item.flags, item.method, 0, item.date, crc, len(packed))
        local_name = item.name if item.local_name is None else item.local_name
        local_size = size if item.local_size is None else item.local_size
        local = (local_size, len(local_name), len(item.extra))
        if item.offset is None:
            file.write(LOCAL.pack(b"PK\3\4", 20, *middle, *local) + local_name + item.extra)
            file.write(packed + item.behind)
        sizes = (size, len(item.name), len(item.extra), len(item.comment), 0, 0, item.mode, start)
        directory.write(CENTRAL.pack(b"PK\1\2", item.made_by, 20, *middle, *sizes))
        directory.write(item.name + item.extra + item.comment)
    file.write(between)
    offset, held = file.tell(), directory.getvalue()
    end = END.pack(b"PK\5\6", 0, 0, len(items), len(items), len(held), offset, len(comment))
    return file.getvalue() + held + end + comment


def packed_of(item: Item) -> bytes:
    if item.packed is not None:
        return item.packed
    if item.method != DEFLATE:
        return item.content
    packer = zlib.compressobj(6, zlib.DEFLATED, -15)
    return packer.compress(item.content) + packer.flush()


def resigned(line: dict[str, Any], signer: Identity) -> bytes:
    """A line that says whatever it says, with its author's true signature."""
    name = from_object(line).name
    signature = sign(signer, REVISION_CONTEXT, bytes.fromhex(name))
    return canonical({**line, "sig": signature})


def signed_raw(line: dict[str, Any], signer: Identity, digests: dict[str, str]) -> bytes:
    """A line the program itself would not read, signed over what is written there."""
    hidden = {"digests", "fields", "key", "salts", "sig", "tight"}
    envelope = {name: line[name] for name in line.keys() - hidden} | {"digests": digests}
    name = hashlib.sha256(NAMING + canonical(envelope)).digest()
    return canonical({**line, "sig": sign(signer, REVISION_CONTEXT, name)})


def name_of(line: dict[str, Any]) -> str:
    """The name of the revision in a line, worked out without the program."""
    digests = dict(line["digests"])
    for name, value in line["fields"].items():
        derived = hmac.digest(bytes.fromhex(line.get("key", "")), name.encode(), "sha256")[:16]
        salt = bytes.fromhex(line.get("salts", {}).get(name, derived.hex()))
        content = salt + name.encode() + b"\0" + canonical(value)
        digests[name] = hashlib.sha256(content).hexdigest()
    hidden = {"digests", "fields", "key", "salts", "sig", "tight"}
    envelope = {name: line[name] for name in line.keys() - hidden} | {"digests": digests}
    return hashlib.sha256(NAMING + canonical(envelope)).hexdigest()


def in_items(change: Callable[[list[Item]], list[Item]]) -> Attack:
    return lambda parts: zipped(change(parts.items()))


def in_records(**changes: Any) -> Attack:
    """The change in the entry of the records."""
    return in_items(lambda items: [items[0], replace(items[1], **changes), *items[2:]])


def two_authors(parts: Parts) -> bytes:
    """The same id by somebody else, both in one file, which the sender signs."""
    from fieldnotes.domain.moments import Moment
    from fieldnotes.trust.identity import make_identity

    thief = make_identity("Thief", b"\7" * 32, Moment(0))
    line = {**json.loads(parts.lines[0]), "author": thief.author, "rev": 9}
    lines = sorted([*parts.lines, resigned(line, thief)], key=place_of)
    people = [*parts.manifest["people"], {**thief.card.plain(), "made": [0, 0]}]
    records = parts.manifest["records"] + 1
    return parts.with_lines(lines).with_manifest(people=people, records=records).zipped()


def place_of(line: bytes) -> tuple[str, str]:
    copy = from_object(json.loads(line))
    return copy.revision.id, copy.name


def lines_of(copies: list[Copy]) -> list[bytes]:
    """Their lines, in order."""
    ordered = sorted(copies, key=lambda copy: (copy.revision.id, copy.name))
    return [to_line(copy) for copy in ordered]
