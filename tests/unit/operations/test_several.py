"""Several notes changed in one step, and nothing of other people's."""

from __future__ import annotations

import pytest

from fieldnotes.domain.markings import Marking
from fieldnotes.domain.records import Reason
from fieldnotes.operations.notebook import Notebook
from fieldnotes.operations.notes import show_note
from fieldnotes.operations.several import (
    Several,
    TooMany,
    remove_own,
    show_notes_to,
    tag_notes,
    untag_notes,
)
from tests.builders import an_exchange, found, logged


def tags(notebook: Notebook, ids: list[str]) -> list[tuple[str, ...]]:
    return [show_note(notebook, each).note.tags for each in ids]


def three(notebook: Notebook) -> list[str]:
    return [
        logged(notebook, text="a", tags=["pricing"]),
        logged(notebook, text="b"),
        logged(notebook, text="c", tags=["Renewal"]),
    ]


def test_a_tag_is_added_where_it_is_missing_and_taken_back_in_one_step(seller: Notebook) -> None:
    ids = three(seller)
    done = tag_notes(seller, [*ids, ids[0]], "#Pricing ")
    assert done.result == Several(changed=2, same=1)
    assert tags(seller, ids) == [("pricing",), ("Pricing",), ("Renewal", "Pricing")]
    assert found(seller, "tag:pricing") == list(reversed(ids))
    assert done.undo is not None
    assert done.undo.words == "tag on 2 notes"
    done.undo.back(seller)
    assert tags(seller, ids) == [("pricing",), (), ("Renewal",)]


def test_a_tag_is_taken_off_in_any_spelling(seller: Notebook) -> None:
    ids = three(seller)
    assert untag_notes(seller, ids, "renewal").result == Several(changed=1, same=2)
    assert tags(seller, ids) == [("pricing",), (), ()]


def test_who_may_see_several_notes_is_said_at_once(seller: Notebook) -> None:
    ids = three(seller)
    done = show_notes_to(seller, ids, Marking.RED)
    assert done.result == Several(changed=3)
    assert {show_note(seller, each).marking for each in ids} == {Marking.RED}
    assert done.undo is not None
    done.undo.back(seller)
    assert {show_note(seller, each).marking for each in ids} == {Marking.AMBER_STRICT}


def test_notes_of_other_people_stay_as_they_are(seller: Notebook, marketer: Notebook) -> None:
    theirs = three(seller)
    an_exchange(seller, marketer)
    mine = logged(marketer, text="Of my own")
    ids = [*theirs, mine]
    assert tag_notes(marketer, ids, "seen").result == Several(changed=1, others=3)
    assert tags(marketer, theirs) == [("pricing",), (), ("Renewal",)]
    assert remove_own(marketer, theirs, Reason.WRONG).result == Several(others=3)
    done = remove_own(marketer, ids, Reason.WRONG)
    assert done.result == Several(changed=1, others=3)
    assert set(found(marketer)) == set(theirs)
    assert done.undo is not None
    done.undo.back(marketer)
    assert mine in found(marketer)


def test_too_many_at_once_are_refused_before_anything_is_changed(seller: Notebook) -> None:
    own = logged(seller)
    ids = [own, *(f"00000000-0000-7000-8000-{n:012}" for n in range(1_000))]
    with pytest.raises(TooMany):
        tag_notes(seller, ids, "x")
    assert tags(seller, [own]) == [()]
