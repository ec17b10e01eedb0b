"""Two notes are the same or are not: remembered, undone, sent along, and heard of by others."""

from __future__ import annotations

from pathlib import Path

import pytest

from fieldnotes.domain import likeness
from fieldnotes.domain.markings import Audience
from fieldnotes.domain.records import Reason
from fieldnotes.domain.selections import Selection
from fieldnotes.operations.checking import check_library
from fieldnotes.operations.likeness import (
    NotTwoNotes,
    judged_with,
    linked_notes,
    say_different,
    say_same,
    verdicts,
)
from fieldnotes.operations.notebook import Notebook
from fieldnotes.operations.notes import remove_note
from fieldnotes.operations.sending_plans import plan_sending
from fieldnotes.operations.undoing import Steps
from tests.builders import an_exchange, got, logged, sent


def linked(notebook: Notebook, note: str) -> list[str]:
    return [view.id for view in linked_notes(notebook, note)]


def test_the_same_links_both_notes_to_each_other(seller: Notebook) -> None:
    one, other = logged(seller), logged(seller)
    say_same(seller, one, other)
    assert (linked(seller, one), linked(seller, other)) == ([other], [one])
    assert check_library(seller).problems == []


def test_a_note_is_linked_by_way_of_a_third(seller: Notebook) -> None:
    first, second, third, alone = (logged(seller) for _ in range(4))
    say_same(seller, first, second)
    say_same(seller, second, third)
    assert set(linked(seller, first)) == {second, third}
    assert linked(seller, alone) == []


def test_not_the_same_after_all_takes_the_link_away(seller: Notebook) -> None:
    one, other = logged(seller), logged(seller)
    first = say_same(seller, one, other).result
    assert say_different(seller, other, one).result == first
    assert linked(seller, one) == []
    assert judged_with(seller, one) == {other: False}


def test_what_was_said_is_undone_and_done_again(seller: Notebook) -> None:
    one, other = logged(seller), logged(seller)
    steps = Steps()
    steps.did(say_different(seller, one, other))
    assert steps.undo_words == "“not the same”"
    step = steps.undo()
    assert step is not None
    steps.undone(step, step.back(seller))
    assert verdicts(seller) == {}
    step = steps.redo()
    assert step is not None
    step.back(seller)
    assert judged_with(seller, one) == {other: False}


def test_what_waits_to_be_taken_over_is_known_already(seller: Notebook, tmp_path: Path) -> None:
    from fieldnotes.operations.notebook import open_notebook

    one, other = logged(seller), logged(seller)
    holder = open_notebook(seller.library.folder, clock=seller.clock)
    with holder.library.transaction():
        say_same(seller, one, other)
        assert [c.revision.type for c in seller.library.outbox.waiting()] == [likeness.TYPE]
        assert judged_with(seller, one) == {other: True}
        say_different(seller, one, other)
        assert judged_with(seller, one) == {other: False}
    holder.close()


def test_one_note_is_not_two(seller: Notebook) -> None:
    one = logged(seller)
    with pytest.raises(NotTwoNotes):
        say_same(seller, one, one)


def test_a_link_to_a_note_that_is_not_here_waits_for_it(
    seller: Notebook, marketer: Notebook, tmp_path: Path
) -> None:
    one, other = logged(seller, tags=["first"]), logged(seller, tags=["second"])
    say_same(seller, one, other)
    link = tmp_path / "link.fieldnotes"
    sent(seller, link)
    an_exchange(seller, marketer, tags=("first",))
    assert linked(marketer, one) == []
    got(marketer, link)
    assert linked(marketer, one) == [other]


def test_a_removed_note_is_linked_no_more(seller: Notebook) -> None:
    one, other = logged(seller), logged(seller)
    say_same(seller, one, other)
    remove_note(seller, other, Reason.WRONG)
    assert linked(seller, one) == []


def test_a_link_travels_with_both_of_its_notes(seller: Notebook, marketer: Notebook) -> None:
    one, other = logged(seller), logged(seller)
    say_same(seller, one, other)
    exchange = an_exchange(seller, marketer)
    assert exchange.sent.manifest["by_kind"] == {"note": 2, "likeness": 1}
    assert linked(marketer, one) == [other]
    assert check_library(marketer).problems == []


def test_a_link_does_not_tell_of_a_note_that_is_not_sent(seller: Notebook) -> None:
    one, private = logged(seller, tags=["news"]), logged(seller, see="me", tags=["news"])
    left_out = logged(seller)
    say_same(seller, one, private)
    say_same(seller, one, left_out)
    plan = plan_sending(seller, Selection(tags=("news",)))
    assert [item.kind for item in plan.sent] == ["note"]


def test_a_later_link_goes_to_whoever_has_both_notes(seller: Notebook, marketer: Notebook) -> None:
    one, other = logged(seller), logged(seller)
    an_exchange(seller, marketer, recipient="Marketing", since_last=True)
    say_same(seller, one, other)
    exchange = an_exchange(seller, marketer, recipient="Marketing", since_last=True)
    assert exchange.words == {"new": 1}
    assert linked(marketer, one) == [other]
    again = an_exchange(seller, marketer, recipient="Marketing", since_last=True)
    assert again.words == {}


def test_marketing_says_so_of_sellers_notes_and_they_hear_it(
    seller: Notebook, marketer: Notebook
) -> None:
    one, other = logged(seller), logged(seller)
    an_exchange(seller, marketer)
    say_same(marketer, one, other)
    an_exchange(marketer, seller)
    assert linked(seller, one) == [other]
    say_different(seller, one, other)
    an_exchange(seller, marketer)
    assert linked(marketer, one) == linked(seller, one) == []


def test_a_file_for_oneself_holds_links_of_private_notes(
    seller: Notebook,
) -> None:
    one, other = logged(seller, see="me"), logged(seller)
    say_same(seller, one, other)
    plan = plan_sending(seller, Selection(audience=Audience.MYSELF))
    assert sorted(item.kind for item in plan.sent) == ["likeness", "note", "note"]
