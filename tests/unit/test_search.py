"""What the search box understands, and what comes back page by page."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from fieldnotes.domain.notes import NoteDraft
from fieldnotes.domain.query_text import parse_query
from fieldnotes.domain.records import Reason
from fieldnotes.operations.notebook import Notebook
from fieldnotes.operations.notes import edit_note, put_note, remove_note, restore_note
from fieldnotes.operations.saving import settle_outbox
from fieldnotes.operations.search import (
    count_notes,
    count_unsent,
    counts_by_kind,
    find_notes,
    unsent_notes,
)
from fieldnotes.store.plans import FEW
from tests.builders import a_note, a_notebook, an_exchange, at, counted, found, logged


def test_words_are_found_wherever_they_stand(seller: Notebook) -> None:
    note = logged(
        seller,
        kind="objection",
        text="Text here",
        title="Title there",
        answer="Answered with pictures",
        account="Pellinger Chemie",
        tags=["deal:lost"],
    )
    for query in ("text", "there", "pictures", "pellinger", "lost", '"title there"', "text:title"):
        assert found(seller, query) == [note], query
    for query in ("text:pictures", "text:pellinger", '"here title"', '"there text"', "pict"):
        assert found(seller, query) == [], query


def test_the_newest_come_first_page_by_page(seller: Notebook) -> None:
    notes = [logged(seller, happened=at(f"2026-01-{day:02}")) for day in range(1, 26)]
    met: list[str] = []
    below = None
    while True:
        page = find_notes(seller, parse_query("night"), limit=10, below=below)
        met += [view.id for view in page.notes]
        below = page.below
        if below is None:
            break
    assert met == notes[::-1]


def test_counting_stops_where_it_may(seller: Notebook) -> None:
    for _ in range(12):
        logged(seller)
    assert count_notes(seller, parse_query("night"), at_most=10) == 11
    assert count_notes(seller, parse_query("night"), at_most=12) == 12
    assert count_notes(seller, parse_query("night")) == 12


@pytest.mark.parametrize("few", [0, FEW])
def test_a_bundle_is_found_by_its_id_and_its_batch(
    seller: Notebook, marketer: Notebook, monkeypatch: pytest.MonkeyPatch, few: int
) -> None:
    monkeypatch.setattr("fieldnotes.store.plans.FEW", few)
    note = logged(seller, text="Night shift", tags=("night",))
    exchange = an_exchange(seller, marketer)
    logged(marketer, text="Night shift", tags=("night",))
    among = f"bundle:{exchange.read.batch} night"
    assert found(marketer, among) == found(marketer, f"{among} tag:night") == [note]
    assert counted(marketer, f"tag:night -bundle:{exchange.read.batch}") == 1
    assert found(marketer, f"bundle:{exchange.sent.manifest['bundle']}") == [note]
    assert found(marketer, f"bundle:{exchange.read.batch}") == [note]
    assert counted(marketer, f"-bundle:{exchange.read.batch}") == 1
    assert counted(marketer, "bundle:none") == 0


def test_who_may_see_it_is_asked_in_plain_words(seller: Notebook) -> None:
    mine, ours, open_ = (logged(seller, see=see) for see in ("me", "company", "anyone"))
    assert found(seller, "see:me") == [mine]
    assert found(seller, "see:Company") == [ours]
    assert found(seller, "see:anyone") == found(seller, "see:clear") == [open_]


def test_counts_by_kind_follow_every_change(seller: Notebook) -> None:
    logged(seller, kind="win")
    note = logged(seller, kind="win")
    assert counts_by_kind(seller) == {"win": 2}
    edit_note(seller, note, a_note(kind="pitch"))
    assert counts_by_kind(seller) == {"win": 1, "pitch": 1}
    remove_note(seller, note, Reason.WRONG)
    assert counts_by_kind(seller) == {"win": 1}
    restore_note(seller, note)
    assert counts_by_kind(seller) == {"win": 1, "pitch": 1}


def test_what_was_never_sent_is_told_until_it_is(seller: Notebook, marketer: Notebook) -> None:
    first, second = logged(seller), logged(seller)
    logged(seller, see="me")
    assert count_unsent(seller) == 2
    assert [view.id for view in unsent_notes(seller)] == [second, first]
    an_exchange(seller, marketer)
    assert count_unsent(seller) == 0
    edit_note(seller, first, a_note(text="Other"))
    assert [view.id for view in unsent_notes(seller)] == [first]
    assert count_unsent(marketer) == 0


def test_a_note_on_its_way_into_the_library_never_disappears(tmp_path: Path) -> None:
    reader, writer = a_notebook(tmp_path), a_notebook(tmp_path)
    saved: list[str] = []
    done = threading.Event()

    def write() -> None:
        for number in range(60):
            draft = NoteDraft(id=writer.new_id(), note=a_note(text=f"Note {number}"))
            put_note(writer, draft)
            saved.append(draft.id)
            settle_outbox(writer)
        done.set()

    worker = threading.Thread(target=write)
    worker.start()
    while not done.is_set():
        known = set(saved)
        page = find_notes(reader, parse_query(""), limit=1_000)
        assert known <= {view.id for view in page.notes}
        assert len(known) <= count_notes(reader, parse_query(""))
    worker.join()
    reader.close()
    writer.close()
