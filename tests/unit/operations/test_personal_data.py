"""What is pointed out before sending, hidden by a version for others, found fine, taken back."""

from __future__ import annotations

from pathlib import Path

import pytest

from fieldnotes.domain.notes import Attachment, Contact, Meeting, Person, Quote
from fieldnotes.domain.promises import Promise, PromiseDraft
from fieldnotes.domain.selections import Selection
from fieldnotes.errors import NotYours
from fieldnotes.operations.changes import Done
from fieldnotes.operations.checking import check_library
from fieldnotes.operations.hiding import hide, look_again
from fieldnotes.operations.notebook import Notebook
from fieldnotes.operations.notes import edit_note, show_note
from fieldnotes.operations.personal_data import (
    PersonalData,
    Pointed,
    find_fine,
    sentence_round,
)
from fieldnotes.operations.promises import make_promise
from fieldnotes.operations.sending import send
from fieldnotes.operations.sending_plans import plan_sending
from fieldnotes.operations.vocabulary import also_called
from tests import second_reader
from tests.builders import Opener, a_note, an_exchange, logged

UNA = Contact(id="c1", name="Una Brandt", email="una@example.com", role="CFO")


def pointed(notebook: Notebook, **chosen: object) -> list[Pointed]:
    plan = plan_sending(notebook, Selection(**chosen))  # type: ignore[arg-type]
    return PersonalData().look(notebook, plan)


def said(notebook: Notebook) -> list[tuple[str, str]]:
    return [(each.where, each.said) for each in pointed(notebook)]


def back(notebook: Notebook, done: Done[int]) -> None:
    assert done.undo is not None
    done.undo.back(notebook)


def test_every_find_says_where_it_stands(seller: Notebook) -> None:
    logged(
        seller,
        title="Mr Brandt waits",
        text="Call +49 30 901820.",
        quotes=(Quote("q1", "Ask Mrs Keller", "CFO"),),
        attachments=(Attachment("a1", "to ann@example.com.txt", "text/plain", 1, "0" * 64),),
    )
    assert sorted(said(seller)) == [
        ("File: to ann@example.com.txt", "ann@example.com.txt"),
        ("Quote 1", "Mrs Keller"),
        ("Text", "+49 30 901820"),
        ("Title", "Mr Brandt"),
    ]


def test_people_of_other_notes_are_known(seller: Notebook) -> None:
    logged(seller, contacts=(UNA,))
    logged(seller, meeting=Meeting(id="m1", people=(Person("p1", "Ada Quell"),)))
    logged(seller, text="Una Brandt and Ada Quell agree")
    assert [each for _, each in said(seller)] == ["Una Brandt", "Ada Quell"]


def test_somebody_who_becomes_known_later_is_found_in_what_was_looked_at(seller: Notebook) -> None:
    logged(seller, text="Una Brandt agrees")
    look, plan = PersonalData(), plan_sending(seller, Selection())
    assert look.look(seller, plan) == []
    logged(seller, contacts=(UNA,))
    assert [each.said for each in look.look(seller, plan)] == ["Una Brandt"]


def test_what_is_not_sent_is_not_pointed_out(seller: Notebook) -> None:
    logged(seller, text="Call Mr Brandt", see="me")
    logged(seller, text="Call Mr Brandt", text_redacted="Call him", marks={"text": "red"})
    assert pointed(seller) == []


def test_hiding_makes_a_version_for_others_and_keeps_the_words_at_home(
    seller: Notebook, tmp_path: Path
) -> None:
    note = logged(seller, text="Mr Brandt waits. Mr Brandt says: una@example.com")
    plan = plan_sending(seller, Selection())
    looked_at = PersonalData().look(seller, plan)
    assert hide(seller, looked_at).result == 1
    view = show_note(seller, note).note
    assert view.text.startswith("Mr Brandt waits")
    assert view.text_redacted == "[name] waits. [name] says: [e-mail]"
    again = look_again(seller, plan)
    assert PersonalData().look(seller, again) == []
    assert [field for field, _ in again.items[0].hidden] == ["Text as you wrote it"]
    send(seller, again, tmp_path / "out.fieldnotes")
    fields = second_reader.read(tmp_path / "out.fieldnotes")[1][0]["fields"]
    assert fields == {"kind": "note", "text_redacted": view.text_redacted}
    assert check_library(seller).problems == []


def test_a_version_for_others_that_is_there_says_less_itself(seller: Notebook) -> None:
    note = logged(seller, text="Mr Brandt waits", text_redacted="Mr Brandt, a customer, waits")
    first = [each for each in pointed(seller) if each.find.field == "text"]
    hide(seller, first)
    assert show_note(seller, note).note.text_redacted == "[name], a customer, waits"
    assert pointed(seller) == []


def test_any_other_field_stays_at_home_as_a_whole(seller: Notebook) -> None:
    logged(seller, title="Mr Brandt", quotes=(Quote("q1", "Ask Mrs Keller"), Quote("q2", "No")))
    hide(seller, pointed(seller))
    plan = plan_sending(seller, Selection())
    assert [field for field, _ in plan.items[0].hidden] == ["Quote 1", "Title"]
    assert PersonalData().look(seller, plan) == []


