"""Versions for which only a file vouched are verified when idle, and before they are passed on."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from fieldnotes.bundle.writer import Cover, line_of, write_bundle
from fieldnotes.domain import merge
from fieldnotes.domain.markings import Audience
from fieldnotes.domain.records import Copy
from fieldnotes.domain.selections import Selection
from fieldnotes.errors import BundleRefused
from fieldnotes.operations.checking import check_library
from fieldnotes.operations.housekeeping import tidy
from fieldnotes.operations.judging import Decisions
from fieldnotes.operations.notebook import Notebook
from fieldnotes.operations.previewing import preview_import
from fieldnotes.operations.proving import prove
from fieldnotes.operations.reading_in import read_in
from fieldnotes.operations.sending import send
from fieldnotes.operations.sending_plans import plan_sending
from fieldnotes.operations.undoing_imports import undo_import
from tests.builders import an_exchange, found, got, logged, sent

COMPANY = Selection(audience=Audience.COMPANY)


def waiting(notebook: Notebook) -> int:
    return len(notebook.library.records.unproven.next(1_000))


def current(notebook: Notebook, note_id: str) -> Copy:
    return merge.current(notebook.library.records.history(note_id))


def wrongly_signed(notebook: Notebook, path: Path, note_id: str) -> Path:
    """A file by the author whose own signature of one note is not theirs."""
    copies = [current(notebook, each) for each in sorted(found(notebook))]
    wrong = replace(current(notebook, note_id), signature="0" * 128)
    told = [wrong if copy.revision.id == note_id else copy for copy in copies]
    cover = Cover(notebook.new_id(), 1, notebook.device, "company", notebook.clock())
    write_bundle(path, cover, map(line_of, told), [], notebook.library.owner)
    return path


def test_what_its_author_sends_is_read_in_at_once_and_verified_when_idle(
    seller: Notebook, marketer: Notebook
) -> None:
    logged(seller), logged(seller)
    an_exchange(seller, marketer)
    assert waiting(marketer) == 2
    while not tidy(marketer).result:
        pass
    assert waiting(marketer) == 0
    assert check_library(marketer).ok
    assert len(found(marketer)) == 2


def test_they_are_verified_in_slices(seller: Notebook, marketer: Notebook) -> None:
    for _ in range(5):
        logged(seller)
    an_exchange(seller, marketer)
    left = []
    while not prove(marketer, 2).result:
        left.append(waiting(marketer))
    assert left == [3, 1]
    assert check_library(marketer).ok


def test_what_its_author_did_not_sign_is_taken_out_again(
    seller: Notebook, marketer: Notebook, tmp_path: Path
) -> None:
    good, bad = logged(seller, text="Good."), logged(seller, text="Bad.", tags=["x"])
    batch = got(marketer, wrongly_signed(seller, tmp_path / "a.fieldnotes", bad)).batch
    assert sorted(found(marketer)) == sorted([good, bad])
    done = prove(marketer)
    assert done.changes.touches([bad])
    assert found(marketer) == [good]
    assert waiting(marketer) == 0
    assert check_library(marketer).ok
    assert batch is not None
    undo_import(marketer, batch)
    assert found(marketer) == []
    assert check_library(marketer).ok


def test_the_right_signature_takes_the_place_of_a_wrong_one(
    seller: Notebook, marketer: Notebook, tmp_path: Path
) -> None:
    note = logged(seller, text="First.")
    bundle = wrongly_signed(seller, tmp_path / "a.fieldnotes", note)
    got(marketer, bundle)
    an_exchange(seller, marketer)
    assert prove(marketer).result
    assert found(marketer) == [note]
    assert check_library(marketer).ok


def test_nobody_passes_on_what_its_author_did_not_sign(
    seller: Notebook, marketer: Notebook, tmp_path: Path
) -> None:
    good, bad = logged(seller, text="Good."), logged(seller, text="Bad.")
    got(marketer, wrongly_signed(seller, tmp_path / "a.fieldnotes", bad))
    plan = plan_sending(marketer, COMPANY)
    assert [item.id for item in plan.sent] == [good]
    told = {item.id: item.not_sent for item in plan.items}
    assert "signed" in told[bad]


def test_what_was_verified_since_the_check_is_sent(
    seller: Notebook, marketer: Notebook, tmp_path: Path
) -> None:
    logged(seller), logged(seller)
    an_exchange(seller, marketer)
    plan = plan_sending(marketer, COMPANY)
    assert prove(marketer).result
    assert send(marketer, plan, tmp_path / "b.fieldnotes").result.manifest["records"] == 2


def test_what_meets_other_versions_is_verified_at_once(
    seller: Notebook, marketer: Notebook, tmp_path: Path
) -> None:
    note = logged(seller, text="First.")
    an_exchange(seller, marketer)
    prove(marketer)
    bad = wrongly_signed(seller, tmp_path / "a.fieldnotes", note)
    assert got(marketer, bad).counts["not_accepted"] == 1
    assert check_library(marketer).ok


def test_undoing_leaves_nothing_to_verify(seller: Notebook, marketer: Notebook) -> None:
    logged(seller)
    batch = an_exchange(seller, marketer).read.batch
    assert batch is not None
    undo_import(marketer, batch)
    while not prove(marketer).result:
        pass
    assert waiting(marketer) == 0
    assert check_library(marketer).ok


def test_what_was_here_when_it_was_looked_at_and_then_undone_waits_again(
    seller: Notebook, marketer: Notebook
) -> None:
    logged(seller)
    exchange = an_exchange(seller, marketer)
    prove(marketer)
    other = exchange.path.with_name("other.fieldnotes")
    sent(seller, other)
    plan = preview_import(marketer, [other], Decisions(all_new=True))
    assert exchange.read.batch is not None
    undo_import(marketer, exchange.read.batch)
    with pytest.raises(BundleRefused, match="Look at it again"):
        read_in(marketer, plan)
    read_in(marketer, preview_import(marketer, [other], Decisions(all_new=True)))
    assert len(found(marketer)) == 1
    assert waiting(marketer) == 1
    assert check_library(marketer).ok
