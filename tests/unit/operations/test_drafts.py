"""Keeping, listing and saving drafts, on a real library."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from fieldnotes.domain.drafts import InlineName, OpenDraft
from fieldnotes.domain.notes import Contact, Meeting, Note, NoteDraft, Person
from fieldnotes.errors import IncompleteDraft, NoSuchNote
from fieldnotes.operations.drafts import (
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
