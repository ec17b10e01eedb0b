"""Makes hostile files out of real, correctly signed bundles: each attack changes one thing."""

from __future__ import annotations

import hashlib
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
        packed = _packed(item)
        size = len(item.content) if item.size is None else item.size
        crc = zlib.crc32(item.content)
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


def _packed(item: Item) -> bytes:
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


# --- the archive ------------------------------------------------------------------------------

Attack = Callable[[Parts], bytes]


def _items(change: Callable[[list[Item]], list[Item]]) -> Attack:
    return lambda parts: zipped(change(parts.items()))


def _every(**changes: Any) -> Attack:
    """The change in the entry of the records."""
    return _items(lambda items: [items[0], replace(items[1], **changes), *items[2:]])


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
    body = _packed(inner)
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
    size, piece = 1 << 30, b" " * (1 << 20)
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed, digest, crc = [], hashlib.sha256(), 0
    for _ in range(size // len(piece)):
        packed.append(packer.compress(piece))
        digest.update(piece)
        crc = zlib.crc32(piece, crc)
    body = b"".join(packed) + packer.flush()
    told = parts.manifest["entries"]
    told[1] = {"name": "records/00001.jsonl", "sha256": digest.hexdigest(), "size": size}
    items = parts.with_manifest(entries=told).items()
    made = zipped([items[0], replace(items[1], packed=body, size=size), *items[2:]])
    wrong = struct.pack("<I", zlib.crc32(items[1].content))
    return made.replace(wrong, struct.pack("<I", crc))


def _lying_bomb(parts: Parts) -> bytes:
    """Says a kilobyte, unpacks to 64 megabytes."""
    body = _packed(Item(b"", b"\0" * (64 << 20)))
    items = parts.items()
    return zipped([items[0], replace(items[1], packed=body, size=1024), *items[2:]])


def _bomb_told_small(parts: Parts) -> bytes:
    told = parts.manifest["entries"]
    told[1] = {**told[1], "size": 1024}
    return _lying_bomb(parts.with_manifest(entries=told))


def _truncated(share: float) -> Attack:
    return lambda parts: parts.zipped()[: int(len(parts.zipped()) * share)]


ARCHIVES: dict[str, Attack] = {
    "overlapping entries": _overlapping,
    "a bundle in a bundle": _nested,
    "quoted headers": _quoted,
    "a bomb that says what it is": _bomb,
    "a bomb that lies": _lying_bomb,
    "a bomb whose manifest lies as well": _bomb_told_small,
    "a bomb that is just small enough": lambda parts: parts.with_entry(
        "records/00001.jsonl", b" " * (60 << 20)
    ).zipped(),
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
    "a link": _every(mode=0o120777 << 16),
    "a device by its mode": _every(mode=0o020666 << 16),
    "a hidden file of DOS": _every(made_by=0x0014, mode=2),
    "the same name twice": _items(lambda items: [*items[:2], items[1], *items[2:]]),
    "a data descriptor": _every(flags=8, behind=b"PK\7\x08" + b"\0" * 12),
    "an encrypted entry": _every(flags=1),
    "a flag for UTF-8": _every(flags=0x800),
    "another method": _every(method=99),
    "an extra field": _every(extra=b"UT\5\0\1\0\0\0\0"),
    "a comment of an entry": _every(comment=b"hello"),
    "another date": _every(date=0x5A21),
    "a larger size in both headers": _every(size=10_000),
    "a smaller size in both headers": _every(size=10),
    "another size in one header": _every(local_size=10),
    "another name in one header": _every(local_name=b"records/00002.jsonl"),
    "bytes behind an entry": _every(behind=b"gap"),
    "a comment of the file": lambda parts: zipped(parts.items(), comment=b"hello"),
    "something in front": lambda parts: zipped(parts.items(), prefix=b"#!/bin/sh\n"),
    "something in between": lambda parts: zipped(parts.items(), between=b"hello"),
    "something behind": lambda parts: parts.zipped() + b"\0",
    "another order": _items(lambda items: [*items[1:], items[0]]),
    "no type": lambda parts: parts.without("mimetype").zipped(),
    "no manifest": lambda parts: parts.without("manifest.json").zipped(),
    "no notes": lambda parts: parts.without("records/00001.jsonl").zipped(),
    "nothing at all": lambda parts: b"",
    "an empty archive": lambda parts: zipped([]),
    "half of it": _truncated(0.5),
    "all but the end": _truncated(0.98),
    "random bytes": lambda parts: hashlib.shake_256(b"fieldnotes").digest(20_000),
    "text": lambda parts: b"Dear Mara,\nplease find attached\n",
    "65,500 entries": lambda parts: zipped([Item(b"%d" % n, b"", STORE) for n in range(65_500)]),
}


# --- the manifest -----------------------------------------------------------------------------


def _manifest(**changes: Any) -> Attack:
    return lambda parts: parts.with_manifest(**changes).zipped()


def _raw_manifest(change: Callable[[bytes], bytes]) -> Attack:
    return lambda parts: parts.with_manifest_bytes(change(parts.entries["manifest.json"])).zipped()


def _card(**changes: Any) -> Attack:
    def attack(parts: Parts) -> bytes:
        return parts.with_manifest(author={**parts.manifest["author"], **changes}).zipped()

    return attack


def _other_signature(parts: Parts) -> bytes:
    return replace(parts, entries={**parts.entries, "manifest.sig": b"\1" * 64}).zipped()


def _short_signature(parts: Parts) -> bytes:
    return replace(parts, entries={**parts.entries, "manifest.sig": b"\1" * 63}).zipped()


def _many_entries(parts: Parts) -> bytes:
    part = {"name": "records/00001.jsonl", "sha256": "0" * 64, "size": 1}
    told = [{**part, "name": f"records/{number:05}.jsonl"} for number in range(100_000)]
    return parts.with_manifest(entries=told).zipped()


def _twice_told(parts: Parts) -> bytes:
    told = parts.manifest["entries"]
    return parts.with_manifest(entries=[*told, told[-1]]).zipped()


MANIFESTS: dict[str, Attack] = {
    "another signature": _other_signature,
    "a signature that is too short": _short_signature,
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


# --- the lines --------------------------------------------------------------------------------


def _lines(change: Callable[[list[bytes]], list[bytes]]) -> Attack:
    return lambda parts: parts.with_lines(change(parts.lines)).zipped()


def _first(change: Callable[[bytes], bytes]) -> Attack:
    return _lines(lambda lines: [change(lines[0]), *lines[1:]])


def _member(**changes: Any) -> Attack:
    """The first line with other members, signed over what is then written there."""

    def attack(parts: Parts) -> bytes:
        copy = parts.copies[0]
        line = {**json.loads(parts.lines[0]), **changes}
        forged = signed_raw(line, parts.signer, dict(copy.revision.digests))
        return parts.with_lines([forged, *parts.lines[1:]]).zipped()

    return attack


def _field(raw: bytes) -> Attack:
    """One more field, with this for its value, as it stands."""
    return _first(lambda line: line.replace(b'"fields":{', b'"fields":{"a":' + raw + b","))


def two_authors(parts: Parts) -> bytes:
    """The same id by somebody else, both in one file, which the sender signs."""
    from fieldnotes.domain.moments import Moment
    from fieldnotes.trust.identity import make_identity

    thief = make_identity("Thief", b"\7" * 32, Moment(0))
    line = {**json.loads(parts.lines[0]), "author": thief.author, "rev": 9}
    lines = sorted([*parts.lines, resigned(line, thief)], key=_place)
    people = [*parts.manifest["people"], {**thief.card.plain(), "made": [0, 0]}]
    records = parts.manifest["records"] + 1
    return parts.with_lines(lines).with_manifest(people=people, records=records).zipped()


def _place(line: bytes) -> tuple[str, str]:
    copy = from_object(json.loads(line))
    return copy.revision.id, copy.name


def _versions(number: int) -> Attack:
    def attack(parts: Parts) -> bytes:
        line = json.loads(parts.lines[0])
        lines = [resigned({**line, "rev": n}, parts.signer) for n in range(1, number + 1)]
        return parts.with_lines(sorted(lines, key=_place), records=1).zipped()

    return attack


LINES: dict[str, Attack] = {
    "nested 100,000 deep": _field(b"[" * 100_000 + b"]" * 100_000),
    "nested 33 deep": _field(b"[" * 33 + b"]" * 33),
    "NaN": _field(b"NaN"),
    "Infinity": _field(b"-Infinity"),
    "2^64": _field(b"18446744073709551616"),
    "2^53": _field(b"9007199254740992"),
    "a number of 5,000 digits": _field(b"1" * 5_000),
    "a float": _field(b"1.5"),
    "a float that is whole": _field(b"1e2"),
    "minus nought": _field(b"-0"),
    "a lone surrogate": _field(b'"\\ud800"'),
    "bytes that are no text": _field(b'"\xff"'),
    "a surrogate in UTF-8": _field(b'"\xed\xa0\x80"'),
    "NUL as it is": _field(b'"\0"'),
    "an escape that is not needed": _field(b'"\\u0041"'),
    "a double key": _first(lambda line: line.replace(b'"rev":1', b'"rev":1,"rev":1')),
    "a blank": _first(lambda line: line.replace(b'"rev":1', b'"rev": 1')),
    "a carriage return": _first(lambda line: line + b"\r"),
    "an empty line": _lines(lambda lines: [*lines, b""]),
    "a line of 10 MB": _field(b'"' + b"a" * (10 << 20) + b'"'),
    "a list of 2,000,000 lists": _field(b"[" + b"[]," * 1_300_000 + b"[]]"),
    "members out of order": _first(lambda line: b'{"type":"note",' + line[1:]),
    "lines out of order": _lines(lambda lines: lines[::-1]),
    "a line twice": _lines(lambda lines: [lines[0], *lines]),
    "no line end": lambda parts: parts.with_entry(
        "records/00001.jsonl", b"\n".join(parts.lines)
    ).zipped(),
    "a list instead of a record": _first(lambda line: b"[" + line + b"]"),
    "null": _first(lambda line: b"null"),
    "a lineage that is a text": _member(lineage=""),
    "a lineage of no names": _member(lineage=["x"]),
    "a key that is null": _member(key=None),
    "salts that are empty": _member(salts={}),
    "a tightened field that is not there": _member(tight={"nothing": "red"}),
    "a tightening that tells a story": _member(tight={"*": "Dear reader"}),
    "a number that is true": _member(rev=True),
    "a revision before the first": _member(rev=-1),
    "a revision after the last": _member(rev=2**53 - 1),
    "a moment of one number": _member(created=[1]),
    "a moment of two days": _member(created=[1, 2880]),
    "a removal of another shape": _member(removed={"at": [1, 0], "reason": "wrong", "x": 1}),
    "a reason with NUL": _member(removed={"at": [1, 0], "reason": "wrong\0"}),
    "an id in capitals": lambda parts: _member(id=json.loads(parts.lines[0])["id"].upper())(parts),
    "an id in braces": lambda parts: _member(id="{" + json.loads(parts.lines[0])["id"] + "}")(
        parts
    ),
    "marks that are a list": _member(marks=[]),
    "fields that are a list": _member(fields=[]),
    "a signature in capitals": lambda parts: _first(
        lambda line: canonical({**json.loads(line), "sig": json.loads(line)["sig"].upper()})
    )(parts),
    "a field name with a slash": _first(
        lambda line: line.replace(b'"fields":{', b'"fields":{"../a":1,')
    ),
    "1,001 versions of one note": _versions(1_001),
}


# --- sealed files -----------------------------------------------------------------------------


def _header(*stanzas: bytes) -> Attack:
    head = b"age-encryption.org/v1\n" + b"".join(stanzas) + b"--- " + b"A" * 43 + b"\n"
    return lambda parts: head + b"\0" * 16 + parts.zipped()


def _sealed_for_another(parts: Parts) -> bytes:
    import pyrage

    return bytes(pyrage.encrypt(parts.zipped(), [pyrage.x25519.Identity.generate().to_public()]))


_SCRYPT = b"-> scrypt " + b"A" * 22 + b" 22\n" + b"A" * 43 + b"\n"
_X25519 = b"-> X25519 " + b"A" * 43 + b"\n" + b"A" * 43 + b"\n"
SEALED: dict[str, Attack] = {
    "a passphrase that costs 4 GB": _header(_SCRYPT),
    "a passphrase among keys": _header(_X25519, _SCRYPT),
    "a header of nothing": _header(),
    "a header of garbage": lambda parts: b"age-encryption.org/v1\n" + b"\xff\0" * 500,
    "a header without end": lambda parts: b"age-encryption.org/v1\n" + _X25519 * 10_000,
    "a thousand recipients": _header(*[_X25519] * 1_000),
    "another version of age": lambda parts: b"age-encryption.org/v2\n" + parts.zipped(),
    "a stanza of blanks": _header(b"->   \n\n"),
    "sealed for somebody else": _sealed_for_another,
}


def lines_of(copies: list[Copy]) -> list[bytes]:
    """Their lines, in order."""
    ordered = sorted(copies, key=lambda copy: (copy.revision.id, copy.name))
    return [to_line(copy) for copy in ordered]
