"""Reads unsealed bundles by `resources/help/bundle-format.md` alone, sharing nothing with us."""

import hashlib
import hmac
import json
import re
import struct
import zlib
from collections import Counter
from pathlib import Path
from typing import Any

from nacl.bindings import crypto_sign_open

HEX16, HEX32, HEX64 = (re.compile(f"[0-9a-f]{{{2 * n}}}") for n in (16, 32, 64))
UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
WORD = re.compile(r"[a-z][a-z0-9_.+-]{0,63}")
FIELD = re.compile(r"[a-z][a-z0-9_]*(\.[A-Za-z0-9_-]+)*")
ENTRY = re.compile(r"(?=.{1,100}$)[a-z0-9]+([._/-][a-z0-9]+)*")
NAME = re.compile("(?! )[^\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]{1,200}(?<! )")
SEALS = re.compile("age1[02-9ac-hj-np-z]{58}")
TEXT = re.compile("(?s:.*)")
DISCLOSURE = {"digests", "fields", "key", "salts", "sig", "tight"}
CARD = {"author", "made", "name", "seals", "signs", "sig"}
MEDIA_TYPE = b"application/vnd.fieldnotes.bundle+zip"


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def need(holds: object, why: str) -> None:
    if not holds:
        raise ValueError(why)


def like(*parts: tuple[re.Pattern[str], Any]) -> bool:
    return all(isinstance(text, str) and form.fullmatch(text) for form, text in parts)


def moment(value: Any) -> bool:
    return [type(n) for n in value] == [int, int] and abs(value[1]) < 1440 and value == [*value]


def signed(key: str, signature: bytes, content: bytes) -> bool:
    try:
        return bool(crypto_sign_open(signature + content, bytes.fromhex(key)) == content)
    except Exception:  # noqa: BLE001 - whatever the library says, it is no signature
        return False


def canonical(value: Any, depth: int = 0) -> bytes:
    """RFC 8785 without floats; integers within 2^53; at most 32 deep."""
    need(depth < 32 or not isinstance(value, dict | list), "nested too deeply")
    if isinstance(value, dict):
        names = sorted(value, key=lambda name: name.encode("utf-16-be"))
        pairs = (canonical(n) + b":" + canonical(value[n], depth + 1) for n in names)
        return b"{" + b",".join(pairs) + b"}"
    if isinstance(value, list):
        return b"[" + b",".join(canonical(each, depth + 1) for each in value) + b"]"
    need(not isinstance(value, float), "a float")
    need(not isinstance(value, int) or abs(value) < 2**53, "a number beyond 2^53")
    return json.dumps(value, ensure_ascii=False).encode()


def parse(content: bytes, most: int, most_parts: int = 500_000) -> dict[str, Any]:
    parts = sum(map(content.count, (b",", b"[", b"{")))
    need(len(content) <= most and parts <= most_parts, "too large")
    value = json.loads(content.decode())
    need(isinstance(value, dict) and canonical(value) == content, "not in canonical form")
    return value  # type: ignore[no-any-return]


