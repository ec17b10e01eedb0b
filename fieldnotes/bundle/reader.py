"""Other people's bytes come in here: one boundary, one typed refusal.

A bundle is read from a private copy, and nothing of it is handed out before all of it was checked,
unless somebody asks for that and throws away what they have when the rest is refused.
"""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import BinaryIO

from fieldnotes.bundle.archive import LARGEST_FILE, STORE, Entry, damaged, inflate, read_entries
from fieldnotes.bundle.manifest import MEDIA_TYPE, Manifest, Part, is_signed, read_manifest
from fieldnotes.bundle.readings import R, Reading, T, loosely, put_together, strictly
from fieldnotes.bundle.shards import Shard, hashed
from fieldnotes.domain.records import Copy
from fieldnotes.errors import BundleRefused
from fieldnotes.trust.sealing import Keys, is_sealed, open_sealed

LARGEST_MANIFEST = 16 << 20
LARGEST_BLOB = 32 << 20
_SEALING = 2 << 20  # what sealing adds to the largest file, at most
Stamp = tuple[int, int, int]  # of a file: bytes, when it changed in ns, its number on the disk


class Bundle:
    """A bundle whose every byte was checked. `signed` is False where no signature is in it."""

    def __init__(
        self, file: BinaryIO, sha256: str, checked: bool = False, as_read: bool = False
    ) -> None:
        """Raises BundleRefused; use `open_bundle`."""
        self._file = file
        self.sha256 = sha256
        entries = read_entries(file)
        self._entries = {entry.name: entry for entry in entries}
        self._checked = checked
        content = self.manifest_bytes = self._whole("manifest.json", LARGEST_MANIFEST)
        self.manifest: Manifest = read_manifest(content)
        self.signed = "manifest.sig" in self._entries
        _check_order(entries, self.signed)
        if self.signed and not is_signed(self.manifest, content, self._whole("manifest.sig", 64)):
            raise damaged("was changed after its sender signed it")
        if not checked and not as_read:
            for _ in self._checked_records(strictly):
                pass

    def records(self) -> Iterator[tuple[str, list[Copy]]]:
        """(id, its versions) in order of id. Signatures of versions are not looked at here."""
        for held in self.read(loosely if self._checked else strictly):
            yield held[0].id, [each.copy for each in held]

    def read(self, reading: Reading[T, R]) -> Iterator[list[T] | R]:
        """The versions of each record, which is its id and its author; in order, none twice.

        `reading` makes something of lines, in their order; it has to refuse lines that are not in
        their one form, as long as the bundle was not checked. What was handed out is worth nothing
        before the last: there are as many records as the manifest says, and no attachment that none
        of them shows.
        """
        with boundary():
            yield from self._checked_records(reading)

    def blobs(self) -> Iterator[tuple[str, bytes]]:
        """(hex SHA-256, content) of every attachment."""
        with boundary():
            for name in self._entries:
                if name.startswith("blobs/"):
                    yield name.removeprefix("blobs/"), self._whole(name, LARGEST_BLOB)

    def check(self) -> None:
        """See that every entry has the hash that the manifest tells. Raises BundleRefused.

        Needed only where nobody reads the records: reading them does it as well.
        """
        with boundary():
            self._check_parts(self._parts.values())

    @property
    def _parts(self) -> dict[str, Part]:
        """What the manifest tells of the entries before itself: in the same order, no other."""
        parts = {part.name: part for part in self.manifest.entries}
        signing = {"manifest.json", "manifest.sig"}
        if list(parts) != [name for name in self._entries if name not in signing]:
            raise damaged()
        return parts

    def _check_parts(self, parts: Iterable[Part]) -> None:
        for part in parts:
            for _ in self._pieces(part):
                pass
            name = part.name
            if name.startswith("blobs/") and part.sha256 != name.removeprefix("blobs/"):
                raise damaged()
        if self._whole("mimetype", 100) != MEDIA_TYPE:
            raise damaged()

    def _pieces(self, part: Part) -> Iterator[bytes]:
        """The content of an entry; after the last piece it has the hash that it should have."""
        self._check_size(part.name, part.size)
        if part.name.startswith("records/"):
            return self._shard(part).pieces()
        return hashed(inflate(self._file, self._entries[part.name]), part.sha256)

    def _shard(self, part: Part) -> Shard:
        return Shard(self._file, self._entries[part.name], part.sha256)

    def _check_size(self, name: str, size: int) -> None:
        entry = self._entries[name]
        if entry.size != size or (name.startswith("blobs/") and size > LARGEST_BLOB):
            raise damaged()

    def _checked_records(self, reading: Reading[T, R]) -> Iterator[list[T] | R]:
        parts = self._parts
        if not self._checked:
            self._check_parts(p for name, p in parts.items() if not name.startswith("records/"))
        count = 0
        attached: set[str] = set()
        for held in put_together(chain.from_iterable(reading(self._shards()))):
            if isinstance(held, list):
                count += 1
                for each in held:
                    if each.attached:
                        attached.update(each.attached)
            else:
                count += held.count
            yield held
        blobs = {name.removeprefix("blobs/") for name in self._entries if name[:6] == "blobs/"}
        if count != self.manifest.records or blobs - attached:
            raise damaged()
        self._checked = True

    def _shards(self) -> list[Shard]:
        parts = [part for name, part in self._parts.items() if name.startswith("records/")]
        for part in parts:
            self._check_size(part.name, part.size)
        return list(map(self._shard, parts))

    def _whole(self, name: str, at_most: int) -> bytes:
        entry = self._entries.get(name)
        if entry is None or entry.size > at_most:
            raise damaged()
        return b"".join(inflate(self._file, entry))


