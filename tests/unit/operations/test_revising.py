"""New versions on top of what is hidden, and of what a faulty device has signed."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from fieldnotes.domain import merge
from fieldnotes.domain.notes import Kind
from fieldnotes.domain.records import Copy, Reason, masked
from fieldnotes.domain.written import HIGHEST
from fieldnotes.operations.checking import check_library
from fieldnotes.operations.notebook import Notebook
from fieldnotes.operations.notes import edit_note, remove_note, restore_note, show_note
from fieldnotes.store import library as libraries
from fieldnotes.trust.identity import signed
from tests.builders import Opener, a_note, found, logged


@pytest.mark.parametrize("count", ["rev", "restored"])
def test_a_count_that_is_at_its_end_stops_nothing(seller: Notebook, count: str) -> None:
    note = logged(seller, text="As it was")
    top = merge.current(seller.library.records.history(note))
    far = replace(top.revision, lineage=(top.name,), **{count: HIGHEST})
    _put(seller, signed(seller.library.owner, far, dict(top.values), top.key or ""))
    edit_note(seller, note, a_note(text="As it is"))
    assert show_note(seller, note).note.text == "As it is"
    remove_note(seller, note, Reason.WRONG)
    assert found(seller) == []
    restore_note(seller, note)
    other = logged(seller, text="Something else")
    assert other in found(seller)
    assert check_library(seller).problems == []


def test_a_kind_that_is_hidden_outlasts_an_edit(
    seller: Notebook, notebooks: Opener, tmp_path: Path
) -> None:
    note = logged(seller, text="They took the offer", kind=Kind.WIN.value)
    whole = merge.current(seller.library.records.history(note))
    libraries.make(tmp_path / "other laptop", seller.library.owner)
    other = notebooks(folder="other laptop")
    _put(other, masked(whole, frozenset({"kind"})))
    edit_note(other, note, a_note(text="They took it"))
    _put(other, whole)
    assert show_note(other, note).note == a_note(Kind.WIN.value, "They took it")
    edit_note(other, note, a_note(Kind.NOTE.value, "They did not"))
    assert show_note(other, note).note.kind == Kind.NOTE.value


def _put(notebook: Notebook, copy: Copy) -> None:
    with notebook.library.transaction():
        notebook.library.records.put(copy.revision.id, [copy])
