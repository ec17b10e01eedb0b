"""Renaming and merging names: at once, undoable, and nobody's notes are touched."""

from __future__ import annotations

import pytest

from fieldnotes.domain.promises import Promise, PromiseDraft
from fieldnotes.domain.records import Reason
from fieldnotes.errors import CannotUndo
from fieldnotes.operations.accounts import account_page, list_accounts
from fieldnotes.operations.checking import check_library
from fieldnotes.operations.notebook import Notebook
from fieldnotes.operations.notes import edit_note, remove_note, show_note
from fieldnotes.operations.promises import list_promises, make_promise, sendable
from fieldnotes.operations.search import count_names, names_used
from fieldnotes.operations.vocabulary import (
    NameRefused,
    also_called,
    merge_names,
    not_called,
    not_the_same,
    rename_name,
    take_back,
)
from tests.builders import Opener, a_note, an_exchange, counted, found, logged

TABLES = ("facts WHERE kind IS NOT NULL", "rollups", "words_data", "words_docsize")


@pytest.fixture
def kolvik(seller: Notebook) -> Notebook:
    """Three spellings of one competitor, one of them beside another in one note."""
    logged(seller, text="One", competitors=("Kolvik",))
    logged(seller, text="Two", competitors=("Kolvik GmbH",))
    logged(seller, text="Three", competitors=("Kolvik", "Kolvik GmbH"))
    logged(seller, text="Four", competitors=("Opsillary",))
    return seller


def test_a_renamed_name_is_counted_listed_and_found_as_it_is_called_now(kolvik: Notebook) -> None:
    rename_name(kolvik, "competitor", "Opsillary", "Opsillary Ltd")
    assert dict(names_used(kolvik, "competitor"))["Opsillary Ltd"] == 1
    assert (
        counted(kolvik, 'competitor:"opsillary ltd"')
        == counted(kolvik, "competitor:opsillary")
        == 1
    )
    [note] = found(kolvik, "competitor:opsillary")
    assert show_note(kolvik, note).note.competitors == ("Opsillary",)


def test_only_the_case_may_change(kolvik: Notebook) -> None:
    rename_name(kolvik, "competitor", "Kolvik", "KOLVIK")
    assert dict(names_used(kolvik, "competitor"))["KOLVIK"] == 2


def test_a_note_with_both_names_counts_once_after_the_merge(kolvik: Notebook) -> None:
    merge_names(kolvik, "competitor", "Kolvik GmbH", "Kolvik")
    assert names_used(kolvik, "competitor") == [("Kolvik", 3), ("Opsillary", 1)]
    assert counted(kolvik, "competitor:kolvik") == counted(kolvik, 'competitor:"Kolvik GmbH"') == 3
    assert count_names(kolvik, "competitor") == 2
    assert check_library(kolvik).problems == []


def test_counts_stay_right_while_notes_come_change_and_go(kolvik: Notebook) -> None:
    merge_names(kolvik, "competitor", "Kolvik GmbH", "Kolvik")
    note = logged(kolvik, competitors=("KOLVIK", "Kolvik", "Kolvik GmbH"))
    assert dict(names_used(kolvik, "competitor"))["Kolvik"] == 4
    edit_note(kolvik, note, a_note(competitors=("Kolvik GmbH",)))
    assert dict(names_used(kolvik, "competitor"))["Kolvik"] == 4
    remove_note(kolvik, note, Reason.WRONG)
    assert dict(names_used(kolvik, "competitor"))["Kolvik"] == 3
    assert check_library(kolvik).problems == []


def test_a_merge_writes_no_note_no_index_and_no_count(kolvik: Notebook) -> None:
    def written() -> list[object]:
        connection = kolvik.library.connection
        return [connection.execute(f"SELECT * FROM {table}").fetchall() for table in TABLES]

    before = written()
    merge_names(kolvik, "competitor", "Kolvik GmbH", "Kolvik")
    rename_name(kolvik, "competitor", "Kolvik", "Kolvik AG")
    assert written() == before


def test_what_was_merged_can_be_merged_on(kolvik: Notebook) -> None:
    merge_names(kolvik, "competitor", "Kolvik GmbH", "Kolvik")
    merge_names(kolvik, "competitor", "Kolvik", "Opsillary")
    assert names_used(kolvik, "competitor") == [("Opsillary", 4)]
    assert counted(kolvik, 'competitor:"kolvik gmbh"') == 4


def test_every_step_can_be_taken_back_and_done_again(kolvik: Notebook) -> None:
    before = names_used(kolvik, "competitor")
    merged = merge_names(kolvik, "competitor", "Kolvik GmbH", "Kolvik").result
    renamed = rename_name(kolvik, "competitor", "Kolvik", "Kolvik AG").result
    after = names_used(kolvik, "competitor")
    again = take_back(kolvik, renamed).result
    assert dict(names_used(kolvik, "competitor"))["Kolvik"] == 3
    take_back(kolvik, again)
    assert names_used(kolvik, "competitor") == after
    with pytest.raises(CannotUndo):
        take_back(kolvik, merged)
    take_back(kolvik, rename_name(kolvik, "competitor", "Kolvik AG", "Other").result)
    assert names_used(kolvik, "competitor") == after
    assert before != after
    assert check_library(kolvik).problems == []


def test_steps_are_taken_back_and_done_again_one_after_the_other(kolvik: Notebook) -> None:
    steps = [
        merge_names(kolvik, "competitor", "Kolvik GmbH", "Kolvik").result,
        rename_name(kolvik, "competitor", "Kolvik", "Kolvik AG").result,
        not_called(kolvik, "competitor", "Kolvik AG", "Kolvik GmbH").result,
    ]
    after = names_used(kolvik, "competitor")
    for _ in range(2):
        forth = [take_back(kolvik, step).result for step in reversed(steps)]
        assert dict(names_used(kolvik, "competitor"))["Kolvik GmbH"] == 2
        steps = [take_back(kolvik, step).result for step in reversed(forth)]
        assert names_used(kolvik, "competitor") == after