def test_a_promise_keeps_its_words_at_home(seller: Notebook) -> None:
    draft = PromiseDraft(id=seller.new_id(), promise=Promise(what="Call Mr Brandt"))
    make_promise(seller, draft)
    logged(seller)
    plan = plan_sending(seller, Selection(promises=True))
    looked_at = PersonalData().look(seller, plan)
    assert [each.said for each in looked_at] == ["Mr Brandt"]
    hide(seller, looked_at)
    again = look_again(seller, plan)
    assert PersonalData().look(seller, again) == []
    assert [copy.revision.lineage != () for copy in again.loosened] == [True]


def test_hiding_is_one_step_back(seller: Notebook) -> None:
    notes = [logged(seller, text=f"Mr Brandt, {n}") for n in range(3)]
    back(seller, hide(seller, pointed(seller)))
    assert [show_note(seller, each).note.text_redacted for each in notes] == [""] * 3
    assert len(pointed(seller)) == 3


def test_what_is_fine_is_not_pointed_out_again_until_the_words_change(seller: Notebook) -> None:
    note = logged(seller, text="Mr Brandt waits")
    find_fine(seller, pointed(seller))
    assert pointed(seller) == []
    assert check_library(seller).problems == []
    edit_note(seller, note, a_note(text="Mr Brandt waited"))
    assert len(pointed(seller)) == 1


def test_what_is_fine_stays_fine_when_something_beside_it_is_hidden(seller: Notebook) -> None:
    note = logged(
        seller, title="Mr Dahl asks", text="Write to una@example.com, Mr Brandt and Mr Ek"
    )
    asked = {each.said: each for each in pointed(seller)}
    find_fine(seller, [asked["Mr Dahl"], asked["Mr Brandt"]])
    hide(seller, [asked["una@example.com"]])
    assert [each.said for each in pointed(seller)] == ["Mr Ek"]
    hide(seller, pointed(seller))
    assert pointed(seller) == []
    others = "Write to [e-mail], Mr Brandt and [name]"
    assert show_note(seller, note).note.text_redacted == others


def test_another_place_with_the_same_words_is_still_to_be_looked_at(seller: Notebook) -> None:
    logged(seller, text="Mr Brandt wrote to una@example.com. Not that Mr Brandt.")
    first, mail, _ = sorted(pointed(seller), key=lambda each: each.find.start)
    find_fine(seller, [first])
    hide(seller, [mail])
    assert [(each.said, each.find.start > 20) for each in pointed(seller)] == [("Mr Brandt", True)]


def test_finding_fine_can_be_taken_back(seller: Notebook) -> None:
    logged(seller, text="Mr Brandt waits")
    back(seller, find_fine(seller, pointed(seller)))
    assert len(pointed(seller)) == 1


def test_no_word_is_kept_of_what_is_fine(seller: Notebook) -> None:
    logged(seller, text="Mr Brandt waits")
    find_fine(seller, pointed(seller))
    assert "Brandt" not in repr(seller.library.looked_over.everything())


def test_words_of_others_are_pointed_out_and_left_alone(
    seller: Notebook, notebooks: Opener
) -> None:
    marketer = notebooks("Marketing")
    logged(seller, text="Mr Brandt waits")
    an_exchange(seller, marketer)
    (only,) = pointed(marketer)
    assert not only.mine
    with pytest.raises(NotYours):
        hide(marketer, [only])


def test_a_plan_looked_at_again_says_what_its_notes_say_and_takes_no_others(
    seller: Notebook,
) -> None:
    one = logged(seller, text="One")
    logged(seller, text="Two")
    plan = plan_sending(seller, Selection())
    edit_note(seller, one, a_note(text="One more"))
    logged(seller, text="Three")
    again = look_again(seller, plan)
    assert sorted(item.heading for item in again.items) == ["One more", "Two"]


def test_looking_stops_as_soon_as_nobody_wants_it(seller: Notebook) -> None:
    for number in range(5):
        logged(seller, text=f"Mr Brandt, {number}")
    plan, look = plan_sending(seller, Selection()), PersonalData()
    asked = iter([True, True, False])
    assert len(look.look(seller, plan, lambda: next(asked))) == 2
    assert len(look.look(seller, plan)) == 5


def test_what_goes_along_with_a_hidden_name_stays_as_well(seller: Notebook) -> None:
    logged(seller, text="One", tags=["una@example.com"])
    also_called(seller, "tag", "una@example.com", "Una’s")
    plan = plan_sending(seller, Selection())
    assert {item.kind for item in plan.items} == {"note", "vocabulary"}
    hide(seller, PersonalData().look(seller, plan))
    again = look_again(seller, plan)
    assert {item.kind for item in again.items} == {"note"}
    assert again == plan_sending(seller, Selection())


def test_a_long_line_is_cut_round_the_find() -> None:
    text = "x\n" + "before " * 40 + "Mr Brandt" + " after" * 40 + "\ny"
    start = text.index("Mr")
    sentence, (first, last) = sentence_round(text, start, start + 9)
    assert sentence[first:last] == "Mr Brandt"
    assert sentence.startswith("…before")
    assert sentence.endswith("after…")
    assert len(sentence) < 220
