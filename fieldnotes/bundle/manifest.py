"""What a bundle says of itself before anything in it is read."""

from __future__ import annotations

import re
from typing import Any

import msgspec

from fieldnotes.bundle.archive import damaged
from fieldnotes.domain.canonical import parse
from fieldnotes.domain.people import KeyCard
from fieldnotes.errors import BundleRefused
from fieldnotes.trust.identity import BUNDLE_CONTEXT, is_genuine, verifies

FORMAT = "fieldnotes-bundle"
VERSION = 1
MEDIA_TYPE = b"application/vnd.fieldnotes.bundle+zip"
SUFFIX = ".fieldnotes"
MOST_CARDS = 10_000
_HEX64 = re.compile(r"[0-9a-f]{64}")
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


class Part(msgspec.Struct, frozen=True):
    """One entry: name in the archive, size in bytes unpacked, hex SHA-256 of its content."""

    name: str
    size: int
    sha256: str


class Manifest(msgspec.Struct, frozen=True):
    """Told by the sender, signed by the sender. `made`: [ms, offset minutes].

    `again`: the number of an earlier file in the same row that this one stands for.
    """

    format: str
    version: int
    min_reader: int
    bundle: str
    sequence: int
    author: KeyCard
    device: str
    audience: str
    recipients: list[str]
    made: tuple[int, int]
    title: str
    tags: list[str]
    note: str
    records: int
    by_kind: dict[str, int]
    by_tag: dict[str, int]
    vocabulary: int
    people: list[KeyCard]
    entries: list[Part]
    again: int = 0


def read_manifest(content: bytes) -> Manifest:
    """The manifest in its canonical bytes. Raises BundleRefused."""
    told = parse(content)
    _check_version(told)
    try:
        manifest = msgspec.convert(told, Manifest)
    except msgspec.ValidationError as error:
        raise damaged() from error
    if not _is_sound(manifest):
        raise damaged()
    cards = [manifest.author, *manifest.people]
    if len(cards) > MOST_CARDS or len({card.author for card in manifest.people}) != len(cards) - 1:
        raise damaged()
    as_written = [told["author"], *told["people"]]
    same = all(_as_written(one) == other for one, other in zip(cards, as_written, strict=True))
    if not (same and all(map(is_genuine, cards))):
        raise damaged("carries a forged key card")
    return manifest


def _is_sound(manifest: Manifest) -> bool:
    """What the types do not say: forms of names, signs of numbers, nothing twice."""
    names = [part.name for part in manifest.entries]
    counts = [
        manifest.sequence,
        manifest.again,
        manifest.vocabulary,
        manifest.records,
        manifest.version,
    ]
    counts += [*manifest.by_kind.values(), *manifest.by_tag.values()]
    return bool(
        all(_UUID.fullmatch(each) for each in (manifest.bundle, manifest.device))
        and all(_HEX64.fullmatch(part.sha256) for part in manifest.entries)
        and all(count >= 0 for count in counts)
        and abs(manifest.made[1]) < 1440
        and len(set(names)) == len(names)
    )


def _as_written(card: KeyCard) -> dict[str, Any]:
    return {**card.plain(), "made": list(card.made)}


def _check_version(told: dict[str, Any]) -> None:
    asked = told.get("min_reader")
    if told.get("format") != FORMAT or type(asked) is not int or asked < 1:
        raise damaged()
    if asked > VERSION:
        raise BundleRefused(
            "This file needs a newer version of Fieldnotes.",
            "Update Fieldnotes and read it in again; nothing was changed.",
        )


def is_signed(manifest: Manifest, content: bytes, signature: bytes) -> bool:
    """Whether the sender's key signed these bytes."""
    return verifies(manifest.author.signs, signature.hex(), BUNDLE_CONTEXT + content)
