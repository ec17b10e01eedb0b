"""What is copied out of the library: what the company may see, unless all of it is asked for."""

from __future__ import annotations

from fieldnotes.domain.markings import Marking
from fieldnotes.domain.notes import Contact, Meeting, NoteDraft, Person
from fieldnotes.operations.copying import (
    draft_to_copy,
    meeting_to_copy,
    notes_of_meeting,
    notes_to_copy,
)
from fieldnotes.operations.notebook import Notebook
from tests.builders import a_note, an_exchange, at, found, logged

UNA = Contact(id="c1", name="Una Brandt", role="CFO")


def a_meeting(day: str = "2026-03-02") -> Meeting:
    return Meeting(id="m1", account="Norden", day=day, people=(Person("p1", "Una Brandt"),))


def test_people_stay_and_it_is_said(seller: Notebook) -> None:
    note = logged(seller, account="Norden", contacts=(UNA,), meeting=a_meeting())
    told = notes_to_copy(seller, [note])
    [view] = told.notes
    assert view.note.contacts == (Contact(id="c1", role="CFO"),)
    assert view.note.meeting is not None
    assert view.note.meeting.people == ()
    assert told.hidden == ("contacts.c1.name", "meeting.people.p1")
    assert (told.left_out, told.private) == (0, False)


def test_a_note_for_the_owner_alone_is_left_out(seller: Notebook) -> None:
    secret, plain = logged(seller, see="me"), logged(seller)
    told = notes_to_copy(seller, [secret, plain])
    assert [view.id for view in told.notes] == [plain]
    assert told.left_out == 1


def test_all_of_it_is_copied_when_asked_for(seller: Notebook) -> None:
    secret = logged(seller, see="me", contacts=(UNA,))
    told = notes_to_copy(seller, [secret], private=True)
    assert told.notes[0].note.contacts == (UNA,)
    assert told.private
    assert not notes_to_copy(seller, [logged(seller)], private=True).private


def test_the_text_for_others_stands_for_a_text_that_stays(seller: Notebook) -> None:
    note = a_note(text="Una says it is the price", text_redacted="It is the price")
    told = notes_to_copy(seller, [logged(seller, note, marks={"text": Marking.RED.value})])
    assert (told.notes[0].note.text, told.notes[0].note.text_redacted) == ("", "It is the price")
    assert told.hidden == ("text",)


def test_a_meeting_is_all_its_notes_in_the_order_they_happened(seller: Notebook) -> None:
    second = logged(seller, text="Second", meeting=a_meeting(), happened=at("2026-03-02T11:00:00"))
    first = logged(seller, text="First", meeting=a_meeting(), happened=at("2026-03-02T10:00:00"))
    logged(seller, text="Elsewhere", meeting=Meeting(id="m2"))
    assert [view.id for view in meeting_to_copy(seller, second).notes] == [first, second]


def test_a_note_without_a_meeting_is_copied_alone(seller: Notebook) -> None:
    note = logged(seller)
    logged(seller)
    assert notes_of_meeting(seller, note) == [note]


def test_what_is_written_goes_below_the_saved_notes_of_its_meeting(seller: Notebook) -> None:
    saved = logged(seller, text="Saved", meeting=a_meeting())
    draft = NoteDraft(id=seller.new_id(), note=a_note(text="Draft", meeting=a_meeting()))
    told = draft_to_copy(seller, draft)
    assert [view.note.text for view in told.notes] == ["Saved", "Draft"]
    assert told.notes[1].note.meeting == Meeting(id="m1", account="Norden", day="2026-03-02")
    assert found(seller) == [saved]


def test_a_draft_for_the_owner_alone_is_left_out(seller: Notebook) -> None:
    draft = NoteDraft(id=seller.new_id(), note=a_note(), marking=Marking.RED.value)
    told = draft_to_copy(seller, draft)
    assert (told.notes, told.left_out) == ((), 1)
    assert draft_to_copy(seller, draft, private=True).private


def test_an_empty_draft_is_no_note(seller: Notebook) -> None:
    draft = NoteDraft(id=seller.new_id(), note=a_note(text=""))
    assert draft_to_copy(seller, draft).notes == ()


def test_a_note_of_somebody_else_is_copied_as_far_as_it_came(
    seller: Notebook, marketer: Notebook
) -> None:
    note = logged(seller, text="From the field", contacts=(UNA,))
    an_exchange(seller, marketer)
    told = notes_to_copy(marketer, [note])
    assert told.notes[0].author_name == "Wren Tolliver"
    assert told.hidden == ()
