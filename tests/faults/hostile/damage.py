"""What happens to files on the way: cut off, flipped, locked with other words, signed by others."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from random import Random

from msgspec.structs import replace

from fieldnotes.trust.identity import BUNDLE_CONTEXT, REVISION_CONTEXT, sign
from tests.faults.hostile.age import age_file, scrypt_stanza
from tests.faults.hostile.forging import CENTRAL, END, LOCAL, Attack, Parts

KEY = b"\7" * 16


def boundaries(content: bytes) -> Iterator[tuple[str, int]]:
    """(where, place) of each joint of a ZIP that has nothing odd in it."""
    *_, count, _, offset, _ = END.unpack(content[-END.size :])
    place = offset
    for number in range(count):
        told = CENTRAL.unpack_from(content, place)
        packed, name_size, start = told[8], told[10], told[16]
        yield f"header {number}", start
        yield f"name {number}", start + LOCAL.size
        yield f"content {number}", start + LOCAL.size + name_size
        yield f"end of content {number}", start + LOCAL.size + name_size + packed
        yield f"directory {number}", place
        yield f"name in the directory {number}", place + CENTRAL.size
        place += CENTRAL.size + name_size
    yield "end record", place
    for name, at in (("count", 8), ("length", 12), ("offset", 16), ("comment", 20)):
        yield f"{name} in the end record", place + at


def _cut(where: str, before: int) -> Attack:
    def attack(parts: Parts) -> bytes:
        content = parts.zipped()
        return content[: dict(boundaries(content))[where] - before]

    return attack


def _flipped(where: str, bit: int) -> Attack:
    def attack(parts: Parts) -> bytes:
        content = bytearray(parts.zipped())
        content[dict(boundaries(bytes(content)))[where] + 1] ^= bit
        return bytes(content)

    return attack


def _signed_as(context: bytes, changed: bytes = b"") -> Attack:
    """A signature of the sender's, of something else."""

    def attack(parts: Parts) -> bytes:
        told = parts.entries["manifest.json"] + changed
        signature = bytes.fromhex(sign(parts.signer, context, told))
        return replace(parts, entries={**parts.entries, "manifest.sig": signature}).zipped()

    return attack


def _signature(signature: bytes) -> Attack:
    return lambda parts: replace(
        parts, entries={**parts.entries, "manifest.sig": signature}
    ).zipped()


def _locked(words: str) -> Attack:
    """With a passphrase, which is cheap to try."""
    random = Random(1)
    return lambda parts: age_file(
        random, [scrypt_stanza(random, words, KEY, 4)], KEY, parts.zipped()
    )


_ENTRIES = range(4)
JOINTS = [
    *(f"{what} {n}" for what in ("header", "name", "content", "end of content") for n in _ENTRIES),
    *(f"{what} {n}" for what in ("directory", "name in the directory") for n in _ENTRIES),
    "end record",
    *(f"{name} in the end record" for name in ("count", "length", "offset", "comment")),
]
DAMAGE: dict[str, Attack] = {
    "nothing at all": lambda parts: b"",
    "one byte": lambda parts: b"P",
    "random bytes": lambda parts: hashlib.shake_256(b"fieldnotes").digest(20_000),
    "text": lambda parts: b"Dear Mara,\nplease find attached\n",
    "half of it": lambda parts: parts.zipped()[: len(parts.zipped()) // 2],
    "the second half of it": lambda parts: parts.zipped()[len(parts.zipped()) // 2 :],
    "all but the end": lambda parts: parts.zipped()[:-10],
    "twice, one behind the other": lambda parts: parts.zipped() * 2,
    "as text, with other line ends": lambda parts: parts.zipped().replace(b"\n", b"\r\n") + b"\r\n",
    **{f"cut off at {where}": _cut(where, 0) for where in JOINTS if where != "header 0"},
    **{f"cut off inside {where}": _cut(where, -1) for where in JOINTS},
    **{f"a bit flipped in {where}": _flipped(where, 1) for where in JOINTS[:-1]},
}
SIGNATURES: dict[str, Attack] = {
    "a signature of nothing": _signature(b"\1" * 64),
    "a signature of noughts": _signature(bytes(64)),
    "a signature of another context": _signed_as(REVISION_CONTEXT),
    "a signature without context": _signed_as(b""),
    "a signature of more": _signed_as(BUNDLE_CONTEXT, b" "),
    "a signature that is too short": _signature(b"\1" * 63),
    "a signature that is too long": _signature(b"\1" * 65),
    "a signature of no bytes": _signature(b""),
}
LOCKED: dict[str, Attack] = {"other words": _locked("other words"), "no words": _locked("")}