def test_the_first_step_taken_back_leaves_nothing(kolvik: Notebook) -> None:
    before = names_used(kolvik, "competitor")
    step = merge_names(kolvik, "competitor", "Kolvik GmbH", "Kolvik").result
    again = take_back(kolvik, step).result
    assert names_used(kolvik, "competitor") == before
    take_back(kolvik, again)
    assert dict(names_used(kolvik, "competitor"))["Kolvik"] == 3
    assert check_library(kolvik).problems == []


def test_an_alias_that_nobody_wrote_yet_counts_from_its_first_note(kolvik: Notebook) -> None:
    also_called(kolvik, "competitor", "Opsillary", "The O")
    logged(kolvik, competitors=("the o",))
    assert dict(names_used(kolvik, "competitor"))["Opsillary"] == 2
    assert counted(kolvik, 'competitor:"The O"') == 2


def test_an_alias_that_is_taken_away_stands_for_itself_again(kolvik: Notebook) -> None:
    merge_names(kolvik, "competitor", "Kolvik GmbH", "Kolvik")
    not_called(kolvik, "competitor", "Kolvik", "Kolvik GmbH")
    assert dict(names_used(kolvik, "competitor")) == {
        "Kolvik": 2,
        "Kolvik GmbH": 2,
        "Opsillary": 1,
    }
    with pytest.raises(NameRefused):
        not_called(kolvik, "competitor", "Kolvik", "Kolvik GmbH")


@pytest.mark.parametrize("to", ["", "   ", "a\nb\0", "x" * 300, "opsillary"])
def test_a_name_that_is_none_or_taken_is_refused(kolvik: Notebook, to: str) -> None:
    with pytest.raises(NameRefused):
        rename_name(kolvik, "competitor", "Kolvik", to)


def test_what_is_not_known_is_refused(kolvik: Notebook) -> None:
    for verb in (rename_name, merge_names, not_called, not_the_same, also_called):
        with pytest.raises(NameRefused):
            verb(kolvik, "competitor", "Nobody", "Kolvik")
    with pytest.raises(NameRefused):
        rename_name(kolvik, "kind", "win", "loss")
    with pytest.raises(NameRefused):
        merge_names(kolvik, "competitor", "kolvik", "Kolvik")


def test_accounts_of_one_name_share_a_page(seller: Notebook) -> None:
    for account in ("Norden", "Norden AG", "norden ag"):
        logged(seller, text=f"At {account}", account=account)
    merge_names(seller, "account", "Norden", "Norden AG")
    [line] = list_accounts(seller)
    assert (line.name, line.notes) == ("Norden AG", 3)
    page = account_page(seller, "norden")
    assert (page.name, page.notes, page.query) == ("Norden AG", 3, 'account:"Norden AG"')


def test_promises_follow_the_names_of_their_account(seller: Notebook) -> None:
    for account in ("Norden", "Norden AG"):
        logged(seller, account=account)
        promise = Promise(what=f"To {account}", account=account)
        make_promise(seller, PromiseDraft(id=seller.new_id(), promise=promise))
    merge_names(seller, "account", "Norden", "Norden AG")
    assert len(list_promises(seller, "norden")) == len(sendable(seller, ["Norden AG"])) == 2


def test_a_note_that_still_waits_is_found_under_every_name(seller: Notebook) -> None:
    logged(seller, account="Norden")
    also_called(seller, "account", "Norden", "Norden AG")
    from tests.unit.test_store_library import Lock

    with Lock(seller):
        logged(seller, account="Norden AG")
        assert counted(seller, "account:norden") == 2
        assert counted(seller, "-account:norden") == 0


def test_a_colleagues_merge_comes_with_their_notes(kolvik: Notebook, marketer: Notebook) -> None:
    merge_names(kolvik, "competitor", "Kolvik GmbH", "Kolvik")
    an_exchange(kolvik, marketer)
    assert names_used(marketer, "competitor") == [("Kolvik", 3), ("Opsillary", 1)]
    assert check_library(marketer).problems == []


def test_a_colleagues_name_can_be_changed_here(kolvik: Notebook, marketer: Notebook) -> None:
    merge_names(kolvik, "competitor", "Kolvik GmbH", "Kolvik")
    an_exchange(kolvik, marketer)
    step = rename_name(marketer, "competitor", "Kolvik", "Kolvik GmbH").result
    assert names_used(marketer, "competitor")[0] == ("Kolvik GmbH", 3)
    take_back(marketer, step)
    not_called(marketer, "competitor", "Kolvik", "Kolvik GmbH")
    assert dict(names_used(marketer, "competitor"))["Kolvik GmbH"] == 2
    an_exchange(marketer, kolvik)
    assert names_used(kolvik, "competitor") == names_used(marketer, "competitor")


def test_only_names_that_the_file_shows_go_along(
    kolvik: Notebook, notebooks: Opener, marketer: Notebook
) -> None:
    logged(kolvik, text="Secret", competitors=("Hidden Rival",), see="me")
    also_called(kolvik, "competitor", "Hidden Rival", "HR")
    also_called(kolvik, "competitor", "Opsillary", "The O")
    exchange = an_exchange(kolvik, marketer, query="competitor:opsillary")
    assert exchange.sent.manifest["records"] == 2
    assert exchange.sent.manifest["by_kind"] == {"note": 1, "vocabulary": 1}
    told = [each.entry.name for _, each in marketer.library.records.vocabulary.everything()]
    assert told == ["Opsillary"]
