"""An entry of records as it lies in a bundle: unpacked and checked wherever there is time."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from io import BytesIO
from typing import BinaryIO

import msgspec
from msgspec.structs import replace

from fieldnotes.bundle.archive import Entry, damaged, inflate
from fieldnotes.bundle.lines import in_blocks, uncut


class Shard(msgspec.Struct, frozen=True):
    """`file`: where its bytes are; `sha256`: of what is in it, in hex."""

    file: BinaryIO
    entry: Entry
    sha256: str

    def pieces(self) -> Iterator[bytes]:
        """What is in it. Raises BundleRefused where that is not what the manifest tells."""
        return hashed(uncut(inflate(self.file, self.entry)), self.sha256)

    def blocks(self) -> Iterator[bytes]:
        """The same as whole lines. What was handed out is worth nothing before the last block."""
        return in_blocks(self.pieces())

    def alone(self) -> Shard:
        """The same in memory, so that another process can have it."""
        self.file.seek(self.entry.start)
        packed = self.file.read(self.entry.packed)
        return Shard(BytesIO(packed), replace(self.entry, start=0), self.sha256)


def hashed(pieces: Iterable[bytes], sha256: str) -> Iterator[bytes]:
    """The same pieces, which together have this hash. Raises BundleRefused after the last."""
    digest = hashlib.sha256()
    for piece in pieces:
        digest.update(piece)
        yield piece
    if digest.hexdigest() != sha256:
        raise damaged()