def unzip(file: bytes) -> dict[str, bytes]:
    """The entries by name, in order; every byte of the file belongs to exactly one thing."""
    need(22 <= len(file) <= 2**32 - 2, "size of the file")
    magic, *disks, here, total, length, start, comment = struct.unpack("<4s4H2IH", file[-22:])
    need(magic == b"PK\5\6" and disks == [0, 0] and here == total and not comment, "end record")
    need(start + length + 22 == len(file), "end record")
    at, local, entries, unpacked = start, 0, {}, 0
    for _ in range(total):
        magic, *fixed, crc, packed, size, n, extra, said, disk, internal, mode, offset = (
            struct.unpack("<4s6H3I5H2I", file[at : at + 46])
        )
        name = file[at + 46 : at + 46 + n]
        made_by, needs, flags, method, time, date = fixed
        need(magic == b"PK\1\2" and offset == local, "central header")
        need((made_by, needs, flags, time, date) == (0x0314, 20, 0, 0, 0x21), "central header")
        need(not (extra or said or disk or internal) and mode == 0o600 << 16, "central header")
        need(like((ENTRY, name.decode("ascii"))) and method in (0, 8), "name or method")
        need(name != b"mimetype" or method == 0, "a packed type")
        need(name.decode() not in entries, "the same name twice")
        same = struct.pack("<4s5H3I2H", b"PK\3\4", *fixed[1:], crc, packed, size, n, 0) + name
        need(file[local : local + 30 + n] == same, "local header")
        content = file[local + 30 + n : local + 30 + n + packed]
        unpacked, at, local = unpacked + size, at + 46 + n, local + 30 + n + packed
        need(unpacked <= max(64 << 20, 100 * len(file)) and local <= start, "unpacks to too much")
        if method == 8:
            unpacker = zlib.decompressobj(-15)
            content = unpacker.decompress(content, size + 1)
            need(unpacker.eof and not unpacker.unused_data, "deflate stream")
        need(len(content) == size and zlib.crc32(content) == crc, "size or CRC")
        entries[name.decode()] = content
    need(local == start and at == len(file) - 22, "a gap")
    return entries


def check_card(card: dict[str, Any]) -> str:
    parts = {HEX32: card["signs"], HEX64: card["sig"], SEALS: card["seals"], NAME: card["name"]}
    need(card.keys() == CARD and like(*parts.items()) and moment(card["made"]), "a key card")
    keys = bytes.fromhex(card["signs"]) + card["seals"].encode()
    need(card["author"] == digest(b"fieldnotes author 1\n" + keys), "author of a card")
    told = b"fieldnotes key card 1\n" + canonical({name: card[name] for name in CARD - {"sig"}})
    need(signed(card["signs"], bytes.fromhex(card["sig"]), told), "signature of a card")
    return str(card["author"])


def check_manifest(entries: dict[str, bytes]) -> dict[str, Any]:
    content, signature = entries["manifest.json"], entries["manifest.sig"]
    told = parse(content, 16 << 20)
    need((told["format"], told["min_reader"]) == ("fieldnotes-bundle", 1), "format or version")
    cards = [check_card(card) for card in [told["author"], *told["people"]]][1:]
    need(len(set(cards)) == len(cards), "cards twice")
    texts = [told["audience"], told["title"], told["note"], *told["recipients"], *told["tags"]]
    need(type(told["recipients"]) is type(told["tags"]) is list, "lists")
    need(like((UUID, told["bundle"]), (UUID, told["device"]), *((TEXT, t) for t in texts)), "texts")
    counts = [told[name] for name in ("version", "sequence", "records", "vocabulary")]
    counts += [*told["by_kind"].values(), *told["by_tag"].values(), told.get("again", 0)]
    need(all(type(n) is int and 0 <= n < 2**53 for n in counts) and moment(told["made"]), "counts")
    told_by = signed(told["author"]["signs"], signature, b"fieldnotes bundle 1\n" + content)
    need(len(signature) == 64 and told_by, "signature of the manifest")
    return told


def check_entries(entries: dict[str, bytes], manifest: dict[str, Any]) -> None:
    names = [name for name in entries if not name.startswith("manifest.")]
    shards = [f"records/{n:05}.jsonl" for n in range(1, len(names)) if names[n][:8] == "records/"]
    blobs = sorted(name for name in names if name.startswith("blobs/"))
    order = ["mimetype", *shards, *blobs, "manifest.json", "manifest.sig"]
    need(list(entries) == order and entries["mimetype"] == MEDIA_TYPE, "names of entries")
    held = [[name, len(entries[name]), digest(entries[name])] for name in names]
    told = [[part["name"], part["size"], part["sha256"]] for part in manifest["entries"]]
    need(told == held and all(type(size) is int for _, size, _ in told), "entries of the manifest")
    sizes = [(n, size, h) for n, size, h in held if n[:6] == "blobs/"]
    need(all(n == "blobs/" + h and size <= 32 << 20 for n, size, h in sizes), "blobs")


