"""Large bundles are read by processes of their own, with the same result."""

from __future__ import annotations

from pathlib import Path

import pytest

from fieldnotes.domain.records import to_line
from fieldnotes.operations.line_readers import LARGE, readers_for
from fieldnotes.operations.lines_read import read_lines
from fieldnotes.operations.notebook import Notebook
from tests.builders import logged


def lines_of(notebook: Notebook) -> list[bytes]:
    ids = [logged(notebook, text=f"Note {number}, größer.") for number in range(3)]
    records = notebook.library.records
    return [to_line(copy) for each in ids for copy in records.history(each).values()]


def test_other_processes_read_the_same(seller: Notebook, tmp_path: Path) -> None:
    lines, card = lines_of(seller), seller.owner
    here = read_lines(lines, {card.author: card.signs}, "")
    assert [each.genuine for each in here] == [True] * 3
    with readers_for(LARGE) as readers:
        pending = [readers.begin(lines, {card.author: card.signs}, ""), readers.begin([], {}, "")]
        assert [each.result() for each in pending] == [here, []]


def test_what_is_wrong_with_a_line_is_told_by_them_as_well(seller: Notebook) -> None:
    wrong = lines_of(seller)[0].replace(b'"rev":1', b'"rev": 1')
    for size in (0, LARGE):
        with readers_for(size) as readers:
            pending = readers.begin([wrong], {}, seller.owner.author)
            with pytest.raises(Exception, match="canonical"):
                pending.result()


def test_who_else_is_not_vouched_for_is_verified(seller: Notebook, marketer: Notebook) -> None:
    lines = lines_of(seller)
    told = read_lines(lines, {}, marketer.owner.author)
    assert [each.genuine for each in told] == [False] * 3
    told = read_lines(lines, {}, seller.owner.author)
    assert [each.genuine for each in told] == [None] * 3
