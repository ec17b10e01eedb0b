"""Keeping, listing and saving drafts, on a real library."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from fieldnotes.domain.drafts import InlineName, OpenDraft
from fieldnotes.domain.moments import Moment
from fieldnotes.domain.notes import Contact, Meeting, Note, NoteDraft, Person
from fieldnotes.errors import IncompleteDraft, NoSuchNote
from fieldnotes.operations.drafts import (
    Held,
    draft_to_edit,
    forget_draft,
    keep_draft,
    list_drafts,
    open_draft,
    read_draft,
    save_draft,
)
from fieldnotes.operations.notebook import Notebook
from fieldnotes.operations.notes import draft_of, log_note, show_note
from tests.builders import a_note, logged


def a_draft(notebook: Notebook, note: Note | None = None, **parts: object) -> OpenDraft:
    draft = NoteDraft(id=notebook.new_id(), note=note or a_note())
    return replace(OpenDraft(draft=draft), **parts)  # type: ignore[arg-type]


def test_a_kept_draft_comes_back_as_it_was(seller: Notebook) -> None:
    draft = a_draft(seller, text="x", names=(InlineName("@", "Halden", True),), cursor=7)
    keep_draft(seller, draft)
    read = read_draft(seller, draft.draft.id)
    assert read.changed > 0
    assert replace(read, changed=0) == draft


def test_drafts_are_listed_the_last_changed_first(seller: Notebook) -> None:
    one, two = a_draft(seller, a_note("win", "First")), a_draft(seller, a_note(text="Second"))
    for draft in (one, two, one):
        keep_draft(seller, draft)
    listed = list_drafts(seller)
    assert [(each.heading, each.kind, each.place) for each in listed] == [
        ("First", "win", "capture"),
        ("Second", "note", "capture"),
    ]
    assert listed[0].changed_ms > listed[1].changed_ms


def test_the_open_draft_is_known(seller: Notebook) -> None:
    shut, opened = a_draft(seller, open=False), a_draft(seller)
    keep_draft(seller, opened)
    keep_draft(seller, shut)
    found = open_draft(seller)
    assert found is not None
    assert found.draft.id == opened.draft.id


def test_a_forgotten_draft_is_gone(seller: Notebook) -> None:
    draft = a_draft(seller)
    keep_draft(seller, draft)
    forget_draft(seller, draft.draft.id)
    with pytest.raises(NoSuchNote):
        read_draft(seller, draft.draft.id)


def test_a_draft_of_another_program_version_does_not_hide_the_others(seller: Notebook) -> None:
    draft = a_draft(seller)
    keep_draft(seller, draft)
    seller.library.drafts.keep(seller.new_id(), "capture", b'{"draft": 7}', 1)
    assert [each.id for each in list_drafts(seller)] == [draft.draft.id]


def test_saving_takes_the_draft_away(seller: Notebook) -> None:
    draft = a_draft(seller)
    keep_draft(seller, draft)
    save_draft(seller, draft.draft)
    assert list_drafts(seller) == []


def test_saving_gives_a_new_note_its_meeting_time_and_language(seller: Notebook) -> None:
    draft = NoteDraft(id=seller.new_id(), note=a_note(account="Halden Foods"))
    saved = save_draft(seller, draft).result.note
    assert saved == show_note(seller, draft.id).note
    assert saved.happened is not None
    assert saved.meeting is not None
    assert (saved.meeting.account, saved.language) == ("Halden Foods", "en")


def test_a_language_that_was_told_is_kept(seller: Notebook) -> None:
    draft = NoteDraft(id=seller.new_id(), note=a_note(language="nl"))
    assert save_draft(seller, draft).result.note.language == "nl"


def test_nothing_is_not_saved(seller: Notebook) -> None:
    with pytest.raises(IncompleteDraft):
        save_draft(seller, NoteDraft(id=seller.new_id(), note=a_note(text=" ")))


def test_contacts_stay_with_the_seller_unless_told_otherwise(seller: Notebook) -> None:
    contacts = (Contact("a", name="Petra K.", role="CFO"), Contact("b", name="Tom R."))
    draft = NoteDraft(
        id=seller.new_id(),
        note=a_note(contacts=contacts),
        marks={"contacts.b.name": "amber+strict"},
    )
    save_draft(seller, draft)
    marks = draft_of(seller, draft.id).marks
    assert marks == {"contacts.a.name": "red", "contacts.b.name": "amber+strict"}


def test_a_note_is_edited_with_its_names_inline(seller: Notebook) -> None:
    record_id = logged(seller, text="Halden Foods waits.", account="Halden Foods")
    draft = draft_to_edit(seller, record_id)
    assert draft.names == (InlineName("@", "Halden Foods"),)
    assert draft.draft.settles


def test_an_edit_that_was_begun_goes_on(seller: Notebook) -> None:
    draft = draft_to_edit(seller, logged(seller))
    keep_draft(seller, replace(draft, text="Half done"))
    assert draft_to_edit(seller, draft.draft.id).text == "Half done"
    assert list_drafts(seller)[0].edits


def test_a_corrected_account_corrects_the_meeting_and_keeps_its_id(seller: Notebook) -> None:
    meeting = Meeting("m", "Haldn", "2026-03-02", (Person("p", "Petra K."),))
    record_id = seller.new_id()
    note = a_note(account="Haldn", meeting=meeting)
    log_note(seller, NoteDraft(id=record_id, note=note))
    draft = draft_to_edit(seller, record_id).draft
    corrected = replace(draft, note=replace(note, account="Halden Foods"))
    assert save_draft(seller, corrected).result.note.meeting == replace(
        meeting, account="Halden Foods"
    )


# One draft in two windows


def test_a_draft_that_another_window_went_on_with_is_kept_beside_it(seller: Notebook) -> None:
    draft = a_draft(seller, text="Begun")
    here, there = Held(draft.draft.id, 0), Held(draft.draft.id)
    keep_draft(seller, draft, here)
    keep_draft(seller, replace(draft, text="There"), there)
    kept = keep_draft(seller, replace(draft, text="Here"), here).result
    assert read_draft(seller, draft.draft.id).text == "There"
    assert read_draft(seller, kept).text == "Here"
    assert kept == here.id != draft.draft.id


def test_what_is_kept_again_and_again_stays_one_draft(seller: Notebook) -> None:
    draft = a_draft(seller)
    held = Held(draft.draft.id, 0)
    for text in ("a", "ab", "abc"):
        keep_draft(seller, replace(draft, text=text), held)
    assert [each.id for each in list_drafts(seller)] == [draft.draft.id]
    assert read_draft(seller, draft.draft.id).text == "abc"


def test_saving_leaves_what_another_window_typed_in_the_same_draft(seller: Notebook) -> None:
    draft = a_draft(seller, text="Begun")
    here = Held(draft.draft.id, 0)
    keep_draft(seller, draft, here)
    keep_draft(seller, replace(draft, text="There"))
    saved = save_draft(seller, draft.draft, here).result.id
    assert saved != draft.draft.id
    assert read_draft(seller, draft.draft.id).text == "There"


def test_a_draft_saved_in_both_windows_becomes_two_notes(seller: Notebook) -> None:
    draft = a_draft(seller)
    here, there = Held(draft.draft.id, 0), Held(draft.draft.id, 0)
    keep_draft(seller, draft, here)
    there.state = here.state
    first = save_draft(seller, replace(draft.draft, note=a_note(text="Here")), here).result.id
    other = save_draft(seller, replace(draft.draft, note=a_note(text="There")), there).result.id
    assert show_note(seller, first).note.text == "Here"
    assert show_note(seller, other).note.text == "There"


def test_an_edit_goes_on_after_its_draft_was_thrown_away_elsewhere(seller: Notebook) -> None:
    record_id = logged(seller)
    draft = draft_to_edit(seller, record_id)
    held = Held(record_id, 0)
    keep_draft(seller, draft, held)
    forget_draft(seller, record_id)
    assert keep_draft(seller, replace(draft, text="Still typing"), held).result == record_id


def test_drafts_follow_each_other_also_when_the_clock_goes_back(seller: Notebook) -> None:
    draft = a_draft(seller)
    held = Held(draft.draft.id, 0)
    keep_draft(seller, draft, held)
    seller.clock = lambda: Moment(1)
    keep_draft(seller, replace(draft, text="Later"), held)
    assert [each.id for each in list_drafts(seller)] == [draft.draft.id]
    assert read_draft(seller, draft.draft.id).text == "Later"


def test_what_was_refused_is_not_kept_again_after_it_was_saved(seller: Notebook) -> None:
    draft = a_draft(seller)
    held = Held(draft.draft.id, 0)
    save_draft(seller, draft.draft, held)
    keep_draft(seller, draft, held)
    assert list_drafts(seller) == []
