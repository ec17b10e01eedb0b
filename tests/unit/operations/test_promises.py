"""Promises are made, kept, moved, broken, taken away and brought back."""

from __future__ import annotations

from typing import Any

import pytest

from fieldnotes.domain.drafts import OpenDraft
from fieldnotes.domain.markings import Audience
from fieldnotes.domain.notes import NoteDraft
from fieldnotes.domain.promises import NoSuchPromise, Promise, PromiseDraft, State
from fieldnotes.domain.records import Reason
from fieldnotes.domain.selections import Selection
from fieldnotes.errors import NoSuchNote, NotYours
from fieldnotes.operations.changes import Done
from fieldnotes.operations.checking import check_library
from fieldnotes.operations.drafts import save_draft
from fieldnotes.operations.notebook import Notebook
from fieldnotes.operations.notes import show_note
from fieldnotes.operations.promises import (
    break_promise,
    change_promise,
    count_due,
    keep_promise,
    list_promises,
    make_promise,
    move_promise,
    promises_of_note,
    remove_promise,
    restore_promise,
    save_with_promises,
    show_promise,
)
from fieldnotes.operations.search import count_unsent, counts_by_kind, unsent_notes
from fieldnotes.operations.sending_plans import plan_sending
from fieldnotes.operations.vocabulary import merge_names
from fieldnotes.store.database import DiskTrouble
from tests.builders import Opener, a_note, an_exchange, counted, found, got, logged, sent


def promised(notebook: Notebook, what: str = "the ROI sheet", **fields: Any) -> str:
    draft = PromiseDraft(id=notebook.new_id(), promise=Promise(what=what, **fields))
    return make_promise(notebook, draft).result


def whats(notebook: Notebook, account: str | None = None) -> list[str]:
    return [view.promise.what for view in list_promises(notebook, account)]


def test_a_promise_reads_as_it_was_made(seller: Notebook) -> None:
    made = promised(seller, to="Marta", account="Halden Foods", until="2026-03-06")
    view = show_promise(seller, made)
    assert view.promise == Promise(
        what="the ROI sheet", to="Marta", account="Halden Foods", until="2026-03-06"
    )
    assert (view.mine, view.marking) == (True, "red")


def test_promises_are_no_notes(seller: Notebook) -> None:
    logged(seller, text="About the sheet")
    promised(seller, "the sheet", account="Halden Foods")
    assert counted(seller) == 1
    assert counted(seller, "sheet") == 1
    assert sum(counts_by_kind(seller).values()) == 1
    assert count_unsent(seller) == 1
    assert len(unsent_notes(seller)) == 1


def test_a_promise_that_waits_is_no_note_either(seller: Notebook, notebooks: Opener) -> None:
    with seller.library.transaction():
        beside = notebooks()
        promised(beside, "the sheet")
        assert found(beside) == []
        assert counted(beside) == 0
        assert whats(beside) == ["the sheet"]


def test_the_library_checks_with_promises_and_its_digest_tells_them(seller: Notebook) -> None:
    before = check_library(seller).digest
    made = promised(seller)
    after = check_library(seller)
    assert after.ok
    assert after.digest != before
    keep_promise(seller, made)
    assert check_library(seller).digest != after.digest


def test_the_first_due_stands_first_and_the_settled_last(seller: Notebook) -> None:
    done = promised(seller, "done", until="2026-03-01")
    promised(seller, "some day")
    promised(seller, "later", until="2026-04-01")
    promised(seller, "soon", until="2026-03-03T15:00")
    keep_promise(seller, done)
    assert whats(seller) == ["soon", "later", "some day", "done"]


def test_only_those_overdue_or_due_today_are_due(seller: Notebook) -> None:
    promised(seller, until="2026-03-01")
    promised(seller, until="2026-03-02")
    promised(seller, until="2026-03-03")
    promised(seller)
    keep_promise(seller, promised(seller, until="2026-03-01"))
    assert count_due(seller) == 2


def test_an_account_has_its_promises_whatever_the_spelling(seller: Notebook) -> None:
    promised(seller, "here", account="Halden Foods")
    promised(seller, "there", account="Pellinger")
    assert whats(seller, "HALDEN foods") == ["here"]
    assert whats(seller, "Nobody") == []


