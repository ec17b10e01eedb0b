"""The lines of a bundle: cut, handed over in batches, checked for form, put together as records."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from typing import Protocol, TypeVar

import msgspec

from fieldnotes.bundle.archive import damaged
from fieldnotes.domain.records import Copy, read_canonical, read_line, weight_of

LONGEST_LINE = 4 << 20
MOST_VERSIONS = 1_000  # of one record
MOST_PARTS = 50_000  # of a line: fields, tags and the like; each costs memory and time
LARGEST_RECORD = 16 << 20  # all versions of one record together, by weight
BATCH, HEAVY_BATCH = 250, 4 << 20  # lines that are read together, and about their weight
_ATTACHED = b'"attachments.'  # as the name of a field that refers to one begins in a line
_HEX64 = re.compile(r"[0-9a-f]{64}")


class Told(Protocol):
    """What somebody made of a line: whose version of what it is, and the hashes it refers to."""

    @property
    def id(self) -> str:
        """Of the record."""

    @property
    def author(self) -> str:
        """The hash of whoever signed it."""

    @property
    def name(self) -> str:
        """Of the revision."""

    @property
    def attached(self) -> list[str]:
        """Hashes of the attachments that it shows."""


T = TypeVar("T", bound=Told)
Reading = Callable[[Iterable[list[bytes]]], Iterable[list[T]]]


class CopyRead(msgspec.Struct, frozen=True):
    """The plainest thing to make of a line: all that it says."""

    id: str
    author: str
    name: str
    attached: list[str]
    copy: Copy


def strictly(batches: Iterable[list[bytes]]) -> Iterator[list[CopyRead]]:
    """Copies of lines that nobody has checked."""
    for batch in batches:
        yield [_copy_read(read_strictly(line), line) for line in batch]


def loosely(batches: Iterable[list[bytes]]) -> Iterator[list[CopyRead]]:
    """Copies of lines that were checked before."""
    for batch in batches:
        yield [_copy_read(read_line(line), line) for line in batch]


def read_strictly(line: bytes) -> Copy:
    """The copy written in a line, if it is written in its one form. Raises what is no copy."""
    copy = read_canonical(line, MOST_PARTS)
    if copy.key is not None and not copy.uses_key:
        raise damaged()
    return copy


def attached_in(copy: Copy, line: bytes) -> list[str]:
    """The hashes of the attachments that a copy shows, as it is written in its line.

    Raises BundleRefused for what is none.
    """
    found: list[str] = []
    if _ATTACHED not in line:
        return found
    for name in [name for name in copy.values if name.startswith("attachments.")]:
        sha256 = copy.values[name].get("sha256")
        if not _HEX64.fullmatch(sha256):
            raise damaged()
        found.append(sha256)
    return found


def told(reading: Reading[T], lines: Iterable[bytes]) -> Iterator[tuple[T, int]]:
    """What `reading` makes of each line, and the weight of the line."""
    weights: deque[list[int]] = deque()

    def batches() -> Iterator[list[bytes]]:
        for batch, weighed in _batched(lines):
            weights.append(weighed)
            yield batch

    for made in reading(batches()):
        yield from zip(made, weights.popleft(), strict=True)


def put_together(several: Iterable[tuple[T, int]]) -> Iterator[list[T]]:
    """The versions of each record, which is its id and its author; in order, none twice."""
    held: list[T] = []
    last, size = ("", ""), 0
    for each, weight in several:
        this = each.id, each.name
        if this <= last:
            raise damaged()
        if held and this[0] != last[0]:
            yield from _by_author(held)
            held, size = [], 0
        held.append(each)
        last, size = this, size + weight
        if is_too_much(len(held), size):
            raise damaged("holds a note in too many versions to be real")
    if held:
        yield from _by_author(held)


def is_too_much(versions: int, weight: int) -> bool:
    """Whether these are too many of one record; for a single one the limits of a line are enough.

    `weight`: of all of them together.
    """
    return versions > MOST_VERSIONS or (versions > 1 and weight > LARGEST_RECORD)


def cut(pieces: Iterable[bytes]) -> Iterator[bytes]:
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


def uncut(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The same pieces, up to a line that is too long: nobody waits for its end."""
    length = 0
    for piece in pieces:
        ends = piece.rfind(b"\n") + 1
        length = len(piece) - ends if ends else length + len(piece)
        _check_length(length)
        yield piece


def _check_length(length: int) -> None:
    if length > LONGEST_LINE:
        raise damaged("holds a line that is too long to be a note")


def _batched(lines: Iterable[bytes]) -> Iterator[tuple[list[bytes], list[int]]]:
    """So many lines that they are worth handing to somebody, and never much memory; what each
    of them weighs."""
    batch: list[bytes] = []
    weights: list[int] = []
    size = 0
    for line in lines:
        weight = weight_of(line)
        batch.append(line)
        weights.append(weight)
        size += weight
        if len(batch) == BATCH or size > HEAVY_BATCH:
            yield batch, weights
            batch, weights, size = [], [], 0
    if batch:
        yield batch, weights


def _copy_read(copy: Copy, line: bytes) -> CopyRead:
    revision = copy.revision
    return CopyRead(revision.id, revision.author, copy.name, attached_in(copy, line), copy)


def _by_author(held: list[T]) -> Iterator[list[T]]:
    """The versions under one id, for each author who signed some, in the order of authors."""
    if len(held) == 1:
        yield held
        return
    for author in sorted({each.author for each in held}):
        yield [each for each in held if each.author == author]
