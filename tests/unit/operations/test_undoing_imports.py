"""Taking back what was read in: only what nobody else brought, and nothing of the owner's."""

from __future__ import annotations

import pytest

from fieldnotes.domain.batches import Why
from fieldnotes.domain.notes import NoteDraft
from fieldnotes.domain.promises import Promise, PromiseDraft
from fieldnotes.domain.records import Reason
from fieldnotes.errors import NoSuchBatch
from fieldnotes.operations.attachments import Source, attach
from fieldnotes.operations.checking import check_library
from fieldnotes.operations.notebook import Notebook
from fieldnotes.operations.notes import edit_note, log_note, remove_note, show_note
from fieldnotes.operations.promises import make_promise
from fieldnotes.operations.undoing_imports import batches, undo_import
from fieldnotes.store.columns import load
from fieldnotes.store.database import rows
from tests.builders import Exchange, Opener, a_note, an_exchange, counted, found, got, logged


def digest(notebook: Notebook) -> str:
    checked = check_library(notebook)
    assert checked.ok, checked.problems
    return checked.digest


def undone(notebook: Notebook, exchange: Exchange) -> tuple[int, int, int]:
    taken = undo_import(notebook, str(exchange.read.batch)).result
    return taken.reversed, taken.kept, taken.failed


def whys(notebook: Notebook, exchange: Exchange) -> list[Why]:
    return [each.why for each in undo_import(notebook, str(exchange.read.batch)).result.left]


def test_what_came_again_in_a_later_file_is_kept_and_listed(
    seller: Notebook, marketer: Notebook
) -> None:
    notes = [logged(seller, text=f"Note {n}", tags=["some"] if n < 3 else []) for n in range(20)]
    logged(marketer, text="Mine")
    before = digest(marketer)
    first = an_exchange(seller, marketer)
    some = an_exchange(seller, marketer, tags=("some",))
    taken = undo_import(marketer, str(first.read.batch)).result
    assert (taken.reversed, taken.kept, taken.failed) == (17, 3, 0)
    assert {each.id for each in taken.left} == set(notes[:3])
    assert {each.why for each in taken.left} == {Why.OTHERS}
    assert digest(marketer) != before
    assert undone(marketer, some) == (3, 0, 0)
    assert digest(marketer) == before


def test_an_updated_note_is_as_it_was_before(seller: Notebook, marketer: Notebook) -> None:
    note = logged(seller, text="First words", account="Halden Foods")
    an_exchange(seller, marketer)
    before = digest(marketer)
    edit_note(seller, note, a_note(text="Second words"))
    assert undone(marketer, an_exchange(seller, marketer)) == (1, 0, 0)
    assert show_note(marketer, note).note.text == "First words"
    assert counted(marketer, "second") == 0
    assert counted(marketer, 'account:"Halden Foods"') == 1
    assert digest(marketer) == before


def test_a_note_that_a_later_file_updated_is_kept(seller: Notebook, marketer: Notebook) -> None:
    note = logged(seller, text="First words")
    first = an_exchange(seller, marketer)
    edit_note(seller, note, a_note(text="Second words"))
    an_exchange(seller, marketer)
    assert whys(marketer, first) == [Why.NEWER]
    assert show_note(marketer, note).note.text == "Second words"
    assert len(marketer.library.records.history(note)) == 1


def test_what_an_own_note_was_heard_from_is_kept(seller: Notebook, marketer: Notebook) -> None:
    note = logged(seller, text="Heard at the fair")
    logged(seller, text="Something else")
    exchange = an_exchange(seller, marketer)
    heard = a_note(text="As Wren heard", heard_from_note=note)
    log_note(marketer, NoteDraft(id=marketer.new_id(), note=heard))
    taken = undo_import(marketer, str(exchange.read.batch)).result
    assert (taken.reversed, taken.kept) == (1, 1)
    assert [(each.id, each.why) for each in taken.left] == [(note, Why.CITED)]


def test_what_an_own_promise_came_from_is_kept(seller: Notebook, marketer: Notebook) -> None:
    note = logged(seller, text="They want the sheet")
    exchange = an_exchange(seller, marketer)
    promise = Promise(what="send the sheet", note=note)
    make_promise(marketer, PromiseDraft(id=marketer.new_id(), promise=promise))
    assert whys(marketer, exchange) == [Why.CITED]


def test_what_was_passed_on_is_kept(
    seller: Notebook, marketer: Notebook, notebooks: Opener
) -> None:
    logged(seller, text="Goes on")
    exchange = an_exchange(seller, marketer)
    an_exchange(marketer, notebooks("Third"))
    assert whys(marketer, exchange) == [Why.PASSED_ON]


def test_removals_stay(seller: Notebook, marketer: Notebook) -> None:
    note = logged(seller, text="Not to be kept")
    an_exchange(seller, marketer)
    remove_note(seller, note, Reason.CONSENT)
    assert whys(marketer, an_exchange(seller, marketer)) == [Why.REMOVED]
    assert found(marketer) == []
    digest(marketer)


def test_an_erasure_stays_and_what_it_erased_does_not_come_back(
    seller: Notebook, marketer: Notebook
) -> None:
    note = logged(seller, text="Not to be kept")
    first = an_exchange(seller, marketer)
    remove_note(seller, note, Reason.ERASE)
    second = an_exchange(seller, marketer)
    assert whys(marketer, second) == [Why.REMOVED]
    assert whys(marketer, first) == [Why.REMOVED]
    assert [copy.revision.erased for copy in marketer.library.records.history(note).values()]