@contextmanager
def open_bundle(
    path: Path,
    keys: Keys | None = None,
    checked: Callable[[str], bool] = lambda sha256: False,
    as_read: bool = False,
) -> Iterator[Bundle]:
    """Check a file in full, from a private copy. `keys`: what a sealed one is opened with.

    `checked`: whether this program already checked the file with this SHA-256 in full; the very
    same bytes are not checked again. `as_read`: records are checked only while they are read, and
    none of them is worth anything before the last was. Raises BundleRefused with one sentence,
    whatever the bytes are, and PassphraseNeeded where a passphrase opens it.
    """
    with tempfile.TemporaryFile() as private, tempfile.TemporaryFile() as opened:
        with boundary():
            sha256 = _take_copy(path, private)
            file = private
            if is_sealed(private.read(32)):
                private.seek(0)
                open_sealed(private, opened, keys or Keys())
                file = opened
            bundle = Bundle(file, sha256, checked(sha256), as_read)
        yield bundle


@contextmanager
def boundary() -> Iterator[None]:
    """Whatever the parsers throw becomes one typed refusal."""
    try:
        yield
    except BundleRefused:
        raise
    except (OSError, MemoryError) as error:
        raise BundleRefused(
            "This file could not be read.", "Copy it to this computer and try again."
        ) from error
    except Exception as error:
        raise damaged() from error


def sha256_of(path: Path) -> str:
    """Which file this is. Raises BundleRefused where it cannot be read, or never was a bundle."""
    with boundary():
        return _sha256(_pieces_of(path))


def stamp_of(path: Path) -> Stamp:
    """What would be another one if the file were. Raises BundleRefused where there is none."""
    with boundary():
        _see_that_it_is_there(path)
        told = path.stat()
        return told.st_size, told.st_mtime_ns, told.st_ino


def _take_copy(path: Path, private: BinaryIO) -> str:
    sha256 = _sha256(_kept_in(private, _pieces_of(path)))
    private.seek(0)
    return sha256


def _sha256(pieces: Iterable[bytes]) -> str:
    digest = hashlib.sha256()
    for piece in pieces:
        digest.update(piece)
    return digest.hexdigest()


def _kept_in(private: BinaryIO, pieces: Iterable[bytes]) -> Iterator[bytes]:
    for piece in pieces:
        private.write(piece)
        yield piece


def _pieces_of(path: Path) -> Iterator[bytes]:
    """What is in a file that may be a bundle, by its size."""
    size = 0
    _see_that_it_is_there(path)
    with path.open("rb", buffering=0) as source:
        while piece := source.read(1 << 20):
            size += len(piece)
            if size > LARGEST_FILE + _SEALING:
                raise damaged("is too large to have been made by Fieldnotes")
            yield piece


def _see_that_it_is_there(path: Path) -> None:
    if not path.is_file():
        raise BundleRefused(f"There is no file {path.name}.", "Choose another one.")


def _check_order(entries: list[Entry], signed: bool) -> None:
    names = [entry.name for entry in entries]
    last = ["manifest.json", "manifest.sig"] if signed else ["manifest.json"]
    middle = names[1 : len(names) - len(last)]
    shards = [name for name in middle if name.startswith("records/")]
    blobs = [name for name in middle if name.startswith("blobs/")]
    numbered = [f"records/{number:05}.jsonl" for number in range(1, len(shards) + 1)]
    stored_first = names[:1] == ["mimetype"] and entries[0].method == STORE
    if not stored_first or names[len(names) - len(last) :] != last:
        raise damaged()
    if middle != numbered + sorted(blobs):
        raise damaged()
