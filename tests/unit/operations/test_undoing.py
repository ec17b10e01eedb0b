"""What was done to notes is taken back and done again, step by step, and nothing else with it."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from fieldnotes.domain.markings import CHOICES
from fieldnotes.domain.records import Reason
from fieldnotes.errors import CannotUndo, NoSuchNote, NotYours
from fieldnotes.operations.changes import Changes, Done, Undo
from fieldnotes.operations.checking import check_library
from fieldnotes.operations.notebook import Notebook
from fieldnotes.operations.notes import (
    bring_back,
    draft_of,
    edit_note,
    log_note,
    remove_note,
    remove_notes,
    restore_note,
    restore_notes,
    show_note,
    versions_of,
)
from fieldnotes.operations.undoing import DEEPEST, Steps
from tests.builders import Opener, a_note, an_exchange, found, logged


class Hands:
    """Somebody who does things to a notebook, and changes their mind."""

    def __init__(self, notebook: Notebook) -> None:
        self.notebook, self.steps = notebook, Steps()

    def do(self, done: Done[Any]) -> Done[Any]:
        self.steps.did(done)
        return done

    def undo(self) -> Done[Any]:
        step = self.steps.undo()
        assert step is not None
        done = step.back(self.notebook)
        self.steps.undone(step, done)
        return done

    def redo(self) -> Done[Any]:
        step = self.steps.redo()
        assert step is not None
        done = step.back(self.notebook)
        self.steps.redone(step, done)
        return done


@pytest.fixture
def hands(seller: Notebook) -> Hands:
    return Hands(seller)


def text_of(notebook: Notebook, note_id: str) -> str:
    return show_note(notebook, note_id).note.text


def test_five_deleted_notes_come_back_in_one_step_and_go_again_in_one(hands: Hands) -> None:
    ids = [logged(hands.notebook, text=f"Note {number}") for number in range(6)]
    hands.do(remove_notes(hands.notebook, ids[:5], Reason.WRONG))
    assert found(hands.notebook) == ids[5:]
    assert hands.steps.undo_words == "delete of 5 notes"
    hands.undo()
    assert sorted(found(hands.notebook)) == sorted(ids)
    assert (hands.steps.undo_words, hands.steps.redo_words) == ("", "delete of 5 notes")
    hands.redo()
    assert found(hands.notebook) == ids[5:]
    assert show_note(hands.notebook, ids[0]).removed == "wrong"
    assert check_library(hands.notebook).problems == []


def test_a_long_way_back_and_forth_says_at_every_step_what_it_said_then(hands: Hands) -> None:
    book = hands.notebook
    note = logged(book, text="one")
    said: list[tuple[str, str | None]] = []

    def now() -> tuple[str, str | None]:
        view = show_note(book, note)
        return view.note.text, view.removed

    for act in (
        lambda: edit_note(book, note, a_note(text="two")),
        lambda: remove_note(book, note, Reason.CONSENT),
        lambda: restore_note(book, note),
        lambda: edit_note(book, note, a_note(text="three")),
        lambda: bring_back(book, note, versions_of(book, note)[-1][0].name),
    ):
        said.append(now())
        hands.do(act())
    end = now()
    assert end == ("one", None)
    for expected in (*reversed(said),):
        hands.undo()
        assert now() == expected
    for expected in (*said[1:], end):
        hands.redo()
        assert now() == expected
    assert check_library(book).problems == []


def test_a_new_note_that_is_undone_goes_to_the_trash_and_comes_back(hands: Hands) -> None:
    draft = replace(draft_of(hands.notebook, logged(hands.notebook)), id=hands.notebook.new_id())
    hands.do(log_note(hands.notebook, replace(draft, settles=())))
    assert hands.steps.undo_words == "new note"
    hands.undo()
    assert show_note(hands.notebook, draft.id).removed == "wrong"
    hands.redo()
    assert show_note(hands.notebook, draft.id).removed is None


def test_undoing_a_change_takes_back_who_may_see_it_as_well(hands: Hands) -> None:
    note = logged(hands.notebook)
    draft = draft_of(hands.notebook, note, a_note(text="Other"))
    hands.do(log_note(hands.notebook, replace(draft, marking=CHOICES["me"].value)))
    hands.undo()
    assert show_note(hands.notebook, note).marking == CHOICES["company"].value


def test_what_somebody_else_changed_since_is_left_alone(hands: Hands) -> None:
    note = logged(hands.notebook, text="one")
    hands.do(edit_note(hands.notebook, note, a_note(text="two")))
    edit_note(hands.notebook, note, a_note(text="by another program"))
    with pytest.raises(CannotUndo, match="changed or erased since"):
        hands.undo()
    assert text_of(hands.notebook, note) == "by another program"
    assert hands.steps.undo_words == ""


def test_of_several_those_that_can_come_back_do(hands: Hands) -> None:
    ids = [logged(hands.notebook) for _ in range(3)]
    hands.do(remove_notes(hands.notebook, ids, Reason.WRONG))
    remove_note(hands.notebook, ids[0], Reason.ERASE)
    assert hands.undo().result == 2
    assert sorted(found(hands.notebook)) == sorted(ids[1:])


def test_erasing_has_no_way_back(hands: Hands) -> None:
    note = logged(hands.notebook)
    assert remove_notes(hands.notebook, [note], Reason.ERASE).undo is None
    with pytest.raises(NoSuchNote, match="erased"):
        restore_note(hands.notebook, note)


def test_several_are_removed_all_or_none(notebooks: Opener, marketer: Notebook) -> None:
    seller = notebooks("Ines Carvalho")
    theirs = logged(seller)
    an_exchange(seller, marketer)
    mine = logged(marketer)
    with pytest.raises(NotYours):
        remove_notes(marketer, [mine, theirs], Reason.WRONG)
    assert sorted(found(marketer)) == sorted([mine, theirs])
    with pytest.raises(NoSuchNote):
        remove_notes(marketer, [mine, "no such note"], Reason.WRONG)
    assert mine in found(marketer)


def test_restoring_several_is_one_step(hands: Hands) -> None:
    ids = [logged(hands.notebook) for _ in range(3)]
    remove_notes(hands.notebook, ids, Reason.WRONG)
    assert hands.do(restore_notes(hands.notebook, ids)).result == 3
    assert hands.steps.undo_words == "bringing back of 3 notes"
    hands.undo()
    assert found(hands.notebook) == []


def test_something_new_forgets_what_was_undone(hands: Hands) -> None:
    note = logged(hands.notebook)
    hands.do(remove_note(hands.notebook, note, Reason.WRONG))
    hands.undo()
    hands.do(edit_note(hands.notebook, note, a_note(text="new")))
    assert hands.steps.redo_words == ""
    assert hands.steps.redo() is None


def test_what_has_no_way_back_leaves_the_steps_as_they_are(hands: Hands) -> None:
    note = logged(hands.notebook)
    hands.do(remove_note(hands.notebook, note, Reason.WRONG))
    assert not hands.steps.did(Done(None, Changes()))
    assert hands.steps.undo_words == "delete of a note"


def test_the_oldest_steps_are_forgotten() -> None:
    steps = Steps()
    for number in range(DEEPEST + 5):
        steps.did(Done(None, Changes(), Undo(str(number), lambda book: Done(None, Changes()))))
    taken = [step.words for step in iter(steps.undo, None)]
    assert (len(taken), taken[0], taken[-1]) == (DEEPEST, str(DEEPEST + 4), "5")


def test_a_version_that_is_not_held_cannot_be_brought_back(seller: Notebook) -> None:
    note = logged(seller)
    with pytest.raises(NoSuchNote, match="not here any more"):
        bring_back(seller, note, "00" * 32)
