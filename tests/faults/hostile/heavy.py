"""Small files, signed for, that would cost a careless reader its memory or an hour."""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Callable, Iterable
from typing import Any

from msgspec.structs import replace

from fieldnotes.domain.moments import Moment
from fieldnotes.trust.identity import make_identity
from tests.faults.hostile.forging import Attack, Parts, place_of, resigned, zipped

GIGABYTE = 1 << 30
_PIECE = 1 << 20


def streamed(parts: Parts, pieces: Callable[[], Iterable[bytes]]) -> bytes:
    """Records that are written piece by piece, and vouched for: nobody holds them whole."""
    packer = zlib.compressobj(1, zlib.DEFLATED, -15)
    packed, digest, crc, size = [], hashlib.sha256(), 0, 0
    for piece in pieces():
        packed.append(packer.compress(piece))
        digest.update(piece)
        crc, size = zlib.crc32(piece, crc), size + len(piece)
    body = b"".join(packed) + packer.flush()
    told = parts.manifest["entries"]
    told[1] = {"name": "records/00001.jsonl", "sha256": digest.hexdigest(), "size": size}
    items = parts.with_manifest(entries=told).items()
    items[1] = replace(items[1], packed=body, size=size, crc=crc)
    return zipped(items)


def _one_line() -> Iterable[bytes]:
    """Of a gigabyte; so much of it is noise that nobody takes it for a bomb."""
    yield b'"'
    for at in range(12):
        yield hashlib.shake_256(b"%d" % at).hexdigest(_PIECE).encode()
    for _ in range(GIGABYTE // _PIECE - 25):
        yield b"a" * _PIECE
    yield b'"\n'


def _line_ends() -> Iterable[bytes]:
    """A gigabyte of them, behind the noise."""
    for at in range(12):
        yield hashlib.shake_256(b"%d" % at).hexdigest(_PIECE).encode() + b"\n"
    for _ in range(GIGABYTE // _PIECE - 25):
        yield b"\n" * _PIECE


def plain(parts: Parts, number: int = 0, **fields: Any) -> dict[str, Any]:
    """A new note of the sender's that says nothing but `fields`."""
    line = json.loads(parts.lines[-1])
    for name in ("salts", "tight"):
        line.pop(name, None)
    record_id = f"00000000-0000-7000-8000-{number:012x}"
    line |= {"type": "note", "id": record_id, "rev": 1, "lineage": [], "removed": None}
    return line | {"marks": {}, "digests": {}, "key": "00" * 16, "fields": fields}


def large_notes(parts: Parts, field: str, number: int = 60) -> bytes:
    """Notes of nearly 4 MB, with so much noise in them that nobody takes them for a bomb."""
    noise = hashlib.shake_256(b"noise").hexdigest(1 << 19)
    words = "abcdefgh " * 430_000
    told = (f"{n} {noise[n * 1_000 : n * 1_000 + 160_000]} {words}" for n in range(number))
    notes = (plain(parts, n, **{"text": f"{n}", field: text}) for n, text in enumerate(told))
    return parts.with_lines([resigned(note, parts.signer) for note in notes], number).zipped()


def _lines(*lines: Callable[[Parts], dict[str, Any]]) -> Attack:
    def attack(parts: Parts) -> bytes:
        made = sorted((resigned(line(parts), parts.signer) for line in lines), key=place_of)
        return parts.with_lines(made, len(made)).zipped()

    return attack


def _strangers(parts: Parts) -> bytes:
    """Ten thousand cards are not too many; one of the last is forged."""
    seeds = (number.to_bytes(32) for number in range(1, 9_999))
    cards = [make_identity("Somebody", seed, Moment(0)).card.written() for seed in seeds]
    cards[-1]["name"] = "Somebody Else"
    return parts.with_manifest(people=cards).zipped()


HEAVY: dict[str, Attack] = {
    "a line of a gigabyte": lambda parts: streamed(parts, _one_line),
    "a gigabyte of line ends": lambda parts: streamed(parts, _line_ends),
    "60 MB of line ends": lambda parts: parts.with_entry(
        "records/00001.jsonl", b"\n" * (60 << 20)
    ).zipped(),
    "a note of 300,000 fields": _lines(
        lambda parts: plain(parts, **{f"a{n}": 1 for n in range(300_000)})
    ),
    "a note of 60,000 quotes": _lines(
        lambda parts: plain(parts, **{f"quotes.a{n}": {"text": "x"} for n in range(60_000)})
    ),
    "a note of 60,000 tags": _lines(
        lambda parts: plain(parts, tags=[f"t{n}" for n in range(60_000)])
    ),
    "a note of 60,000 marks": _lines(
        lambda parts: plain(parts) | {"marks": {f"a{n}": "red" for n in range(60_000)}}
    ),
    "a note with 60,000 before it": _lines(
        lambda parts: plain(parts) | {"lineage": [f"{n:064x}" for n in range(60_000)]}
    ),
    "ten thousand cards": _strangers,
}
