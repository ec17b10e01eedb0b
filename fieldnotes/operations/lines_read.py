"""What lines say that nobody has checked; what is held just so is not read again."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from itertools import groupby
from operator import itemgetter

import msgspec

from fieldnotes.bundle.lines import ATTACHED, attached_in, lines_of, read_strictly
from fieldnotes.bundle.readings import Section
from fieldnotes.store.arriving import Arrival, Key, arrival_of
from fieldnotes.store.database import Connection
from fieldnotes.store.known import Known, look_up
from fieldnotes.store.stretches import SHORTEST, Stretch, stretch_of
from fieldnotes.trust.identity import signed_by

Cards = Mapping[str, str]  # author → the public key that they sign with
Sections = list[Section[Arrival, Stretch]]


class LineReader:
    """Reads blocks of lines beside a library. `connection`: to it."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def one_by_one(self, block: bytes, cards: Cards, vouched: str) -> Sections:
        """Reads each line strictly. Raises whatever is wrong with one of them.

        Versions by `vouched` are not verified one by one: they are in a file that this author
        signed.
        """
        return [Section(self._read(block, cards, vouched)[0])]

    def in_stretches(self, block: bytes, cards: Cards, vouched: str) -> Sections:
        """The same, where most records are packed together with those beside them."""
        arrivals, known = self._read(block, cards, vouched)
        sections: Sections = []
        singly: list[Arrival] = []
        for together, run in groupby(_simple(arrivals, known), itemgetter(0)):
            several = [each for _, each in run]
            if together and len(several) >= SHORTEST:
                there = [known.get(each.key) for each in several]
                sections.append(Section(singly, stretch_of(several, there)))
                singly = []
            else:
                singly += several
        return [*sections, Section(singly)] if singly else sections

    def _read(
        self, block: bytes, cards: Cards, vouched: str
    ) -> tuple[list[Arrival], dict[Key, Known]]:
        lines, closely = lines_of(block), ATTACHED in block
        peeked = [_peek(line) for line in lines]
        known = look_up(self._connection, {each.key: None for each in peeked if each})
        found = []
        for line, peek in zip(lines, peeked, strict=True):
            held = known.get(peek.key) if peek else None
            just_so = None
            if peek is not None and held is not None and not (closely and ATTACHED in line):
                just_so = _just_so(line, peek, held)
            found.append(just_so or _strictly(line, cards, vouched))
        return found, known


def _strictly(line: bytes, cards: Cards, vouched: str) -> Arrival:
    copy = read_strictly(line)
    author, genuine = copy.revision.author, None
    if author != vouched:
        genuine = author in cards and signed_by(copy, cards[author])
    return arrival_of(copy, line, attached_in(copy, line), genuine=genuine)


def _simple(arrivals: list[Arrival], known: Mapping[Key, Known]) -> Iterator[tuple[bool, Arrival]]:
    """Each, and whether nothing has to be decided about its record, of which all is here.

    Of the first and the last one, other blocks may hold more.
    """
    ids = ["", *(each.id for each in arrivals), ""]
    ids[0], ids[-1] = ids[1], ids[-2]
    for at, each in enumerate(arrivals, 1):
        alone = ids[at - 1] != each.id != ids[at + 1]
        yield alone and not each.attached and _is_plain(each, known.get(each.key)), each


def _is_plain(each: Arrival, known: Known | None) -> bool:
    if each.genuine is False:
        return False
    if known is not None:
        return each.gist is None and known.says([each])
    return each.gist is not None and each.gist.is_note and each.gist.removed is None


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


def _just_so(line: bytes, peek: _Peek, known: Known) -> Arrival | None:
    """A version that is held, down to its signature; not one that has to be looked at closely."""
    if bytes(peek.removed) != b"null":
        return None
    sha256 = hashlib.sha256(line).digest()
    for name, held in known.lines.items():
        if held == sha256:
            return Arrival(peek.id, peek.author, name, line, sha256, None, [], True)
    return None
