"""Other people's bytes come in here: one boundary, one typed refusal.

A bundle is read from a private copy, and nothing of it is handed out before all of it was checked,
unless somebody asks for that and throws away what they have when the rest is refused.
"""

from __future__ import annotations

import hashlib
import re
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from fieldnotes.bundle.archive import LARGEST_FILE, Entry, damaged, inflate, read_entries
from fieldnotes.bundle.manifest import MEDIA_TYPE, Manifest, is_signed, read_manifest
from fieldnotes.domain.canonical import parse
from fieldnotes.domain.records import Copy, from_object, read_line, to_line
from fieldnotes.errors import BundleRefused
from fieldnotes.trust.sealing import Keys, is_sealed, open_sealed

LONGEST_LINE = 4 << 20
MOST_PARTS = 50_000  # of a line: fields, tags and the like; each costs memory and time
LARGEST_MANIFEST = 16 << 20
LARGEST_BLOB = 32 << 20
MOST_VERSIONS = 1_000  # of one record
LARGEST_RECORD = 16 << 20  # all versions of one record together, by weight
_A_PART = 256  # bytes of memory that each comma in a line may stand for
_SEALING = 2 << 20  # what sealing adds to the largest file, at most
_HEX64 = re.compile(r"[0-9a-f]{64}")


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
        self._weight = 0
        content = self.manifest_bytes = self._whole("manifest.json", LARGEST_MANIFEST)
        self.manifest: Manifest = read_manifest(content)
        self.signed = "manifest.sig" in self._entries
        _check_order(entries, self.signed)
        if self.signed and not is_signed(self.manifest, content, self._whole("manifest.sig", 64)):
            raise damaged("was changed after its sender signed it")
        if not checked:
            self._check_parts(entries)
        if not checked and not as_read:
            for _ in self._checked_records():
                pass

    def records(self) -> Iterator[tuple[str, list[Copy]]]:
        """(id, its versions) in order of id. Signatures of versions are not looked at here."""
        with boundary():
            for held in self._records() if self._checked else self._checked_records():
                yield held[0].revision.id, held

    def weight(self) -> int:
        """Of all records that were read so far: about the bytes of memory that they take."""
        return self._weight

    def blobs(self) -> Iterator[tuple[str, bytes]]:
        """(hex SHA-256, content) of every attachment."""
        with boundary():
            for name in self._entries:
                if name.startswith("blobs/"):
                    yield name.removeprefix("blobs/"), self._whole(name, LARGEST_BLOB)

    def _check_parts(self, entries: list[Entry]) -> None:
        """Every entry but the last ones is in the manifest, in the same order, with its hash."""
        parts = {part.name: part for part in self.manifest.entries}
        signing = {"manifest.json", "manifest.sig"}
        if list(parts) != [entry.name for entry in entries if entry.name not in signing]:
            raise damaged()
        for name, part in parts.items():
            self._check_size(name, part.size)
            digest = hashlib.sha256()
            pieces = inflate(self._file, self._entries[name])
            for piece in _of_lines(pieces) if name.startswith("records/") else pieces:
                digest.update(piece)
            if digest.hexdigest() != part.sha256:
                raise damaged()
            if name.startswith("blobs/") and part.sha256 != name.removeprefix("blobs/"):
                raise damaged()
        if self._whole("mimetype", 100) != MEDIA_TYPE:
            raise damaged()

    def _check_size(self, name: str, size: int) -> None:
        entry = self._entries[name]
        if entry.size != size or (name.startswith("blobs/") and size > LARGEST_BLOB):
            raise damaged()

    def _checked_records(self) -> Iterator[list[Copy]]:
        """As many as the manifest says, and no attachment that none of them shows."""
        count = 0
        attached: set[str] = set()
        for held in self._records():
            count += 1
            for copy in held:
                attached.update(_attached(copy))
            yield held
        blobs = {name.removeprefix("blobs/") for name in self._entries if name[:6] == "blobs/"}
        if count != self.manifest.records or blobs - attached:
            raise damaged()
        self._checked = True

    def _records(self) -> Iterator[list[Copy]]:
        """The versions of each record, which is its id and its author; in order, none twice."""
        held: list[Copy] = []
        last = ("", "")
        for copy in self._copies():
            this = (copy.revision.id, copy.name)
            if this <= last:
                raise damaged()
            if held and held[0].revision.id != this[0]:
                yield from _by_author(held)
                held = []
            held.append(copy)
            last = this
        yield from _by_author(held)

    def _copies(self) -> Iterator[Copy]:
        last, versions, size = "", 0, 0
        for name, entry in self._entries.items():
            if name.startswith("records/"):
                for line in _lines(inflate(self._file, entry)):
                    copy = read_line(line) if self._checked else _strictly(line)
                    same = copy.revision.id == last
                    weight = len(line) + _A_PART * line.count(b",")
                    versions, size = (versions + 1, size + weight) if same else (1, weight)
                    if versions > MOST_VERSIONS or size > LARGEST_RECORD:
                        raise damaged("holds a note in too many versions to be real")
                    last = copy.revision.id
                    self._weight += weight
                    yield copy

    def _whole(self, name: str, at_most: int) -> bytes:
        entry = self._entries.get(name)
        if entry is None or entry.size > at_most:
            raise damaged()
        return b"".join(inflate(self._file, entry))