def test_what_was_undone_can_be_read_in_again(seller: Notebook, marketer: Notebook) -> None:
    logged(seller, text="Twice")
    exchange = an_exchange(seller, marketer)
    after = digest(marketer)
    undone(marketer, exchange)
    again = got(marketer, exchange.path)
    assert again.counts["new"] == 1
    assert digest(marketer) == after


def test_nothing_of_what_went_can_be_found(seller: Notebook, marketer: Notebook) -> None:
    logged(seller, text="Cromwell", account="Halden Foods", tags=["pricing"], competitors=("Vel",))
    undone(marketer, an_exchange(seller, marketer))
    assert counted(marketer) == 0
    for family in ("account", "tag", "competitor"):
        assert marketer.library.names.all_of(family) == []
    for table in ("history", "rollups", "arrivals", "bundles", "words_docsize"):
        assert rows(marketer.library.connection, f"SELECT count(*) FROM {table}") == [(0,)]


def test_attachments_of_what_went_go(seller: Notebook, marketer: Notebook) -> None:
    file = attach(seller, Source("offer.txt", lambda: b"the offer")).attachment
    logged(seller, text="With a file", attachments=(file,))
    exchange = an_exchange(seller, marketer)
    assert marketer.library.blobs.hashes() == [file.sha256]
    undone(marketer, exchange)
    assert marketer.library.blobs.hashes() == []


def test_what_only_this_file_showed_of_a_note_is_hidden_again(
    seller: Notebook, marketer: Notebook, notebooks: Opener
) -> None:
    note = logged(seller, text="Shown", account="Halden Foods", marks={"account": "red"})
    an_exchange(seller, marketer)
    assert show_note(marketer, note).note.account == ""
    before = digest(marketer)
    whole = list(seller.library.records.history(note).values())
    library = marketer.library
    from fieldnotes.store.joining import joining

    manifest = {"bundle": "b", "author": {"author": seller.owner.author}, "title": ""}
    with library.transaction(), joining(library.records) as many:
        number = library.arrivals.add_batch("fuller", 0, {})
        bundle = library.arrivals.add_bundle(number, manifest, "00")
        library.arrivals.add_revisions(bundle, many.put([whole], bundle))
    assert show_note(marketer, note).note.account == "Halden Foods"
    taken = undo_import(marketer, "fuller").result
    assert (taken.reversed, taken.kept) == (1, 0)
    assert show_note(marketer, note).note.account == ""
    assert digest(marketer) == before


def test_a_damaged_record_is_left_and_counted_as_failed(
    seller: Notebook, marketer: Notebook
) -> None:
    note = logged(seller, text="Whole")
    logged(seller, text="Also whole")
    exchange = an_exchange(seller, marketer)
    connection = marketer.library.connection
    number = show_note(marketer, note).note_no
    connection.execute("UPDATE history SET sha256 = x'00' WHERE note_no = ?", (number,))
    taken = undo_import(marketer, str(exchange.read.batch)).result
    assert (taken.reversed, taken.kept, taken.failed) == (1, 0, 1)
    assert [(each.id, each.why) for each in taken.left] == [(note, Why.DAMAGED)]


def test_stopping_in_the_middle_changes_nothing(seller: Notebook, marketer: Notebook) -> None:
    logged(seller, text="Stays")
    exchange = an_exchange(seller, marketer)
    before = digest(marketer)

    def stop(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        undo_import(marketer, str(exchange.read.batch), stop)
    assert digest(marketer) == before
    assert undone(marketer, exchange) == (1, 0, 0)


def test_a_batch_is_undone_once(seller: Notebook, marketer: Notebook) -> None:
    logged(seller, text="Once")
    exchange = an_exchange(seller, marketer)
    undone(marketer, exchange)
    for batch in (str(exchange.read.batch), "no such batch"):
        with pytest.raises(NoSuchBatch):
            undo_import(marketer, batch)


def test_batches_tell_what_they_brought_and_what_became_of_them(
    seller: Notebook, marketer: Notebook
) -> None:
    logged(seller, text="One")
    exchange = an_exchange(seller, marketer)
    (before,) = batches(marketer)
    assert (before.senders, before.files, before.records) == (("Wren Tolliver",), 1, 1)
    undone(marketer, exchange)
    (after,) = batches(marketer)
    assert after.undone is not None
    assert after.counts["reversed"] == 1
    digest(marketer)


def test_reading_in_is_undone_like_everything_else(seller: Notebook, marketer: Notebook) -> None:
    from fieldnotes.operations.judging import Decisions
    from fieldnotes.operations.previewing import preview_import
    from fieldnotes.operations.reading_in import read_in
    from tests.builders import sent

    logged(seller, text="Back again")
    path = marketer.library.folder.parent / "one.fieldnotes"
    sent(seller, path)
    done = read_in(marketer, preview_import(marketer, [path], Decisions(all_new=True)))
    assert done.undo is not None
    assert done.undo.words == "reading in of a file"
    done.undo.back(marketer)
    assert found(marketer) == []


def test_counts_of_a_search_forget_what_was_taken_back(
    seller: Notebook, marketer: Notebook
) -> None:
    logged(seller, kind="win", text="First")
    first = an_exchange(seller, marketer)
    assert load(marketer.library.records).by_kind
    undone(marketer, first)
    logged(seller, kind="win", text="Second")
    an_exchange(seller, marketer)
    held = load(marketer.library.records)
    assert sum(held.by_kind.values()) == int(held.alive.sum()) == 2
