"""A set of records → a signed file: written beside its place, flushed, then renamed."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

import msgspec

from fieldnotes.bundle import archive, reader
from fieldnotes.bundle import manifest as manifests
from fieldnotes.bundle.contents import Contents, Counts, Line, Run, shards
from fieldnotes.bundle.zip_writer import TooLarge, ZipWriter
from fieldnotes.domain.canonical import NotCanonical, canonical, check_shape
from fieldnotes.domain.moments import Moment
from fieldnotes.domain.people import Identity, KeyCard
from fieldnotes.domain.records import Copy, to_line
from fieldnotes.errors import SendingRefused
from fieldnotes.trust.identity import BUNDLE_CONTEXT, sign
from fieldnotes.trust.sealing import UNLOCKED, Lock, seal


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


def line_of(copy: Copy) -> Line:
    """A version, already masked, as it is written."""
    revision, tags = copy.revision, copy.values.get("tags")
    texts = [tag for tag in tags if isinstance(tag, str)] if isinstance(tags, list) else []
    return Line(revision.id, copy.name, revision.author, _kind(copy), texts, to_line(copy))


def _kind(copy: Copy) -> str:
    kind = copy.values.get("kind")
    if isinstance(kind, str) and kind:
        return kind
    return "removed" if copy.revision.removed else copy.revision.type


def write_bundle(
    path: Path,
    cover: Cover,
    lines: Iterable[Line | Run],
    blobs: Iterable[tuple[str, bytes]],
    identity: Identity,
    lock: Lock = UNLOCKED,
    counted: Counts | None = None,
) -> dict[str, Any]:
    """Make the file and return its manifest.

    `lines`: in order of (id, name). `blobs`: (hex SHA-256, content) in
    order. `lock`: who can open it. `counted`: what all runs together say. Raises SendingRefused; an
    older file of the same name is untouched then.
    """
    told: dict[str, Any] = {}
    contents = Contents(counted.copy() if counted else Counts())

    def fill(part: Path) -> None:
        with part.open("wb+") as file:
            if not lock:
                told.update(_write_zip(file, cover, contents, lines, blobs, identity))
                return
            # Unsealed it never lies beside its place, which may be a stick or a shared folder.
            with tempfile.TemporaryFile() as plain:
                told.update(_write_zip(plain, cover, contents, lines, blobs, identity))
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
    contents: Contents,
    lines: Iterable[Line | Run],
    blobs: Iterable[tuple[str, bytes]],
    identity: Identity,
) -> dict[str, Any]:
    try:
        told = _fill_zip(file, cover, contents, lines, blobs, identity)
    except TooLarge as error:
        raise _too_large() from error
    # What no reader would take must not be made.
    unpacked = sum(part["size"] for part in told["entries"])
    if archive.unpacks_to_too_much(unpacked, file.tell()):
        raise _too_large()
    return told


def _too_large() -> SendingRefused:
    return SendingRefused("This is too much for one file.", "Choose fewer notes.")


def _fill_zip(
    file: IO[bytes],
    cover: Cover,
    contents: Contents,
    lines: Iterable[Line | Run],
    blobs: Iterable[tuple[str, bytes]],
    identity: Identity,
) -> dict[str, Any]:
    with ZipWriter(file) as zipped:
        zipped.add("mimetype", [manifests.MEDIA_TYPE], archive.STORE)
        for number, shard in enumerate(shards(contents, lines), 1):
            zipped.add(f"records/{number:05}.jsonl", shard)
        for sha256, content in blobs:
            if len(content) > reader.LARGEST_BLOB:
                raise SendingRefused("An attachment is too large to be sent.", "Leave it out.")
            zipped.add(f"blobs/{sha256}", [content], archive.STORE)
        told = _manifest(cover, contents, zipped.parts, identity)
        content = canonical(told)
        much = len(content) > reader.LARGEST_MANIFEST or len(cover.people) >= manifests.MOST_CARDS
        if much or not _is_readable(content):
            raise _too_large()
        signature = bytes.fromhex(sign(identity, BUNDLE_CONTEXT, content))
        zipped.add("manifest.json", [content])
        zipped.add("manifest.sig", [signature], archive.STORE)
        zipped.finish()
    return told


def _manifest(
    cover: Cover, contents: Contents, entries: list[dict[str, Any]], identity: Identity
) -> dict[str, Any]:
    again = {"again": cover.again} if cover.again else {}
    return again | {
        "audience": cover.audience,
        "author": identity.card.plain(),
        "bundle": cover.bundle,
        "by_kind": dict(contents.counts.kinds),
        "by_tag": dict(contents.counts.tags),
        "device": cover.device,
        "entries": entries,
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
