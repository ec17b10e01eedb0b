"""What a bundle says of itself before anything in it is read."""

from __future__ import annotations

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


class Part(msgspec.Struct, frozen=True):
    """One entry: name in the archive, size in bytes unpacked, hex SHA-256 of its content."""

    name: str
    size: int
    sha256: str


class Manifest(msgspec.Struct, frozen=True):
    """Told by the sender, signed by the sender. `made`: [ms, offset minutes]."""

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


def read_manifest(content: bytes) -> Manifest:
    """The manifest in its canonical bytes. Raises BundleRefused."""
    told = parse(content)
    _check_version(told)
    try:
        manifest = msgspec.convert(told, Manifest)
    except msgspec.ValidationError as error:
        raise damaged() from error
    if not all(map(is_genuine, [manifest.author, *manifest.people])):
        raise damaged("carries a forged key card")
    return manifest


def _check_version(told: dict[str, Any]) -> None:
    if told.get("format") != FORMAT or type(told.get("min_reader")) is not int:
        raise damaged()
    if told["min_reader"] > VERSION:
        raise BundleRefused(
            "This file needs a newer version of Fieldnotes.",
            "Update Fieldnotes and read it in again; nothing was changed.",
        )


def is_signed(manifest: Manifest, content: bytes, signature: bytes) -> bool:
    """Whether the sender's key signed these bytes."""
    return verifies(manifest.author.signs, signature.hex(), BUNDLE_CONTEXT + content)