def test_a_moved_promise_stands_and_tells_its_way(seller: Notebook) -> None:
    made = promised(seller, until="2026-03-06")
    move_promise(seller, made, "2026-03-13", "finance is late")
    move_promise(seller, made, "2026-03-20")
    promise = show_promise(seller, made).promise
    assert [(m.before, m.until, m.why) for m in promise.moves] == [
        ("2026-03-06", "2026-03-13", "finance is late"),
        ("2026-03-13", "2026-03-20", ""),
    ]
    assert promise.until == "2026-03-20"


def test_what_became_of_it_can_be_undone(seller: Notebook) -> None:
    made = promised(seller, until="2026-03-06")
    changed = break_promise(seller, made, "no budget").result
    assert show_promise(seller, made).promise.reason == "no budget"
    change_promise(seller, made, changed.before)
    assert show_promise(seller, made).promise == changed.before


def test_a_removed_promise_is_gone_until_it_is_brought_back(seller: Notebook) -> None:
    made = promised(seller, until="2026-03-06")
    remove_promise(seller, made)
    assert whats(seller) == []
    restore_promise(seller, made)
    assert show_promise(seller, made).promise == Promise(what="the ROI sheet", until="2026-03-06")


def test_nothing_is_left_of_an_erased_promise(seller: Notebook) -> None:
    made = promised(seller)
    remove_promise(seller, made, Reason.ERASE)
    with pytest.raises(NoSuchPromise):
        restore_promise(seller, made)


def test_the_same_promise_again_is_no_new_version(seller: Notebook) -> None:
    draft = PromiseDraft(id=seller.new_id(), promise=Promise(what="the sheet"))
    make_promise(seller, draft)
    make_promise(seller, draft)
    assert len(seller.library.records.history(draft.id)) == 1


def test_a_promise_takes_account_and_meeting_of_its_note(seller: Notebook) -> None:
    note = a_note(account="Halden Foods")
    drafts = [
        PromiseDraft(id=seller.new_id(), promise=Promise(what="the sheet")),
        PromiseDraft(id=seller.new_id(), promise=Promise(to="nobody yet")),
    ]
    (made,) = promises_of_note(seller, "0199", note, drafts).result
    promise = show_promise(seller, made).promise
    assert (promise.account, promise.note) == ("Halden Foods", "0199")


def test_a_promise_is_not_opened_as_a_note(seller: Notebook) -> None:
    with pytest.raises(NoSuchNote):
        show_note(seller, promised(seller))


def test_a_note_is_no_promise(seller: Notebook) -> None:
    with pytest.raises(NoSuchPromise):
        keep_promise(seller, logged(seller))


def test_promises_stay_unless_they_are_asked_for(seller: Notebook, marketer: Notebook) -> None:
    logged(seller)
    promised(seller)
    assert an_exchange(seller, marketer).words == {"new": 1}
    assert [item.kind for item in plan_sending(seller, Selection()).items] == ["note"]
    assert whats(marketer) == []


def test_promises_that_are_asked_for_go_without_the_name(
    seller: Notebook, marketer: Notebook
) -> None:
    promised(seller, to="Marta", until="2026-03-06")
    an_exchange(seller, marketer, promises=True)
    (view,) = list_promises(marketer)
    assert view.promise == Promise(what="the ROI sheet", until="2026-03-06")
    assert (view.hidden, view.mine, view.author_name) == (("to",), False, "Wren Tolliver")
    assert check_library(marketer).ok
    assert count_due(marketer) == 0


def test_planning_to_send_promises_writes_nothing(seller: Notebook) -> None:
    made = promised(seller)
    plan = plan_sending(seller, Selection(promises=True))
    assert [(item.kind, item.heading, item.not_sent) for item in plan.items] == [
        ("promise", "the ROI sheet", "")
    ]
    assert show_promise(seller, made).marking == "red"


def test_promises_never_leave_the_company(seller: Notebook, marketer: Notebook) -> None:
    promised(seller)
    assert an_exchange(seller, marketer, Audience.ANYONE, promises=True).words == {}


def test_only_promises_of_the_account_that_was_asked_for_go(
    seller: Notebook, marketer: Notebook
) -> None:
    promised(seller, "here", account="Halden Foods")
    promised(seller, "there", account="Pellinger")
    an_exchange(seller, marketer, promises=True, query='account:"Halden Foods"')
    assert whats(marketer) == ["here"]


