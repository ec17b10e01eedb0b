"""New versions on top of what a faulty device of the owner's has signed."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from fieldnotes.domain import merge
from fieldnotes.domain.records import HIGHEST, Reason
from fieldnotes.operations.checking import check_library
from fieldnotes.operations.notebook import Notebook
from fieldnotes.operations.notes import edit_note, remove_note, restore_note, show_note
from fieldnotes.trust.identity import signed
from tests.builders import a_note, found, logged


@pytest.mark.parametrize("count", ["rev", "restored"])
def test_a_count_that_is_at_its_end_stops_nothing(seller: Notebook, count: str) -> None:
    note = logged(seller, text="As it was")
    top = merge.current(seller.library.records.history(note))
    far = replace(top.revision, lineage=(top.name,), **{count: HIGHEST})
    with seller.library.transaction():
        far_copy = signed(seller.library.owner, far, dict(top.values), top.key or "")
        seller.library.records.put(note, [far_copy])
    edit_note(seller, note, a_note(text="As it is"))
    assert show_note(seller, note).note.text == "As it is"
    remove_note(seller, note, Reason.WRONG)
    assert found(seller) == []
    restore_note(seller, note)
    other = logged(seller, text="Something else")
    assert other in found(seller)
    assert check_library(seller).problems == []
