"""Records in a library: numbers, references, drafts and what is waiting."""

from __future__ import annotations

from uuid import uuid4

import pytest
from msgspec.structs import replace

from fieldnotes.domain.notes import NoteDraft
from fieldnotes.domain.records import Reason
from fieldnotes.errors import NoSuchNote, NotYours
from fieldnotes.operations.notebook import Notebook
from fieldnotes.operations.notes import edit_note, log_note, remove_note, show_note, signed_version
from fieldnotes.operations.saving import history_of
from tests.builders import a_note, an_exchange, found, logged


def test_a_note_keeps_its_number(seller: Notebook) -> None:
    notes = [logged(seller) for _ in range(3)]
    remove_note(seller, notes[2], Reason.ERASE)
    notes.append(logged(seller))
    edit_note(seller, notes[0], a_note(text="Other"))
    assert [show_note(seller, each).note_no for each in notes] == [1, 2, 3, 4]


def test_the_beginning_of_an_id_may_be_all_digits(seller: Notebook) -> None:
    ids = ["01234567-0000-7000-8000-000000000001", "01234568-0000-7000-8000-000000000002"]
    for each in ids:
        log_note(seller, NoteDraft(id=each, note=a_note()))
    resolve = seller.library.records.resolve
    assert resolve("01234567") == ids[0]
    assert resolve("0123456") is None
    assert resolve("2") == ids[1]
    assert resolve("01234568-0000") == ids[1]


@pytest.mark.parametrize("reference", ["", "0", "99", "zz", "%", "01" * 40, "٣", "-1", "abc"])
def test_what_is_no_reference_is_no_note(seller: Notebook, reference: str) -> None:
    logged(seller)
    with pytest.raises(NoSuchNote):
        show_note(seller, reference)


def test_nobody_else_changes_a_note(seller: Notebook, marketer: Notebook) -> None:
    note = logged(seller)
    an_exchange(seller, marketer)
    for change in (
        lambda: edit_note(marketer, note, a_note(text="Other")),
        lambda: remove_note(marketer, note, Reason.WRONG),
        lambda: log_note(marketer, NoteDraft(id=note, note=a_note(text="Other"))),
    ):
        with pytest.raises(NotYours):
            change()
    assert show_note(marketer, note).rev == 1


def test_every_version_names_all_it_descends_from(seller: Notebook) -> None:
    note = logged(seller, text="1")
    for text in ("2", "3"):
        edit_note(seller, note, a_note(text=text))
    ordered = sorted(history_of(seller, note).values(), key=lambda copy: copy.revision.rev)
    names = [copy.name for copy in ordered]
    assert [copy.revision.lineage for copy in ordered] == [(), (names[0],), (names[1], names[0])]


def test_a_fresh_key_for_every_version(seller: Notebook) -> None:
    note = logged(seller, text="Same")
    edit_note(seller, note, a_note(text="Same"))
    one, other = history_of(seller, note).values()
    assert one.key != other.key
    assert one.revision.digests["text"] != other.revision.digests["text"]


def test_an_edit_keeps_the_digest_of_what_it_cannot_see(seller: Notebook) -> None:
    draft = NoteDraft(id=seller.new_id(), note=a_note(answer="Hidden"), marks={"answer": "red"})
    whole = signed_version(seller, draft)
    hidden = replace(
        whole,
        values={name: value for name, value in whole.values.items() if name != "answer"},
        key=None,
        salts={name: whole.salt(name) for name in whole.values if name != "answer"},
    )
    with seller.library.transaction():
        seller.library.records.put(draft.id, [hidden])
    edit_note(seller, draft.id, a_note(text="After"))
    view = show_note(seller, draft.id)
    assert (view.note.text, view.note.answer, view.hidden) == ("After", "", ("answer",))
    # The whole copy arrives later, and the new version shows what it carried on.
    with seller.library.transaction():
        seller.library.records.put(draft.id, [whole])
    assert show_note(seller, draft.id).note.answer == "Hidden"
    assert found(seller, "hidden") == [draft.id]


def test_a_dangling_reference_waits(seller: Notebook, marketer: Notebook) -> None:
    elsewhere = str(uuid4())
    note = logged(seller, heard_from_note=elsewhere)
    an_exchange(seller, marketer)
    assert show_note(marketer, note).note.heard_from_note == elsewhere


def test_drafts_come_back_the_last_changed_first(seller: Notebook) -> None:
    drafts = seller.library.drafts
    one, other = seller.new_id(), seller.new_id()
    drafts.keep(one, "capture", b'{"a":1}', 1)
    drafts.keep(other, "notes", b'{"b":1}', 2)
    drafts.keep(one, "capture", b'{"a":2}', 3)
    assert drafts.all() == [(one, "capture", b'{"a":2}'), (other, "notes", b'{"b":1}')]
    drafts.forget(one)
    drafts.forget(one)
    assert [each for each, _, _ in drafts.all()] == [other]


def test_what_was_sent_and_edited_meanwhile_is_not_sent(seller: Notebook) -> None:
    """Somebody saves beside the last screen of an export."""
    note = logged(seller, text="Before")
    sent = next(iter(history_of(seller, note)))
    number = show_note(seller, note).note_no
    edit_note(seller, note, a_note(text="After"))
    with seller.library.transaction():
        seller.library.records.mark_sent([(number, bytes.fromhex(sent))])
    assert show_note(seller, note).sent is False
