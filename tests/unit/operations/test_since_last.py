"""New since last time: what one recipient lacks, as they were shown it."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from fieldnotes.domain.markings import Audience, Marking
from fieldnotes.domain.notes import Contact
from fieldnotes.domain.records import Reason
from fieldnotes.domain.selections import Selection
from fieldnotes.operations.choosing import Wanted, choices
from fieldnotes.operations.notebook import Notebook
from fieldnotes.operations.notes import edit_note, remove_note, show_note
from fieldnotes.operations.sending_plans import plan_sending
from fieldnotes.operations.several import show_notes_to
from tests.builders import a_note, logged, sent


def new_for(
    seller: Notebook, recipient: str = "Marketing", audience: Audience = Audience.COMPANY
) -> list[str]:
    """Ids of what would go; the count on the screen says the same."""
    selection = Selection(recipient=recipient, audience=audience, since_last=True)
    going = sorted(item.id for item in plan_sending(seller, selection).sent)
    counted = choices(seller, Wanted(recipient=recipient, audience=audience))
    if counted.new is not None:
        assert counted.new + counted.removals == len(going)
    return going


def send_to(
    seller: Notebook, tmp_path: Path, recipient: str = "Marketing", **chosen: object
) -> None:
    sent(seller, tmp_path / "a.fieldnotes", Selection(recipient=recipient, **chosen))  # type: ignore[arg-type]


def test_nothing_is_new_after_everything_went(seller: Notebook, tmp_path: Path) -> None:
    logged(seller)
    send_to(seller, tmp_path)
    assert new_for(seller) == []


def test_an_edited_note_is_new(seller: Notebook, tmp_path: Path) -> None:
    note = logged(seller)
    logged(seller)
    send_to(seller, tmp_path)
    edit_note(seller, note, a_note(text="They ask who trains the day shift."))
    assert new_for(seller) == [note]


def test_a_note_that_stays_here_is_not_new_before_it_may_go(
    seller: Notebook, tmp_path: Path
) -> None:
    kept = logged(seller, see="me")
    logged(seller)
    send_to(seller, tmp_path)
    assert new_for(seller) == []
    show_notes_to(seller, [kept], Marking.AMBER_STRICT)
    assert new_for(seller) == [kept]


def test_a_note_whose_contact_may_be_seen_by_now_is_new(seller: Notebook, tmp_path: Path) -> None:
    contact = Contact(id="01", name="Marta Lind", role="Buyer")
    note = logged(seller, a_note(contacts=(contact,)))
    send_to(seller, tmp_path)
    from fieldnotes.operations.notes import draft_of, log_note

    draft = draft_of(seller, note)
    log_note(seller, replace(draft, marks={"contacts.01.name": Marking.AMBER_STRICT.value}))
    assert new_for(seller) == [note]


def test_what_went_to_anyone_is_new_to_the_company_that_sees_more(
    seller: Notebook, tmp_path: Path
) -> None:
    note = logged(seller, see="anyone")
    send_to(seller, tmp_path, audience=Audience.ANYONE)
    assert new_for(seller) == [note]
    assert new_for(seller, audience=Audience.ANYONE) == []


def test_what_the_company_has_is_not_new_to_anyone(seller: Notebook, tmp_path: Path) -> None:
    logged(seller, see="anyone")
    send_to(seller, tmp_path)
    assert new_for(seller, audience=Audience.ANYONE) == []


def test_a_file_for_oneself_is_no_file_for_others(seller: Notebook, tmp_path: Path) -> None:
    note = logged(seller)
    send_to(seller, tmp_path, recipient="", audience=Audience.MYSELF)
    assert new_for(seller, recipient="") == [note]
    assert new_for(seller, recipient="", audience=Audience.MYSELF) == []


@pytest.mark.parametrize("recipient", ["marketing", " Marketing", "MARKETING;"])
def test_the_same_name_in_another_spelling_has_it(
    seller: Notebook, tmp_path: Path, recipient: str
) -> None:
    logged(seller)
    send_to(seller, tmp_path)
    assert new_for(seller, recipient) == []


def test_somebody_else_lacks_it(seller: Notebook, tmp_path: Path) -> None:
    note = logged(seller)
    send_to(seller, tmp_path)
    assert new_for(seller, "Ida Quist") == [note]


def test_each_of_several_in_one_file_has_it(seller: Notebook, tmp_path: Path) -> None:
    note = logged(seller)
    send_to(seller, tmp_path, "Marketing; Ida Quist")
    assert new_for(seller, "Marketing") == new_for(seller, "Ida Quist") == []
    assert new_for(seller, "Marketing; Bo Lund") == [note]


def test_a_removal_is_new_to_whoever_had_the_note(seller: Notebook, tmp_path: Path) -> None:
    gone, never = logged(seller), logged(seller, see="me")
    send_to(seller, tmp_path)
    remove_note(seller, gone, Reason.WRONG)
    remove_note(seller, never, Reason.WRONG)
    assert new_for(seller) == [gone]
    send_to(seller, tmp_path, since_last=True)
    assert new_for(seller) == []


def test_a_removal_of_a_note_they_never_had_is_not_told(seller: Notebook, tmp_path: Path) -> None:
    logged(seller)
    send_to(seller, tmp_path)
    late = logged(seller)
    remove_note(seller, late, Reason.WRONG)
    assert new_for(seller) == []


def test_a_removal_follows_a_note_that_was_taken_back_to_only_me(
    seller: Notebook, tmp_path: Path
) -> None:
    note = logged(seller)
    send_to(seller, tmp_path)
    show_notes_to(seller, [note], Marking.RED)
    remove_note(seller, note, Reason.CONSENT)
    assert new_for(seller) == [note]
    assert show_note(seller, note).removed == Reason.CONSENT


def test_a_removal_of_what_never_left_stays_here(seller: Notebook, tmp_path: Path) -> None:
    note = logged(seller, see="company")
    show_notes_to(seller, [note], Marking.RED)
    remove_note(seller, note, Reason.WRONG)
    assert plan_sending(seller, Selection(recipient="Marketing")).sent == []
