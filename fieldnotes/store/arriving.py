"""One version as a file brings it, read once: what it is held by goes along with its line.

Whatever looks at a file before it is read in makes these, and reading in only writes them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

import msgspec

from fieldnotes.domain.attachments import hashes_in
from fieldnotes.domain.records import Copy, read_line, to_line, weight_of
from fieldnotes.store.gists import Gist, gist_of

Key = tuple[str, str]  # a record is its id and its author


class Arrival(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """`name`: of the revision; `sha256`: of the line; `attached`: hashes of what it refers to.

    `genuine`: whether its author signed it; None where only the file was looked at, which the
    author signed. `new`: nothing was known of its record when it was looked at. `gist`: of the
    record if this is all there is of it; None of what is held here just so.
    """

    id: str
    author: str
    name: str
    line: bytes
    sha256: bytes
    gist: Gist | None
    attached: list[str]
    genuine: bool | None
    new: bool = False

    @property
    def key(self) -> Key:
        """Whose version of what."""
        return self.id, self.author

    @property
    def weight(self) -> int:
        """About the bytes of memory that its line takes."""
        return weight_of(self.line)

    @property
    def erased(self) -> bool:
        """Nothing of its record may be kept."""
        return self.gist is not None and self.gist.removed == "erase"

    def copy(self) -> Copy:
        """All that the line says."""
        return read_line(self.line)


def arrival_of(
    copy: Copy,
    line: bytes = b"",
    attached: list[str] | None = None,
    *,
    genuine: bool | None = True,
) -> Arrival:
    """`line` and `attached`: of the copy, where they are known already."""
    line = line or to_line(copy)
    return Arrival(
        id=copy.revision.id,
        author=copy.revision.author,
        name=copy.name,
        line=line,
        sha256=hashlib.sha256(line).digest(),
        gist=gist_of(copy, copy.values),
        attached=list(hashes_in(copy.values)) if attached is None else attached,
        genuine=genuine,
    )


def arrivals_of(copies: Iterable[Copy]) -> list[Arrival]:
    """The same for several."""
    return [arrival_of(copy) for copy in copies]
