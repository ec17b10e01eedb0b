"""What is written into a bundle: versions in their order, counted, and cut into entries."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from operator import ge
from uuid import UUID

import msgspec

from fieldnotes.bundle import lines as limits
from fieldnotes.bundle import readings
from fieldnotes.domain.canonical import NotCanonical, check_shape
from fieldnotes.domain.records import weight_of
from fieldnotes.errors import SendingRefused

SHARD = 5_000  # records in one entry
BATCH = 500  # lines that are packed together
_Batch = tuple[list[bytes], list[bytes]]  # ids and lines
_NOTHING: _Batch = ([], [])


class Line(msgspec.Struct, frozen=True, gc=False):
    """One version as it is written; `name`: its hex name. `line` has no line end."""

    id: str
    name: str
    author: str
    kind: str
    tags: Sequence[str]
    line: bytes


class Counts(msgspec.Struct, frozen=True):
    """How many records of each kind and with each tag, as a manifest tells it."""

    kinds: Counter[str] = msgspec.field(default_factory=Counter)
    tags: Counter[str] = msgspec.field(default_factory=Counter)

    def add(self, kinds: Iterable[str], tags: Iterable[set[str]]) -> None:
        """More records, one of each."""
        self.kinds.update(kinds)
        self.tags.update(chain.from_iterable(tags))

    def copy(self) -> Counts:
        """The same, to go on from."""
        return Counts(self.kinds.copy(), self.tags.copy())


class Run(msgspec.Struct, frozen=True, gc=False):
    """The only versions of records that follow each other: their lines, which somebody has counted
    and no reader refuses. `names`: the bytes of id and name of each."""

    names: list[tuple[bytes, bytes]]
    lines: list[bytes]


class Contents(msgspec.Struct):
    """What was written so far."""

    counts: Counts
    records: int = 0
    last: tuple[bytes, bytes] = (b"", b"")  # id and name
    authors: set[str] = set()  # of versions under the last id
    versions: int = 0  # under the last id, and what they weigh together
    weight: int = 0

    def count(self, line: Line) -> bytes:
        """One more version; the bytes of its id. Raises ValueError where it comes out of order.

        Raises SendingRefused for what no reader would take.
        """
        this = UUID(line.id).bytes, bytes.fromhex(line.name)
        self._follow([this])
        self.versions += 1
        self.weight += weight_of(line.line)
        if readings.is_too_much(self.versions, self.weight):
            raise SendingRefused(
                f"A note has too many versions to be sent; {_begins(line)}.", "Leave it out."
            )
        _check_size(line)
        if line.author not in self.authors:
            self.authors.add(line.author)
            self.records += 1
            self.counts.add([line.kind], [set(line.tags)])
        return this[0]

    def count_run(self, run: Run) -> None:
        """More versions, one of each record."""
        self._follow(run.names)
        self.records += len(run.names)

    def _follow(self, names: list[tuple[bytes, bytes]]) -> None:
        if any(map(ge, [self.last, *names], names)):
            raise ValueError("versions come in order of id and name")
        if names[-1][0] != self.last[0]:
            self.authors, self.versions, self.weight = set(), 0, 0
        self.last = names[-1]


def shards(contents: Contents, lines: Iterable[Line | Run]) -> Iterator[Iterator[bytes]]:
    """The content of one entry after the other; each is to be read to its end."""
    batches = _batches(contents, lines)
    ids, several = next(batches, _NOTHING)

    def shard() -> Iterator[bytes]:
        nonlocal ids, several
        room = SHARD
        while several and room > 0:
            at = bisect_right(ids, ids[min(room, len(ids)) - 1])
            room -= at
            yield b"\n".join([*several[:at], b""])
            ids, several = ids[at:], several[at:]
            if not several:
                ids, several = next(batches, _NOTHING)

    while several:
        yield shard()


def _batches(contents: Contents, lines: Iterable[Line | Run]) -> Iterator[_Batch]:
    """Some lines at a time; those under one id stay together."""
    ids: list[bytes] = []
    several: list[bytes] = []
    for each in lines:
        if isinstance(each, Run):
            contents.count_run(each)
            ids += [id_ for id_, _ in each.names]
            several += each.lines
        else:
            ids.append(contents.count(each))
            several.append(each.line)
        if len(ids) >= BATCH:
            at = bisect_left(ids, ids[-1])
            yield ids[:at], several[:at]
            ids, several = ids[at:], several[at:]
    if ids:
        yield ids, several


def _check_size(line: Line) -> None:
    try:
        check_shape(line.line, limits.MOST_PARTS)
    except NotCanonical as error:
        raise _too_long(line) from error
    if len(line.line) > limits.LONGEST_LINE:
        raise _too_long(line)


def _too_long(line: Line) -> SendingRefused:
    return SendingRefused(
        f"A note is too long to be sent; {_begins(line)}.", "Shorten it or leave it out."
    )


def _begins(line: Line) -> str:
    fields = msgspec.json.decode(line.line)["fields"]
    return f"it begins “{str(fields.get('title') or fields.get('text') or '')[:60]}”"
