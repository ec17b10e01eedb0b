"""A clock that jumps thirty years: order, saving and merging stay sound."""

from __future__ import annotations

import itertools
from pathlib import Path

from fieldnotes.domain.drafts import OpenDraft
from fieldnotes.domain.moments import Moment
from fieldnotes.domain.notes import NoteDraft
from fieldnotes.domain.records import Reason
from fieldnotes.operations.checking import check_library
from fieldnotes.operations.drafts import Held, keep_draft, read_draft, save_draft, settle
from fieldnotes.operations.notebook import Notebook
from fieldnotes.operations.notes import (
    draft_of,
    log_note,
    remove_note,
    restore_note,
    show_note,
    versions_of,
)
from tests.builders import BEGIN, Opener, a_note, got, logged, sent

YEARS = 30 * 365 * 86_400_000


class JumpingClock:
    """Now, thirty years on, thirty years back, and so on."""

    def __init__(self) -> None:
        self._jumps = itertools.cycle((0, YEARS, -YEARS))
        self._ticks = itertools.count(1)

    def __call__(self) -> Moment:
        return Moment(BEGIN.ms + next(self._jumps) + 1000 * next(self._ticks), BEGIN.offset)


def test_the_last_version_is_the_last_that_was_saved_whatever_the_clock_said(
    seller: Notebook,
) -> None:
    seller.clock = JumpingClock()
    record_id = logged(seller, text="0")
    for number in range(1, 8):
        log_note(seller, draft_of(seller, record_id, a_note(text=str(number))))
    assert show_note(seller, record_id).note.text == "7"
    assert [note.text for _, note in versions_of(seller, record_id)] == list("76543210")
    remove_note(seller, record_id, Reason.WRONG)
    restore_note(seller, record_id)
    assert show_note(seller, record_id).removed is None
    assert check_library(seller).problems == []


def test_a_draft_is_the_last_that_was_typed_and_becomes_one_note(seller: Notebook) -> None:
    seller.clock = JumpingClock()
    draft = OpenDraft(draft=NoteDraft(id=seller.new_id(), note=a_note()))
    held = Held(draft.draft.id, 0)
    for text in "abcdef":
        keep_draft(seller, OpenDraft(draft=draft.draft, text=text), held)
    assert held.id == draft.draft.id
    assert read_draft(seller, held.id).text == "f"
    assert save_draft(seller, draft.draft, held).result.id == draft.draft.id
    settle(seller)
    assert check_library(seller).problems == []


def test_ids_stay_apart_and_notebooks_agree(notebooks: Opener, tmp_path: Path) -> None:
    seller, marketer, other = notebooks("Wren"), notebooks("Marketing"), notebooks("Other")
    seller.clock = JumpingClock()
    ids = [logged(seller, text=f"Note {number}") for number in range(30)]
    assert len(set(ids)) == 30
    files = []
    for number in range(4):
        log_note(seller, draft_of(seller, ids[0], a_note(text=f"Said {number}")))
        files.append(tmp_path / f"{number}.fieldnotes")
        sent(seller, files[-1])
    got(marketer, *files)
    for file in (files[2], files[0], files[3], files[1]):
        got(other, file)
    texts = [show_note(each, ids[0]).note.text for each in (seller, marketer, other)]
    assert texts == ["Said 3"] * 3
    assert check_library(marketer).digest == check_library(other).digest
    for each in (seller, marketer, other):
        assert check_library(each).problems == []