@contextmanager
def open_bundle(
    path: Path, keys: Keys | None = None, checked: str | None = None, as_read: bool = False
) -> Iterator[Bundle]:
    """Check a file in full, from a private copy. `keys`: what a sealed one is opened with.

    `checked`: the SHA-256 of a file that this program already checked in full; the very same bytes
    are not checked again. `as_read`: records are checked only while they are read, and none of them
    is worth anything before the last was. Raises BundleRefused with one sentence, whatever the
    bytes are, and PassphraseNeeded where a passphrase opens it.
    """
    with tempfile.TemporaryFile() as private, tempfile.TemporaryFile() as opened:
        with boundary():
            sha256 = _take_copy(path, private)
            file = private
            if is_sealed(private.read(32)):
                private.seek(0)
                open_sealed(private, opened, keys or Keys())
                file = opened
            bundle = Bundle(file, sha256, sha256 == checked, as_read)
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


def _take_copy(path: Path, private: BinaryIO) -> str:
    digest, size = hashlib.sha256(), 0
    if not path.is_file():
        raise BundleRefused(f"There is no file {path.name}.", "Choose another one.")
    with path.open("rb") as source:
        while piece := source.read(1 << 20):
            size += len(piece)
            if size > LARGEST_FILE + _SEALING:
                raise damaged("is too large to have been made by Fieldnotes")
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


def _attached(copy: Copy) -> Iterator[str]:
    """The hashes of the attachments that a copy shows."""
    for name, value in copy.values.items():
        if name.startswith("attachments."):
            sha256 = value.get("sha256")
            if not _HEX64.fullmatch(sha256):
                raise damaged()
            yield sha256


def _lines(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Complete lines, each ended by a line feed; a long one is refused before it is held."""
    rest = b""
    for piece in pieces:
        *lines, rest = (rest + piece).split(b"\n")
        for line in lines:
            _check_length(len(line))
            yield line
        _check_length(len(rest))
    if rest:
        raise damaged()


def _of_lines(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The same pieces, up to a line that is too long: nobody waits for its end."""
    length = 0
    for piece in pieces:
        ends = piece.rfind(b"\n") + 1
        length = len(piece) - ends if ends else length + len(piece)
        _check_length(length)
        yield piece


def _strictly(line: bytes) -> Copy:
    """The copy written in a line, if it is written in its one form."""
    copy = from_object(parse(line, MOST_PARTS))
    if to_line(copy) != line:
        raise damaged()
    return copy


def _check_length(length: int) -> None:
    if length > LONGEST_LINE:
        raise damaged("holds a line that is too long to be a note")


def _by_author(copies: list[Copy]) -> Iterator[list[Copy]]:
    """The versions under one id, for each author who signed some, in the order of authors."""
    for author in sorted({copy.revision.author for copy in copies}):
        yield [copy for copy in copies if copy.revision.author == author]
