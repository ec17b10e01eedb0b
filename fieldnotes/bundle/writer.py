"""A set of records → a signed file: written beside its place, flushed, then renamed."""

from __future__ import annotations

import hashlib
import os
import zipfile
from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from fieldnotes.bundle import manifest as manifests
from fieldnotes.domain.canonical import canonical
from fieldnotes.domain.moments import Moment
from fieldnotes.domain.people import Identity, KeyCard
from fieldnotes.domain.records import Copy, to_line
from fieldnotes.errors import SendingRefused
from fieldnotes.trust.identity import BUNDLE_CONTEXT, sign
from fieldnotes.trust.sealing import seal

SHARD = 5_000  # records in one entry
LEVEL = 1


@dataclass(frozen=True, slots=True)
class Cover:
    """What the sender says of a bundle, and what makes it this one."""

    bundle: str
    sequence: int
    device: str
    audience: str
    made: Moment
    recipients: tuple[str, ...] = ()
    title: str = ""
    tags: tuple[str, ...] = ()
    note: str = ""
    people: tuple[KeyCard, ...] = ()


@dataclass
class _Contents:
    """What was written so far."""

    parts: list[dict[str, Any]] = field(default_factory=list)
    records: set[str] = field(default_factory=set)
    kinds: Counter[str] = field(default_factory=Counter)
    tags: Counter[str] = field(default_factory=Counter)

    def count(self, copy: Copy, first: bool) -> None:
        if first:
            self.kinds[str(copy.values.get("kind") or _without_kind(copy))] += 1
            self.tags.update(set(copy.values.get("tags", ())))


def write_bundle(
    path: Path,
    cover: Cover,
    copies: Iterable[Copy],
    blobs: Iterable[tuple[str, bytes]],
    identity: Identity,
    seal_to: tuple[str, ...] = (),
) -> dict[str, Any]:
    """Make the file and return its manifest.

    `copies`: in order of (id, revision name), already masked. `blobs`: (hex SHA-256, content) in
    order. `seal_to`: age recipients. Raises SendingRefused; an older file of the same name is
    untouched then.
    """
    told: dict[str, Any] = {}

    def fill(part: Path) -> None:
        plain = part.with_name(part.name + ".zip") if seal_to else part
        try:
            told.update(_write_zip(plain, cover, copies, blobs, identity))
            if seal_to:
                with plain.open("rb") as source, part.open("wb") as target:
                    seal(source, target, list(seal_to))
        finally:
            if seal_to:
                plain.unlink(missing_ok=True)

    put_file(path, fill)
    return told


def put_file(path: Path, fill: Callable[[Path], None]) -> None:
    """Write beside the place, flush, rename, flush the folder: the old file or the new one."""
    part = part_of(path)
    try:
        fill(part)
        with part.open("rb+") as file:
            os.fsync(file.fileno())
        part.replace(path)
        _flush_folder(path.parent)
    except OSError as error:
        raise SendingRefused(
            f"{path.name} could not be written: {error.strerror or 'the disk refused'}.",
            "Choose another folder, or free some space.",
        ) from error
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


def part_of(path: Path) -> Path:
    """Where an unfinished file lies."""
    return path.with_name(f".{path.name}.part")


def _write_zip(
    path: Path,
    cover: Cover,
    copies: Iterable[Copy],
    blobs: Iterable[tuple[str, bytes]],
    identity: Identity,
) -> dict[str, Any]:
    contents = _Contents()
    with zipfile.ZipFile(path, "w", allowZip64=False) as archive:
        _add(archive, contents, "mimetype", [manifests.MEDIA_TYPE], zipfile.ZIP_STORED)
        for number, shard in enumerate(_shards(copies), 1):
            lines = (_line(contents, copy) for copy in shard)
            _add(archive, contents, f"records/{number:05}.jsonl", lines)
        for sha256, content in blobs:
            _add(archive, contents, f"blobs/{sha256}", [content], zipfile.ZIP_STORED)
        told = _manifest(cover, contents, identity)
        content = canonical(told)
        signature = bytes.fromhex(sign(identity, BUNDLE_CONTEXT, content))
        _add(archive, contents, "manifest.json", [content])
        _add(archive, contents, "manifest.sig", [signature], zipfile.ZIP_STORED)
    return told


def _add(
    archive: zipfile.ZipFile,
    contents: _Contents,
    name: str,
    pieces: Iterable[bytes],
    method: int = zipfile.ZIP_DEFLATED,
) -> None:
    info = zipfile.ZipInfo(name)
    info.compress_type, info.create_system = method, 3
    info._compresslevel = LEVEL  # type: ignore[attr-defined]
    size, digest = 0, hashlib.sha256()
    with archive.open(info, "w") as entry:
        for piece in pieces:
            size += len(piece)
            digest.update(piece)
            entry.write(piece)
    contents.parts.append({"name": name, "sha256": digest.hexdigest(), "size": size})


def _shards(copies: Iterable[Copy]) -> Iterable[list[Copy]]:
    shard: list[Copy] = []
    for copy in copies:
        if len(shard) >= SHARD and shard[-1].revision.id != copy.revision.id:
            yield shard
            shard = []
        shard.append(copy)
    if shard:
        yield shard


def _line(contents: _Contents, copy: Copy) -> bytes:
    first = copy.revision.id not in contents.records
    contents.records.add(copy.revision.id)
    contents.count(copy, first)
    return to_line(copy) + b"\n"


def _without_kind(copy: Copy) -> str:
    return "removed" if copy.revision.removed else copy.revision.type


def _manifest(cover: Cover, contents: _Contents, identity: Identity) -> dict[str, Any]:
    return {
        "audience": cover.audience,
        "author": identity.card.plain(),
        "bundle": cover.bundle,
        "by_kind": dict(contents.kinds),
        "by_tag": dict(contents.tags),
        "device": cover.device,
        "entries": list(contents.parts),
        "format": manifests.FORMAT,
        "made": list(cover.made),
        "min_reader": manifests.VERSION,
        "note": cover.note,
        "people": [card.plain() for card in cover.people],
        "recipients": list(cover.recipients),
        "records": len(contents.records),
        "sequence": cover.sequence,
        "tags": list(cover.tags),
        "title": cover.title,
        "version": manifests.VERSION,
        "vocabulary": 0,
    }


def _flush_folder(folder: Path) -> None:
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
