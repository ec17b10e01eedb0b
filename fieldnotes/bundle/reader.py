"""Other people's bytes come in here: one boundary, one typed refusal.

A bundle is read from a private copy, and nothing of it is handed out before all of it was checked.
"""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from fieldnotes.bundle.archive import Entry, damaged, inflate, read_entries
from fieldnotes.bundle.manifest import MEDIA_TYPE, Manifest, is_signed, read_manifest
from fieldnotes.domain.canonical import parse
from fieldnotes.domain.records import Copy, from_object
from fieldnotes.errors import BundleRefused, FieldnotesError
from fieldnotes.trust.sealing import is_sealed, open_sealed

LONGEST_LINE = 4 << 20
LARGEST_MANIFEST = 32 << 20
LARGEST_BLOB = 32 << 20


class Bundle:
    """A bundle whose every byte was checked. `signed` is False where no signature is in it."""

    def __init__(self, file: BinaryIO, sha256: str) -> None:
        """Raises BundleRefused; use `open_bundle`."""
        self._file = file
        self.sha256 = sha256
        entries = read_entries(file)
        self._entries = {entry.name: entry for entry in entries}
        content = self.manifest_bytes = self._whole("manifest.json", LARGEST_MANIFEST)
        self.manifest: Manifest = read_manifest(content)
        self.signed = "manifest.sig" in self._entries
        _check_order(entries, self.signed)
        if self.signed and not is_signed(self.manifest, content, self._whole("manifest.sig", 64)):
            raise damaged("was changed after its sender signed it")
        self._check_contents()

    def records(self) -> Iterator[tuple[str, list[Copy]]]:
        """(id, its versions) in order of id. Signatures of versions are not looked at here."""
        with boundary():
            held: list[Copy] = []
            last = ("", "")
            for copy in self._copies():
                this = (copy.revision.id, copy.name)
                if this <= last:
                    raise damaged()
                if held and held[0].revision.id != this[0]:
                    yield held[0].revision.id, held
                    held = []
                held.append(copy)
                last = this
            if held:
                yield held[0].revision.id, held

    def blobs(self) -> Iterator[tuple[str, bytes]]:
        """(hex SHA-256, content) of every attachment."""
        with boundary():
            for name in self._entries:
                if name.startswith("blobs/"):
                    yield name.removeprefix("blobs/"), self._whole(name, LARGEST_BLOB)

    def _check_contents(self) -> None:
        parts = {part.name: part for part in self.manifest.entries}
        if parts.keys() != self._entries.keys() - {"manifest.json", "manifest.sig"}:
            raise damaged()
        for name, part in parts.items():
            digest = hashlib.sha256()
            for piece in inflate(self._file, self._entries[name]):
                digest.update(piece)
            if digest.hexdigest() != part.sha256 or self._entries[name].size != part.size:
                raise damaged()
            if name.startswith("blobs/") and part.sha256 != name.removeprefix("blobs/"):
                raise damaged()
        if self._whole("mimetype", 100) != MEDIA_TYPE:
            raise damaged()
        if sum(1 for _ in self.records()) != self.manifest.records:
            raise damaged()

    def _copies(self) -> Iterator[Copy]:
        for name, entry in self._entries.items():
            if name.startswith("records/"):
                for line in _lines(inflate(self._file, entry)):
                    yield from_object(parse(line))

    def _whole(self, name: str, at_most: int) -> bytes:
        entry = self._entries.get(name)
        if entry is None or entry.size > at_most:
            raise damaged()
        return b"".join(inflate(self._file, entry))


@contextmanager
def open_bundle(path: Path, secret: str | None = None) -> Iterator[Bundle]:
    """Check a file in full, from a private copy. `secret`: the owner's age identity.

    Raises BundleRefused with one sentence, whatever the bytes are.
    """
    with tempfile.TemporaryFile() as private, tempfile.TemporaryFile() as opened:
        with boundary():
            sha256 = _take_copy(path, private)
            file = private
            if is_sealed(private.read(32)):
                private.seek(0)
                if secret is None:
                    raise BundleRefused(
                        "This file is sealed.", "Open it in the library it was made for."
                    )
                open_sealed(private, opened, secret)
                file = opened
            bundle = Bundle(file, sha256)
        yield bundle


@contextmanager
def boundary() -> Iterator[None]:
    """Whatever the parsers throw becomes one typed refusal."""
    try:
        yield
    except BundleRefused:
        raise
    except FieldnotesError as error:
        raise BundleRefused(error.happened, "Ask the sender to send it again.") from error
    except (OSError, MemoryError) as error:
        raise BundleRefused(
            "This file could not be read.", "Copy it to this computer and try again."
        ) from error
    except Exception as error:
        raise damaged() from error


def _take_copy(path: Path, private: BinaryIO) -> str:
    digest = hashlib.sha256()
    if not path.is_file():
        raise BundleRefused(f"There is no file {path.name}.", "Choose another one.")
    with path.open("rb") as source:
        while piece := source.read(1 << 20):
            digest.update(piece)
            private.write(piece)
    private.seek(0)
    return digest.hexdigest()


def _check_order(entries: list[Entry], signed: bool) -> None:
    names = [entry.name for entry in entries]
    last = ["manifest.json", "manifest.sig"] if signed else ["manifest.json"]
    middle = names[1 : len(names) - len(last)]
    shards = [name for name in middle if name.startswith("records/")]
    blobs = [name for name in middle if name.startswith("blobs/")]
    numbered = [f"records/{number:05}.jsonl" for number in range(1, len(shards) + 1)]
    if names[:1] != ["mimetype"] or names[len(names) - len(last) :] != last:
        raise damaged()
    if middle != numbered + sorted(blobs):
        raise damaged()


def _lines(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Complete lines, each ended by a line feed; a long one is refused before it is held."""
    rest = b""
    for piece in pieces:
        *lines, rest = (rest + piece).split(b"\n")
        yield from lines
        if len(rest) > LONGEST_LINE:
            raise damaged("holds a line that is too long to be a note")
    if rest:
        raise damaged()
