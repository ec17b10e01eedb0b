"""A set of records → a signed file: written beside its place, flushed, then renamed."""

from __future__ import annotations

import hashlib
import os
import tempfile
import zipfile
from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

import msgspec

from fieldnotes.bundle import archive, lines, reader
from fieldnotes.bundle import manifest as manifests
from fieldnotes.domain.canonical import NotCanonical, canonical, check_shape
from fieldnotes.domain.moments import Moment
from fieldnotes.domain.people import Identity, KeyCard
from fieldnotes.domain.records import Copy, to_line
from fieldnotes.errors import SendingRefused
from fieldnotes.trust.identity import BUNDLE_CONTEXT, sign
from fieldnotes.trust.sealing import UNLOCKED, Lock, seal

SHARD = 5_000  # records in one entry
LEVEL = 1


class Cover(msgspec.Struct, frozen=True):
    """What the sender says of a bundle, and what makes it this one.

    `again`: the number of an earlier one in the same row that it stands for; 0 where there is none.
    """

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
    again: int = 0


class _Contents(msgspec.Struct):
    """What was written so far."""

    parts: list[dict[str, Any]] = []
    records: int = 0
    last: tuple[str, str] = ("", "")  # id and name
    authors: set[str] = set()  # of versions under the last id
    kinds: Counter[str] = msgspec.field(default_factory=Counter)
    tags: Counter[str] = msgspec.field(default_factory=Counter)

    def count(self, copy: Copy) -> None:
        this = (copy.revision.id, copy.name)
        if this <= self.last:
            raise ValueError("versions come in order of id and name")
        if this[0] != self.last[0]:
            self.authors = set()
        if copy.revision.author not in self.authors:
            self.authors.add(copy.revision.author)
            self.records += 1
            self.kinds[_kind(copy)] += 1
            self.tags.update(_tags(copy))
        self.last = this


def write_bundle(
    path: Path,
    cover: Cover,
    copies: Iterable[Copy],
    blobs: Iterable[tuple[str, bytes]],
    identity: Identity,
    lock: Lock = UNLOCKED,
) -> dict[str, Any]:
    """Make the file and return its manifest.

    `copies`: in order of (id, revision name), already masked. `blobs`: (hex SHA-256, content) in
    order. `lock`: who can open it. Raises SendingRefused; an older file of the same name is
    untouched then.
    """
    told: dict[str, Any] = {}

    def fill(part: Path) -> None:
        with part.open("wb+") as file:
            if not lock:
                told.update(_write_zip(file, cover, copies, blobs, identity))
                return
            # Unsealed it never lies beside its place, which may be a stick or a shared folder.
            with tempfile.TemporaryFile() as plain:
                told.update(_write_zip(plain, cover, copies, blobs, identity))
                plain.seek(0)
                seal(plain, file, lock)

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
    file: IO[bytes],
    cover: Cover,
    copies: Iterable[Copy],
    blobs: Iterable[tuple[str, bytes]],
    identity: Identity,
) -> dict[str, Any]:
    contents = _Contents()
    try:
        told = _fill_zip(file, contents, cover, copies, blobs, identity)
    except zipfile.LargeZipFile as error:
        raise _too_large() from error
    # What no reader would take must not be made.
    unpacked = sum(part["size"] for part in contents.parts)
    if len(contents.parts) > archive.MOST_ENTRIES or archive.unpacks_to_too_much(
        unpacked, file.tell()
    ):
        raise _too_large()
    return told


def _too_large() -> SendingRefused:
    return SendingRefused("This is too much for one file.", "Choose fewer notes.")


def _fill_zip(
    file: IO[bytes],
    contents: _Contents,
    cover: Cover,
    copies: Iterable[Copy],
    blobs: Iterable[tuple[str, bytes]],
    identity: Identity,
) -> dict[str, Any]:
    with zipfile.ZipFile(file, "w", allowZip64=False) as zipped:
        _add(zipped, contents, "mimetype", [manifests.MEDIA_TYPE], zipfile.ZIP_STORED)
        for number, shard in enumerate(_shards(copies), 1):
            lines = (_line(contents, copy) for copy in shard)
            _add(zipped, contents, f"records/{number:05}.jsonl", lines)
        for sha256, content in blobs:
            if len(content) > reader.LARGEST_BLOB:
                raise SendingRefused("An attachment is too large to be sent.", "Leave it out.")
            _add(zipped, contents, f"blobs/{sha256}", [content], zipfile.ZIP_STORED)
        told = _manifest(cover, contents, identity)
        content = canonical(told)
        if len(content) > reader.LARGEST_MANIFEST or not _is_readable(content):
            raise _too_large()
        signature = bytes.fromhex(sign(identity, BUNDLE_CONTEXT, content))
        _add(zipped, contents, "manifest.json", [content])
        _add(zipped, contents, "manifest.sig", [signature], zipfile.ZIP_STORED)
    return told


def _add(
    zipped: zipfile.ZipFile,
    contents: _Contents,
    name: str,
    pieces: Iterable[bytes],
    method: int = zipfile.ZIP_DEFLATED,
) -> None:
    info = zipfile.ZipInfo(name)
    info.compress_type, info.create_system, info.external_attr = method, 3, archive.MODE
    info._compresslevel = LEVEL  # type: ignore[attr-defined]
    size, digest = 0, hashlib.sha256()
    with zipped.open(info, "w") as entry:
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
    contents.count(copy)
    line = to_line(copy)
    try:
        check_shape(line, lines.MOST_PARTS)
    except NotCanonical as error:
        raise _too_long(copy) from error
    if len(line) > lines.LONGEST_LINE:
        raise _too_long(copy)
    return line + b"\n"


def _too_long(copy: Copy) -> SendingRefused:
    begins = str(copy.values.get("title") or copy.values.get("text") or "")[:60]
    return SendingRefused(
        f"A note is too long to be sent; it begins “{begins}”.", "Shorten it or leave it out."
    )


def _kind(copy: Copy) -> str:
    kind = copy.values.get("kind")
    if isinstance(kind, str) and kind:
        return kind
    return "removed" if copy.revision.removed else copy.revision.type


def _tags(copy: Copy) -> set[str]:
    tags = copy.values.get("tags")
    return {tag for tag in tags if isinstance(tag, str)} if isinstance(tags, list) else set()


def _manifest(cover: Cover, contents: _Contents, identity: Identity) -> dict[str, Any]:
    again = {"again": cover.again} if cover.again else {}
    return again | {
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
        "records": contents.records,
        "sequence": cover.sequence,
        "tags": list(cover.tags),
        "title": cover.title,
        "version": manifests.VERSION,
        "vocabulary": 0,
    }


def _is_readable(content: bytes) -> bool:
    """Whether every reader takes a manifest of so many parts: tags, entries, people."""
    try:
        check_shape(content)
    except NotCanonical:
        return False
    return True


def _flush_folder(folder: Path) -> None:
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
