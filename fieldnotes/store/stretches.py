"""Records of a file that can be taken together, as nothing about any of them has to be decided.

Each is a note in one version that shows no file: nothing is known of it, or it is held just so.
What is kept of them is packed once, by whoever read them.
"""

from __future__ import annotations

from collections import Counter

import msgspec
from msgspec.structs import replace

from fieldnotes.store.arriving import Arrival
from fieldnotes.store.known import Known

Told = tuple[int, list[str]]  # the number of a record that is held, and names of its versions
_encode = msgspec.msgpack.encode
_decode = msgspec.msgpack.Decoder(list[list[Arrival]]).decode
_decode_told = msgspec.msgpack.Decoder(list[Told]).decode
SHORTEST = 16  # records: fewer are not worth it


class Stretch(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """`first`, `last`: (id, name of the revision). `fresh`: the new ones, packed; `told`: of those
    that are held, packed as well. `names`: (family, name, times) of what is new."""

    first: tuple[str, str]
    last: tuple[str, str]
    authors: frozenset[str]
    new: int
    fresh: bytes
    unchanged: int
    told: bytes
    names: list[tuple[str, str, int]]

    @property
    def count(self) -> int:
        """Records in it."""
        return self.new + self.unchanged


def stretch_of(arrivals: list[Arrival], known: list[Known | None]) -> Stretch:
    """Of versions in their order, each with what is held of it: all of it, or nothing."""
    fresh: list[list[Arrival]] = []
    told: list[Told] = []
    names: Counter[tuple[str, str]] = Counter()
    for each, there in zip(arrivals, known, strict=True):
        if there is None:
            fresh.append([replace(each, new=True)])
            names["sender", each.author] += 1
            names.update(each.gist.said.names if each.gist else ())
        else:
            told.append((there.note_no, [each.name]))
    return Stretch(
        first=(arrivals[0].id, arrivals[0].name),
        last=(arrivals[-1].id, arrivals[-1].name),
        authors=frozenset(each.author for each in arrivals),
        new=len(fresh),
        fresh=packed(fresh) if fresh else b"",
        unchanged=len(told),
        told=packed_told(told) if told else b"",
        names=[(*name, times) for name, times in names.items()],
    )


def packed(records: list[list[Arrival]]) -> bytes:
    """Each by its versions."""
    return _encode(records)


def unpacked(records: bytes) -> list[list[Arrival]]:
    """What `packed` made."""
    return _decode(records) if records else []


def packed_told(told: list[Told]) -> bytes:
    """What there is to say of records that are held."""
    return _encode(told)


def unpacked_told(told: bytes) -> list[Told]:
    """What `packed_told` made."""
    return _decode_told(told) if told else []
