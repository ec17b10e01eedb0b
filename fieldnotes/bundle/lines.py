"""The lines of a bundle: cut into blocks, and each checked for form."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from fieldnotes.bundle.archive import damaged
from fieldnotes.domain.records import Copy, read_canonical, weight_of
from fieldnotes.errors import BundleRefused

LONGEST_LINE = 4 << 20
MOST_PARTS = 50_000  # of a line: fields, tags and the like; each costs memory and time
BLOCK, HEAVY = 1 << 19, 8 << 20  # bytes of lines that are read together, and about their weight
ATTACHED = b'"attachments.'  # as the name of a field that refers to one begins in a line
_HEX64 = re.compile(r"[0-9a-f]{64}")


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
    if ATTACHED not in line:
        return found
    for name in [name for name in copy.values if name.startswith("attachments.")]:
        sha256 = copy.values[name].get("sha256")
        if not _HEX64.fullmatch(sha256):
            raise damaged()
        found.append(sha256)
    return found


def lines_of(block: bytes) -> list[bytes]:
    """Its lines. Raises BundleRefused for one that is too long."""
    lines = block.split(b"\n")[:-1]
    if len(block) > LONGEST_LINE and max(map(len, lines)) > LONGEST_LINE:
        raise _too_long()
    return lines


def in_blocks(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Complete lines, each ended by a line feed: so many that they are worth handing to somebody,
    and never much memory."""
    waiting: list[bytes] = []
    size = 0
    for piece in pieces:
        waiting.append(piece)
        size += len(piece)
        if size >= BLOCK and (ends := piece.rfind(b"\n") + 1):
            waiting[-1] = piece[:ends]
            yield from _light(b"".join(waiting))
            waiting = [piece[ends:]]
            size = len(waiting[0])
    rest = b"".join(waiting)
    if rest and not rest.endswith(b"\n"):
        raise damaged()
    if rest:
        yield from _light(rest)


def uncut(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The same pieces, up to a line that is too long: nobody waits for its end."""
    length = 0
    for piece in pieces:
        ends = piece.rfind(b"\n") + 1
        length = len(piece) - ends if ends else length + len(piece)
        if length > LONGEST_LINE:
            raise _too_long()
        yield piece


def _too_long() -> BundleRefused:
    return damaged("holds a line that is too long to be a note")


def _light(block: bytes) -> Iterator[bytes]:
    """The block, or what is heavy of it cut into several."""
    if weight_of(block) <= HEAVY:
        yield block
        return
    part: list[bytes] = []
    weight = 0
    for line in lines_of(block):
        part.append(line + b"\n")
        weight += weight_of(line)
        if weight > HEAVY:
            yield b"".join(part)
            part, weight = [], 0
    if part:
        yield b"".join(part)
