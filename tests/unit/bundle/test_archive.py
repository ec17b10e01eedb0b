"""The archive is read strictly, and what was packed comes out again at every size."""

from __future__ import annotations

import io
import random
import zlib

import pytest

from fieldnotes.bundle.archive import Entry, inflate, read_entries
from fieldnotes.errors import BundleRefused
from tests.faults.hostile.forging import Item, zipped


def unpacked(content: bytes, behind: bytes = b"", size: int | None = None) -> bytes:
    packer = zlib.compressobj(1, zlib.DEFLATED, -15)
    packed = packer.compress(content) + packer.flush() + behind
    told = len(content) if size is None else size
    entry = Entry("x", 8, zlib.crc32(content), len(packed), told, 0)
    return b"".join(inflate(io.BytesIO(packed), entry))


@pytest.mark.parametrize("full", [0, 1 << 18, 1 << 19])
def test_content_ends_anywhere_around_a_full_piece(full: int) -> None:
    for size in range(max(0, full - 2), full + 300):
        assert unpacked(b"a" * size) == b"a" * size


def test_packed_content_ends_anywhere_around_a_full_piece() -> None:
    chance = random.Random(1)
    for size in range((1 << 16) - 40, (1 << 16) + 10):
        content = chance.randbytes(size)
        assert unpacked(content) == content


@pytest.mark.parametrize("behind", [b"\0", b"\3\0" * 40_000])
@pytest.mark.parametrize("size", [0, 10, 1 << 16, 1 << 18])
def test_nothing_may_lie_behind_the_end_of_a_stream(behind: bytes, size: int) -> None:
    with pytest.raises(BundleRefused):
        unpacked(random.Random(2).randbytes(size), behind)


@pytest.mark.parametrize("told", [0, 99, 101, 1 << 30])
def test_a_declared_size_is_not_trusted(told: int) -> None:
    with pytest.raises(BundleRefused):
        unpacked(b"a" * 100, size=told)


def test_entries_may_be_read_in_turns() -> None:
    items = [Item(b"a/%d" % number, bytes([number]) * 200_000, 0) for number in range(2)]
    file = io.BytesIO(zipped(items))
    one, other = (inflate(file, entry) for entry in read_entries(file))
    read = [piece for pair in zip(one, other, strict=True) for piece in pair]
    assert b"".join(read[::2]) == bytes([0]) * 200_000
    assert b"".join(read[1::2]) == bytes([1]) * 200_000
