"""Lines of a bundle become what is weighed and read in; what is held just so is not read again."""

from __future__ import annotations

import hashlib
from collections import deque
from collections.abc import Callable, Iterable, Iterator

import msgspec

from fieldnotes.operations.line_readers import Pending, Readers
from fieldnotes.operations.lines_read import Cards
from fieldnotes.store.arriving import Arrival, Key
from fieldnotes.store.database import Connection
from fieldnotes.store.known import Known, look_up


class LineReading:
    """Reads one bundle. `known`: what is held of the records that were read last."""

    def __init__(
        self, connection: Connection, readers: Readers, cards: Cards, vouched: str
    ) -> None:
        self._connection, self._readers = connection, readers
        self._cards, self._vouched = cards, vouched
        self.known: dict[Key, Known] = {}

    def __call__(self, batches: Iterable[list[bytes]]) -> Iterator[list[Arrival]]:
        """As `bundle.lines.Reading`."""
        waiting: deque[tuple[list[Arrival | None], Pending]] = deque()
        for lines in batches:
            held = self._held(lines)
            others = [line for line, each in zip(lines, held, strict=True) if each is None]
            waiting.append((held, self._readers.begin(others, self._cards, self._vouched)))
            if len(waiting) >= self._readers.ahead:
                yield _filled(*waiting.popleft())
        while waiting:
            yield _filled(*waiting.popleft())

    def _held(self, lines: list[bytes]) -> list[Arrival | None]:
        """For each line what is held, if it is held to the last byte."""
        peeked = [_peek(line) for line in lines]
        known = look_up(self._connection, {each.key: None for each in peeked if each})
        if not known:
            return [None] * len(lines)
        self.known |= known
        return [
            _just_so(line, each, known.get(each.key)) if each else None
            for line, each in zip(lines, peeked, strict=True)
        ]


def _filled(held: list[Arrival | None], others: Pending) -> list[Arrival]:
    fresh = iter(others.result())
    return [each if each is not None else next(fresh) for each in held]


class _Peek(msgspec.Struct):
    """Whose line it may be: nobody has checked it yet."""

    id: str
    author: str
    removed: msgspec.Raw

    @property
    def key(self) -> Key:
        return self.id, self.author


_decode_peek: Callable[[bytes], _Peek] = msgspec.json.Decoder(_Peek).decode


def _peek(line: bytes) -> _Peek | None:
    try:
        return _decode_peek(line)
    except (msgspec.DecodeError, ValueError):
        return None


def _just_so(line: bytes, peek: _Peek, known: Known | None) -> Arrival | None:
    """A version that is held, down to its signature; not one that has to be looked at closely."""
    if known is None or bytes(peek.removed) != b"null" or b'"attachments.' in line:
        return None
    sha256 = hashlib.sha256(line).digest()
    for name, held in known.lines.items():
        if held == sha256:
            return Arrival(peek.id, peek.author, name, line, sha256, None, [], True)
    return None
