"""What a search found, counted: the same as looking at every note, whatever was done to them."""

from __future__ import annotations

from collections import Counter
from typing import Any

from fieldnotes.domain.moments import month_of
from fieldnotes.domain.notes import NoteDraft
from fieldnotes.domain.query import names_in
from fieldnotes.domain.query_text import parse_query
from fieldnotes.domain.records import Reason
from fieldnotes.operations.facets import (
    FAMILIES,
    MONTH,
    Facets,
    count_facets,
    make_facets_ready,
    month_name,
)
from fieldnotes.operations.notebook import Notebook
from fieldnotes.operations.notes import edit_note, put_note, remove_note, restore_note
from fieldnotes.operations.saving import settle_outbox
from fieldnotes.operations.search import count_notes, find_notes
from fieldnotes.operations.vocabulary import merge_names, take_back
from fieldnotes.store.gists import said_in
from tests.builders import a_note, an_exchange, at, found, logged

QUERIES = (
    "",
    "night",
    "kind:win",
    "tag:pricing",
    "-account:kolvik",
    "shift OR tag:demo",
    "stage:*",
)
MANY = 100_000


def some_notes(notebook: Notebook) -> list[str]:
    return [
        logged(
            notebook,
            kind=("win", "objection", "note")[number % 3],
            text="They ask who trains the night shift." if number % 2 else "A shift, they say.",
            account=("Halden Foods", "halden foods", "Kolvik", "")[number % 4],
            competitors=("Lentor", "Pelzo")[: number % 3],
            tags=("pricing", "demo", "Pricing")[: number % 4],
            stage=("proposal", "", "demo")[number % 3],
            happened=at(f"2026-0{1 + number % 3}-11"),
        )
        for number in range(24)
    ]


def looked_at(notebook: Notebook, query: str) -> dict[str, dict[str, int]]:
    """The same counts, note by note."""
    counts: dict[str, Counter[str]] = {family: Counter() for family in FAMILIES}
    for view in find_notes(notebook, parse_query(query), limit=MANY).notes:
        counts[MONTH][month_name(month_of(view.happened.local_seconds))] += 1
        for family in FAMILIES[:-1]:
            names = names_in(view.note, family)
            counts[family].update({notebook.library.names.called(family, n) for n in names})
    return {family: dict(counted) for family, counted in counts.items()}


def told(facets: Facets) -> dict[str, dict[str, int]]:
    return {
        family: {value.name: value.notes for value in values if value.notes}
        for family, values in facets.by_family.items()
    }


def agree(notebook: Notebook) -> None:
    for query in QUERIES:
        facets = count_facets(notebook, parse_query(query), most=MANY)
        assert told(facets) == looked_at(notebook, query), query
        assert facets.total == count_notes(notebook, parse_query(query)), query


def test_counts_are_those_of_the_notes_that_are_found(seller: Notebook) -> None:
    some_notes(seller)
    assert told(count_facets(seller, parse_query(""), most=MANY)) == looked_at(seller, "")
    make_facets_ready(seller)
    agree(seller)


def test_counts_follow_what_is_written_edited_and_removed(seller: Notebook) -> None:
    notes = some_notes(seller)
    make_facets_ready(seller)
    edit_note(seller, notes[0], a_note(kind="pitch", text="night", tags=["new tag", "demo"]))
    edit_note(seller, notes[1], a_note(text="night", happened=at("2024-01-05")))
    remove_note(seller, notes[2], Reason.WRONG)
    remove_note(seller, notes[3], Reason.ERASE)
    logged(seller, account="Brandt & Söhne", text="night", happened=at("2026-02-11"))
    agree(seller)
    restore_note(seller, notes[2])
    agree(seller)


def test_names_that_mean_the_same_count_once(seller: Notebook) -> None:
    some_notes(seller)
    make_facets_ready(seller)
    agree(seller)
    step = merge_names(seller, "competitor", "Lentor", "Pelzo").result
    logged(seller, text="night", competitors=("Lentor", "Pelzo"), happened=at("2026-01-11"))
    agree(seller)
    take_back(seller, step)
    agree(seller)


def test_what_waits_to_be_applied_is_counted(seller: Notebook) -> None:
    notes = some_notes(seller)
    make_facets_ready(seller)
    fresh = seller.new_id()
    put_note(seller, _draft(fresh, kind="pitch", text="The night shift", account="Kolvik"))
    put_note(seller, _draft(notes[0], kind="problem", text="Nothing", tags=["demo"]))
    agree(seller)
    settle_outbox(seller)
    agree(seller)


def test_counts_follow_what_others_bring(seller: Notebook, marketer: Notebook) -> None:
    some_notes(seller)
    logged(marketer)
    make_facets_ready(marketer)
    an_exchange(seller, marketer, tags=("demo",))
    agree(marketer)
    an_exchange(seller, marketer)
    agree(marketer)


def test_notes_that_leave_no_trace_are_noticed(seller: Notebook) -> None:
    some_notes(seller)
    make_facets_ready(seller)
    gone = found(seller, "kind:win")[0]
    with seller.library.transaction():
        records = seller.library.records
        facts = records.facts(gone)
        assert facts is not None
        view = records.view(gone)
        assert view is not None
        records.index.take_out(facts, said_in(view.note))
        seller.library.connection.execute("DELETE FROM facts WHERE place = ?", (facts.place,))
        seller.library.connection.execute("DELETE FROM history WHERE note_no = ?", (facts.note_no,))
    agree(seller)


def test_only_so_many_names_are_told_and_what_is_asked_for_always_is(seller: Notebook) -> None:
    for number in range(12):
        for _ in range(1 + (number < 11)):
            logged(seller, account=f"Account {number}")
    facets = count_facets(seller, parse_query('night -account:"Account 11"'), most=3)
    assert [value.notes for value in facets.by_family["account"]] == [2, 2, 2, 0]
    assert facets.more["account"] == 8
    facets = count_facets(seller, parse_query('account:"account 11"'), most=3)
    assert told(facets)["account"] == {"Account 11": 1}


def _draft(record_id: str, **fields: Any) -> NoteDraft:
    return NoteDraft(id=record_id, note=a_note(**fields))