def check_record(line: dict[str, Any], cards: dict[str, str]) -> dict[str, Any]:
    """The line with `revision` (its name) and `accepted` (its author signed it) beside."""
    shown, digests, removed = line["fields"], dict(line["digests"]), line["removed"]
    salts, tight, key = line.get("salts", {}), line.get("tight", {}), line.get("key", "")
    need(not digests.keys() & shown.keys() and salts.keys() <= shown.keys(), "digests or salts")
    need(all(line[name] for name in ("salts", "tight") if name in line), "an empty member")
    need("key" not in line or (like((HEX16, key)) and shown.keys() - salts.keys()), "key")
    for name, value in shown.items():
        need(name in salts or key, "no salt")
        own = hmac.digest(bytes.fromhex(key), name.encode(), "sha256")[:16]
        salt = bytes.fromhex(salts[name]) if name in salts else own
        digests[name] = digest(salt + name.encode() + b"\0" + canonical(value))
        need(name[:12] != "attachments." or like((HEX32, value["sha256"])), "an attachment")
    forms = [
        (HEX64, line["sig"]),
        *((HEX32, each) for each in [line["author"], *digests.values(), *line["lineage"]]),
        *((HEX16, each) for each in salts.values()),
        *((FIELD, each) for each in [*digests, *line["marks"]]),
        *((WORD, each) for each in [line["type"], *tight.values()]),
        *((UUID, each) for each in [line["id"], line["device"]]),
        (WORD, "none" if removed is None else removed["reason"]),
    ]
    need(like(*forms), "the form of a member")
    need(tight.keys() <= {*digests, "*"} and isinstance(line["lineage"], list), "tight or lineage")
    need(like(*((TEXT, mark) for mark in [line["marking"], *line["marks"].values()])), "marking")
    need(all(type(line[n]) is int and 0 <= line[n] < 2**31 for n in ("rev", "restored")), "count")
    need(removed is None or (removed.keys() == {"at", "reason"} and moment(removed["at"])), "at")
    need(moment(line["created"]) and moment(line["modified"]), "a moment")
    envelope = {name: line[name] for name in line.keys() - DISCLOSURE} | {"digests": digests}
    revision = digest(b"fieldnotes revision 1\n" + canonical(envelope))
    content = b"fieldnotes revision signature 1\n" + bytes.fromhex(revision)
    accepted = signed(cards.get(line["author"], ""), bytes.fromhex(line["sig"]), content)
    return line | {"revision": revision, "accepted": accepted}


def read(path: Path) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """(manifest, records). Raises ValueError, or what Python raises at what is no bundle."""
    manifest = check_manifest(entries := unzip(path.read_bytes()))
    check_entries(entries, manifest)
    cards = {card["author"]: card["signs"] for card in [*manifest["people"], manifest["author"]]}
    shards = [entries[name] for name in entries if name.startswith("records/")]
    lines = [line for shard in shards for line in shard.split(b"\n")[:-1]]
    need(sum(map(len, shards)) == sum(map(len, lines)) + len(lines), "a last line without an end")
    records = [check_record(parse(line, 4 << 20, 50_000), cards) for line in lines]
    order = [(record["id"], record["revision"]) for record in records]
    need(order == sorted(set(order)), "order")
    need(len({(r["id"], r["author"]) for r in records}) == manifest["records"], "number of records")
    versions = Counter(record["id"] for record in records)
    need(max(versions.values(), default=0) <= 1000, "versions")
    shown = (pair for record in records for pair in record["fields"].items())
    attached = {value["sha256"] for name, value in shown if name.startswith("attachments.")}
    need({name[6:] for name in entries if name[:6] == "blobs/"} <= attached, "an unused blob")
    return manifest, records