def test_a_file_for_myself_holds_every_promise(seller: Notebook, notebooks: Opener) -> None:
    logged(seller)
    promised(seller, to="Marta")
    path = seller.library.folder.parent / "mine.fieldnotes"
    sent(seller, path, Selection(audience=Audience.MYSELF))
    got(seller, path)
    assert whats(seller) == ["the ROI sheet"]
    assert check_library(seller).ok


def test_somebody_elses_promise_cannot_be_kept(seller: Notebook, marketer: Notebook) -> None:
    made = promised(seller)
    an_exchange(seller, marketer, promises=True)
    with pytest.raises(NotYours):
        keep_promise(marketer, made)


def test_a_promise_taken_away_after_it_was_sent_goes_there_too(
    seller: Notebook, marketer: Notebook
) -> None:
    made = promised(seller)
    an_exchange(seller, marketer, promises=True)
    remove_promise(seller, made)
    an_exchange(seller, marketer, removals=True)
    assert whats(marketer) == []


def test_a_promise_taken_away_before_anybody_had_it_is_not_told(seller: Notebook) -> None:
    logged(seller)
    remove_promise(seller, promised(seller))
    assert len(plan_sending(seller, Selection()).items) == 1


def test_a_state_of_a_newer_program_is_kept(seller: Notebook) -> None:
    made = promised(seller)
    change_promise(seller, made, Promise(what="x", state="asked back"))
    assert show_promise(seller, made).promise.state == "asked back"
    keep_promise(seller, made)
    assert show_promise(seller, made).promise.state == State.KEPT


def test_undo_takes_back_what_became_of_it_and_does_it_again(seller: Notebook) -> None:
    made = promised(seller)
    undo = keep_promise(seller, made).undo
    assert undo is not None
    back = undo.back(seller)
    assert show_promise(seller, made).promise.state == State.OPEN
    assert back.changes.promises
    assert back.changes.notes == frozenset()
    assert back.undo is not None
    back.undo.back(seller)
    assert show_promise(seller, made).promise.state == State.KEPT


def test_undo_brings_a_removed_promise_back(seller: Notebook) -> None:
    undo = remove_promise(seller, promised(seller)).undo
    assert undo is not None
    undo.back(seller)
    assert whats(seller) == ["the ROI sheet"]


def test_undoing_a_note_takes_its_promises_along(seller: Notebook) -> None:
    drafts = (PromiseDraft(id=seller.new_id(), promise=Promise(what="the sheet")),)
    draft = OpenDraft(draft=NoteDraft(id=seller.new_id(), note=a_note()), promises=drafts)
    undo = save_with_promises(seller, draft, lambda fresh: save_draft(seller, fresh)).undo
    assert (counted(seller), whats(seller)) == (1, ["the sheet"])
    assert undo is not None
    back = undo.back(seller)
    assert (counted(seller), whats(seller)) == (0, [])
    assert back.undo is not None
    back.undo.back(seller)
    assert (counted(seller), whats(seller)) == (1, ["the sheet"])


def test_a_save_that_broke_off_after_the_promise_makes_no_second_one(seller: Notebook) -> None:
    drafts = (PromiseDraft(id=seller.new_id(), promise=Promise(what="the sheet")),)
    draft = OpenDraft(draft=NoteDraft(id=seller.new_id(), note=a_note()), promises=drafts)

    def breaks_off(fresh: NoteDraft) -> Done[NoteDraft]:
        raise DiskTrouble("The disk is full.", "Free some space.")

    with pytest.raises(DiskTrouble):
        save_with_promises(seller, draft, breaks_off)
    save_with_promises(seller, draft, lambda fresh: save_draft(seller, fresh))
    assert (counted(seller), whats(seller)) == (1, ["the sheet"])


def test_promises_follow_an_account_that_goes_by_another_name(
    seller: Notebook, marketer: Notebook
) -> None:
    logged(seller, account="Halden Foods")
    logged(seller, account="Halden")
    promised(seller, "here", account="Halden")
    promised(seller, "there", account="Pellinger")
    merge_names(seller, "account", "Halden", "Halden Foods")
    assert whats(seller, "Halden Foods") == ["here"]
    an_exchange(seller, marketer, promises=True, query='account:"Halden Foods"')
    assert whats(marketer) == ["here"]
    assert check_library(seller).ok
