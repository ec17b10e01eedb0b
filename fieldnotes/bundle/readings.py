"""What somebody makes of the lines of a bundle, and how that is put together as records."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Generic, Never, Protocol, TypeVar

import msgspec

from fieldnotes.bundle.archive import damaged
from fieldnotes.bundle.lines import attached_in, lines_of, read_strictly
from fieldnotes.bundle.shards import Shard
from fieldnotes.domain.records import Copy, read_line, weight_of

MOST_VERSIONS = 1_000  # of one record
LARGEST_RECORD = 16 << 20  # all versions of one record together, by weight


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

    @property
    def weight(self) -> int:
        """About the bytes of memory that it takes."""


class Stretch(Protocol):
    """Whole records in their order, one version of each; none of them shows an attachment.

    `first`, `last`: (id, name of the revision).
    """

    @property
    def first(self) -> tuple[str, str]:
        """Where it begins."""

    @property
    def last(self) -> tuple[str, str]:
        """Where it ends."""

    @property
    def count(self) -> int:
        """Records in it."""


T = TypeVar("T", bound=Told)
R = TypeVar("R", bound=Stretch)


class Section(msgspec.Struct, Generic[T, R], frozen=True, array_like=True, gc=False):
    """A part of what was made of a block: versions, and a stretch of records after them, if any."""

    versions: list[T]
    stretch: R | None = None


Reading = Callable[[Sequence[Shard]], Iterable[list[Section[T, R]]]]


class CopyRead(msgspec.Struct, frozen=True):
    """The plainest thing to make of a line: all that it says."""

    id: str
    author: str
    name: str
    attached: list[str]
    weight: int
    copy: Copy


Copies = Iterator[list[Section[CopyRead, Never]]]


def strictly(shards: Sequence[Shard]) -> Copies:
    """Copies of lines that nobody has checked."""
    return _by(read_strictly, shards)


def loosely(shards: Sequence[Shard]) -> Copies:
    """Copies of lines that were checked before."""
    return _by(read_line, shards)


def _by(read: Callable[[bytes], Copy], shards: Sequence[Shard]) -> Copies:
    for shard in shards:
        for block in shard.blocks():
            yield [Section([_copy_read(read(line), line) for line in lines_of(block)])]


def put_together(sections: Iterable[Section[T, R]]) -> Iterator[list[T] | R]:
    """The versions of each record, which is its id and its author; in order, none twice.

    A stretch of records is handed on as it is.
    """
    held: list[T] = []
    last, size = ("", ""), 0
    for section in sections:
        for each in section.versions:
            this = each.id, each.name
            if this <= last:
                raise damaged()
            if held and this[0] != last[0]:
                yield from _by_author(held)
                held, size = [], 0
            held.append(each)
            last, size = this, size + each.weight
            if is_too_much(len(held), size):
                raise damaged("holds a note in too many versions to be real")
        if section.stretch is not None:
            if section.stretch.first <= last:
                raise damaged()
            if held:
                yield from _by_author(held)
                held, size = [], 0
            yield section.stretch
            last = section.stretch.last
    if held:
        yield from _by_author(held)


def is_too_much(versions: int, weight: int) -> bool:
    """Whether these are too many of one record; for a single one the limits of a line are enough.

    `weight`: of all of them together.
    """
    return versions > MOST_VERSIONS or (versions > 1 and weight > LARGEST_RECORD)


def _copy_read(copy: Copy, line: bytes) -> CopyRead:
    revision = copy.revision
    attached, weight = attached_in(copy, line), weight_of(line)
    return CopyRead(revision.id, revision.author, copy.name, attached, weight, copy)


def _by_author(held: list[T]) -> Iterator[list[T]]:
    """The versions under one id, for each author who signed some, in the order of authors."""
    if len(held) == 1:
        yield held
        return
    for author in sorted({each.author for each in held}):
        yield [each for each in held if each.author == author]
