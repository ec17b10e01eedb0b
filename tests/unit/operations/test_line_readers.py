"""Large bundles are read by processes of their own, with the same result."""

from __future__ import annotations

import hashlib
import os
import zlib
from io import BytesIO
from pathlib import Path

import pytest
from msgspec.structs import replace

from fieldnotes.bundle.archive import STORE, Entry
from fieldnotes.bundle.shards import Shard
from fieldnotes.domain.records import Reason, to_line
from fieldnotes.errors import BundleRefused
from fieldnotes.operations import line_readers
from fieldnotes.operations.line_readers import LARGE, Readers, readers_for
from fieldnotes.operations.lines_read import Cards, LineReader, Sections
from fieldnotes.operations.notebook import Notebook
from fieldnotes.operations.notes import edit_note, remove_note
from fieldnotes.store.arriving import Arrival
from fieldnotes.store.stretches import SHORTEST, unpacked, unpacked_told
from tests.builders import a_note, got, logged, sent

FEW = SHORTEST + 2  # the first and the last may go on in another block


def block_of(notebook: Notebook, notes: int = 3) -> bytes:
    """Notes as a bundle holds them."""
    for number in range(notes):
        logged(notebook, text=f"Note {number}, größer.", tags=("pricing",))
    return lines_in(notebook)


def lines_in(notebook: Notebook) -> bytes:
    records = notebook.library.records
    histories = [records.history(each, author) for each, author in records.named()]
    copies = sorted(
        (copy for history in histories for copy in history.values()),
        key=lambda copy: (copy.revision.id, copy.name),
    )
    return b"".join(to_line(copy) + b"\n" for copy in copies)


def cards_of(notebook: Notebook) -> dict[str, str]:
    return {notebook.owner.author: notebook.owner.signs}


def one_by_one(sections: Sections) -> list[Arrival]:
    """Every version, of stretches those that are new."""
    found: list[Arrival] = []
    for section in sections:
        found += section.versions
        if section.stretch is not None:
            found += [each for record in unpacked(section.stretch.fresh) for each in record]
    return found


def shard_of(block: bytes) -> Shard:
    """The block as a bundle holds it."""
    entry = Entry("records/00001.jsonl", STORE, zlib.crc32(block), len(block), len(block), 0)
    return Shard(BytesIO(block), entry, hashlib.sha256(block).hexdigest())


def all_of(readers: Readers, shards: list[Shard], cards: Cards, vouched: str = "") -> list[Arrival]:
    return [each for part in readers.read(shards, cards, vouched) for each in one_by_one(part)]


@pytest.mark.parametrize("shards", [1, 20], ids=["in blocks", "whole"])
def test_other_processes_read_the_same(seller: Notebook, marketer: Notebook, shards: int) -> None:
    block, cards = block_of(seller), cards_of(seller)
    here = one_by_one(LineReader(marketer.library.connection).one_by_one(block, cards, ""))
    assert [each.genuine for each in here] == [True] * 3
    with readers_for(marketer.library, LARGE) as readers:
        assert all_of(readers, [shard_of(block)] * shards, cards) == here * shards


def test_a_process_that_was_ended_is_done_without(
    seller: Notebook, marketer: Notebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    block, cards = block_of(seller), cards_of(seller)
    here = one_by_one(LineReader(marketer.library.connection).one_by_one(block, cards, ""))
    monkeypatch.setattr(line_readers, "_open", _end)
    with readers_for(marketer.library, LARGE) as readers:
        assert all_of(readers, [shard_of(block)] * 20, cards) == here * 20


def _end(folder: Path) -> None:
    os._exit(1)


def test_new_notes_come_together(seller: Notebook, marketer: Notebook) -> None:
    block, cards = block_of(seller, FEW), cards_of(seller)
    reader = LineReader(marketer.library.connection)
    singly = one_by_one(reader.one_by_one(block, cards, ""))
    first, last = reader.in_stretches(block, cards, "")
    assert (first.versions, last.versions) == (singly[:1], singly[-1:])
    assert first.stretch is not None
    assert last.stretch is None
    assert (first.stretch.new, first.stretch.unchanged) == (SHORTEST, 0)
    assert ("tag", "pricing", SHORTEST) in first.stretch.names
    assert ("sender", seller.owner.author, SHORTEST) in first.stretch.names
    together = [each for record in unpacked(first.stretch.fresh) for each in record]
    assert [each.name for each in together] == [each.name for each in singly[1:-1]]
    assert all(each.new for each in together)


def test_what_is_held_comes_together_with_what_is_new(
    seller: Notebook, marketer: Notebook, tmp_path: Path
) -> None:
    block_of(seller, FEW)
    sent(seller, tmp_path / "a.fieldnotes")
    got(marketer, tmp_path / "a.fieldnotes")
    block = block_of(seller, 3)
    reader = LineReader(marketer.library.connection)
    section = reader.in_stretches(block, cards_of(seller), "")[0]
    assert section.stretch is not None
    assert (section.stretch.unchanged, section.stretch.new) == (FEW - 1, 2)
    assert section.stretch.count == FEW + 1
    singly = one_by_one(reader.one_by_one(block, cards_of(seller), ""))
    held = marketer.library.records.just_so(unpacked_told(section.stretch.told))
    assert held is not None
    assert [each.name for (each,) in held] == [each.name for each in singly[1 : 1 + FEW - 1]]


def test_what_has_to_be_decided_does_not(seller: Notebook, marketer: Notebook) -> None:
    block_of(seller, FEW)
    records = [record_id for record_id, _ in seller.library.records.named()]
    edit_note(seller, records[3], a_note(text="Otherwise"))
    remove_note(seller, records[5], Reason.WRONG)
    reader = LineReader(marketer.library.connection)
    sections = reader.in_stretches(lines_in(seller), cards_of(seller), "")
    assert [section.stretch for section in sections] == [None]
    forged = reader.in_stretches(block_of(seller, 2 * FEW), {}, "")
    assert [section.stretch for section in forged] == [None]


@pytest.mark.parametrize("shards", [1, 20], ids=["in blocks", "whole"])
@pytest.mark.parametrize("size", [0, LARGE], ids=["here", "elsewhere"])
def test_what_is_wrong_with_a_line_is_told_by_them_as_well(
    seller: Notebook, marketer: Notebook, size: int, shards: int
) -> None:
    wrong = shard_of(block_of(seller).replace(b'"rev":1', b'"rev": 1'))
    with (
        readers_for(marketer.library, size) as readers,
        pytest.raises(Exception, match="canonical"),
    ):
        all_of(readers, [wrong] * shards, {}, seller.owner.author)


def test_a_shard_that_is_not_as_it_is_told_is_refused_by_them(
    seller: Notebook, marketer: Notebook
) -> None:
    shard = shard_of(block_of(seller))
    for wrong in (replace(shard, sha256="0" * 64), replace(shard, file=BytesIO(b"{}"))):
        with (
            readers_for(marketer.library, LARGE) as readers,
            pytest.raises(BundleRefused, match="damaged"),
        ):
            all_of(readers, [wrong] * 20, cards_of(seller))


def test_who_else_is_not_vouched_for_is_verified(seller: Notebook, marketer: Notebook) -> None:
    block, reader = block_of(seller), LineReader(marketer.library.connection)
    told = one_by_one(reader.one_by_one(block, {}, marketer.owner.author))
    assert [each.genuine for each in told] == [False] * 3
    told = one_by_one(reader.one_by_one(block, {}, seller.owner.author))
    assert [each.genuine for each in told] == [None] * 3
